"""Labelled points in the plane, and what divides them.

datasets  points, each of a class
clouds    such points, drawn at random
labelled  a reader's own points, from a table
lines     the boundary of one neuron
contours  the boundary of any network
"""
