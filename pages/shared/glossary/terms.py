"""Every term of the lessons: the sentence that explains it, its picture, and its lesson."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pages.shared.glossary import pictures

ONE, TWO, BUMPS, ANY, WHY = (
    "single_neuron.py", "two_neurons.py", "bumps.py", "approximator.py", "nonlinearity.py",
)  # fmt: skip
BOUNDARY, TOWERS, FORWARD, DESCENT, SEEING = (
    "decision_boundary.py", "towers.py", "forward_pass.py", "gradient_descent.py", "convolution.py",
)  # fmt: skip
CODES = "autoencoder.py"
ATTENTION = "attention.py"
DUEL = "adversaries.py"
MEMORY = "recurrence.py"


@dataclass(frozen=True)
class Term:
    """A word that has to be learnt.

    says: one sentence. lesson: the file of the lesson that explains it. picture: draws it; None where no
    picture helps. forms: all ways in which it is written, besides its name.
    """

    name: str
    says: str
    lesson: str
    picture: Callable[[], str] | None = None
    forms: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """Its name and its forms."""
        return (self.name, *self.forms)


def _activation(name: str, says: str, *forms: str) -> Term:
    return Term(name, says, ONE, partial(pictures.activation, name), forms)


TERMS = (
    Term("weight", "The number w by which an input is multiplied: it sets how steep a neuron is.", ONE,
         pictures.weights, ("weights",)),
    Term("bias", "The number b that is added: it moves a neuron's curve sideways.", ONE, pictures.biases,
         ("biases",)),
    Term("activation", "The fixed function f that bends the line wx + b; its value a is called so, too.", ONE,
         partial(pictures.activation, "tanh"), ("activations",)),
    Term("pre-activation", "The number z = wx + b, before the activation is applied.", ONE, pictures.knot,
         ("pre-activations",)),
    Term("knot", "The place s where z is 0, s = −b/w: there a neuron turns from low to high.", ONE,
         pictures.knot, ("knots",)),
    _activation("step", "The activation that answers 0 below its knot and 1 from there on."),
    _activation("sigmoid", "The activation σ(z) = 1/(1 + e⁻ᶻ), a smooth step from 0 to 1.", "sigmoids", "σ"),
    _activation("tanh", "The activation tanh z, a smooth step from −1 to 1."),
    _activation("ReLU", "The activation that keeps a positive z and makes a negative one 0.", "ReLUs"),
    _activation("identity", "The activation that changes nothing: a = z, so the neuron stays a line."),
    Term("hidden unit", "A neuron between input and output; those side by side make a hidden layer.", TWO,
         pictures.hidden_layer, ("hidden units", "hidden layer", "hidden layers", "hidden neurons")),
    Term("output weight", "The number v by which the output multiplies what a hidden unit gives it.", TWO,
         pictures.sum_of_two, ("output weights",)),
    Term("superposition", "Curves are weighed and added at every x: the output of a network is such a sum.",
         TWO, pictures.sum_of_two),
    Term("bump", "Two steps of opposite weights: up at one knot, down at the other.", BUMPS,
         pictures.one_bump, ("bumps",)),
    Term("staircase", "A network of steps that stand side by side, each as high as the target there.", ANY,
         pictures.stairs, ("staircases",)),
    Term("hinge", "One ReLU unit: flat on one side of its knot, a straight slope on the other.", ANY,
         pictures.hinge, ("hinges",)),
    Term("largest error", "The longest distance between network and target, also called the sup norm.",
         ANY, pictures.largest_error, ("sup norm", "sup-norm")),
    Term("root mean square", "Square all distances, take their mean, then its root: the error on average.",
         ANY, pictures.target, ("root mean square error",)),
    Term("least squares", "Output weights chosen so that the mean of the squared distances is smallest.",
         ANY, pictures.target),
    Term("logit", "What a network gives out before it is made a probability: 0 is undecided, large is sure.",
         WHY, partial(pictures.activation, "sigmoid"), ("logits",)),
    Term("decision boundary", "The line on which a network is undecided between two classes.", BOUNDARY,
         pictures.xor),
    Term("XOR", "Four points, opposite corners of one class: no straight line divides them.", BOUNDARY,
         pictures.xor),
    Term("training", "Changing the weights step by step until the network does what it should.", BOUNDARY,
         partial(pictures.descent, 0.04), ("trained", "trains", "trainings")),
    Term("held out", "Points that are kept from the training, to see how the network does on new ones.",
         BOUNDARY, pictures.xor, ("held-out",)),
    Term("L2 error", "The root mean square distance, here over the whole square.", TOWERS,
         pictures.largest_error),
    Term("matrix", "A table of weights: a row for each input, a column for each unit.", FORWARD,
         pictures.hidden_layer, ("matrices",)),
    Term("parameters", "All the numbers that training may change: weights and biases together.", FORWARD,
         pictures.hidden_layer, ("parameter",)),
    Term("loss", "One number for how wrong a network is; training makes it smaller.", DESCENT,
         partial(pictures.descent, 0.04), ("losses",)),
    Term("gradient", "The slopes of the loss along all parameters at once: it points steepest uphill.",
         DESCENT, pictures.slope),
    Term("gradient descent", "Training in small steps, each straight down the slope of the loss.", DESCENT,
         partial(pictures.descent, 0.04)),
    Term("learning rate", "How far a step goes: the slope is multiplied by it.", DESCENT,
         partial(pictures.descent, 0.08), ("learning rates",)),
    Term("iteration", "One step of a training; after each there is a new network.", DESCENT,
         partial(pictures.descent, 0.04), ("iterations",)),
    Term("seed", "The number that random numbers start from: the same seed gives the same ones again.",
         DESCENT, pictures.seeds, ("seeds",)),
    Term("diverged", "The steps were too long: the numbers outgrew all bounds, and the training ended.",
         DESCENT, partial(pictures.descent, 0.105), ("diverges", "diverge", "divergence")),
    Term("momentum", "A share of the last step is kept, as a heavy ball keeps rolling.", DESCENT,
         partial(pictures.descent, 0.04, 0.8)),
    Term("optimiser", "The rule that makes a step out of the slopes.", DESCENT,
         partial(pictures.descent, 0.08), ("optimisers",)),
    Term("Adam", "The optimiser that gives every parameter a step length of its own.", DESCENT),
    Term("Glorot", "First weights so large that signals neither grow nor fade from layer to layer.", DESCENT),
    Term("cross-entropy", "The loss of classes: −ln of the probability that the right class was given.",
         DESCENT, pictures.cross_entropy),
    Term("softmax", "It turns logits into probabilities: e to the power of each, divided by the sum.",
         DESCENT, partial(pictures.activation, "sigmoid")),
    Term("kernel", "The weights of a small window, the same wherever it lies on a picture.", SEEING,
         forms=("kernels",)),
    Term("convolution", "One small window of weights looks at every place of a picture in turn.", SEEING,
         forms=("convolutions",)),
    Term("fixed point", "A state that a unit says again when it is given it: there it stays.", MEMORY, None,
         ("fixed points",)),
    Term("eigenvalue", "How much a table of weights stretches along a direction that it does not turn.",
         MEMORY, None, ("eigenvalues",)),
    Term("token", "One piece of a text: a word, a part of one, or a letter, as a row of numbers.",
         ATTENTION, None, ("tokens",)),
    Term("autoencoder", "Two networks: one makes a few numbers of many, the other the many again.", CODES,
         None, ("autoencoders",)),
    Term("nat", "A unit of information, 1.44 bits: what one learns from an event of probability 1/e.", CODES,
         None, ("nats",)),
    Term("KL divergence", "How many nats a cloud tells beyond what all share; 0 where it is the same.",
         CODES, None, ("KL",)),
    Term("generator", "A network that makes samples out of noise, to be taken for genuine ones.", DUEL, None,
         ("generators",)),
    Term("discriminator", "A network that judges whether a sample is genuine; here it is called the judge.",
         DUEL, None, ("discriminators",)),
)  # fmt: skip
NAMED = {form.casefold(): term for term in TERMS for form in term.written}
