"""Assigning: a picture as a task that a teacher sets, and how a student's answer is judged.

assignment  what is set, and how a link says it
counted     what a student's browser has counted, as an answer link says it
held        the inputs of a picture as an assignment leaves them
judging     the verdict, from the picture of a state
"""
