"""How many numbers networks have, and how that grows."""
