"""Towers: every surface is its network, the worst point is marked, and holes stay where hats have none."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.building import builds
from nn_core.targets.surfaces import SURFACES
from pages.shared.stage.picture import Picture
from tests.pages.verdicts.searching import contradictions, deeds, states

PAGE = "pages/towers.py"
pytestmark = pytest.mark.xdist_group(PAGE)
WALL, RIDGE, CROSS, TOWER = MADE = ("a wall", "a ridge", "a cross", "a tower")
ONE_STEEPNESS, STEEPEN, HATS = BUILDS = ("towers of one steepness", "towers that steepen", "hats")
LARGEST, MEAN = "largest error", "L2 error"
SMOOTH = ["hill", "waves", "saddle", "diagonal ridge"]
TYPED = {"surface": "your formula", "formula": "x^2 - 2y"}
UNITS = {WALL: "1", RIDGE: "2", CROSS: "4", TOWER: "4 + 1"}
some = settings(max_examples=25, phases=[Phase.generate])
few = settings(max_examples=6, phases=[Phase.generate])

each_build = pytest.mark.parametrize("build", BUILDS)


@pytest.fixture(scope="module")
def one(stages: Any) -> Callable[..., Picture]:
    """The first stage: one step of the construction, some knobs moved."""

    def picture(**moved: Any) -> Picture:
        shown = stages(PAGE)["tower"]
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


@pytest.fixture(scope="module")
def many(stages: Any) -> Callable[..., Picture]:
    """The second stage: R times R of them, for a link, some knobs moved."""

    def picture(query: dict[str, str], **moved: Any) -> Picture:
        shown = stages(PAGE, **query)["towers"]
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


@pytest.fixture(scope="module")
def few_of(many: Any) -> Callable[..., Picture]:
    """The same with six along a side at most: fourteen of a new surface take two seconds."""

    def picture(query: dict[str, str], **moved: Any) -> Picture:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builds, "MOST_TILES", 6)
            return many(query, **moved)  # type: ignore[no-any-return]

    return picture


def figures(picture: Picture) -> list[Any]:
    return [picture.plots] if isinstance(picture.plots, dict) else list(picture.plots)


def trace(picture: Picture, name: str, plot: int = 0) -> Any:
    return next(each for each in figures(picture)[plot]["data"] if each.get("name") == name)


def drawn(picture: Picture) -> tuple[Any, Any, Any, Any]:
    """x, y, height and colour of every point of the surface."""
    part = trace(picture, "height")
    x, y = np.meshgrid(part["x"], part["y"])
    return x, y, part["z"].reshape(x.shape), part["surfacecolor"].reshape(x.shape)


def sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


def ridge(x: Any, left: float, right: float, w: float) -> Any:
    return sigmoid(w * (x - left)) - sigmoid(w * (x - right))


def by_formula(at: dict[str, Any], x: Any, y: Any) -> Any:
    """The heights that the page's words say."""
    w, half = at["steepness"], at["size"] / 2
    if at["made"] == WALL:
        return sigmoid(w * (x - (at["x1"] - half)))
    along_x = ridge(x, at["x1"] - half, at["x1"] + half, w)
    if at["made"] == RIDGE:
        return along_x
    crossed = along_x + ridge(y, at["x2"] - half, at["x2"] + half, w)
    return crossed if at["made"] == CROSS else sigmoid(at["sharpness"] * (crossed - at["threshold"]))


def tiled(target: Any, build: str, count: int, x: Any, y: Any) -> Any:
    """R times R towers, or hats, one after the other."""
    if build == HATS:
        total = np.zeros_like(x)
        for i, j in np.ndindex(count + 1, count + 1):
            u, v = x * count - i, y * count - j
            far = np.max([np.abs(u), np.abs(v), np.abs(u - v)], axis=0)
            total = total + target(i / count, j / count) * np.maximum(0.0, 1.0 - far)
        return total
    w = 100.0 if build == ONE_STEEPNESS else 40.0 * count**2
    total = np.zeros_like(x)
    for i, j in np.ndindex(count, count):
        crossed = ridge(x, i / count, (i + 1) / count, w) + ridge(y, j / count, (j + 1) / count, w)
        total = total + target((i + 0.5) / count, (j + 0.5) / count) * sigmoid(40.0 * (crossed - 1.5))
    return total


