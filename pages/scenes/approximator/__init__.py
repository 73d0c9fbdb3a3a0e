"""The scenes of Any curve."""
