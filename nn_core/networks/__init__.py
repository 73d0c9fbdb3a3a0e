"""What a network is.

activations     functions of one number, with their derivatives
network         layers in a chain; a sum of networks is one
initialisation  how widely first weights are spread
collapse        linear layers are one linear layer
steps           a forward pass taken apart, multiplication by multiplication
costs           how many numbers a network has, and what they take
"""
