"""One step, taken apart: sample, forward, loss, backward, update, with every number of a small network."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.finite_differences import central_difference, losses_along
from nn_core.learning.gradients import chain_rule, descend
from nn_core.learning.losses import MSE
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.network import Layer, Network, forward, parameters, with_parameters
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings import chain
from pages.shared.figures.drawings import chain_rule as rule
from pages.shared.figures.drawings.chain import BACKWARD, FORWARD, LOSS, NAMED, NAMES, SAMPLE, UPDATE, OneStep
from pages.shared.figures.plots import descent_step
from pages.shared.numbers import beside, plain, raised, signed, small
from pages.shared.programs import files_of
from pages.shared.prose import two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Handle, Nudge, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

X = np.array([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0])
Y = np.array([-0.6, -0.9, -1.0, -0.5, 0.4, 0.8, 1.1, 0.7])
# w1, w2; b1, b2; v1, v2; c: the order of `network.parameters` and of NAMES.
START = Network(
    (
        Layer(np.array([[0.8, -0.6]]), np.array([0.3, 0.5]), TANH),
        Layer(np.array([[-0.5], [0.7]]), np.array([0.2]), IDENTITY),
    )
)
POWERS = tuple(range(13))
SIZES = np.array([10.0**-power for power in POWERS])
GRID = np.linspace(*descent_step.SEEN, 97)
ALONG = np.linspace(*descent_step.ALONG, 121)
GOAL = 0.01
FAR = 0.1
UP_FAR, UP, STAYS, DOWN, DOWN_FAR = (
    f"up, by {FAR} or more", "up, by less", "not at all", "down, by less", f"down, by {FAR} or more",
)  # fmt: skip
TURNS = Question(
    "Look at the network and its pair: which way will the step move the chosen parameter p, and how far?",
    (UP_FAR, UP, STAYS, DOWN, DOWN_FAR),
    {"part": UPDATE},
)
FARTHEST = 2.0


# ---- the numbers --------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def started(chosen: str, moved: float) -> Network:
    """The network before the step, its chosen parameter moved."""
    numbers = parameters(START)
    numbers[NAMES.index(chosen)] += moved
    return with_parameters(START, numbers)


def sample(pair: int) -> tuple[FloatArray, FloatArray]:
    """The one input and the one label of a pair, counted from 1."""
    return X[pair - 1 : pair, np.newaxis], Y[pair - 1 : pair, np.newaxis]


def one_step(network: Network, pair: int, rate: float) -> OneStep:
    """All that one step computes on this pair."""
    x, y = sample(pair)
    passed = forward(network, x)
    gradients = chain_rule(network, passed, y, MSE)
    after = descend(network, gradients, rate)
    return OneStep(network, passed, float(y[0, 0]), MSE(passed.output, y), gradients, after, MSE(after(x), y))


@lru_cache(maxsize=64)
def curve(chosen: str, pair: int) -> FloatArray:
    """The loss of the pair along the chosen parameter, which does not depend on where that stands."""
    return losses_along(START, sample(pair), MSE, NAMES.index(chosen), ALONG)


@lru_cache(maxsize=512)
def quotients(chosen: str, moved: float, pair: int) -> FloatArray:
    """The finite difference with every h."""
    network, index = started(chosen, moved), NAMES.index(chosen)
    return np.array([central_difference(network, sample(pair), MSE, index, h) for h in SIZES.tolist()])


def relative_differences(estimates: FloatArray, derivative: float) -> FloatArray:
    """How far the estimates are from the derivative, as shares of the larger of the two; 0 of nothing."""
    larger = np.maximum(np.abs(estimates), abs(derivative))
    return np.abs(estimates - derivative) / np.where(larger > 0.0, larger, 1.0)


# ---- the picture --------------------------------------------------------------------------------------


def picture(
    pair: float,
    part: float,
    parameter: str,
    moved: float,
    step_rate: float,
    h_power: float,
    turns: str = NOTHING,
) -> Picture:
    """One step on one pair, up to one of its parts."""
    at, now, name = int(pair), int(part), NAMED[parameter]
    step = one_step(started(name, moved), at, step_rate)
    derivative = chain.by_name(step.gradients)[name]
    estimates = quotients(name, moved, at)
    differences = relative_differences(estimates, derivative)
    here = chain.by_name(step.network)[name]
    says = told(step, now, at, step_rate)
    return Picture(
        [
            along_plot(step, now, name, at, int(h_power)),
            descent_step.agreement(SIZES, differences if now >= BACKWARD else None, int(h_power)),
            fit_plot(step, now, at),
        ],
        beside=True,
        files=files_of(step.network, sample(at)[0]),
        diagram=rule.taken_apart(step, now, name, step_rate, says),
        handles=[Handle("moved", here, step.loss if now >= LOSS else None)],
        nudges={"moved": nudge(derivative, moved, now, step_rate)},
        readouts=readouts(step, now, derivative, float(estimates[int(h_power)]), differences[int(h_power)]),
        measures={"loss before": step.loss, "loss after the step": step.loss_after},
        tasks=tasks(step, parameter, differences, int(h_power), step_rate)
        | {TURNS.label: turned(step, parameter, turns)},
        description=says
        + (
            f" The derivative with respect to {parameter} is {signed(derivative)}." if now >= BACKWARD else ""
        ),
    )


def along_plot(step: OneStep, part: int, parameter: str, pair: int, power: int) -> Figure:
    """The loss along the chosen parameter, with what is known of it in this part."""
    index, h = NAMES.index(parameter), float(SIZES[power])
    here, there = (chain.by_name(each)[parameter] for each in (step.network, step.after))
    ends = np.array([here - h, here + h, there])
    below, above, landed = losses_along(step.network, sample(pair), MSE, index, ends).tolist()
    return descent_step.along(
        chain.SYMBOLS[parameter],
        (ALONG, curve(parameter, pair) if part >= LOSS else np.full(len(ALONG), np.nan)),
        (here, step.loss if part >= LOSS else np.nan),
        (
            chain.by_name(step.gradients)[parameter] if part >= BACKWARD else None,
            (h, below, above) if part >= BACKWARD else None,
        ),
        (there, landed) if part >= UPDATE else None,
    )


def fit_plot(step: OneStep, part: int, pair: int) -> Figure:
    """The pairs, and the network before and after the step."""
    grid = GRID[:, np.newaxis]
    return descent_step.fit(
        (X, Y),
        pair - 1,
        GRID,
        (step.network(grid)[:, 0], step.after(grid)[:, 0] if part >= UPDATE else None),
        step.output if part >= FORWARD else None,
    )


def nudge(derivative: float, moved: float, part: int, rate: float) -> Nudge:
    """Which way the step turns the chosen parameter, and how far it gets."""
    if part < BACKWARD or derivative == 0.0:
        return Nudge(0.0, "")
    there = moved - rate * derivative
    reached = there if part >= UPDATE and abs(there) <= FARTHEST else None
    way = "down" if derivative > 0.0 else "up"
    return Nudge(min(max(-derivative, -1.0), 1.0), f"{way}, slope {signed(derivative)}", reached)


def told(step: OneStep, part: int, pair: int, rate: float) -> str:
    """What this part of the step does, with its numbers."""
    x, y, t = plain(step.x), plain(step.output), plain(step.target)
    return {
        SAMPLE: f"Sample: pair {pair} of {len(X)} is drawn. Its input is x = {x}, its label t = {t}.",
        FORWARD: f"Forward: sums and tanh, from x to the output. Out comes y = {y}; it should be {t}.",
        LOSS: f"Loss: the distance of y from t, squared. It is {plain(step.loss, 4)}.",
        BACKWARD: "Backward: from the loss to the front. A derivative is the one behind it times a factor.",
        UPDATE: f"Update: each p of the seven becomes p − r · dL/dp. {outcome(step, rate)}",
    }[part]


def outcome(step: OneStep, rate: float) -> str:
    """What the step did to the loss."""
    if rate == 0.0:
        return "With r = 0 nothing moves."
    before, after = small(step.loss), small(step.loss_after)
    if step.loss_after > step.loss:
        return f"Too far: the loss rises from {before} to {after}."
    return f"The loss falls from {before} to {after}."


def readouts(
    step: OneStep, part: int, derivative: float, estimate: float, difference: float
) -> dict[str, str | None]:
    """The derivative in two ways, and both losses; what is not known yet is missing."""
    back = part >= BACKWARD
    return {
        "derivative, chain rule": signed(derivative, 6) if back else None,
        "finite difference": signed(estimate, 6) if back else None,
        "relative difference": small(float(difference)) if back else None,
        "loss before": small(step.loss) if part >= LOSS else None,
        "loss after the step": small(step.loss_after) if part >= UPDATE else None,
    }


def tasks(
    step: OneStep, parameter: str, differences: FloatArray, power: int, rate: float
) -> dict[str, Verdict]:
    """The best h, a step too far, and a step that all but arrives."""
    ratio = step.loss_after / step.loss if step.loss else 1.0
    h = f"h = 10{raised(-power)}" if power else "h = 1"
    told = beside(ratio, GOAL, partial(beside, other=1.0))
    share = f"After the step with r = {plain(rate)} the loss is {told} times what it was."
    return {
        "Find the h at which both ways to the derivative agree best: the least relative difference.": Verdict(
            bool(differences[power] == differences.min()),
            f"At {h} they differ by {small(float(differences[power]))} of the derivative in {parameter}.",
        ),
        "Find a learning rate at which the step makes the loss larger.": Verdict(
            step.loss_after > step.loss, share
        ),
        "Find a learning rate at which one step leaves less than a hundredth of the loss.": Verdict(
            ratio < GOAL, share
        ),
    }


def turned(step: OneStep, parameter: str, chosen: str) -> Verdict:
    """Which way the step moves the parameter, and how far."""
    before, after = (chain.by_name(each)[NAMED[parameter]] for each in (step.network, step.after))
    far = after - before
    if far > 0.0:
        right = UP_FAR if far >= FAR else UP
    else:
        right = STAYS if far == 0.0 else DOWN if far > -FAR else DOWN_FAR
    told = f"{parameter} goes from {signed(before, 4)} to {signed(after, 4)}, by {signed(far, 4)}."
    return answer(chosen, right, told)


# ---- the scene ----------------------------------------------------------------------------------------


def show() -> None:
    """The stage and its words."""
    stage(
        "one_step",
        picture,
        presets=[
            Preset("a small step", {"part": UPDATE, "step_rate": 0.05}),
            Preset("a step too far", {"part": UPDATE, "step_rate": 0.9}),
        ],
        part=Knob("part of the step", SAMPLE, UPDATE, value=SAMPLE, step=1, colour="ink"),
        pair=Knob("pair number", 1, len(X), value=6, step=1, colour="input"),
        step_rate=Knob("learning rate r", 0, 2, value=0.1, step=0.01, colour="ink"),
        parameter=Choice("derivative with respect to", tuple(NAMED), "w₁"),
        moved=Knob("move p", -FARTHEST, FARTHEST, value=0.0, step=0.05, colour="error"),
        h_power=Knob("k, with h = 10⁻ᵏ", POWERS[0], POWERS[-1], value=0, step=1, colour="bias"),
        turns=TURNS,
    )
    two_columns(FIVE_PARTS, CHECKED)


# ---- the words ----------------------------------------------------------------------------------------

FIVE_PARTS = """
## Five parts, one step

