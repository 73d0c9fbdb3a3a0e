"""What a reader can ask for, in the link like all else.

menus       one of a few names, or a number
formulas    a formula, or an activation
data        a table of points
beliefs     what many believe, as cards with something to do
targets     a target: a curve, also one that is drawn, or a surface
"""
