"""The crowd: how many visitors share one machine."""
