"""Plots of networks that are given what they said before."""
