"""A sweep is the picture at every value of one input: one base, and what differs from it."""

import copy
import logging
import math
import time
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.figures.drawings.markup import Markup
from pages.shared.stage import sweep as sweeping
from pages.shared.stage import wire
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.reading import Reading
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.picture import Grip, Handle, Nudge, Picture, Verdict
from pages.shared.stage.precision import rounded
from pages.shared.stage.sweep import Draw, frame, sweep

X = np.linspace(-1.0, 1.0, 21)
WEIGHT = Knob("weight w", -2, 2, value=1.0, step=0.5)
SHAPE = Choice("shape", ("line", "wave"), "line")


def trace(x: Any, y: Any, **more: Any) -> dict[str, Any]:
    return {"type": "scatter", "x": x, "y": y, **more}


def toy(weight: float, shape: str = "line") -> Picture:
    """A picture in which every kind of leaf moves, and every kind stays."""
    y = weight * (X if shape == "line" else np.sin(9 * X))
    return Picture(
        {
            "data": [trace(X, y, name=shape), trace(X, X**2), trace(y, y, line={"width": 2})],
            "layout": {"title": {"text": f"w = {weight}"}, "height": 300},
        },
        diagram=Markup("<svg></svg>", {"w": {"text": f"{weight}", "stroke-width": abs(weight)}}),
        formula=Markup("<math></math>", {"b": {"text": "+0.0"}}),
        readouts={"w": weight, "nothing": None, "shape": shape},
        tasks={"Make it flat.": Verdict(weight == 0, "flat" if weight == 0 else "not flat")},
        handles=[Handle("weight", 1.0, None if weight == 0 else weight)],
        description=f"A {shape} of slope {weight}.",
    )


def rebuilt(base: Mapping[str, Any], swept: Mapping[str, Any], index: int) -> dict[str, Any]:
    """What the browser shows at step `index`: the base with that row of every column."""
    built = copy.deepcopy(dict(base))
    for path, column in zip(swept["paths"], swept["columns"], strict=True):
        node: Any = built
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = column[index]
    return built


def as_sent(message: Any) -> Any:
    """The message as it arrives, to be compared by ==: arrays as texts, so that NaN is NaN."""
    if isinstance(message, np.ndarray):
        return [str(message.dtype), *map(str, message.ravel() + message.dtype.type(0))]
    if isinstance(message, dict):
        whole = rounded(message) if "plots" in message else message
        return {key: as_sent(value) for key, value in whole.items()}
    if isinstance(message, list | tuple):
        return [as_sent(value) for value in message]
    return message


def swept(picture: Draw, values: Mapping[str, Any], name: str, moved: Input) -> Any:
    """The sweep, which has to be there, as it arrives."""
    given = sweep(picture, values, name, moved)
    assert given is not None
    return wire.unpack(wire.pack(given))


