"""What a teacher sets, collects and judges: pictures of any lesson, from a page that shows none of them."""
