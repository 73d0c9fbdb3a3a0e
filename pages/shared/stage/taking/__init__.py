"""What a reader takes away of a picture: its curves as a table, and the files that its lesson writes."""
