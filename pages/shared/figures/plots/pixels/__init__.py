"""Pictures of few pixels, and what is seen through windows on them."""
