"""Closing in: the first of N units, their sum beside the target, and one look at what lies behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray, span
from nn_core.building.closeness import POINTS, closeness, closer, error_grid
from nn_core.building.constructions import chosen_units
from nn_core.building.theory import Bound, fitted_slope
from nn_core.building.ways import MOST, SEEDS, History, Pin, Plan, history, proven
from nn_core.errors import Comparison, compare
from nn_core.grids import around_knots, column, evenly, line
from nn_core.networks.activations import Activation
from nn_core.networks.network import Network, unit_contributions
from nn_core.targets.curves import Target, own_values
from pages.shared.asking.beliefs import EXACT
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings import diagram
from pages.shared.figures.plots import approximation
from pages.shared.figures.plots.approximation import Frame, Rate
from pages.shared.figures.traces import joined
from pages.shared.numbers import beside, between, signed, small
from pages.shared.programs import files_along
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer

INSIDE, BEYOND = "the interval", "beyond it"
ERROR, PARTS, AGAINST_N, NETWORK = "error", "contributions", "error against N", "network"
PLACED = "placed evenly instead"
KINDS = {"upper": "at most", "lower": "at least", "rate": "tends to"}
FEW, EVENLY = 40, 121
FEWER = 30
FIT = (8, 64)
ROUNDING = 1e-12
N = 12
SHARES = {"about the same": 1.0, "about a half": 0.5, "about a quarter": 0.25, "far less": 1 / 16}
DOUBLED = Question(
    f"Suppose N goes from {N} to {2 * N}. What becomes of the largest error?",
    tuple(SHARES),
    {"n": float(2 * N), "added": 100.0},
)

Measured = tuple[Target, float, int]  # and the steepness, and the seed

# ---- the picture ------------------------------------------------------------------------------------


def picture(
    plan: Plan,
    pin: Pin | None,
    measured: Measured,
    target: Target,
    *,
    n: float,
    added: float,
    below: str,
    view: str,
    steepness: float = 1.0,
    sampled: float = 1.0,
    within: tuple[float, float] | None = None,
    twice: str = NOTHING,
) -> Picture:
    """The first of N units, their sum beside the target, and one look at what lies behind.

    measured: for what errors against N are shown, which take too long to follow a drag.
    sampled: the seed of what is left to chance.
    within: the heights in view; those of the target with room around them if None.
    """
    plan = replace(plan, seed=int(sampled))
    whole = plan.network(target, int(n), steepness)
    network = chosen_units(whole, slice(round(n * added / 100)))
    x, values = grid(target, view)
    compared = compare(network(column(x))[:, 0], values, x, target.domain)
    compared = closer(compared, network, target)
    scene = Scene(plan, target, steepness, network, compared, complete=added == 100, within=within)
    ghost = None if pin is None else pin.network(target)(column(x))[:, 0]
    past = pasts(plan, *measured) if below == AGAINST_N else None
    return Picture(
        [
            approximation.closing_in(compared, scene.frame, pinned=ghost),
            *lower_plot(scene, below, past),
        ],
        diagram=diagram.many_units(network) if below == NETWORK else None,
        diagram_below=True,
        files=files_along(network, target.domain),
        readouts=scene.readouts | (slope(past[0]) if past else {}) | (drawn(scene) if below == PARTS else {}),
        measures=measures(scene),
        tasks=tasks(scene) | {DOUBLED.label: doubled(twice, scene), EXACT.label: exact(scene)},
        description=describe(scene, int(n)),
        idle=idle(scene, int(n)),
    )


def pasts(plan: Plan, target: Target, steepness: float, seed: int) -> tuple[History, History | None]:
    """The errors of a plan for every N, and of the one that leaves nothing to chance, if this one does."""
    past = history(replace(plan, seed=seed), target, steepness)
    return past, None if plan.placed is None else history(plan.placed, target, steepness)


@lru_cache(maxsize=1024)
def largest_error(plan: Plan, target: Target, n: int, steepness: float) -> float:
    """That of the plan's network of n hidden units."""
    return closeness(plan.network(target, n, steepness), target).sup_norm


