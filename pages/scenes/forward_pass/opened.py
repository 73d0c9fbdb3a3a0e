"""An opened network as a whole: what it is made of, and what each unit of its last hidden layer is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil, floor, log10

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.constructions import interpolant
from nn_core.grids import line
from nn_core.networks.network import Network
from nn_core.networks.packed import packed, unpacked
from nn_core.networks.parts import output_alone, without_each
from nn_core.targets.curves import nielsens_goal
from pages.shared.numbers import grouped, percent
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.picture import Verdict, answer

EXAMPLE = packed(interpolant(nielsens_goal, line((0.0, 1.0), 13)))
MOST_LEFT_OUT, POINTS, HIGHEST = 60, 401, 1e9
MOST_MATTERS = "Find the unit without which the output changes most."


@dataclass(frozen=True)
class Opened:
    """A network as a link holds it, and which of its outputs is shown, from 0."""

    text: str
    output: int = 0

    @cached_property
    def whole(self) -> Network:
        """All of the network; raises WrittenError where the text is none."""
        return unpacked(self.text)

    @cached_property
    def shown(self) -> Network:
        """The network with the output that is shown alone."""
        return output_alone(self.whole, self.output)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the inputs and of each layer."""
        return self.whole.n_in, *(layer.biases.size for layer in self.whole.layers)

    @property
    def told_sizes(self) -> str:
        """The sizes as text."""
        return " → ".join(map(grouped, self.sizes))

    @property
    def most_left_out(self) -> int:
        """How many units of the last hidden layer can be left out, one at a time."""
        return min(self.sizes[-2], MOST_LEFT_OUT) if self.whole.depth else 0


@lru_cache(maxsize=32)
def opened(text: str, output: int) -> Opened:
    """The network once for all its pictures."""
    return Opened(text, output)


@dataclass(frozen=True, eq=False)
class Worth:
    """The output at some points, shape (n,), and without each unit that can be left out, (n, units)."""

    whole: FloatArray
    without: FloatArray

    @cached_property
    def changes(self) -> FloatArray:
        """By how much the output changes without each unit, the mean size over the points."""
        return np.asarray(np.abs(self.without - self.whole[:, np.newaxis]).mean(axis=0))

    @property
    def height(self) -> float:
        """From the lowest output to the highest; 1 for a constant."""
        return float(np.ptp(self.whole)) or 1.0

    def left(self, unit: int) -> FloatArray:
        """The output without that unit, counted from 1; NaN for none."""
        return self.without[:, unit - 1] if unit else np.full_like(self.whole, np.nan)

    def measured(self, unit: int) -> dict[str, float]:
        """The same share as a number; 0 without any unit left out."""
        return {"change without the unit": float(self.changes[unit - 1]) / self.height if unit else 0.0}

    def told(self, unit: int) -> str | None:
        """How much the output changes without that unit, as a share of its height; None for no unit."""
        return percent(float(self.changes[unit - 1]) / self.height, 1) + " of its height" if unit else None


def worth(network: Opened, points: FloatArray) -> Worth:
    """What the units are worth at these points, shape (n, n_in)."""
    return Worth(network.shown(points)[:, 0], without_each(network.shown, points)[:, : network.most_left_out])


# ---- what both pictures ask ---------------------------------------------------------------------------


def inputs_of(network: Opened) -> dict[str, Knob | Question]:
    """The knob for the unit that is left out, where there is one, and the question."""
    units = network.most_left_out
    left_out = Knob("leave out unit", 0, units, value=0, step=1, colour="unit-1") if units else None
    return ({"left_out": left_out} if left_out else {}) | {"numbers": how_many(network)}


@lru_cache(maxsize=32)
def counts(sizes: tuple[int, ...]) -> tuple[int, int, int]:
    """The weights and biases, the weights alone, and the units."""
    weights = sum(before * after for before, after in pairwise(sizes))
    units = sum(sizes[1:])
    return weights + units, weights, units


def how_many(network: Opened) -> Question:
    """How many numbers the network is made of."""
    both, weights, units = counts(network.sizes)
    options = sorted({both, weights, units, 2 * both})
    asked = f"A network of the sizes {network.told_sizes}: of how many weights and biases is it made?"
    return Question(asked, tuple(map(grouped, options)))


def counted(network: Opened, chosen: str) -> Verdict:
    """Whether that is their number."""
    both, weights, units = counts(network.sizes)
    why = f"{grouped(weights)} weights, one for each way from a unit to the next layer, and {grouped(units)} "
    return answer(chosen, grouped(both), why + "biases, one for each unit behind the inputs.")


def most_matters(found: Worth, unit: int) -> dict[str, Verdict]:
    """Whether the unit that is left out is the one that matters most; no task where there are no units."""
    if not found.changes.size:
        return {}
    most = float(found.changes.max())
    now = float(found.changes[unit - 1]) if unit else 0.0
    larger = int((found.changes > now).sum())
    told = f"Without {larger} others it changes more." if unit else "No unit is left out."
    done = bool(unit) and now >= most
    says = "No other changes it more." if done else told
    return {MOST_MATTERS: Verdict(done, says, 1.0 - now / most if most else 0.0 if unit else 1.0)}


# ---- round numbers for knobs and axes -----------------------------------------------------------------


def round_step(length: float, about: int) -> float:
    """A step 1, 2 or 5 times a power of ten, of which about so many make the length."""
    exact = length / about
    exponent = floor(log10(exact))
    power = 10.0**exponent
    step = next(times for times in (1.0, 2.0, 5.0, 10.0) if times * power >= exact * (1.0 - 1e-9)) * power
    return round(step, max(0, 1 - exponent))


def round_ends(low: float, high: float, step: float) -> tuple[float, float]:
    """The ends moved outwards to multiples of the step, without what rounding leaves behind them."""
    digits = max(0, -floor(log10(step)))
    return round(floor(low / step) * step, digits), round(ceil(high / step) * step, digits)


def heights_fit(heights: FloatArray) -> bool:
    """Whether these can be drawn: numbers, and none of them too large."""
    return bool((np.abs(heights) < HIGHEST).all())
