"""What there is to come close to.

curves       targets over an interval
surfaces     targets over a square
smoothness   how steep and how bent a target is, and where it jumps
formulas     what a reader types, as a function
reading      the text of a formula becomes a tree
expressions  the tree becomes numbers and mathematics
samples      a reader's own points, from a table or a link
"""
