"""The scenes of Recurrence."""
