"""Codes of two numbers, and what is drawn of them.

codes      the plane of the codes, with a digit at each
sheets     small pictures side by side
amounts    errors and nats against beta and against the iteration
"""
