"""How to come close by formula, and how close.

constructions  networks of one hidden layer: steps, bumps, staircases, interpolants
deep           networks of many layers: tents, folds, squares of squares
towers         networks over the plane: walls, towers, hats
knots          where hidden units stand
least_squares  the best output weights
optimal        the heights with the least largest error
ways           what a reader can build with
builds         the same over the plane
theory         what is proven of it
closeness      how far a network is from its target
challenge      bumps matched by hand, and how well they could be
"""