def of(name: str) -> Callable[[Any, Any], Any]:
    """A target by its name, as a function of x and y."""
    return lambda x, y: SURFACES[name](np.column_stack([np.ravel(x), np.ravel(y)])).reshape(np.shape(x))


def query_of(surface: str, build: str) -> dict[str, str]:
    return {"surface": surface, "build": build}


def number(text: Any) -> float:
    """What a number on the page says, also where it is 1.2·10⁻⁶."""
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
    return float(str(text).translate(digits).replace("·10", "e"))


def errors(picture: Picture, build: str) -> Any:
    return trace(picture, build, 1)["y"]


# ---- one tower ------------------------------------------------------------------------------------


@some
@given(data=st.data())
def test_each_construction_is_drawn_as_the_sum_of_walls_that_it_is(data: Any, stages: Any, one: Any) -> None:
    inputs = stages(PAGE)["tower"].inputs
    at = {name: data.draw(st.sampled_from(each.steps), label=name) for name, each in inputs.items()}
    picture = one(**at)
    x, y, heights, _ = drawn(picture)
    assert heights == pytest.approx(by_formula(at, x, y), abs=1e-8)
    low, high = figures(picture)[0]["layout"]["scene"]["zaxis"]["range"]
    assert low - 1e-9 <= heights.min()
    assert heights.max() <= high
    middle = by_formula(at, at["x1"], at["x2"])
    away = 0.6 * at["size"]
    arms = [
        by_formula(at, at["x1"] + dx * away, at["x2"] + dy * away)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    assert number(picture.readouts["in the middle"]) == pytest.approx(middle, abs=5.1e-4)
    said = picture.readouts["on the arms, at most"]
    if at["made"] in (CROSS, TOWER):
        assert number(said) == pytest.approx(max(arms), abs=5.1e-4)
    else:
        assert said is None
        assert picture.description.endswith("it has no arms yet.")


def stands(**at: Any) -> list[bool]:
    """Whether it is a tower, on some thousand points of the square and around it, the rim among them."""
    away = 0.6 * at["size"]
    lines = [
        np.unique(np.concatenate([np.linspace(-0.5, 1.5, 41), at[axis] + np.array([-away, 0.0, away])]))
        for axis in ("x1", "x2")
    ]
    x, y = np.meshgrid(*lines)
    heights = by_formula(at, x, y)
    outside = np.maximum(np.abs(x - at["x1"]), np.abs(y - at["x2"])) >= away - 1e-12
    middle = (x == at["x1"]) & (y == at["x2"])
    tall = bool((heights[middle] >= 0.95).all()) and middle.any()
    return [at["made"] == TOWER and tall and bool((heights[outside] <= 0.05).all())]


def test_a_tower_is_one_on_all_of_the_square_and_beyond(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["tower"])
    low = {"made": TOWER, "steepness": 5.0, "size": 0.6, "threshold": 0.9}
    solved = [{"made": TOWER}, low, low | {"steepness": 15.0, "threshold": 1.1}, {"made": TOWER, "size": 0.1}]
    found = contradictions(judge, stands, states(inputs, solved, 150))
    assert not found


@pytest.mark.parametrize("made", MADE)
def test_the_layers_units_and_parameters_of_a_construction_are_told(made: str, one: Any) -> None:
    told = one(made=made).readouts
    units = [2, *map(int, UNITS[made].split(" + ")), 1]
    assert told["hidden units"] == UNITS[made]
    assert told["hidden layers"] == str(len(units) - 2)
    parameters = sum((before + 1) * after for before, after in pairwise(units))
    assert told["parameters"] == str(parameters)


def test_a_tower_needs_its_second_layer(one: Any) -> None:
    assert number(one(made=CROSS).readouts["on the arms, at most"]) > 0.95
    assert number(one(made=TOWER).readouts["on the arms, at most"]) < 0.05
    assert [any(v.done for v in one(made=made).tasks.values()) for made in MADE] == [
        False,
        False,
        False,
        True,
    ]


@some
@given(data=st.data())
def test_below_a_threshold_of_1_the_arms_are_back(data: Any, one: Any) -> None:
    at = {
        "made": TOWER,
        "steepness": data.draw(st.sampled_from((100, 150, 200))),
        "size": data.draw(st.sampled_from((0.3, 0.4, 0.5))),
        "sharpness": data.draw(st.integers(30, 60)),
    }
    low = data.draw(st.sampled_from((0.0, 0.2, 0.5, 0.85)))
    high = data.draw(st.sampled_from((1.15, 1.3, 1.5, 1.8)))
    arms = [number(one(**at, threshold=c).readouts["on the arms, at most"]) for c in (low, high)]
    assert arms[0] > 0.95
    assert arms[1] < 0.05
    assert not any(verdict.done for verdict in one(**at, threshold=low).tasks.values())
    x, y, heights, _ = drawn(one(**at, threshold=low))
    arm = (np.abs(x - 0.5) < 0.01) & (np.abs(y - 0.5) > at["size"] / 2 + 0.05)
    assert arm.any()
    assert (heights[arm] > 0.95).all()


# ---- R x R of them --------------------------------------------------------------------------------


@each_build
@few
@given(data=st.data())
def test_the_surface_is_the_sum_of_its_towers_or_hats(build: str, data: Any, few_of: Any) -> None:
    surface = data.draw(st.sampled_from(list(SURFACES)))
    count = data.draw(st.integers(1, 6))
    require_sum(few_of(query_of(surface, build), r=count), surface, build, count)


@each_build
def test_the_most_towers_or_hats_are_summed_like_few(build: str, many: Any) -> None:
    require_sum(many(query_of("waves", build), r=14), "waves", build, 14)


def require_sum(picture: Picture, surface: str, build: str, count: int) -> None:
    """The surface is as high as the sum, in the colours of its distance from the target."""
    x, y, heights, colours = drawn(picture)
    assert x.shape == (57, 57)
    assert heights == pytest.approx(tiled(of(surface), build, count, x, y), abs=1e-7)
    assert colours == pytest.approx(np.abs(heights - of(surface)(x, y)), abs=1e-9)


@each_build
@few
@given(data=st.data())
def test_every_corner_of_a_tile_is_drawn(build: str, data: Any, many: Any) -> None:
    count = data.draw(st.integers(1, 14))
    part = trace(many(query_of("flat", build), r=count), "height")
    for ticks in (part["x"], part["y"]):
        assert (np.diff(ticks) > 0).all()
        for edge in np.arange(count + 1) / count:
            assert np.abs(ticks - edge).min() < 1e-12


@pytest.mark.parametrize("surface", SURFACES)
def test_the_surface_can_be_the_target_in_the_colours_of_the_error(surface: str, few_of: Any) -> None:
    network, target = (few_of({"surface": surface}, look=look) for look in ("the network", "the target"))
    x, y, heights, colours = drawn(target)
    assert heights == pytest.approx(of(surface)(x, y), abs=1e-12)
    assert np.array_equal(colours, drawn(network)[3])
    assert network.readouts == target.readouts
    low, high = figures(target)[0]["layout"]["scene"]["zaxis"]["range"]
    assert low < heights.min() <= heights.max() < high
    assert np.isnan(trace(target, "largest error")["z"]).all()


@each_build
@few
@given(data=st.data())
def test_the_worst_point_is_marked_where_the_largest_error_is(build: str, data: Any, few_of: Any) -> None:
    surface = data.draw(st.sampled_from(list(SURFACES)))
    count = data.draw(st.integers(1, 6))
    picture = few_of(query_of(surface, build), r=count)
    mark = trace(picture, "largest error")
    (x, *same_x), (y, *same_y) = mark["x"].tolist(), mark["y"].tolist()
    assert {*same_x} == {x}
    assert {*same_y} == {y}
    ends = [
        float(tiled(of(surface), build, count, np.array([x]), np.array([y]))[0]),
        float(of(surface)(x, y)),
    ]
    assert mark["z"] == pytest.approx(ends, abs=1e-7)
    largest = abs(ends[0] - ends[1])
    assert number(picture.readouts[LARGEST]) == pytest.approx(largest, rel=0.06, abs=6e-5)
    assert picture.readouts["at (x₁, x₂)"] == f"({x:.2f}, {y:.2f})"
    across, up, heights, _ = drawn(picture)
    assert largest == pytest.approx(np.abs(heights - of(surface)(across, up)).max(), abs=1e-7)


@pytest.mark.parametrize("count", range(2, 15))
@pytest.mark.parametrize("build", [ONE_STEEPNESS, STEEPEN])
def test_on_a_flat_target_the_worst_point_of_towers_is_a_hole_at_a_corner(
    build: str, count: int, many: Any
) -> None:
    picture = many(query_of("flat", build), r=count)
    mark = trace(picture, "largest error")
    assert mark["x"][0] * count == pytest.approx(round(mark["x"][0] * count), abs=1e-9)
    assert mark["y"][0] * count == pytest.approx(round(mark["y"][0] * count), abs=1e-9)
    x, y, heights, _ = drawn(picture)
    inside = (np.abs(x * count - 1) < 1e-9) & (np.abs(y * count - 1) < 1e-9)
    assert inside.sum() == 1
    assert heights[inside] < 0.01


@pytest.mark.parametrize("build", [ONE_STEEPNESS, STEEPEN])
def test_the_largest_error_of_towers_does_not_fall_with_r(build: str, many: Any) -> None:
    assert (errors(many(query_of("flat", build)), build) > 0.95).all()


def test_the_mean_square_error_of_towers_falls_if_they_steepen_enough(many: Any) -> None:
    picture = many(query_of("flat", STEEPEN), measure=MEAN)
    steepening, one_steepness = errors(picture, STEEPEN), errors(picture, ONE_STEEPNESS)
    assert (np.diff(steepening[3:]) < 0).all()
    assert steepening[-1] < steepening[3] / 2
    assert one_steepness[-1] > one_steepness[3]


@pytest.mark.parametrize("surface", SMOOTH)
def test_the_largest_error_of_hats_falls_like_1_over_r_squared_on_a_smooth_target(
    surface: str, many: Any
) -> None:
    largest = errors(many(query_of(surface, HATS)), HATS)
    assert largest[13] < largest[6] / 3
    assert largest[13] < largest[3] / 2.5


def test_hats_meet_a_flat_and_a_sloping_target_exactly(many: Any) -> None:
    for surface in ("flat", "slope"):
        assert (errors(many(query_of(surface, HATS)), HATS) < 1e-12).all()
        assert all(
            verdict.done == ("anything" in task)
            for task, verdict in many(query_of(surface, HATS)).tasks.items()
        )


@each_build
@pytest.mark.parametrize("surface", ["waves", "plateau", "flat"])
@pytest.mark.parametrize("measure", [LARGEST, MEAN])
def test_the_diamond_among_the_errors_is_the_network_shown(
    surface: str, build: str, measure: str, many: Any
) -> None:
    for count in (1, 6, 14):
        picture = many(query_of(surface, build), r=count, measure=measure)
        rates = {name: trace(picture, name, 1) for name in BUILDS}
        assert all(rate["x"].tolist() == list(range(1, 15)) for rate in rates.values())
        exact = rates[build]["y"][count - 1]
        shown = trace(picture, "shown", 1)
        assert list(shown["x"]) == [count]
        assert shown["y"][0] == pytest.approx(max(exact, 1e-6), rel=1e-6)
        assert number(picture.readouts[measure]) == pytest.approx(exact, rel=0.06, abs=6e-5)


@pytest.mark.parametrize("count", [1, 2, 6, 14])
def test_layers_units_parameters_and_steepness_are_told(count: int, many: Any) -> None:
    tiles, corners = count**2, (count + 1) ** 2
    expected = {
        ONE_STEEPNESS: ([2 * (count + 1), tiles], "100"),
        STEEPEN: ([2 * (count + 1), tiles], str(40 * count**2)),
        HATS: ([8 * count + 6, corners], None),
    }
    for build, (units, steepness) in expected.items():
        told = many(query_of("hill", build), r=count).readouts
        widths = [2, *units, 1]
        parameters = sum((before + 1) * after for before, after in pairwise(widths))
        assert told["hidden units"] == " + ".join(map(str, units))
        assert told["hidden layers"] == str(len(units))
        assert told["parameters"] == f"{parameters:,}"
        assert told["steepness w"] == steepness


@each_build
@few
@given(data=st.data())
def test_tasks_are_judged_by_the_errors_told(build: str, data: Any, few_of: Any) -> None:
    surface = data.draw(st.sampled_from(list(SURFACES)))
    count = data.draw(st.integers(1, 6))
    picture = few_of(query_of(surface, build), r=count)
    goals = {task: number(re.findall(r"below (\S+),", task)[0]) for task in picture.tasks}
    assert len(set(goals.values())) == 1
    for task, goal in goals.items():
        error = number(picture.readouts[MEAN if "L2" in task else LARGEST])
        if abs(error - goal) > 1e-4:
            assert picture.tasks[task].done == (error < goal and ("anything" in task or build != HATS))


# ---- a surface of one's own -----------------------------------------------------------------------


@each_build
def test_a_typed_surface_is_the_target(build: str, few_of: Any) -> None:
    picture = few_of(TYPED | {"build": build}, look="the target", r=4)
    x, y, heights, colours = drawn(picture)
    assert heights == pytest.approx(x**2 - 2 * y, abs=1e-12)
    network = tiled(lambda x, y: x**2 - 2 * y, build, 4, x, y)
    assert colours == pytest.approx(np.abs(network - heights), abs=1e-7)


@pytest.mark.parametrize("formula", ["0", "0*x", "-1", "1e9", "x/10^9", "-x - y", "step(x - y)"])
@each_build
def test_any_typed_surface_has_axes_and_errors_to_show(formula: str, build: str, few_of: Any) -> None:
    for measure in (LARGEST, MEAN):
        picture = few_of({"surface": "your formula", "formula": formula, "build": build}, measure=measure)
        low, high = figures(picture)[0]["layout"]["scene"]["zaxis"]["range"]
        assert low < high
        assert low < drawn(picture)[2].min()
        ends = figures(picture)[1]["layout"]["yaxis"]["range"]
        assert np.isfinite(ends).all()
        assert ends[0] < ends[1]


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("1/x", "not finite"),
        ("ln(x - y)", "not finite"),
        ("10^10 * x", "not finite, or beyond"),
        ("1/(x - y)", "not finite"),
        ("10^6 + x*y", "less than 10⁻⁴ of its height"),
        ("x + z", "unknown name 'z'"),
        ("x +", "."),
    ],
)
def test_a_formula_that_is_no_surface_is_named_and_something_else_stands(
    formula: str, why: str, opened: Any, messages: Any
) -> None:
    at = opened(PAGE, surface="your formula", formula=formula)
    (error,) = at.error
    said = error.value.replace("\\", "")
    assert why in said
    assert said.endswith("stands.")
    assert messages(at)["towers"]["picture"]["error"] is None
    waves = messages(opened(PAGE))["towers"]["picture"]["description"]
    kept = opened(PAGE, surface="your formula")
    example = messages(kept)["towers"]["picture"]["description"]
    assert not kept.error
    told = messages(at)["towers"]["picture"]["description"]
    assert told == (waves if "waves" in said else example)
    assert ("waves" in said) == ("finite" in why or "height" in why)
