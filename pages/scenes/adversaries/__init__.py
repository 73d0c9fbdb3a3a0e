"""The scenes of Adversaries."""
