"""The table of contents: every lesson's file, title and claim, here and nowhere else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """A lesson: its file in pages/, its title, and the sentence with which it makes one curious.

    minutes: about how long a first reader stays with it; None where that is not known yet. tasks: how many
    there are to do in all its scenes. after: the titles of those that it builds on.
    """

    file: str
    title: str
    claim: str
    minutes: int | None = None
    tasks: int = 0
    after: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in an address, and where the browser keeps what was done in it."""
        return self.file.removesuffix(".py")

    @property
    def number(self) -> int:
        """Its place on the path, from 1."""
        return LESSONS.index(self) + 1

    @property
    def numbered(self) -> str:
        """Its title as menus have it."""
        return f"{self.number} · {self.title}"


# Pages for the reader that are no lessons, as the menu groups them: file and title. The style sheet names the
# groups, for Streamlit's own ones are lists that screen readers cannot read, and no key opens them.
GROUPS = {
    "Practise": {"challenges.py": "Challenges", "glossary.py": "Glossary"},
    "Teach": {
        "for_teachers.py": "For teachers",
        "assign.py": "Assign",
        "answers.py": "Answers",
        "talk.py": "Your own talk",
    },
}
READERS = {file: title for group in GROUPS.values() for file, title in group.items()}


def titles() -> dict[str, str]:
    """What menus call each page but the first, by its file."""
    return {**{each.file: each.numbered for each in LESSONS}, **READERS}


LESSONS = (
    Lesson(
        "single_neuron.py",
        "A single neuron",
        "A line, bent: what a weight, a bias and an activation do.",
        minutes=10,
        tasks=4,
    ),
    Lesson(
        "two_neurons.py",
        "Two neurons",
        "Two graphs, weighed and added: the principle of superposition.",
        minutes=15,
        tasks=3,
        after=("A single neuron",),
    ),
    Lesson(
        "bumps.py",
        "Bumps",
        "Two steps make a bump, and bumps side by side make a curve. Match it by hand.",
        minutes=20,
        tasks=6,
        after=("Two neurons",),
    ),
    Lesson(
        "approximator.py",
        "Any curve",
        "Pick, type, draw or paste a target, and watch N neurons close in on it.",
        minutes=25,
        tasks=6,
        after=("Bumps",),
    ),
    Lesson(
        "nonlinearity.py",
        "Why nonlinear",
        "Linear layers make one straight line. The activation bends it.",
        minutes=15,
        tasks=3,
        after=("A single neuron",),
    ),
    Lesson(
        "decision_boundary.py",
        "Decision boundary",
        "A neuron is a line, hidden neurons are several, and training turns them.",
        minutes=30,
        tasks=10,
        after=("Two neurons",),
    ),
    Lesson(
        "towers.py",
        "Towers",
        "Walls make ridges, ridges a cross, one more layer a tower, towers any surface.",
        minutes=20,
        tasks=4,
        after=("Bumps", "Decision boundary"),
    ),
    Lesson(
        "forward_pass.py",
        "Forward pass",
        "Multiply and add, term by term: a network is a list of matrices.",
        minutes=25,
        tasks=12,
        after=("Two neurons",),
    ),
    Lesson(
        "gradient_descent.py",
        "Gradient descent",
        "Turn the knobs by hand, then let the slope of the loss turn them.",
        minutes=50,
        tasks=33,
        after=("Two neurons",),
    ),
    Lesson(
        "depth.py",
        "Depth",
        "Fold a curve with every layer: what depth can do that width cannot, and what it costs.",
        minutes=30,
        tasks=22,
        after=("Any curve", "Forward pass"),
    ),
    Lesson(
        "convolution.py",
        "Convolution",
        "One small window looks everywhere: what a picture's network knows of every place at once.",
        minutes=30,
        tasks=18,
        after=("Decision boundary", "Forward pass"),
    ),
    Lesson(
        "recurrence.py",
        "Recurrence",
        "Give a unit back what it said: how a network remembers, and what that costs.",
        minutes=25,
        tasks=12,
        after=("A single neuron", "Gradient descent"),
    ),
    Lesson(
        "attention.py",
        "Attention",
        "Ask, compare, take the mean: a look-up that is soft, so that it can be learnt.",
        minutes=30,
        tasks=16,
        after=("Forward pass", "Gradient descent"),
    ),
    Lesson(
        "autoencoder.py",
        "Autoencoder",
        "Digits become two numbers, and pictures again: what is kept, and what it costs.",
        minutes=25,
        tasks=12,
        after=("Gradient descent", "Why nonlinear"),
    ),
    Lesson(
        "adversaries.py",
        "Adversaries",
        "A generator and a judge learn against each other, and need not come to rest.",
        minutes=30,
        tasks=14,
        after=("Gradient descent",),
    ),
    Lesson(
        "families.py",
        "Families",
        "Dense, convolution, recurrence, attention: one layer, tied in different ways, and what that saves.",
        minutes=10,
        tasks=4,
        after=("Forward pass",),
    ),
)
