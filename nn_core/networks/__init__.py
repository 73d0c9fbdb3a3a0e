"""What a network is.

`activations` are functions of one number, with their derivatives. A `network` is a chain of layers, and a sum
of networks is one. `initialisation` says how widely first weights are spread. Linear layers `collapse` into
one. `steps` takes a forward pass apart, and `costs` counts what it takes.
"""
