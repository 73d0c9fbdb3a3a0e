"""What is calculated with the pixels under a window."""
