"""The scenes of Gradient descent, and what the ball of the landscape rolls on."""