def measures(scene: Scene) -> dict[str, float]:
    """The errors, and the size of the network."""
    return {
        "largest error": scene.compared.sup_norm,
        "root mean square error": scene.compared.root_mean_square,
        "mean absolute error": scene.compared.mean_absolute,
        "hidden units": float(scene.count),
        "parameters": float(scene.network.n_parameters),
    }


def idle(scene: Scene, n: int) -> dict[str, str]:
    """Why the steepness does nothing: where no unit is added yet, unless what is left depends on it."""
    scale = scene.plan.steepness
    if scale is None or scene.count:
        return {"steepness": ""} if scale else {}
    ends = (scene.plan.network(scene.target, n, steepness) for steepness in (scale.low, scale.high))
    left = {float(network.layers[-1].biases[0]) for network in ends}
    return {"steepness": "no unit is added yet" if len(left) == 1 else ""}


@lru_cache(maxsize=64)
def grid(target: Target, view: str) -> tuple[FloatArray, FloatArray]:
    """The points that are looked at, and the target there.

    The points are those of the interval, and in a wider view as many again outside.
    """
    inside = error_grid(target)
    left, right = target.domain
    side = (right - left) / 2
    half = POINTS // 2
    beyond = line((left - side, left), half + 1)[:-1], inside, line((right, right + side), half + 1)[1:]
    x = np.concatenate(beyond) if view == BEYOND else inside
    return x, own_values(target, x)


@dataclass(frozen=True, eq=False)
class Scene:
    """What one picture shows: a network built so for that target, and both on the grid."""

    plan: Plan
    target: Target
    steepness: float
    network: Network
    compared: Comparison
    complete: bool
    within: tuple[float, float] | None

    @property
    def count(self) -> int:
        """The number of hidden units."""
        return self.network.layers[0].biases.size

    @cached_property
    def span(self) -> float:
        """How far the target goes up and down; for a constant its size, or 1."""
        values = self.compared.target[self.compared.counted]
        return span(values) or abs(float(values[0])) or 1.0

    @property
    def unit(self) -> float:
        """The power of ten above that."""
        return float(10.0 ** np.ceil(np.log10(self.span)))

    @cached_property
    def frame(self) -> Frame:
        """The window: the target with room around it."""
        x, values = self.compared.x, self.compared.target[self.compared.counted]
        view = (float(x[0]), float(x[-1]))
        margin = self.span * (0.2 if view == self.target.domain else 0.6)
        within = (float(values.min()) - margin, float(values.max()) + margin)
        return Frame(view, self.target.domain, self.within or within)

    @cached_property
    def levels(self) -> dict[str, float]:
        """The first thing that is proven of such networks, by what it says; NaN while units are missing."""
        first = proven(self.plan, self.target, self.steepness)[:1]
        there = 1.0 if self.complete else float("nan")
        return {label(bound): there * float(self.plan.bound(bound, self.count)) for bound in first}

    @cached_property
    def placed(self) -> float | None:
        """The largest error with as many units, none left to chance; None where that is the same, or some
        are missing.
        """
        plan = self.plan.placed
        if plan is None or not self.complete:
            return None
        return largest_error(plan, self.target, self.count, self.steepness)

    @property
    def beside(self) -> dict[str, str | None]:
        """What as many units come to that are not left to chance; nothing where these are not either."""
        if self.plan.placed is None:
            return {}
        return {PLACED: None if self.placed is None else small(self.placed)}

    @cached_property
    def place(self) -> str:
        """Where the error is largest."""
        return between(self.compared.where, float(self.compared.x[0]), float(self.compared.x[-1]))

    @property
    def readouts(self) -> dict[str, str | None]:
        """The errors and the size, told honestly."""
        compared = self.compared
        return {
            "largest error": small(compared.sup_norm),
            **{label: small(level) if self.complete else None for label, level in self.levels.items()},
            **self.beside,
            "at x": self.place,
            "root mean square": small(compared.root_mean_square),
            "mean absolute": small(compared.mean_absolute),
            "hidden units": str(self.count),
            "parameters": str(self.network.n_parameters),
        }