Play *part of the step*. **Sample** draws one pair. **Forward** computes the output y. **Loss** says how bad
it is. **Backward** finds all seven derivatives. **Update** moves all seven parameters at once.

The backward pass is the chain rule, taken from the loss to the front. What is already computed is used
again: dL/dy is part of every other derivative, dL/dz₁ of those in w₁ and b₁. So all derivatives together
cost about as much as two forward passes, whether there are seven or seven million.

## Small steps and large ones

The derivative is the slope of the loss *here*. If the step against it is small enough, the loss falls,
unless all slopes are 0. A large step goes so far that the slope is another one there: it can land on the
other side of the valley, higher than before. Drag the [[learning rate]] and watch the loss after the step.
"""
CHECKED = """
## Is the derivative right?

It can be checked without any calculus: compute the loss a little to the right and a little to the left, at
p + h and p − h, and divide the difference by 2h. That is the slope of the dashed line.

If h is large, the curve bends between the two places, and the dashed line has another slope. This error is
called **truncation**. If h is tiny, the two losses are almost the same number, and the computer's
**rounding** spoils their difference. The best h lies between. In v₁, v₂ and c the loss is a parabola: there
is no truncation.

## What is shown

The hidden units have the activation tanh, the output has none. The curve is the loss of this pair when the
chosen parameter p alone changes; the point can be dragged. The step drawn below it is that of p. The
numbers *loss before* and *after* are those of the whole step, in which all parameters move.
"""
