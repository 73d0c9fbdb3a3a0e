"""The scenes of Convolution."""
