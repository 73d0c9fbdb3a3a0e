"""Figures for Plotly, as plain data.

curves         neurons, their sums and contributions over x
approximation  a target, the network that comes close, and the error between them
fitting        a curve learnt from samples
losses         losses and shares of right points against the iteration
plane          fields, boundaries and points over the plane
classes        the same with three classes
surfaces       targets and towers over the square
relief         a loss as heights over two parameters
descending     a mixer, its losses and the height of a ball, step by step
descent_step   one parameter's loss, its tangent and a step
landmarks      sizes on a scale of powers of ten
"""
