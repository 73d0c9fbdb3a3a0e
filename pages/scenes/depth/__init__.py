"""The scenes of Depth."""
