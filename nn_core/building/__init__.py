"""How to come close by formula, and how close.

`constructions` are networks of one hidden layer, `towers` those over the plane. `knots` says where hidden units
stand, `least_squares` finds the best output weights, `optimal` the heights with the least largest error.
`ways` is the list of what a reader can build with, `theory` what is proven of it, `challenge` the game of bumps.
"""
