"""The scenes of Decision boundary."""
