"""A surface is a value, its presets fit the unit square, and what is typed is what is meant."""

import copy
import math
import pickle
import re

import numpy as np
import pytest

from nn_core.grids import plane
from nn_core.targets.formulas import parse_formula
from nn_core.targets.surfaces import (
    FLAT,
    PLATEAU,
    SURFACES,
    UNIT_SQUARE,
    Surface,
    surface_values,
    typed_surface,
)
from tests.latex import value_of

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)

TYPED = {
    "hill": "exp(-8((x - 0.5)^2 + (y - 0.5)^2))",
    "waves": "(1 + sin(2 pi x) sin(2 pi y)) / 2",
    "saddle": "0.5 + 2(x - 0.5)^2 - 2(y - 0.5)^2",
    "diagonal ridge": "exp(-18 (x - y)^2)",
    "pyramid": "max(0, min(1 - 2|x - 0.5|, 1 - 2|y - 0.5|))",
    "plateau": "((x - 0.5)^2 + (y - 0.5)^2 <= 0.09)",
    "slope": "(x + y) / 2",
    "flat": "1 + 0 x y",
}


@each_surface
def test_a_preset_lies_between_0_and_1_on_the_unit_square_and_reaches_1(surface: Surface) -> None:
    assert surface.domain == UNIT_SQUARE
    values = surface(plane(UNIT_SQUARE, 101))
    assert values.min() >= 0.0
    assert values.max() == pytest.approx(1.0)


@each_surface
def test_a_preset_is_the_formula_that_one_would_type(surface: Surface) -> None:
    points = np.random.default_rng(0).uniform(-0.5, 1.5, (500, 2))
    typed = typed_surface(parse_formula(TYPED[surface.name], ("x", "y")))
    assert surface(points) == pytest.approx(typed(points), abs=1e-12)


@each_surface
def test_a_surface_gives_one_number_a_point_and_the_same_in_any_shape(surface: Surface) -> None:
    points = plane(UNIT_SQUARE, 7)
    x, y = points[:, 0].reshape(7, 7), points[:, 1].reshape(7, 7)
    assert surface(points).shape == (49,)
    assert surface.function(x, y).ravel().tolist() == surface(points).tolist()


@each_surface
def test_a_surface_is_a_value(surface: Surface) -> None:
    twins = [pickle.loads(pickle.dumps(surface)), copy.deepcopy(surface)]
    assert all(twin == surface and hash(twin) == hash(surface) for twin in twins)
    with pytest.raises(AttributeError):
        surface.name = "other"  # type: ignore[misc]


def test_every_preset_is_found_by_its_name_and_no_two_are_equal() -> None:
    assert all(surface.name == name for name, surface in SURFACES.items())
    assert len(set(SURFACES.values())) == len(SURFACES) == len(TYPED)


def test_the_plateau_jumps_and_its_edge_belongs_to_it() -> None:
    edge = np.array([[0.5, 0.5 + 0.3 - 1e-9], [0.5, 0.5 + 0.3 + 1e-9]])
    assert PLATEAU(edge).tolist() == [1.0, 0.0]


def test_a_typed_surface_knows_x_from_y() -> None:
    surface = typed_surface(parse_formula("x - 2y", ("x", "y")))
    assert (surface.name, surface.formula, surface.domain) == ("x - 2y", r"x - 2\,y", UNIT_SQUARE)
    assert surface(np.array([[5.0, 1.0], [1.0, 5.0]])).tolist() == [3.0, -9.0]
    assert pickle.loads(pickle.dumps(surface)) == surface
    assert hash(surface) == hash(typed_surface(parse_formula("x - 2y", ("x", "y"))))


@pytest.mark.parametrize("variables", [("x",), ("y", "x"), ("x", "z"), ("x", "y", "z")])
def test_a_surface_is_typed_in_x_and_y(variables: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=f"in x, y, got a formula in {', '.join(variables)}"):
        typed_surface(parse_formula("1", variables))


@pytest.mark.parametrize("shape", [(2,), (3,), (4, 1), (4, 3), (2, 2, 2)])
def test_points_are_rows_of_two(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"shape (n, 2), got shape {shape}")):
        FLAT(np.zeros(shape))


@pytest.mark.parametrize(("text", "value"), [("1/x", math.inf), ("sqrt(x - 0.1)", math.nan)])
def test_a_value_that_is_not_finite_is_named_with_its_place(text: str, value: float) -> None:
    surface = typed_surface(parse_formula(text, ("x", "y")))
    with pytest.raises(ValueError, match=f"must be finite, got {value} at x=0.0, y=0.5"):
        surface_values(surface, np.array([[1.0, 0.0], [0.0, 0.5], [0.0, 1.0]]))
    assert surface_values(surface, np.ones((3, 2))) == pytest.approx(surface(np.ones((3, 2))))


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_a_formula_in_latex_says_the_surface(surface: Surface) -> None:
    points = np.random.default_rng(0).uniform(size=(200, 2))
    x, y = points.T
    assert value_of(surface.formula, x=x, y=y) == pytest.approx(surface(points), abs=1e-14)
