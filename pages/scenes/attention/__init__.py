"""The scenes of the lesson on attention."""
