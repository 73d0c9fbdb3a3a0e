"""The price of a nat: a variational autoencoder, and the cliff where its code stops saying anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.variational import Variational, collapse_price, divergence
from nn_core.networks.network import Network
from pages.scenes.autoencoder import models
from pages.shared.digits.pictures import SIDE, held_out
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.codes import amounts, codes, sheets
from pages.shared.figures.traces import Trace
from pages.shared.numbers import plain, small
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Handle, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

BETAS, SAMPLED, SEEDS = models.BETAS, 12, 40
STEP, HALF, PICTURES, FIRST = BETAS[1], 3.2, 100, 17
NOTHING_SAID, LITTLE, CLOSE, FAR, ALIKE = 0.05, 3.0, 1.1, 2.0, 0.001
NAMES = ("digit", "back", "point", "mean", "random", "codes")
NOISE, MEAN, SOME = "noise", "the mean of all digits", "one of the ten digits"
WHAT_THEN = Question(
    f"At β = {BETAS[-1]} the code says nothing any more. What does the decoder draw then?",
    (NOISE, SOME, MEAN),
    {"beta": BETAS[-1]},
)


@lru_cache
def codes_of(place: int) -> FloatArray:
    """Means and log variances of all pictures held out, at one of the prices: shape (449, 4)."""
    return models.learnt().variational[place].encoder(models.kept_back())


@lru_cache
def written(place: int) -> list[Trace]:
    """The digits at the means of their codes."""
    return codes.written(codes_of(place)[:, : models.CODE], held_out().labels)


@lru_cache
def given_back(place: int) -> FloatArray:
    """All pictures held out, there and back by the means, shape (449, 64)."""
    return models.learnt().variational[place](models.kept_back())


@lru_cache
def turn() -> float:
    """The price from which on saying nothing is a valley, by the digits alone."""
    return collapse_price(models.learnt_from())


@lru_cache
def measured(place: int) -> models.Measures:
    """What is measured of the network shown."""
    return models.measured(models.learnt().variational[place])


@lru_cache
def sampled(seed: int) -> FloatArray:
    """A few codes from the standard normal, shape (SAMPLED, 2)."""
    return np.random.default_rng(seed).normal(size=(SAMPLED, models.CODE))


@dataclass(frozen=True)
class Scene:
    """The network of one price, a point in its plane, a digit held out, and random codes."""

    beta: float
    point: tuple[float, float]
    index: int
    seed: int

    @property
    def place(self) -> int:
        """Which of the prices."""
        return BETAS.index(self.beta)

    @property
    def model(self) -> Variational:
        """The network."""
        return models.learnt().variational[self.place]

    @property
    def code(self) -> FloatArray:
        """The digit's means and log variances, shape (4,)."""
        found: FloatArray = codes_of(self.place)[self.index]
        return found

    @property
    def spread(self) -> FloatArray:
        """The digit's standard deviations, shape (2,)."""
        found: FloatArray = np.exp(0.5 * self.code[models.CODE :])
        return found

    @property
    def nats(self) -> float:
        """What the digit's code says."""
        return float(divergence(self.code[np.newaxis]).sum())

    @property
    def label(self) -> int:
        """Which digit it is."""
        return int(held_out().labels[self.index])

    @cached_property
    def drawn(self) -> FloatArray:
        """Of the point and of the random codes, shape (1 + SAMPLED, 64)."""
        return self.model.decoder(np.vstack([[self.point], sampled(self.seed)]))

    @property
    def outside(self) -> int:
        """How many codes lie where the plane is not shown."""
        means = codes_of(self.place)[:, : models.CODE]
        return int((np.abs(means).max(axis=1) > HALF).sum())

    @property
    def off_mean(self) -> float:
        """How far what is drawn at the point is from the mean picture."""
        return models.error(self.drawn[0], models.mean_picture())


