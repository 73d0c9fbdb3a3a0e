"""Scenes of lessons that tell several stories: one file is one scene."""
