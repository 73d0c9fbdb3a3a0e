"""Networks of other kinds than layer upon layer of units that all see everything.

A network here is a chain of parts, and each kind of part has a file: what it computes, and how a derivative
walks back through it. `chains` puts them in a row, and lets them learn by the rules of `nn_core.learning`.
"""
