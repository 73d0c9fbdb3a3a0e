"""Networks of many layers, by formula.

repeated   one formula in every layer: tents in tents, squares of squares
pieces     straight pieces: where they end, and how many there can be
narrow     few units a layer: what three can do, and one cannot
folding    a sheet that is folded in every layer
"""
