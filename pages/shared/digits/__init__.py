"""Handwritten digits: 1,797 pictures of 8 x 8 pixels that networks learn from, with where they come from."""