def work(seconds: float) -> None:
    """Keep the processor busy, so that it counts whichever clock is looked at."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def paths(swept: Mapping[str, Any]) -> set[str]:
    return {"/".join(map(str, path)) for path in swept["paths"]}


# ---- what a sweep is ----------------------------------------------------------------------------


@given(
    weight=st.sampled_from(WEIGHT.steps),
    shape=st.sampled_from(SHAPE.steps),
    name=st.sampled_from(["weight", "shape"]),
)
def test_each_frame_is_the_picture_at_its_value(weight: float, shape: str, name: str) -> None:
    values = {"weight": weight, "shape": shape}
    moved: Input = {"weight": WEIGHT, "shape": SHAPE}[name]
    assert moved.steps is not None
    given = swept(toy, values, name, moved)
    assert (given["name"], given["errors"]) == (name, None)
    for index, step in enumerate(moved.steps):
        shown = rebuilt(frame(toy, values), given, index)
        assert as_sent(shown) == as_sent(toy(**{**values, name: step}).message())


def test_there_is_one_row_for_each_value_in_their_order() -> None:
    given = swept(toy, {"weight": 1.0, "shape": "line"}, "weight", WEIGHT)
    assert all(len(column) == len(WEIGHT.steps) for column in given["columns"])
    title = given["paths"].index(["plots", 0, "layout", "title", "text"])
    assert given["columns"][title] == [f"w = {step}" for step in WEIGHT.steps]


def test_only_what_differs_travels() -> None:
    given = swept(toy, {"weight": 1.0, "shape": "line"}, "weight", WEIGHT)
    assert paths(given) == {
        "plots/0/data/0/y",
        "plots/0/data/2/x",
        "plots/0/data/2/y",
        "plots/0/layout/title/text",
        "diagram/slots/w/text",
        "diagram/slots/w/stroke-width",
        "readouts/w",
        "tasks/Make it flat./done",
        "tasks/Make it flat./says",
        "handles/0/y",
        "description",
    }


def test_an_array_that_is_made_anew_but_is_the_same_does_not_travel() -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [trace(X.copy(), t * X)], "layout": {}}, "words")

    assert paths(swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5))) == {"plots/0/data/0/y"}


def test_what_differs_by_less_than_a_float32_can_say_does_not_travel() -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [trace(X + 2 + 1e-12 * t, X + t)], "layout": {}}, "words")

    assert paths(swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5))) == {"plots/0/data/0/y"}


def test_a_column_of_nothing_but_nan_does_not_travel() -> None:
    def picture(t: float) -> Picture:
        none, some = np.full(5, np.nan), np.array([np.nan, t])
        return Picture({"data": [trace(none, none), trace(some, some)], "layout": {}}, "words")

    given = swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5))
    assert paths(given) == {"plots/0/data/1/x", "plots/0/data/1/y"}


def test_an_array_in_several_places_is_one_column_that_travels_once() -> None:
    given = sweep(toy, {"weight": 1.0, "shape": "line"}, "weight", WEIGHT)
    assert given is not None
    at = {"/".join(map(str, path)): k for k, path in enumerate(given["paths"])}
    columns = [given["columns"][at[f"plots/0/data/{leaf}"]] for leaf in ("0/y", "2/x", "2/y")]
    assert all(column is columns[0] for column in columns)
    plain = zlib.decompress(wire.pack({"columns": columns}))
    assert len(plain) < 2 * columns[0].nbytes


def test_columns_of_numbers_are_float32_of_one_row_for_each_step() -> None:
    given = swept(toy, {"weight": 1.0, "shape": "line"}, "weight", WEIGHT)
    y = given["columns"][given["paths"].index(["plots", 0, "data", 0, "y"])]
    assert (y.dtype, y.shape) == (np.float32, (len(WEIGHT.steps), len(X)))


def shades(t: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A field in 256 levels that moves with t, all levels among them."""
    return (np.arange(256) + int(4 * t)).astype(np.uint8)


def test_columns_of_levels_are_bytes_and_those_of_numbers_beside_them_are_not() -> None:
    def picture(t: float) -> Picture:
        field = {"type": "heatmap", "x": X, "y": X, "z": shades(t)}
        return Picture({"data": [field, trace(X, t * X)], "layout": {}}, "words")

    t = Knob("t", 0, 1, 0, 0.25)
    given = swept(picture, {"t": 0.0}, "t", t)
    assert paths(given) == {"plots/0/data/0/z", "plots/0/data/1/y"}
    levels = given["columns"][given["paths"].index(["plots", 0, "data", 0, "z"])]
    heights = given["columns"][given["paths"].index(["plots", 0, "data", 1, "y"])]
    assert (levels.dtype, levels.shape) == (np.uint8, (5, 256))
    assert (heights.dtype, heights.shape) == (np.float32, (5, len(X)))
    assert levels.tolist() == [shades(step).tolist() for step in t.steps]
    for index, step in enumerate(t.steps):
        shown = rebuilt(frame(picture, {"t": 0.0}), given, index)
        assert as_sent(shown) == as_sent(picture(step).message())


def test_levels_count_one_byte_each_towards_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [{"type": "heatmap", "z": shades(t)}], "layout": {}}, "words")

    t = Knob("t", 0, 1, 0, 0.25)
    monkeypatch.setattr(sweeping, "MOST_BYTES", 5 * 256)
    assert sweep(picture, {"t": 0.0}, "t", t) is not None
    monkeypatch.setattr(sweeping, "MOST_BYTES", 5 * 256 - 1)
    assert sweep(picture, {"t": 0.0}, "t", t) is None


