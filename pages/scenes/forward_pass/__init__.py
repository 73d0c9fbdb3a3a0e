"""The scenes of Forward pass."""
