"""A new activation, target, way, cloud or build is one entry: whatever makes use of it finds it there."""

from collections.abc import Callable
from math import exp, inf
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nn_core.arrays import FloatArray, IntArray
from nn_core.building.builds import BUILDS, Build
from nn_core.building.theory import Bound, Built
from nn_core.building.towers import tiled_towers
from nn_core.building.ways import WAYS, Steepness, Way
from nn_core.networks.activations import ACTIVATIONS, TANH, Activation, sigmoid
from nn_core.networks.network import Network
from nn_core.plane.clouds import CLOUDS, Sampler
from nn_core.targets.curves import TARGETS, Target
from nn_core.targets.surfaces import Surface
from pages.shared.activations import heights
from pages.shared.numbers import small

Open = Callable[..., AppTest]
LOWEST = -0.27846454276107


def swish(z: FloatArray) -> FloatArray:
    """z sigmoid(z)."""
    return z * sigmoid(z)


def swish_derivative(z: FloatArray) -> FloatArray:
    """sigmoid(z) (1 + z (1 - sigmoid(z)))."""
    return sigmoid(z) * (1.0 + z * sigmoid(-z))


SWISH = Activation(
    "swish",
    r"\frac{z}{1 + e^{-z}}",
    swish,
    swish_derivative,
    "swish",
    "z / (1 + np.exp(-z))",
    range=(LOWEST, inf),
    turns=True,
)
# Every menu of activations but that of bumps, which are made of steps.
MENUS: list[tuple[str, dict[str, str]]] = [
    ("pages/single_neuron.py", {"activation": "swish"}),
    ("pages/two_neurons.py", {"activation": "swish"}),
    ("pages/approximator.py", {"activation": "swish"}),
    ("pages/nonlinearity.py", {"activation": "swish", "layers": "1"}),
    ("pages/decision_boundary.py", {"network": "two hidden neurons", "f": "swish"}),
    ("pages/decision_boundary.py", {"network": "trained", "hidden": "2", "activation": "swish"}),
    ("pages/forward_pass.py", {"activation": "swish"}),
    ("pages/gradient_descent.py", {"scene": "curve", "units": "2", "activation": "swish"}),
    ("pages/gradient_descent.py", {"scene": "classes", "class_hidden": "2", "class_activation": "swish"}),
]
each_menu = pytest.mark.parametrize(("page", "query"), MENUS, ids=lambda each: str(each).split("/")[-1])


def complaints(at: AppTest) -> list[str]:
    """What the page says of a link that it cannot follow."""
    assert not at.exception
    return [str(each.value) for each in (*at.warning, *at.error)]


# ---- an activation --------------------------------------------------------------------------------------


