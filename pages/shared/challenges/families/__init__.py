"""Challenges of the lessons on other kinds of networks."""
