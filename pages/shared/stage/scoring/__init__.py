"""Scoring: a challenge as a task of a picture, its stars relative to a computed best.

challenge   what is measured, what has to be so, and how the stars are given
judging     the picture with the challenge among its tasks, for the run of a page
"""