def picture(
    beta: float, c1: float, c2: float, digit: float, sample: float, what_then: str = NOTHING
) -> Picture:
    """The codes at one price, what is drawn of them and of random ones, and the cliff."""
    scene = Scene(beta, (c1, c2), int(digit) - 1, int(sample))
    across, up = scene.code[: models.CODE].tolist()
    paid = measured(scene.place)
    mean = models.error(models.mean_picture(), models.kept_back())
    return Picture(
        [
            codes.codes(
                written(scene.place),
                (across, up),
                HALF,
                "×: random codes; ring: the digit",
                sampled(int(sample)),
            ),
            pictures(scene),
            cliff(
                0, (beta, paid.error), ("error", (0.03, 0.08)), ("the mean", mean, "dashed: the mean picture")
            ),
            cliff(1, (beta, paid.nats), ("nats", amounts.NATS), ("nothing", 0.0, "dashed: nothing")),
        ],
        beside=True,
        grips=[Grip("point", c1, c2, colour="input", anywhere=True)],
        handles=[Handle("beta", beta, paid.error, plot=2), Handle("beta", beta, paid.nats, plot=3)],
        files=files_of(Network(scene.model.decoder.layers), np.array([[c1, c2]])),
        readouts=readouts(scene),
        measures={"error": paid.error, "nats": paid.nats, "random pictures apart": paid.apart},
        tasks=tasks(scene) | {WHAT_THEN.label: judged(what_then)},
        description=f"At β = {plain(beta)} a code says {plain(paid.nats)} nats on average; the error of what "
        f"comes back is {small(paid.error)}; the mean picture’s is {small(mean)}. The digit chosen is a "
        f"{scene.label}, its code says {plain(scene.nats)} nats.",
    )


def pictures(scene: Scene) -> Figure:
    """The digit and what comes back, the point's picture, the mean, and those of random codes."""
    kept, back = models.kept_back()[scene.index], given_back(scene.place)[scene.index]
    rows = np.vstack([kept, back, scene.drawn[0], models.mean_picture(), scene.drawn[1:]])
    return sheets.sheet(rows.reshape(-1, SIDE, SIDE), NAMES, across=4)


