"""Labelled points in the plane, and what divides them.

`datasets` has two classes, `three_classes` three, and `labelled` the reader's own two. `lines` are the decision
boundaries of one neuron, `contours` those of a whole network.
"""
