"""What there is to come close to.

`curves` are the targets over an interval, `surfaces` those over a square. `formulas` are what a reader types:
`reading` makes a tree of the text, `expressions` the numbers and the mathematics of the tree. `samples` are a
reader's own points, read from a table or a link.
"""
