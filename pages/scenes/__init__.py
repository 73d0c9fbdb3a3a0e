"""The scenes of lessons that tell several stories: one folder is one lesson, one file one scene of it."""
