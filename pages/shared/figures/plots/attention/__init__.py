"""Attention: what is looked up, and who looks where."""
