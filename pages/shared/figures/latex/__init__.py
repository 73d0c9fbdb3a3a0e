"""Mathematics for KaTeX.

equations  a network as equations, and as NumPy
matrices   a network of linear layers, multiplied out
"""
