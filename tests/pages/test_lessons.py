"""Every lesson keeps the promises of the stage: its links, its sweeps, its figures, its words."""

import copy
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
import streamlit
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

import pages.shared.stage.sweep as sweeps
from pages.shared.figures.theme import PALETTE
from pages.shared.stage import links, wire
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.precision import rounded
from pages.shared.stage.sweep import frame, sweep

ROOT = Path(__file__).parents[2]
LESSONS = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("pages/*.py"))]
ANY_CURVE, BUMPS = "pages/approximator.py", "pages/bumps.py"
WHY, BOUNDARY, TOWERS = "pages/nonlinearity.py", "pages/decision_boundary.py", "pages/towers.py"
FORWARD, DESCENT = "pages/forward_pass.py", "pages/gradient_descent.py"
# Another answer than the first shows another stage, or another picture on it.
CASES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    ("pages/two_neurons.py", {"answer": "plateaus"}),
    (BUMPS, {"output": "adds up, then σ", "bumps": "8", "steps": "shared edges"}),
    (ANY_CURVE, {"target": "your drawing", "activation": "ReLU", "way": "ReLU, curvature knots"}),
    (ANY_CURVE, {"target": "your formula", "from": "-2", "to": "3", "activation": "square"}),
    (ANY_CURVE, {"target": "your data", "activation": "your formula", "f": "exp(-z^2)"}),
    (ANY_CURVE, {"target": "random curve", "seed": "7", "activation": "sine"}),
    (ANY_CURVE, {"way": "pairs of bumps", "pin": "least squares~70~40~tanh"}),
    (WHY, {"activation": "ReLU", "layers": "3", "product": "W₁W₂"}),
    (WHY, {"activation": "sine", "layers": "1", "product": "W₁W₂"}),
    (BOUNDARY, {"hand": "linear"}),
    (BOUNDARY, {"network": "two hidden neurons"}),
    (BOUNDARY, {"network": "two hidden neurons", "hand": "linear"}),
    (BOUNDARY, {"network": "trained"}),
    (BOUNDARY, {"network": "trained", "points": "spirals", "hidden": "8", "layers": "2", "rate": "100"}),
    (BOUNDARY, {"network": "trained", "points": "XOR", "hidden": "0", "activation": "ReLU"}),
    (BOUNDARY, {"network": "trained", "points": "your points", "activation": "sine", "hidden": "2"}),
    (TOWERS, {"surface": "flat", "build": "hats"}),
    (TOWERS, {"surface": "your formula", "formula": "x - y^2", "build": "towers that steepen"}),
    (FORWARD, {"inputs": "6", "first": "6", "second": "6", "outputs": "6"}),
    (DESCENT, {"scene": "landscape"}),
    (DESCENT, {"scene": "landscape", "scape": "two weights of the mixer"}),
    (DESCENT, {"scene": "one step"}),
    (DESCENT, {"scene": "curve", "target": "your drawing", "units": "5", "weights": "He"}),
    (DESCENT, {"scene": "curve", "show": "ten seeds", "units": "4", "optimiser": "momentum"}),
    (DESCENT, {"scene": "classes", "class_hidden": "3"}),
]
# Each of their values is a training of its own: a sweep would take too long, so each is asked for.
RETRAINING = {"number of points", "noise", "seed of the points", "seed of the weights"}
HOSTILE = ["", "nan", "-inf", "1e999", "9" * 5000, "<script>alert(1)</script>", "\0", "💥", "~" * 99]

# What is slow about a page, a training or all its errors, is remembered: its tests go to one worker.
each_page = pytest.mark.parametrize(
    "page", [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in LESSONS]
)
each_case = pytest.mark.parametrize(
    ("page", "query"),
    [
        pytest.param(page, query, id=" ".join([page, *query.values()]), marks=pytest.mark.xdist_group(page))
        for page, query in CASES
    ],
)
# A picture, and even more a page, takes long: a few examples, and no search for the smallest that fails.
few = settings(max_examples=8, phases=[Phase.generate])
fewer = settings(max_examples=3, phases=[Phase.generate])
once = settings(max_examples=1, phases=[Phase.generate])


@dataclass(frozen=True)
class Example:
    """A picture of a stage at some values: with it, what fails says the values."""

    shown: Any
    values: dict[str, Any]
    message: dict[str, Any]

    def __enter__(self) -> dict[str, Any]:
        return self.message

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            error.add_note(f"The picture is that of {self.values}.")


