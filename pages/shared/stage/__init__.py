"""The stage: what can be touched, and the picture that follows."""