def test_where_one_frame_alone_has_numbers_that_are_no_levels_all_are_numbers() -> None:
    def picture(t: float) -> Picture:
        z = shades(t) if t < 1 else shades(t) - 0.5
        return Picture({"data": [{"type": "heatmap", "z": z}], "layout": {}}, "words")

    given = swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.25))
    (column,) = given["columns"]
    assert column.dtype == np.float32
    assert column[-1].tolist() == (shades(1.0) - 0.5).tolist()
    assert column[:-1].tolist() == [shades(step).tolist() for step in (0, 0.25, 0.5, 0.75)]


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.int64, np.bool_])
def test_other_whole_numbers_travel_as_float32(kind: Any) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [{"z": (np.arange(3) + t).astype(kind)}], "layout": {}}, "words")

    (column,) = swept(picture, {"t": 0.0}, "t", Knob("t", 0, 2, 0, 1))["columns"]
    assert column.dtype == np.float32
    assert column.tolist() == [(np.arange(3) + t).astype(kind).tolist() for t in (0, 1, 2)]


def test_levels_that_stay_the_same_do_not_travel() -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [{"z": shades(0.0)}, trace(X, t * X)], "layout": {}}, "words")

    assert paths(swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5))) == {"plots/0/data/1/y"}


def test_a_picture_that_does_not_depend_on_the_input_needs_no_columns() -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [trace(X, X)], "layout": {}}, "words")

    assert swept(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5))["columns"] == []


def test_the_other_values_stay_as_they_are() -> None:
    asked = []

    def picture(t: float, s: float) -> Picture:
        asked.append((t, s))
        return Picture({"data": [], "layout": {}}, "words")

    values = {"t": 0.0, "s": 7.0}
    swept(picture, values, "t", Knob("t", 0, 1, 0, 0.5))
    assert set(asked) == {(0.0, 7.0), (0.5, 7.0), (1.0, 7.0)}
    assert values == {"t": 0.0, "s": 7.0}


# ---- what is too different, too large or too slow -----------------------------------------------

GROWING: dict[str, Callable[[float], Any]] = {
    "a longer array": lambda t: np.zeros(3 if t < 1 else 4),
    "an array of another shape": lambda t: np.zeros((2, 3) if t < 1 else (3, 2)),
    "a longer list": lambda t: [0] * (3 if t < 1 else 4),
    "another key": lambda t: {"one": 1} if t < 1 else {"two": 1},
    "a key more": lambda t: {"one": 1} if t < 1 else {"one": 1, "two": 2},
    "a number instead of an array": lambda t: np.zeros(3) if t < 1 else 0.0,
    "an array instead of a number": lambda t: 0.0 if t < 1 else np.zeros(3),
    "nothing instead of a table": lambda t: {"one": 1} if t < 1 else None,
    "a table instead of nothing": lambda t: None if t < 1 else {"one": 1},
    "nothing instead of a list": lambda t: [1, 2] if t < 1 else None,
    "a list instead of nothing": lambda t: None if t < 1 else [1, 2],
    "a word instead of a list": lambda t: ["a", "b"] if t < 1 else "ab",
    "a table instead of a list": lambda t: [1, 2] if t < 1 else {0: 1, 1: 2},
}


@pytest.mark.parametrize("middle", [False, True], ids=["at the end", "in the middle"])
@pytest.mark.parametrize("part", GROWING.values(), ids=GROWING.keys())
def test_frames_of_different_structure_are_no_sweep(part: Callable[[float], Any], middle: bool) -> None:
    def picture(t: float) -> Picture:
        moved = 1 - abs(2 * t - 1) if middle else t
        return Picture({"data": [trace(X, t * X)], "layout": {"part": part(moved)}}, "words")

    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5)) is None


