"""The scenes of Autoencoder."""
