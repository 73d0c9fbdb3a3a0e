"""Challenges: every one of them, with the best there is, computed.

ramp        what a straight neuron is compared with
curves      those of the lessons on curves
planes      those of the lessons on planes and surfaces
descents    those of the lessons on calculating and learning
keeping     how their page learns of the stars that the reader's browser keeps
listing     all of them, and the one that the link asks for
"""