@pytest.mark.parametrize("part", ["diagram", "formula"])
def test_a_panel_that_comes_and_goes_is_no_sweep(part: str) -> None:
    def picture(t: float) -> Picture:
        panel: Any = {part: Markup("<svg></svg>", {}) if t < 1 else None}
        return Picture({"data": [], "layout": {}}, "words", **panel)

    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5)) is None


def test_no_more_bytes_travel_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    values, bytes_needed = {"weight": 1.0, "shape": "line"}, len(WEIGHT.steps) * len(X) * 4
    monkeypatch.setattr(sweeping, "MOST_BYTES", bytes_needed)
    assert sweep(toy, values, "weight", WEIGHT) is not None
    monkeypatch.setattr(sweeping, "MOST_BYTES", bytes_needed - 1)
    assert sweep(toy, values, "weight", WEIGHT) is None


def test_a_sweep_that_ends_as_it_began_has_the_same_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [trace(X, t * (1 - t) * X)], "layout": {}}, "words")

    t = Knob("t", 0, 1, value=0, step=0.25)
    monkeypatch.setattr(sweeping, "MOST_BYTES", len(t.steps) * len(X) * 4)
    assert sweep(picture, {"t": 0.0}, "t", t) is not None
    monkeypatch.setattr(sweeping, "MOST_BYTES", len(t.steps) * len(X) * 4 - 1)
    assert sweep(picture, {"t": 0.0}, "t", t) is None


def test_what_stays_the_same_does_not_count_towards_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [trace(np.zeros(10_000), t * X)], "layout": {}}, "words")

    monkeypatch.setattr(sweeping, "MOST_BYTES", 1000)
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.5)) is not None


def test_a_picture_that_takes_too_long_is_no_sweep_and_this_is_known_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def picture(t: float) -> Picture:
        calls.append(t)
        work(0.01)
        return Picture({"data": [trace(X, t * X)], "layout": {}}, "words")

    t = Knob("t", 0, 1, value=0, step=0.01)
    monkeypatch.setattr(sweeping, "MOST_SECONDS", 0.5)
    assert sweep(picture, {"t": 0.0}, "t", t) is None
    assert len(calls) <= 5
    monkeypatch.setattr(sweeping, "MOST_SECONDS", 60.0)
    assert sweep(picture, {"t": 0.0}, "t", t) is not None


def test_a_picture_that_is_slow_only_the_first_time_has_its_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache
    def prepared() -> None:
        work(0.05)

    def picture(t: float) -> Picture:
        if t > 0.5:
            prepared()
        return Picture({"data": [trace(X, t * X)], "layout": {}}, "words")

    monkeypatch.setattr(sweeping, "MOST_SECONDS", 1.0)
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, value=0, step=0.01)) is not None


def test_a_picture_that_is_slow_the_first_time_at_each_value_is_no_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    @lru_cache
    def trained(t: float) -> float:
        calls.append(t)
        work(0.03)
        return t

    def picture(t: float) -> Picture:
        return Picture({"data": [trace(X, trained(t) * X)], "layout": {}}, "words")

    monkeypatch.setattr(sweeping, "MOST_SECONDS", 0.3)
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, value=0, step=0.01)) is None
    assert len(calls) <= 4
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, value=0, step=0.01)) is None, "the ends are known"
    assert len(calls) <= 20


def test_a_sweep_that_will_not_end_in_time_is_given_up_long_before(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(1000))
    monkeypatch.setattr(sweeping, "clock", lambda: 0.01 * next(ticks))
    drawn: list[float] = []

    def at(step: float) -> dict[str, float]:
        drawn.append(step)
        return {"at": step}

    monkeypatch.setattr(sweeping, "MOST_SECONDS", 1.0)
    assert sweeping._in_time(at, range(200)) is None
    assert len(drawn) <= 25
    assert sweeping._in_time(at, range(90)) is not None


def test_a_slow_picture_is_no_sweep_though_an_end_of_it_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def picture(t: float) -> Picture:
        work(0.01)
        return reciprocal(t - 1)

    monkeypatch.setattr(sweeping, "MOST_SECONDS", 0.02)
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.1)) is None
    monkeypatch.setattr(sweeping, "MOST_SECONDS", 60.0)
    assert sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, 0, 0.1)) is not None


