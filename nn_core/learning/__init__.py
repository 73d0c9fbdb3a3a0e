"""How a network learns.

losses              how wrong it is
gradients           which way is down
finite_differences  the same by trying, as a check
optimisers          the rule for a step
training            all the steps, and what they leave behind
courses             what is to be trained, as a value
curve_fitting       a curve learnt, beside one built
landscapes          losses of two numbers, drawn by hand
loss_landscape      the loss of a network over two of its weights
"""
