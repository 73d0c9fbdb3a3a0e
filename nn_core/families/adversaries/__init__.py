"""A generator makes samples, a judge says which are genuine, and each learns against the other.

chase      two numbers that chase each other: the smallest such game
judging    what the best judge says of two bells, and what that tells the generator
rivals     both as networks, step after step
duels      a whole training of both, as one plain value
"""
