"""Labelled points in the plane, and what divides them.

datasets       two classes of points
three_classes  three of them
labelled       a reader's own points, from a table
lines          the boundary of one neuron
contours       the boundary of any network
"""