def values_of(inputs: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any values that a reader can set."""

    def value(each: Any) -> st.SearchStrategy[Any]:
        if isinstance(each, Points):
            place = st.sampled_from(each.scale.steps)
            point = st.tuples(place, place, st.sampled_from((0, 1)))
            return st.just(each.value) | st.lists(point, min_size=1, max_size=each.most).map(tuple)
        if isinstance(each, Matrix):
            cells = st.integers(-9, 9).map(float) | st.floats(-99, 99).map(lambda cell: round(cell, 3) + 0.0)
            row = st.tuples(*[cells] * each.shape[1])
            return st.just(each.value) | st.tuples(*[row] * each.shape[0])
        if not isinstance(each, Sketch):
            return st.sampled_from(each.steps)
        height = st.sampled_from(each.scale.steps)
        whole = st.tuples(*[height] * each.cells)
        return st.just(each.value) | whole | st.tuples(*[st.none() | height] * each.cells)

    return st.fixed_dictionaries({name: value(each) for name, each in inputs.items()})


def defaults(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each.value for name, each in inputs.items()}


def as_sent(message: Any) -> Any:
    """The message as it arrives, to be compared by ==: arrays by their bytes, so that NaN is NaN."""
    if isinstance(message, np.ndarray):
        numbers = message.ravel() + message.dtype.type(0)
        told = np.where(np.isnan(numbers), np.array(np.nan, "f4"), numbers).astype(numbers.dtype)
        return {"array": [str(numbers.dtype), told.tobytes()]}
    if isinstance(message, Mapping):
        whole = rounded(dict(message)) if "plots" in message else message
        return {key: as_sent(value) for key, value in whole.items()}
    if isinstance(message, list | tuple):
        return [as_sent(value) for value in message]
    return message


def is_picture_of(
    seen: Any, key: str, values: Any, page: str, query: dict[str, str], link: dict[str, str], stages: Any
) -> bool:
    """Whether that is the stage's picture of the values, as the page with this query or link binds it."""
    return any(
        as_sent(seen) == as_sent(stages(page, **each)[key].picture(**values).message())
        for each in (query, link)
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


def unlike_pictures(shown: Any, each_values: Iterable[dict[str, Any]]) -> bool:
    """Whether the pictures at these values have different parts, so that none follows from another."""
    try:
        list(sweeps.differences([frame(shown.picture, values) for values in each_values]))
    except sweeps.UnlikeFramesError:
        return True
    return False


def too_large(shown: Any, each_values: list[dict[str, Any]]) -> bool:
    """Whether the pictures at these values are more than a sweep may hold, judged by the two ends."""
    ends = list(sweeps.differences([frame(shown.picture, each_values[end]) for end in (0, -1)]))
    bytes_a_frame = sum(column.nbytes for _, column in ends if isinstance(column, np.ndarray)) / 2
    return bytes_a_frame * len(each_values) > sweeps.MOST_BYTES


def coloured(part: Any, theme: str) -> Any:
    """Plain data as the browser draws it: every var(--sp-name) is the theme's colour of that name."""
    if isinstance(part, str):
        return re.sub(r"var\(--sp-([\w-]+)\)", lambda found: PALETTE[theme][found[1]], part)
    if isinstance(part, Mapping):
        return {key: coloured(value, theme) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [coloured(value, theme) for value in part]
    return part


# ---- opening a lesson -----------------------------------------------------------------------------


@each_page
def test_a_lesson_opens_through_the_table_of_contents(page: str, opened: Callable[..., AppTest]) -> None:
    at = opened(page)
    assert not at.exception
    assert not at.warning
    assert len(at.title) == 1
    assert at.get("bidi_component")


@pytest.mark.parametrize(
    "page", [page for page in LESSONS if "page_link" not in (ROOT / page).read_text("utf-8")]
)
def test_a_lesson_without_links_to_others_runs_alone(page: str) -> None:
    at = AppTest.from_file(str(ROOT / page), default_timeout=30).run()
    assert not at.exception
    assert not at.warning
    assert at.get("bidi_component")


@each_page
def test_a_lesson_that_is_the_first_to_be_opened_is_entered_through_app(
    page: str, opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = []
    navigation = streamlit.navigation

    def noted(*args: Any, **more: Any) -> Any:
        entered.append("app.py")
        return navigation(*args, **more)

    monkeypatch.setattr(streamlit, "navigation", noted)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", True)
    at = opened(page)
    assert not at.exception
    assert entered == ["app.py"]
    assert len(at.title) == 1


def test_the_first_page_is_home() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not at.exception
    assert [title.value for title in at.title] == ["Superpose"]


# ---- the link is the state ------------------------------------------------------------------------


@each_case
def test_a_stage_shows_its_picture_at_the_defaults(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any
) -> None:
    told = messages(opened(page, **query))
    assert told.keys() == stages(page, **query).keys()
    for key, shown in stages(page, **query).items():
        values = defaults(shown.inputs)
        assert as_sent(told[key]["committed"]) == as_sent(values)
        assert as_sent(told[key]["values"]) == as_sent(values)
        assert as_sent(told[key]["picture"]) == as_sent(shown.picture(**values).message())


@each_case
@fewer
@given(data=st.data())
def test_a_link_restores_the_values_and_the_picture(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any, data: Any
) -> None:
    values, link = {}, dict(query)
    for key, shown in stages(page, **query).items():
        values[key] = data.draw(values_of(shown.inputs))
        link |= links.write(shown.inputs, values[key])
    at = opened(page, **link)
    told = messages(at)
    assert not at.warning
    for key in values:
        assert as_sent(told[key]["committed"]) == as_sent(values[key])
        assert is_picture_of(told[key]["picture"], key, values[key], page, query, link, stages)


@each_page
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_is_named_and_the_lesson_stands(
    page: str, text: str, opened: Any, messages: Any, stages: Any
) -> None:
    for key, shown in stages(page).items():
        at = opened(page, **dict.fromkeys(shown.inputs, text))
        told = messages(at)
        assert told[key]["picture"]["error"] is None
        assert as_sent(told[key]["committed"]) == as_sent(defaults(shown.inputs))
        warned = "\n".join(warning.value.replace("\\", "") for warning in at.warning)
        assert all(each.label in warned for each in shown.inputs.values())


@each_case
def test_a_link_beyond_a_scale_is_named_and_clamped(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any
) -> None:
    for key, shown in stages(page, **query).items():
        knobs = {name: each for name, each in shown.inputs.items() if isinstance(each, Knob)}
        at = opened(page, **query, **dict.fromkeys(knobs, "1e300"))
        committed = messages(at)[key]["committed"]
        assert {name: committed[name] for name in knobs} == {
            name: knob.steps[-1] for name, knob in knobs.items()
        }
        assert len(at.warning) == len(knobs)


@each_case
def test_no_two_stages_of_a_page_share_an_entry_of_the_link(
    page: str, query: dict[str, str], stages: Any
) -> None:
    names = [name for shown in stages(page, **query).values() for name in shown.inputs]
    assert sorted(set(names)) == sorted(names)
    assert not set(names) & query.keys()


@each_case
def test_inputs_have_labels_of_their_own_and_colours_of_the_palette(
    page: str, query: dict[str, str], stages: Any
) -> None:
    inputs = [each for shown in stages(page, **query).values() for each in shown.inputs.values()]
    labels = [each.label for each in inputs]
    assert sorted(set(labels)) == sorted(labels)
    assert all(each.colour in PALETTE["light"] for each in inputs if isinstance(each, Knob))


@each_case
def test_a_preset_sets_values_that_its_inputs_take(page: str, query: dict[str, str], stages: Any) -> None:
    for shown in stages(page, **query).values():
        for preset in shown.presets:
            assert preset.values
            for name, value in preset.values.items():
                assert shown.inputs[name].read(value) == (value, None)


# ---- every number can be dragged ------------------------------------------------------------------


def swept_input(moved: Any) -> bool:
    """Whether a lesson means this input to be swept."""
    return moved.steps is not None and moved.label not in RETRAINING


@pytest.fixture(scope="session")
def swept(stages: Any) -> Callable[[str, dict[str, str], str, str], dict[str, Any] | None]:
    """The sweep of one input of a stage at the first values, computed once."""
    found: dict[tuple[Any, ...], dict[str, Any] | None] = {}

    def sweep_of(page: str, query: dict[str, str], key: str, name: str) -> dict[str, Any] | None:
        case = (page, *query.items(), key, name)
        if case not in found:
            shown = stages(page, **query)[key]
            found[case] = sweep(shown.picture, defaults(shown.inputs), name, shown.inputs[name])
        return found[case]

    return sweep_of


@each_case
def test_what_can_be_dragged_has_a_sweep_that_is_the_picture_at_each_of_its_values(
    page: str, query: dict[str, str], stages: Any, swept: Any
) -> None:
    for key, shown in stages(page, **query).items():
        values = defaults(shown.inputs)
        base = frame(shown.picture, values)
        for name, moved in shown.inputs.items():
            if not swept_input(moved):
                continue
            given = swept(page, query, key, name)
            if given is None:
                assert unlike_pictures(shown, ({**values, name: step} for step in moved.steps))
                assert isinstance(moved, Choice)
                continue
            arrived = wire.unpack(wire.pack(given))
            assert arrived["errors"] is None
            for index in {0, 1, len(moved.steps) // 2, len(moved.steps) - 1}:
                at = {**values, name: moved.steps[index]}
                exact = shown.picture(**at).message()
                assert as_sent(rebuilt(base, arrived, index)) == as_sent(exact)


@dataclass(frozen=True)
class Steps:
    """A few steps of an input: all of them are swept in the test above, from the first values."""

    steps: tuple[Any, ...]


@each_case
@few
@given(data=st.data())
def test_a_sweep_from_anywhere_is_the_picture_at_each_of_its_values(
    page: str, query: dict[str, str], stages: Any, data: Any
) -> None:
    shown = data.draw(st.sampled_from(list(stages(page, **query).values())))
    values = data.draw(values_of(shown.inputs))
    movable = [name for name, each in shown.inputs.items() if swept_input(each)]
    name = data.draw(st.sampled_from(movable))
    others = st.lists(st.sampled_from(shown.inputs[name].steps), min_size=1, max_size=3)
    some = Steps((values[name], *data.draw(others)))
    given = sweep(shown.picture, values, name, some)
    if given is None:
        assert unlike_pictures(shown, ({**values, name: step} for step in some.steps))
        return
    base = frame(shown.picture, values)
    for index, step in enumerate(some.steps):
        exact = shown.picture(**{**values, name: step}).message()
        assert as_sent(rebuilt(base, given, index)) == as_sent(exact)


@each_case
@once
@given(data=st.data())
def test_from_anywhere_a_whole_sweep_is_granted_unless_it_is_too_large(
    page: str, query: dict[str, str], stages: Any, data: Any
) -> None:
    shown = data.draw(st.sampled_from(list(stages(page, **query).values())))
    values = data.draw(values_of(shown.inputs))
    name = data.draw(st.sampled_from([name for name, each in shown.inputs.items() if swept_input(each)]))
    steps = shown.inputs[name].steps
    if sweep(shown.picture, values, name, shown.inputs[name]) is None:
        at = [{**values, name: step} for step in steps]
        assert unlike_pictures(shown, at) or too_large(shown, at)


@each_case
def test_the_browser_gets_the_sweep_it_asks_for(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any, swept: Any
) -> None:
    for key, shown in stages(page, **query).items():
        name = next(n for n, each in shown.inputs.items() if each.steps)
        at = opened(page, **query)
        values = messages(at)[key]["committed"]
        at.session_state[key] = {"request": {"id": "1", "values": values, "sweep": name}}
        told = messages(at.run())[key]
        assert as_sent(told["sweep"]) == as_sent(swept(page, query, key, name))
        assert told["reply"] == "1"


@each_case
@fewer
@given(data=st.data())
def test_letting_go_makes_a_link_that_restores_what_was_seen(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any, data: Any
) -> None:
    key, shown = data.draw(st.sampled_from(list(stages(page, **query).items())))
    values = data.draw(values_of(shown.inputs))
    at = opened(page, **query)
    as_json = json.loads(json.dumps(values))
    at.session_state[key] = {"request": {"id": "1", "values": as_json, "commit": True}}
    seen = messages(at.run())[key]["picture"]
    link = {name: text[0] if isinstance(text, list) else text for name, text in at.query_params.items()}
    assert link == {**query, **links.write(shown.inputs, values)}
    assert as_sent(messages(opened(page, **link))[key]["picture"]) == as_sent(seen)
    assert is_picture_of(seen, key, values, page, query, link, stages)


# ---- what a picture is made of --------------------------------------------------------------------


@pytest.fixture(scope="session")
def pictures(stages: Any) -> Callable[[str, dict[str, str]], list[Example]]:
    """A few pictures of a case at any values, the same for all tests: drawing them is what takes long."""
    found: dict[tuple[Any, ...], list[Example]] = {}

    def pictures_of(page: str, query: dict[str, str]) -> list[Example]:
        examples = []

        @few
        @given(data=st.data())
        def draw(data: Any) -> None:
            shown = data.draw(st.sampled_from(list(stages(page, **query).values())))
            values = data.draw(values_of(shown.inputs))
            examples.append(Example(shown, values, copy.deepcopy(shown.picture(**values).message())))

        case = (page, *query.items())
        if case not in found:
            draw()
            found[case] = examples
        return found[case]

    return pictures_of


@each_case
def test_a_few_pictures_are_those_of_several_values(page: str, query: dict[str, str], pictures: Any) -> None:
    assert len({repr(each.values) for each in pictures(page, query)}) >= 3


@each_case
def test_every_picture_is_valid_plotly_in_both_themes(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as picture:
            assert picture["plots"] or picture["diagram"]
            for theme in PALETTE:
                for plot in picture["plots"]:
                    assert len(go.Figure(coloured(plot, theme)).data) == len(plot["data"])


@each_case
def test_every_place_in_the_markup_of_a_picture_is_filled(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as picture:
            for panel in filter(None, (picture["diagram"], picture["formula"])):
                root = ET.fromstring(f"<div>{panel['html']}</div>")
                places = {each.get("data-slot") for each in root.iter() if each.get("data-slot")}
                assert places <= panel["slots"].keys()


@each_case
def test_every_handle_moves_a_knob_and_lies_on_axes_that_are_there(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as picture:
            for handle in picture["handles"]:
                assert isinstance(example.shown.inputs[handle["knob"]], Knob)
                layout = picture["plots"][handle["plot"]]["layout"]
                for letter in "xy":
                    assert handle[f"{letter}axis"].replace(letter, f"{letter}axis", 1) in layout
                    assert handle[letter] is None or np.isfinite(handle[letter])


@each_case
def test_every_nudge_is_of_a_knob_and_every_grip_has_its_function(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as picture:
            for name, nudge in picture["nudges"].items():
                assert isinstance(example.shown.inputs[name], Knob)
                assert -1.0 <= nudge["push"] <= 1.0
                assert nudge["ghost"] is None or np.isfinite(nudge["ghost"])
            assert {grip["name"] for grip in picture["grips"]} <= example.shown.grips.keys()


@each_case
def test_a_handle_follows_its_knob(page: str, query: dict[str, str], stages: Any) -> None:
    for shown in stages(page, **query).values():
        values = defaults(shown.inputs)
        for index, handle in enumerate(shown.picture(**values).handles):
            steps = shown.inputs[handle.knob].steps
            at = [
                shown.picture(**{**values, handle.knob: step}).handles[index]
                for step in steps[:: max(1, len(steps) // 10)]
            ]
            assert len({(each.x, each.y) for each in at}) > len(at) / 2


@each_case
def test_a_picture_is_told_in_words_and_numbers_that_are_there(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as picture:
            words = [picture["description"], *picture["readouts"].values()]
            words += [task for pair in picture["tasks"].items() for task in (pair[0], pair[1]["says"])]
            assert len(picture["description"].split()) >= 5
            for text in words:
                assert text.strip()
                assert not re.search(r"\b(nan|None|inf)\b", text, re.IGNORECASE)
                assert not re.search(r"[−-]0(\.0+)?(?![.\d])", text), "zero has no minus"
                assert not re.search(r"(?<![\w.])-\d", text), "a minus on screen is a typographic one"
            assert all(isinstance(verdict["done"], bool) for verdict in picture["tasks"].values())


@each_case
def test_a_picture_is_the_same_whenever_its_numbers_are(
    page: str, query: dict[str, str], pictures: Any
) -> None:
    for example in pictures(page, query):
        with example as before_the_others:
            again = example.shown.picture(**example.values).message()
            assert as_sent(again) == as_sent(before_the_others)


@each_page
def test_no_task_is_done_before_the_reader_does_it(page: str, stages: Any) -> None:
    for shown in stages(page).values():
        tasks = shown.picture(**defaults(shown.inputs)).tasks
        assert not [task for task, verdict in tasks.items() if verdict.done]


@each_case
def test_every_stage_has_something_to_drag(page: str, query: dict[str, str], stages: Any) -> None:
    for shown in stages(page, **query).values():
        assert any(isinstance(each, Knob | Sketch) for each in shown.inputs.values())
        assert all(isinstance(each, Input) for each in shown.inputs.values())