# ---- a picture that fails -----------------------------------------------------------------------


def reciprocal(t: float) -> Picture:
    """A picture of 1/t, which refuses t = 0."""
    if t == 0:
        raise ValueError("t must not be 0")
    return Picture({"data": [trace(X, X / t)], "layout": {}}, f"{1 / t:.2f}")


T = Knob("t", -1, 1, value=1.0, step=0.5)


def test_a_frame_that_fails_says_why_and_the_others_are_intact() -> None:
    given = swept(reciprocal, {"t": 1.0}, "t", T)
    assert given["errors"] == [None, None, "t must not be 0", None, None]
    for index, step in enumerate(T.steps):
        if step:
            shown = rebuilt(frame(reciprocal, {"t": 1.0}), given, index)
            assert as_sent(shown) == as_sent(reciprocal(step).message())


@pytest.mark.parametrize("value", [-1.0, 1.0])
def test_an_end_that_fails_leaves_the_others_intact(value: float) -> None:
    def picture(t: float) -> Picture:
        return reciprocal(t - value)

    given = swept(picture, {"t": 0.5}, "t", T)
    index = T.steps.index(value)
    assert [k for k, error in enumerate(given["errors"]) if error] == [index]
    shown = rebuilt(frame(picture, {"t": 0.5}), given, T.steps.index(-0.5))
    assert as_sent(shown) == as_sent(picture(-0.5).message())


def test_where_the_present_picture_fails_no_sweep_is_built_on_it() -> None:
    given = sweep(reciprocal, {"t": 0.0}, "t", T)
    base = frame(reciprocal, {"t": 0.0})
    assert base["error"] == "t must not be 0"
    assert given is None or as_sent(rebuilt(base, given, 0)) == as_sent(reciprocal(-1).message())


def test_where_every_frame_fails_there_is_no_sweep() -> None:
    def picture(t: float) -> Picture:
        raise ValueError("never")

    assert sweep(picture, {"t": 0.0}, "t", T) is None


def test_a_frame_says_what_a_value_error_said() -> None:
    assert frame(reciprocal, {"t": 0.0}) == {"error": "t must not be 0"}
    assert frame(reciprocal, {"t": 1.0})["error"] is None


def test_a_mistake_of_ours_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    def picture(t: float) -> Picture:
        return {"secret": t}["public"]  # type: ignore[return-value]

    with caplog.at_level(logging.ERROR):
        shown = frame(picture, {"t": 0.25})
    assert shown.keys() == {"error"}
    assert "secret" not in shown["error"]
    assert "public" not in shown["error"]
    assert "no picture at {'t': 0.25}" in caplog.text
    assert "KeyError: 'public'" in caplog.text


# ---- what a picture says ------------------------------------------------------------------------


def test_a_message_has_the_same_parts_whatever_the_picture_has() -> None:
    bare = Picture({"data": [], "layout": {}}, "words").message()
    assert bare.keys() == toy(1.0).message().keys()
    assert (bare["diagram"], bare["formula"], bare["error"]) == (None, None, None)
    assert (bare["readouts"], bare["tasks"], bare["handles"]) == ({}, {}, [])


def test_one_plot_or_several_are_a_list_of_plots() -> None:
    figure = {"data": [], "layout": {}}
    assert Picture(figure, "words").message()["plots"] == [figure]
    assert Picture((figure, figure), "words").message()["plots"] == [figure, figure]


def test_readouts_are_text_of_a_fixed_count_of_digits_and_nothing_is_a_dash() -> None:
    numbers = {"a": 1.5, "b": -0.25, "c": 0.0, "d": None, "e": "as it is", "f": -0.001}
    readouts = Picture({"data": [], "layout": {}}, "words", readouts=numbers).message()["readouts"]
    assert list(readouts.values()) == ["+1.50", "−0.25", "+0.00", "–", "as it is", "+0.00"]


def test_a_picture_can_be_sent() -> None:
    assert as_sent(wire.unpack(wire.pack(toy(0.5).message()))) == as_sent(toy(0.5).message())