def drawn(scene: Scene) -> dict[str, str | None]:
    """How many of the contributions are shown."""
    return {"units drawn": f"{min(scene.count, FEW)} of {scene.count}"}


def label(bound: Bound) -> str:
    """What a bound is called beside its line."""
    if bound.kind == "rate":
        return KINDS[bound.kind]
    return f"{'estimate' if bound.estimated else 'proven'}: {KINDS[bound.kind]}"


def slope(past: History) -> dict[str, str | None]:
    """How the error falls with N, as the power of N that fits best."""
    least, most = FIT
    part = (past.sizes >= least) & (past.sizes <= most)
    fitted = fitted_slope(past.sizes[part], past.sup_norm[part])
    return {f"slope, N = {least} to {most}": None if fitted is None else signed(fitted)}


def describe(scene: Scene, n: int) -> str:
    """The picture in words."""
    compared, added = scene.compared, "" if scene.complete else f"{scene.count} of "
    return (
        f"{added}{n} hidden units, {scene.plan.way.name}, {scene.plan.activation}. The largest error found "
        f"is {small(compared.sup_norm)}, at x = {scene.place}; on {int(compared.counted.sum())} "
        f"points the root mean square error is {small(compared.root_mean_square)}."
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Closeness, closeness with few units, and a floor that no number of units gets below."""
    goal = scene.span / 100
    found = f"It is {beside(scene.compared.sup_norm, goal)}, with {scene.count} hidden units"
    found += f"; a hundredth is {small(goal)}."
    near, far = scene.compared.sup_norm < goal, max(scene.compared.sup_norm / goal - 1.0, 0.0)
    return {
        "A largest error below a hundredth of the target's height.": Verdict(near, found, far),
        f"The same with at most {FEWER} hidden units.": Verdict(
            near and scene.count <= FEWER, found, far + max(scene.count / FEWER - 1.0, 0.0)
        ),
        "Get stuck: find an activation with which, provably, no N goes below a floor.": stuck(
            scene.plan, scene.target, scene.steepness
        ),
        "Let chance win: random features with a smaller largest error than as many placed evenly.": lucky(
            scene
        ),
    }


def lucky(scene: Scene) -> Verdict:
    """Whether units that were left to chance come closer than as many that were not."""
    own, placed = scene.compared.sup_norm, scene.placed
    if placed is None:
        return Verdict(False, "Here nothing is left to chance, or not all units are added.")
    found = f"It is {beside(own, placed)}; with as many placed evenly it is {beside(placed, own)}."
    return Verdict(own < placed, found, max(own / placed - 1.0, 0.0) if placed else 0.0)


def doubled(chosen: str, scene: Scene) -> Verdict:
    """What twice the units do to the largest error, to the nearest of the answers."""
    if not chosen:
        return answer(chosen, chosen, "")
    few, many = (largest_error(scene.plan, scene.target, count, scene.steepness) for count in (N, 2 * N))
    ratio = many / few if few else 1.0
    near = min(SHARES, key=lambda name: abs(np.log(max(ratio, 1e-9) / SHARES[name])))
    told = f"From N = {N} to {2 * N} it goes from {small(few)} to {small(many)}"
    return answer(chosen, near, f"{told}: {small(ratio)} times as much.")


def exact(scene: Scene) -> Verdict:
    """Whether an error is left with as many units as there can be."""
    error, many = scene.compared.sup_norm, scene.count + scene.plan.way.fewest > MOST
    if error <= ROUNDING * scene.span:
        return Verdict(False, "Here it is exact, up to rounding. Take a target that is curved.")
    return Verdict(
        many, f"With {scene.count} hidden units it is up to {small(error)} off, at x = {scene.place}."
    )


@lru_cache(maxsize=64)
def stuck(plan: Plan, target: Target, steepness: float) -> Verdict:
    """Whether something above 0 is proven that no number of units goes below."""
    floors = [
        (float(plan.bound(bound, np.arange(1, MOST + 1)).min()), bound.name)
        for bound in proven(plan, target, steepness)
        if bound.kind == "lower" and not bound.estimated
    ]
    floor, name = max(floors, default=(0.0, ""))
    if floor <= 0.0:
        return Verdict(False, f"No floor is proven here for {plan.activation} and this target.")
    return Verdict(True, f"For every N the largest error is at least {small(floor)} ({name}).")


# ---- the lower plot ---------------------------------------------------------------------------------


def lower_plot(scene: Scene, below: str, past: tuple[History, History | None] | None) -> list[Figure]:
    """The plot that was asked for, if it is one."""
    if past:
        return [history_plot(scene, *past)]
    return [PLOTS[below](scene)] if below in PLOTS else []


def error_plot(scene: Scene) -> Figure:
    """The distance from the target at every x."""
    return approximation.error_curve(scene.compared, scene.levels, scene.frame, scene.unit)


def parts_plot(scene: Scene) -> Figure:
    """What each hidden unit adds to the sum, at most FEW of them."""
    chosen = evenly(scene.count, FEW)
    few = chosen_units(scene.network, chosen)
    x = own_grids(few, scene.frame.view, scene.plan.activation)
    y = unit_contributions(few, x)
    newest = (x[-1], y[-1]) if len(x) else (np.full(x.shape[1], np.nan),) * 2
    return approximation.contributions(joined(x, y, FEW), newest, around_zero(scene.frame))


def around_zero(frame: Frame) -> Frame:
    """The frame itself if 0 is in view; else as many heights around 0, which is where contributions are."""
    low, high = frame.within
    half = (high - low) / 2.0
    return frame if low <= 0.0 <= high else replace(frame, within=(-half, half))


def own_grids(network: Network, view: tuple[float, float], activation: Activation) -> FloatArray:
    """Where each unit's contribution is looked at: around its knot, or evenly where it has no single one."""
    hidden = network.layers[0]
    if activation.turns:
        return around_knots(view, hidden.weights[0], hidden.biases)
    return np.broadcast_to(line(view, EVENLY), (hidden.biases.size, EVENLY))


PLOTS = {ERROR: error_plot, PARTS: parts_plot}


def history_plot(scene: Scene, past: History, placed: History | None) -> Figure:
    """The error against N, measured and proven, and where this network stands."""
    plan = scene.plan
    measured = Rate("measured", past.sizes, past.sup_norm, "error")
    rates = [
        Rate(label(bound), past.sizes, plan.bound(bound, past.sizes), "ink")
        for bound in proven(plan, scene.target, scene.steepness)
    ]
    if placed:
        rates.append(Rate("placed evenly", placed.sizes, placed.sup_norm, "network", "solid"))
    now = float(max(scene.count, 1)), scene.compared.sup_norm
    return approximation.error_against_size(measured, rates, now, scene.unit)


# ---- the knobs --------------------------------------------------------------------------------------


def inputs(plan: Plan) -> dict[str, Any]:
    """How many units, how steep, and what to look at."""
    fewest = plan.way.fewest
    return {
        "n": Knob("hidden units N", fewest, MOST, value=N, step=fewest, colour="network"),
        **steepness_knob(plan),
        **seed_knob(plan),
        "added": Knob("units added, %", 0, 100, value=100, step=1, colour="unit-1"),
        "below": Choice("lower plot", (ERROR, PARTS, AGAINST_N, NETWORK), ERROR),
        "view": Choice("shown for x on", (INSIDE, BEYOND), INSIDE),
        "twice": DOUBLED,
    }


def steepness_knob(plan: Plan) -> dict[str, Knob]:
    """The knob for the hidden weights; none where their size changes no network."""
    scale = plan.steepness
    if scale is None:
        return {}
    knob = Knob(scale.label, scale.low, scale.high, value=scale.first, step=scale.step, colour="weight")
    return {"steepness": knob}


def seed_knob(plan: Plan) -> dict[str, Knob]:
    """The knob for the seed; none where nothing is left to chance."""
    if plan.placed is None:
        return {}
    return {"sampled": Knob("seed", 1, SEEDS, value=plan.seed, step=1, colour="weight", one_by_one=True)}
