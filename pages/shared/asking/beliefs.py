"""What many believe of networks: each is a card with something to do, and the picture says what is so.

The first four were found in interviews with pupils (WiPSCE 2024); that a training loss of 0 is overfitting is
one of the beliefs that Valdenegro-Toro and Sabatelli (arXiv 2209.03032) set right. That the weights of
attention explain an answer is what Jain and Wallace (arXiv 1902.10186) put to the test. That weights above 1
are needed for an exploding gradient, and not enough, is shown by Pascanu, Mikolov and Bengio (arXiv
1211.5063). That a generator comes nearer with every step is what Fedus and others (arXiv 1710.08446) argue
against.
"""

from __future__ import annotations

from pages.shared.stage.stage import Card

STORES = Card(
    "Many believe: “It stores the data.”",
    "Train it to the end, and count the numbers that went in and those that are kept.",
)
GOES_ON = Card(
    "Many believe: “It goes on learning while it is used.”",
    "Type another number into x, and play the step to its end. How many weights and biases have changed?",
)
PROGRAMMED = Card(
    "Many believe: “Somebody programmed the answers.”",
    "At iteration 0 chance has drawn the numbers. Play the iteration, and watch how many points are right.",
)
EXACT = Card(
    "Many believe: “Its answer is exact.”",
    "Take as many units as there are, and look at the largest error.",
)
LAYERS = Card(
    "Many believe: “More layers alone make it more powerful.”",
    "Choose 3 hidden layers, set α to 0, and look how far they all are from one linear layer.",
)
FOUND = Card(
    "Many believe: “The theorem says that training finds the network.”",
    "Train to the end, and compare with the network built by hand: as many units of the same kind.",
)
SHIFTED = Card(
    "Many believe: “A convolutional network knows a moved picture again, whatever happens.”",
    "Take the zeros around the field away, and drag the digit into a corner.",
)
OVERFITS = Card(
    "Many believe: “A training loss near 0 means overfitting.”",
    "Train until the loss is small, and look at the points that were held out of the training.",
)
REPEATS = Card(
    "Many believe: “It shows again what it has seen.”",
    "Drag the point to where no code is near, and look how far the drawing is from every picture learnt.",
)
EXPLAINS = Card(
    "Many believe: “Where attention looks is why it answers so.”",
    "Train seeds 1 and 2 to the end: both answer rightly. Compare where they look.",
)
EXPLODES = Card(
    "Many believe: “A weight above 1 makes the gradient explode.”",
    "Set w to 2 after a pulse of 1, and look what is left of the gradient at the end.",
)
NEARER = Card(
    "Many believe: “The longer they train, the more genuine it gets.”",
    "Play to the end, and compare the distance W with the smallest that there was on the way.",
)