UNSWEPT = [
    Sketch("s", (0.0, 1.0), 3, low=0, high=1, step=0.5),
    Points("p", 0, 1, 0.5, ("a", "b"), ("class-0", "class-1"), most=3),
    Matrix("m", ((1.0, 2.0),)),
    Pixels("x", 2, 2, 3),
]


@pytest.mark.parametrize("moved", UNSWEPT, ids=lambda each: each.label)
def test_what_has_no_steps_has_no_sweep(moved: Input) -> None:
    def picture(t: Any) -> Picture:
        return Picture({"data": [], "layout": {}}, "words")

    assert isinstance(moved, Input)
    assert moved.steps is None
    assert sweep(picture, {"t": moved.value}, "t", moved) is None


class Compass:
    """An input that the stage does not know: where the wind comes from."""

    label, value, steps = "wind", "N", ("N", "E", "S", "W")

    def read(self, given: object) -> Reading:
        return Reading(given if given in self.steps else self.value)

    def write(self, value: str) -> str:
        return value

    def spec(self) -> dict[str, Any]:
        return {"kind": "compass", "label": self.label, "value": self.value}


def test_whatever_has_all_that_an_input_has_can_be_swept() -> None:
    def picture(t: str) -> Picture:
        return Picture({"data": [], "layout": {}}, f"The wind comes from {t}.")

    compass = Compass()
    assert isinstance(compass, Input)
    assert swept(picture, {"t": "N"}, "t", compass)["columns"] == [
        [f"The wind comes from {t}." for t in "NESW"]
    ]


# ---- numbers that are not finite ------------------------------------------------------------------

NUMBERS = st.floats()


def finite(number: float | None) -> float | None:
    return None if number is None or not math.isfinite(number) else number


@given(x=NUMBERS | st.none(), y=NUMBERS, push=NUMBERS, ghost=NUMBERS | st.none(), told=NUMBERS)
@example(x=math.nan, y=math.inf, push=-math.inf, ghost=math.nan, told=math.inf)
def test_what_is_not_finite_is_hidden_and_the_picture_can_be_sent(
    x: float | None, y: float, push: float, ghost: float | None, told: float
) -> None:
    picture = Picture(
        {"data": [trace(np.array([y, told]), X)], "layout": {}},
        "words",
        readouts={"told": told},
        handles=[Handle("t", x, y)],
        grips=[Grip("both", y, x)],
        nudges={"t": Nudge(push, "up", ghost)},
    )
    sent = wire.unpack(wire.pack(picture.message()))
    assert (sent["handles"][0]["x"], sent["handles"][0]["y"]) == (finite(x), finite(y))
    assert (sent["grips"][0]["x"], sent["grips"][0]["y"]) == (finite(y), finite(x))
    assert (sent["nudges"]["t"]["push"], sent["nudges"]["t"]["ghost"]) == (finite(push) or 0, finite(ghost))
    assert (sent["readouts"]["told"] == "–") == (finite(told) is None)


@given(gone=st.sampled_from([math.nan, math.inf, -math.inf]), at=st.sampled_from(T.steps))
def test_a_point_that_is_not_finite_at_one_value_is_hidden_there_and_the_sweep_stands(
    gone: float, at: float
) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [], "layout": {}}, "words", handles=[Handle("t", gone if t == at else t, 0)])

    assert swept(picture, {"t": 1.0}, "t", T)["columns"] == [[None if t == at else t for t in T.steps]]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_layout_that_is_not_finite_at_one_value_has_no_sweep_but_pictures_at_the_others(
    number: float,
) -> None:
    def picture(t: float) -> Picture:
        return Picture({"data": [], "layout": {"top": number if t == 0 else t}}, "words")

    assert sweep(picture, {"t": 1.0}, "t", T) is None
    assert wire.pack(frame(picture, {"t": 1.0}))


def test_a_knob_whose_pictures_come_one_by_one_has_no_sweep_and_none_is_tried() -> None:
    drawn = []

    def picture(t: float) -> Picture:
        drawn.append(t)
        return Picture({"data": [], "layout": {}}, "words")

    assert sweep(picture, {"t": 1.0}, "t", Knob("t", 0, 1, 0, 0.5, one_by_one=True)) is None
    assert drawn == []
