"""Pinning: a network that stays in view while others are built, and in the link."""

from __future__ import annotations

import streamlit as st

from nn_core.building.closeness import closeness
from nn_core.building.ways import MOST, SEEDS, WAYS, Pin, Plan, Way
from nn_core.targets.curves import Target
from pages.scenes.approximator.closing_in import steepness_knob
from pages.shared.asking import formulas
from pages.shared.markdown import literal
from pages.shared.numbers import short, small
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.choice import in_link, named
from pages.shared.stage.inputs.reading import BETWEEN_ROWS, ONCE, escaped, unescaped


def write_pin(plan: Plan, n: int, steepness: float) -> str:
    """A network as the link says it."""
    parts = in_link(plan.way.name, WAYS), str(n), short(steepness), escaped(plan.activation.name)
    sampled = () if plan.placed is None else (str(plan.seed),)
    return BETWEEN_ROWS.join((*parts, *sampled))


def told_of(pin: Pin, target: Target) -> str:
    """The pinned network in words."""
    error = closeness(pin.network(target), target).sup_norm
    steep = "" if pin.plan.steepness is None else f", w = {short(pin.steepness)}"
    seed = "" if pin.plan.placed is None else f", seed {pin.plan.seed}"
    return (
        f"Pinned: {pin.plan.way.name}, {pin.plan.activation}, {pin.n} hidden units{steep}{seed}. "
        f"Its largest error on this target is {small(error)}."
    )


def read_pin() -> Pin | None:
    """The network that the link keeps; a warning where it keeps none that makes sense."""
    text = link().get("pin")
    if text is None:
        return None
    try:
        way, n, steepness, rest = text.split(ONCE if ONCE in text else BETWEEN_ROWS, 3)
        plan = planned(WAYS[named(way, WAYS) or way], rest)
        pin = Pin(plan, int(n), float(steepness))
    except (ValueError, KeyError):
        pin = None
    if pin is None or not makes_sense(pin):
        st.warning(f"The pinned network “{literal(text[:60])}” makes no sense; nothing is pinned.")
        return None
    return pin


def planned(way: Way, rest: str) -> Plan:
    """The plan of a way and an activation, with a seed behind it where the way leaves its units to chance.

    Raises a ValueError if that is missing.
    """
    activation, seed = rest.rsplit(BETWEEN_ROWS, 1) if way.placed else (rest, "1")
    return Plan(way, formulas.named_activation(unescaped(activation)), int(seed))


def makes_sense(pin: Pin) -> bool:
    """Whether the page could have built such a network."""
    way = pin.plan.way
    whole = way.fewest <= pin.n <= MOST and pin.n % way.fewest == 0
    steep = all(knob.low <= pin.steepness <= knob.high for knob in steepness_knob(pin.plan).values())
    steep = steep and 1.0 <= pin.steepness <= 1000.0
    return whole and steep and 1 <= pin.plan.seed <= SEEDS and way.fits(pin.plan.activation)
