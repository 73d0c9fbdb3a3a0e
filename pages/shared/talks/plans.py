"""Lesson plans: what a class does in 10, 45 and 90 minutes, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from pages.shared.asking.beliefs import (
    EXACT,
    EXPLAINS,
    EXPLODES,
    FOUND,
    LAYERS,
    NEARER,
    PROGRAMMED,
    SHIFTED,
    STORES,
)
from pages.shared.stage.stage import Card
from pages.shared.talks.stops import STOPS


@dataclass(frozen=True)
class Step:
    """One part of a plan: so many minutes with one lesson.

    lesson: its name in the link. does: what the class does, in a sentence or two. stops: the names of the
    stops that are shown. challenges: the names of those that are tried. belief: what to expect that some
    believe. sheet: what the link of the scene whose worksheet is printed says; None for no sheet.
    """

    minutes: int
    lesson: str
    does: str
    stops: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    belief: Card | None = None
    sheet: str | None = None

    def shown(self) -> list[tuple[str, str, str]]:
        """Name, link and question of each stop."""
        named = {each.name: each for each in STOPS[self.lesson]}
        return [(name, named[name].query, named[name].ask) for name in self.stops]


@dataclass(frozen=True)
class Plan:
    """A plan: how long it takes, what it is called, what a class can do afterwards, and its steps."""

    minutes: int
    title: str
    goals: tuple[str, ...]
    steps: tuple[Step, ...]


PLANS = (
    Plan(
        10,
        "What is a neuron?",
        (
            "say what a weight, a bias and an activation do to one curve",
            "make a neuron decide yes or no at a place of their own",
        ),
        (
            Step(
                4,
                "single_neuron",
                "Show the stops on the wall. Before each knob moves, the class says what will happen.",
                ("A line, bent", "A larger weight", "The bias moves it"),
            ),
            Step(
                4,
                "single_neuron",
                "In pairs, on their own devices: find the smallest weight that does it. Who has three stars?",
                challenges=("gentle",),
            ),
            Step(
                2,
                "single_neuron",
                "Back to the wall: what a step says, and what it does not say.",
                ("A decision",),
            ),
        ),
    ),
    Plan(
        45,
        "Any curve from simple neurons",
        (
            "add the curves of two neurons, by hand and on the screen",
            "build a bump, and a curve out of bumps",
            "say what the theorem of universal approximation promises, and what it does not",
        ),
        (
            Step(
                8,
                "two_neurons",
                "Predict the sum of two steps on paper first, then show it.",
                ("Two steps add up", "A minus makes a bump", "They cancel"),
                sheet="",
            ),
            Step(
                12,
                "bumps",
                "Everybody matches the curve with five bumps. Stop at eight minutes and compare: whose "
                "heights are like the curve's own?",
                ("Two steps, one bump", "A needle"),
                ("five_bumps",),
            ),
            Step(
                12,
                "approximator",
                "Drag N together, then choose the best steepness in pairs.",
                ("Three neurons", "Twelve", "A hundred"),
                ("soft_stairs",),
                EXACT,
            ),
            Step(
                8,
                "approximator",
                "Where it ends: a jump, and an activation of no use. Read the theorem below the picture.",
                ("A jump stays", "Stuck"),
            ),
            Step(
                5,
                "gradient_descent",
                "Look ahead: such weights exist, but who finds them?",
                ("A curve, learnt",),
                belief=FOUND,
            ),
        ),
    ),
    Plan(
        90,
        "From one line to a network that learns",
        (
            "say why a line cannot solve XOR, and how two neurons can",
            "explain why layers need an activation between them",
            "take one step of gradient descent, and say what the learning rate does",
            "tell training points from held-out ones, and say why both are needed",
        ),
        (
            Step(
                10,
                "decision_boundary",
                "Everybody looks for the line. Collect the scores, and ask why nobody has four of four.",
                ("One neuron, one line",),
                ("one_line",),
                sheet="",
            ),
            Step(
                15,
                "decision_boundary",
                "Two lines: draw them on paper, then set them.",
                ("Two neurons, two lines", "Solved"),
                ("two_lines",),
                sheet="network=two_hidden_neurons",
            ),
            Step(
                15,
                "nonlinearity",
                "Drag α together, and multiply the matrices out below the picture.",
                ("One hidden layer, no activation", "Three layers, no activation", "Half an activation"),
                ("bend_two",),
                LAYERS,
            ),
            Step(
                20,
                "gradient_descent",
                "First by hand, with the arrows. Then the gradient does it: who needs the fewest steps?",
                ("Seven knobs", "Twenty steps", "Too fast"),
                ("by_hand", "few_steps"),
            ),
            Step(
                10,
                "gradient_descent",
                "One step, taken apart. The class calculates the update of one weight by hand.",
                ("A step too far",),
                ("one_good_step",),
                sheet="scene=one_step",
            ),
            Step(
                15,
                "decision_boundary",
                "Watch the lines turn. Half of the class counts training points, half those held out.",
                ("Before learning", "Learnt"),
                belief=PROGRAMMED,
            ),
            Step(
                5,
                "decision_boundary",
                "To finish: each pair says in one sentence what the network has kept of the points.",
                ("Learnt",),
                belief=STORES,
            ),
        ),
    ),
    Plan(
        90,
        "Beyond dense: weights that are tied",
        (
            "say which weights a convolution, a recurrence and attention tie together, and what that saves",
            "explain why a network that keeps a bit hardly learns from long ago",
            "say what a number of attention tells, and what it does not",
            "tell a training that comes down a loss from a game of two networks",
        ),
        (
            Step(
                15,
                "convolution",
                "Nine numbers by hand: the class calculates one pixel of the answer on paper, then drags the "
                "window there.",
                ("A window", "Upright edges", "Level edges"),
                sheet="",
            ),
            Step(
                10,
                "convolution",
                "Before the digit is moved, everybody writes down what both networks will say.",
                ("Stripes", "Digits in the middle", "One pixel"),
                belief=SHIFTED,
            ),
            Step(
                20,
                "recurrence",
                "One unit that remembers, and what that costs. In pairs: keep the bit, and the gradient.",
                ("Forgets", "Remembers", "Kept, at a price"),
                ("both",),
                EXPLODES,
            ),
            Step(
                20,
                "attention",
                "Turn the query together, then make it as sharp as it has to be. To finish: two seeds "
                "that are both right, and do not look at the same.",
                ("A soft look-up", "The plain mean", "The other way round"),
                ("just_sharp_enough",),
                EXPLAINS,
            ),
            Step(
                15,
                "adversaries",
                "Two of the class play: each says the next step that is best for it. Then the arrows.",
                ("Round and round", "A penalty", "Never at rest"),
                ("least_penalty",),
                NEARER,
            ),
            Step(
                10,
                "families",
                "Back to the wall: which curves are level, and which weights were tied for that?",
                ("The same, read by five", "A page", "Work is another matter"),
            ),
        ),
    ),
)
