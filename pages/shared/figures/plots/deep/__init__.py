"""Deep networks beside others.

pieces     zigzags and straight pieces, and how many there are
sheet      a folded sheet, and what is on it
rates      targets that deep networks follow, and what that costs
seeds      what trainings from many seeds have found
"""
