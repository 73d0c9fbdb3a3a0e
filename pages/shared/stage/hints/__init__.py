"""Hints: which control to move, which way and how far, found from the picture on the screen.

moves       what one hand can change at once
search      the way from a state to one in which a task is done
answering   how a task is done, for the sheet of answers
telling     a way in words, in three steps
"""
