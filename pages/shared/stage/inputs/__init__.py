"""What a reader can set.

knob    a number on a scale
choice  one of a few names
sketch  a curve, drawn with the pointer
points  a cloud of labelled points
pixels  a small picture, drawn with the pointer
matrix  a table of numbers
question  an answer to what a task asks

input   what they have in common
scale   the numbers that a knob, a height of a sketch and a coordinate of a point can be
reading numbers as people write them

Each input can read its value from text or from the browser (`read`), write it into a link (`write`) and
describe itself to the browser (`spec`). Whatever it reads, a valid value comes out, with a complaint
where the given one was not valid.
"""
