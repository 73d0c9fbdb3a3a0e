"""What is true about neurons and their networks, in NumPy and the standard library only."""
