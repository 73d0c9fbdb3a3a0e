"""What is true: networks and their mathematics, in NumPy alone.

networks   what a network is
targets    what there is to come close to
building   how to come close by formula, and how close
plane      labelled points in the plane, and what divides them
learning   how a network learns
families   networks of other kinds, and how they learn

On the ground floor stand `arrays`, `grids`, `errors` and `tables`, which every room may use.
"""