@pytest.fixture
def with_swish(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry with one more activation."""
    monkeypatch.setitem(ACTIVATIONS, SWISH.name, SWISH)


@each_menu
def test_a_new_activation_is_in_every_menu_in_which_it_makes_sense(
    page: str, query: dict[str, str], opened: Open, with_swish: None
) -> None:
    assert complaints(opened(page, **query)) == []


def test_before_it_is_an_entry_it_is_in_none(opened: Open) -> None:
    for page, query in MENUS[:3]:
        (said,) = complaints(opened(page, **query))
        assert "swish" in said


def test_a_new_activation_that_is_no_step_makes_no_bumps(opened: Open, with_swish: None) -> None:
    (said,) = complaints(opened("pages/bumps.py", f="swish"))
    assert "swish" in said


def test_a_new_activation_that_is_not_common_is_in_the_menus_of_all_only(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = Activation("rare", "z", swish, swish_derivative, turns=True, common=False)
    monkeypatch.setitem(ACTIVATIONS, rare.name, rare)
    assert complaints(opened("pages/approximator.py", activation="rare")) == []
    assert complaints(opened("pages/single_neuron.py", activation="rare")) != []


def test_a_new_activation_is_shown_in_heights_of_its_own(stages: Any, with_swish: None) -> None:
    shown = stages("pages/single_neuron.py", activation="swish")["single_neuron"]
    values = {name: each.value for name, each in shown.inputs.items()} | {"activation": "swish"}
    picture = shown.picture(**values)
    assert "swish" in picture.description
    assert picture.plots["layout"]["yaxis"]["range"] == [LOWEST - 2.0, 10.0]


def test_a_new_activation_is_written_and_programmed(opened: Open, with_swish: None) -> None:
    at = opened("pages/forward_pass.py", activation="swish")
    assert "def swish(z):\n    return z / (1 + np.exp(-z))" in at.code[0].value
    assert any(r"\mathrm{swish}(z_{1})" in each.value for each in at.latex)


@pytest.mark.parametrize(
    ("ends", "seen"),
    [
        ((0.0, 1.0), (-0.25, 1.25)),
        ((-1.0, 1.0), (-1.25, 1.25)),
        ((0.0, inf), (-2.0, 10.0)),
        ((-inf, 0.0), (-10.0, 2.0)),
        ((-inf, inf), (-10.0, 10.0)),
        ((-50.0, 50.0), (-10.0, 10.0)),
    ],
)
def test_heights_leave_room_around_a_range_and_end_somewhere(
    ends: tuple[float, float], seen: tuple[float, float]
) -> None:
    assert heights(ends, 0.25, 2.0, 10.0) == seen


# ---- the others -----------------------------------------------------------------------------------------


def stairs(x: FloatArray) -> FloatArray:
    """Three steps up."""
    return np.floor(3.0 * x)


@pytest.mark.parametrize(("page", "query"), [MENUS[2], MENUS[7]], ids=["any curve", "fitting a curve"])
def test_a_new_target_is_in_every_menu_of_targets(
    page: str, query: dict[str, str], opened: Open, monkeypatch: pytest.MonkeyPatch, with_swish: None
) -> None:
    target = Target("stairs", r"\lfloor 3x \rfloor", stairs, (0.0, 1.0), jumps=(1 / 3, 2 / 3))
    assert complaints(opened(page, **query, target="stairs")) != []
    monkeypatch.setitem(TARGETS, target.name, target)
    assert complaints(opened(page, **query, target="stairs")) == []


def lowest(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    """Units that all stand at the left end."""
    return WAYS["least squares"](target, n, steepness / 2.0, activation, seed)


def is_tanh(activation: Activation) -> bool:
    """Whether it is."""
    return activation == TANH


def claims(built: Built) -> tuple[Bound, ...]:
    """A bound that says how it was asked for."""
    return (Bound("a claim", r"7 e", "For the test.", "upper", lambda n: np.full_like(n, 7.0 * exp(1.0))),)


def test_a_new_way_brings_its_knob_its_bounds_and_the_activations_it_fits(
    opened: Open, stages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scale = Steepness("gentleness g", 1.0, 9.0, 3.0, 0.5)
    way = Way("by guess", lowest, is_tanh, claims, scale, fewest=3)
    monkeypatch.setitem(WAYS, way.name, way)
    query = {"activation": "tanh", "way": "by guess"}
    at = opened("pages/approximator.py", **query)
    assert complaints(at) == []
    assert any(
        f"the largest error is at most $7 e$ = **{small(7.0 * exp(1.0))}**" in each.value
        for each in at.markdown
    )
    inputs = stages("pages/approximator.py", **query)["approximator"].inputs
    assert (inputs["steepness"].label, inputs["steepness"].value) == ("gentleness g", 3.0)
    assert (inputs["n"].low, inputs["n"].step) == (3, 3)
    assert complaints(opened("pages/approximator.py", **query | {"activation": "sine"})) != []
    pin = {"pin": "by guess~6~4~tanh"}
    assert complaints(opened("pages/approximator.py", **pin)) == []


def bars(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """A bar for each class, side by side."""
    x = labels / 2.0 + generator.uniform(0.0, 0.3, labels.size) - 0.5
    return np.column_stack((x, generator.uniform(-0.9, 0.9, labels.size)))


def test_a_new_cloud_is_in_the_menu_of_as_many_classes(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    trained = {"network": "trained", "hidden": "0", "points": "bars"}
    classes = {"scene": "classes", "class_hidden": "0", "class_points": "bars"}
    for n_classes in (2, 3):
        monkeypatch.setitem(CLOUDS, "bars", Sampler("bars", n_classes, bars))
        assert (complaints(opened("pages/decision_boundary.py", **trained)) == []) == (n_classes == 2)
        assert (complaints(opened("pages/gradient_descent.py", **classes)) == []) == (n_classes == 3)


def gentle(surface: Surface, count: int) -> Network:
    """Towers of gentle walls."""
    return tiled_towers(surface, count, 20.0)


def test_a_new_build_is_in_the_menu_and_among_the_errors(
    stages: Any, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BUILDS, "gentle towers", Build("gentle towers", gentle))
    query = {"build": "gentle towers", "surface": "flat"}
    assert complaints(opened("pages/towers.py", **query)) == []
    shown = stages("pages/towers.py", **query)["towers"]
    picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()})
    assert "gentle towers" in {each.get("name") for each in picture.plots[1]["data"]}