def cliff(
    row: int, now: tuple[float, float], up: tuple[str, tuple[float, float]], level: tuple[str, float, str]
) -> Figure:
    """One of the measures of all seeds against the price."""
    name, height, told = level
    remark = f"dots: {models.SEEDS} seeds; {told}"
    return amounts.cliff(
        np.array(BETAS), models.learnt().measures[row], now, up, (name, height, remark), turn()
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """What is paid on average and for this digit, and how much random pictures differ."""
    paid = measured(scene.place)
    means, spreads = (
        ", ".join(plain(each) for each in part.tolist()) for part in (scene.code[: models.CODE], scene.spread)
    )
    seeds = models.learnt().measures[:, scene.place].mean(axis=1).tolist()
    return {
        "error, held out": small(paid.error),
        "KL, in nats": plain(paid.nats),
        f"on average, {models.SEEDS} seeds": f"error {small(seeds[0])}, KL {plain(seeds[1])}",
        "this digit’s KL": f"{plain(scene.nats)} for a {scene.label}",
        "its μ, and its σ": f"{means}, and {spreads}",
        "random pictures differ by": small(paid.apart),
        "codes out of view": str(scene.outside),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Save nats, fall, and see that nothing is said any more."""
    paid, free = measured(scene.place), measured(0)
    told = f"KL {plain(paid.nats, 3)} nats, error {small(paid.error)}."
    far = float(np.hypot(*scene.point))
    return {
        f"Save: less than {plain(LITTLE, 0)} nats, and at most a tenth more error than at β = 0.": Verdict(
            paid.nats < LITTLE and paid.error <= CLOSE * free.error,
            told,
            max(paid.nats / LITTLE - 1.0, 0.0) + max(paid.error / (CLOSE * free.error) - 1.0, 0.0),
        ),
        f"Fall off the cliff: a code that says less than {NOTHING_SAID} nats.": Verdict(
            paid.nats < NOTHING_SAID, told, max(paid.nats - NOTHING_SAID, 0.0)
        ),
        f"Drag the point more than {plain(FAR, 0)} from the middle, where still the mean is drawn.": Verdict(
            far > FAR and scene.off_mean < ALIKE,
            f"It is {plain(far)} away; the picture is {small(scene.off_mean)} from the mean.",
            max(FAR - far, 0.0) + max(scene.off_mean / ALIKE - 1.0, 0.0),
        ),
    }


def judged(chosen: str) -> Verdict:
    """What is drawn at the highest price."""
    drawn = models.learnt().variational[-1].decoder(np.zeros((1, models.CODE)))[0]
    off = models.error(drawn, models.mean_picture())
    nearest = float(np.mean((models.learnt_from() - drawn) ** 2, axis=1).min())
    right = MEAN if off < min(nearest, 2.0 * ALIKE) else SOME if nearest < 0.02 else NOISE
    return answer(
        chosen,
        right,
        f"It is {small(off)} from the mean, and {small(nearest)} from the nearest digit learnt.",
    )


def grab(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The point is where the hand is, up to the edge."""
    return {"c1": x, "c2": y}


def show() -> None:
    """The stage of the price, and the words below it."""
    st.markdown(
        "Now the code is not a place but a **cloud**: a middle μ and a width σ, and in training the code is "
        "drawn from it. What clouds tell of their digit costs **β** a nat. Play β, and watch the cliff."
    )
    stage(
        "price",
        picture,
        presets=[
            Preset("free of charge", {"beta": 0.0}),
            Preset("β = 1", {"beta": 1.0}),
            Preset("collapsed", {"beta": BETAS[-1]}),
        ],
        grips={"point": grab},
        beta=Knob("β", 0, BETAS[-1], value=1.0, step=STEP, colour="network"),
        c1=Knob("c₁ of the point", -3, 3, value=0.0, step=0.05, colour="input"),
        c2=Knob("c₂ of the point", -3, 3, value=0.0, step=0.05, colour="input"),
        digit=Knob("digit held out", 1, PICTURES, value=FIRST, step=1, colour="target"),
        sample=Knob("random codes, seed", 1, SEEDS, value=1, step=1, colour="ink"),
        what_then=WHAT_THEN,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## What a nat buys

What a cloud tells is its [[KL divergence]] from the one round cloud, μ = 0 and σ = 1, that all share; it
is counted in [[nats]]. Without a price, at β = 0, the clouds are as narrow as they like and lie anywhere:
20 seeds pay 40.5 nats on average, and most codes lie out of view. The digits come back well. But
**random** codes, the crosses, know nothing of that: they all fall in the middle, and their pictures are
too much alike. They differ by 0.022, and at β = 0.25 by 0.031.

A price draws the clouds to the middle and widens them, until they fill the same round heap as the random
codes, which then meet every digit. It is paid with sharpness: at β = 1 a code says 2.2 nats, and the
error has grown from 0.038 to 0.042.
"""
WHY = """
## The cliff

From β = 2 on it falls fast: 0.8 nats at 2, 0.2 at 2.5, 0.02 at 3, and none at 3.5, from every seed. What
a nat saves in the picture is less than it costs. So the encoder says the same of every digit, μ = 0 and σ
= 1, and the decoder draws the one picture that is best for who knows nothing: **the mean**.

This is called *collapse*. It is no fault of the training: from β = 3.33 on, the dotted line, saying
nothing is a **valley**, for every encoder and every decoder. No small step out of it pays. Just below,
only codes pay that say next to nothing.
"""
EXACTLY = """
The price is that of Higgins and others (2017), with β = 1 the bound of Kingma and Welling (2014): the sum
over the pixels of the cross-entropy −x ln y − (1 − x) ln(1 − y), in nats, plus β times the divergence of
the cloud N(μ, σ²) from N(0, 1), which is ½(μ² + σ² − 1 − ln σ²) for each of the two numbers. It is 0 only
where μ = 0 and σ = 1. The valley: the largest eigenvalue of D⁻¹ᐟ² C D⁻¹ᐟ², where C is the covariance of
the pixels, p their mean and D has p(1 − p) on its diagonal, is 3.33 on the digits learnt; at no lower
price is it one. Encoder 64 → 24 → 4, decoder 2 → 24 → 64, tanh, 1,760 steps of Adam on 64 digits each,
from 20 seeds at each of 15 prices; the networks shown are those of seed 1. Errors and nats are those of
the 449 digits held out; what comes back is drawn from μ. Random pictures differ by their mean square
distance from their own mean, of 200 random codes.
"""
