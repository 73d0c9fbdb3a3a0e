"""Drawings: markup of ours with slots, of which only what changes is written.

markup      what a drawing is, and the pieces of SVG that several share
mathml      the pieces of formulas
diagram     networks as circles and edges
formula     a neuron's formula with its numbers
passing     a forward pass, number by number
sheet       the same as rows of a calculation
chain       the parts of one step of backpropagation
chain_rule  its products, written out
softmax     logits, probabilities and gradients of three classes
"""
