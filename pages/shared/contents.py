"""The table of contents: every lesson's file, title and claim, here and nowhere else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """A lesson: its file in pages/, its title, and the sentence with which it makes one curious."""

    file: str
    title: str
    claim: str


LESSONS = (
    Lesson(
        "single_neuron.py",
        "A single neuron",
        "A line, bent: what a weight, a bias and an activation do.",
    ),
    Lesson("two_neurons.py", "Two neurons", "Two graphs, weighed and added: the principle of superposition."),
    Lesson(
        "bumps.py",
        "Bumps",
        "Two steps make a bump, and bumps side by side make a curve. Match it by hand.",
    ),
    Lesson(
        "approximator.py",
        "Any curve",
        "Pick, type, draw or paste a target, and watch N neurons close in on it.",
    ),
    Lesson(
        "nonlinearity.py",
        "Why nonlinear",
        "Linear layers make one straight line. The activation bends it.",
    ),
    Lesson(
        "decision_boundary.py",
        "Decision boundary",
        "A neuron is a line, hidden neurons are several, and training turns them.",
    ),
    Lesson(
        "towers.py",
        "Towers",
        "Walls make ridges, ridges a cross, one more layer a tower, towers any surface.",
    ),
    Lesson(
        "forward_pass.py",
        "Forward pass",
        "Multiply and add, term by term: a network is a list of matrices.",
    ),
    Lesson(
        "gradient_descent.py",
        "Gradient descent",
        "Turn the knobs by hand, then let the slope of the loss turn them.",
    ),
)
