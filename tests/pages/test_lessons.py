"""Every lesson keeps the promises of the stage: its links, its sweeps, its figures, its words."""

import copy
import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
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
from nn_core.networks.activations import IDENTITY, SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.networks.packed import packed
from pages.shared.contents import READERS
from pages.shared.figures.theme import PALETTE
from pages.shared.stage import links, wire
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.precision import rounded
from pages.shared.stage.sweep import frame, sweep

ROOT = Path(__file__).parents[2]
LESSONS = [
    path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("pages/*.py")) if path.name not in READERS
]
ATTENTION = "pages/attention.py"
ANY_CURVE, BUMPS = "pages/approximator.py", "pages/bumps.py"
WHY, BOUNDARY, TOWERS = "pages/nonlinearity.py", "pages/decision_boundary.py", "pages/towers.py"
SEEING = "pages/convolution.py"
FORWARD, DESCENT, DEPTH = "pages/forward_pass.py", "pages/gradient_descent.py", "pages/depth.py"
TWO_INPUTS = packed(
    Network(
        (
            Layer(np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -2.0]]), np.array([0.0, -1.0, 1.0]), SIGMOID),
            Layer(np.array([[1.0, -1.0], [2.0, 0.0], [-3.0, 1.0]]), np.array([0.0, 0.5]), IDENTITY),
        )
    )
)
CODES = "pages/autoencoder.py"
# Another answer than the first shows another stage, or another picture on it.
CASES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    ("pages/two_neurons.py", {"answer": "plateaus"}),
    (BUMPS, {"output": "adds up, then σ", "bumps": "8", "steps": "shared edges"}),
    (ANY_CURVE, {"target": "your drawing", "activation": "ReLU", "way": "ReLU, curvature knots"}),
    (ANY_CURVE, {"target": "your formula", "from": "-2", "to": "3", "activation": "square"}),
    (ANY_CURVE, {"target": "your data", "activation": "your formula", "f": "exp(-z^2)"}),
    (ANY_CURVE, {"target": "random curve", "seed": "7", "activation": "sine"}),
    (ANY_CURVE, {"way": "pairs of bumps", "pin": "least_squares__70__40__tanh"}),
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
    (FORWARD, {"scene": "from a file"}),
    (FORWARD, {"scene": "from a file", "network": TWO_INPUTS, "output": "2"}),
    (DESCENT, {"scene": "landscape"}),
    (DESCENT, {"scene": "landscape", "scape": "two weights of the mixer"}),
    (DESCENT, {"scene": "one step"}),
    (DESCENT, {"scene": "curve", "target": "your drawing", "units": "5", "weights": "He"}),
    (DESCENT, {"scene": "curve", "show": "ten seeds", "units": "4", "optimiser": "momentum"}),
    (DESCENT, {"scene": "three sines"}),
    (DESCENT, {"scene": "classes", "class_hidden": "3"}),
    (DEPTH, {"scene": "folds"}),
    (DEPTH, {"scene": "typical"}),
    (DEPTH, {"scene": "found", "tents": "2"}),
    (DEPTH, {"scene": "not free", "target": "your drawing"}),
    (DEPTH, {"scene": "narrow", "target": "one wave"}),
    (DEPTH, {"scene": "squares", "target": "jump"}),
    (SEEING, {"scene": "shared weights"}),
    (SEEING, {"scene": "digits"}),
    (SEEING, {"scene": "yours"}),
    (SEEING, {"scene": "yours", "another": "yes"}),
    ("pages/recurrence.py", {"scene": "a bit kept"}),
    ("pages/recurrence.py", {"scene": "trained"}),
    ("pages/adversaries.py", {"scene": "judge"}),
    ("pages/adversaries.py", {"scene": "live", "counts": "3"}),
    (ATTENTION, {"scene": "order"}),
    (ATTENTION, {"scene": "induction", "text": "to be or not to be"}),
    (ATTENTION, {"scene": "recall", "seed": "2"}),
    (ATTENTION, {"scene": "block"}),
    (CODES, {"scene": "linear"}),
    (CODES, {"scene": "variational"}),
]
# Each of their values is a training of its own: a sweep would take too long, so each is asked for.
RETRAINING = {"number of points", "noise", "seed of the points", "seed of the weights"}
HOSTILE = ["", "nan", "-inf", "1e999", "9" * 5000, "<script>alert(1)</script>", "\0", "💥", "~" * 99]

# What is slow about a page, a training or all its errors, is remembered: its tests go to one worker.
each_page = pytest.mark.parametrize(
    "page", [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in LESSONS]
)


def each_of(cases: list[tuple[str, dict[str, str]]]) -> pytest.MarkDecorator:
    """The test holds for each of these cases."""
    return pytest.mark.parametrize(
        ("page", "query"),
        [
            pytest.param(
                page, query, id=" ".join([page, *query.values()]), marks=pytest.mark.xdist_group(page)
            )
            for page, query in cases
        ],
    )


each_case = each_of(CASES)
# A picture, and even more a page, takes long: a few examples, and no search for the smallest that fails.
few = settings(max_examples=6, phases=[Phase.generate])


@dataclass(frozen=True)
class State:
    """Any values of all the stages of a page, by their keys, and the stage that is looked at."""

    key: str
    stages: dict[str, Any]
    values_of: dict[str, dict[str, Any]]

    @property
    def shown(self) -> Any:
        """The stage that is looked at."""
        return self.stages[self.key]

    @property
    def values(self) -> dict[str, Any]:
        """The values of that stage."""
        return self.values_of[self.key]

    def link(self, *keys: str) -> dict[str, str]:
        """What stands in the link for the stages of these keys."""
        parts = [links.write(self.stages[key].inputs, self.values_of[key]).items() for key in keys]
        return dict(entry for part in parts for entry in part)


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
        if isinstance(each, Pixels):
            levels = st.tuples(*[st.integers(0, each.levels - 1)] * each.count)
            return st.just(each.value) | levels
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


@lru_cache(maxsize=32)
def _frame_at(picture: Any, values: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return frame(picture, dict(values))


def frame_once(picture: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The frame at these values, once for a sweep, which looks at it and at both ends before it begins."""
    return _frame_at(picture, tuple(values.items()))


@pytest.fixture(scope="module", autouse=True)
def each_frame_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeps, "frame", frame_once)
        yield


def is_picture_of(seen: Any, values: Any, *bound: Any) -> bool:
    """Whether that is the picture of the values on one of these stages."""
    return any(as_sent(seen) == as_sent(each.picture(**values).message()) for each in bound)


def unfolded(part: Any) -> Any:
    """The same tables and lists, to be written to; the arrays stay."""
    if isinstance(part, Mapping):
        return {key: unfolded(value) for key, value in part.items()}
    return [unfolded(value) for value in part] if isinstance(part, list | tuple) else part


def rebuilt(base: Mapping[str, Any], swept: Mapping[str, Any], index: int) -> dict[str, Any]:
    """What the browser shows at step `index`: the base with that row of every column."""
    built: dict[str, Any] = unfolded(base)
    for path, column in zip(swept["paths"], swept["columns"], strict=True):
        node: Any = built
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = column[index]
    return built


def unlike_pictures(shown: Any, each_values: Iterable[dict[str, Any]]) -> bool:
    """Whether the pictures at these values have different parts, so that none follows from another."""
    try:
        list(sweeps.differences([frame_once(shown.picture, values) for values in each_values]))
    except sweeps.UnlikeFramesError:
        return True
    return False


def too_large(shown: Any, each_values: list[dict[str, Any]]) -> bool:
    """Whether the pictures at these values are more than a sweep may hold, judged by the two ends."""
    ends = list(sweeps.differences([frame_once(shown.picture, each_values[end]) for end in (0, -1)]))
    bytes_a_frame = sum(column.nbytes for _, column in ends if isinstance(column, np.ndarray)) / 2
    return bytes_a_frame * len(each_values) > sweeps.MOST_BYTES


def bytes_a_step(swept: Mapping[str, Any], n_steps: int) -> float:
    """How many bytes the arrays of a sweep hold for each of its steps, one in several places counted once."""
    arrays = {id(column): column for column in swept["columns"] if isinstance(column, np.ndarray)}
    return sum(array.nbytes for array in arrays.values()) / n_steps


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
def test_a_lesson_opens_through_the_table_of_contents(page: str, look: Any) -> None:
    at = look(page).at
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
def test_a_stage_shows_its_picture_at_the_defaults(page: str, query: dict[str, str], look: Any) -> None:
    seen = look(page, **query)
    assert seen.told.keys() == seen.stages.keys()
    for key, shown in seen.stages.items():
        values = defaults(shown.inputs)
        assert as_sent(seen.told[key]["committed"]) == as_sent(values)
        assert as_sent(seen.told[key]["values"]) == as_sent(values)
        assert as_sent(seen.told[key]["picture"]) == as_sent(shown.picture(**values).message())


@pytest.fixture(scope="session")
def anywhere(stages: Any) -> Callable[[str, dict[str, str]], list[State]]:
    """A few states of a case at any values, the same for all tests: a new training is what takes long.

    The first is the one at the beginning of every scale. Two of a kind have trainings of their own.
    """
    found: dict[tuple[Any, ...], list[State]] = {}

    def states_of(page: str, query: dict[str, str]) -> list[State]:
        shown, states = stages(page, **query), []

        @few
        @given(data=st.data())
        def draw(data: Any) -> None:
            at = {key: data.draw(values_of(each.inputs)) for key, each in shown.items()}
            if len(states) >= 2:
                like = data.draw(st.sampled_from(states[:2])).values_of
                for key, each in shown.items():
                    training = {name for name, moved in each.inputs.items() if moved.label in RETRAINING}
                    at[key] |= {name: like[key][name] for name in training}
            states.append(State(data.draw(st.sampled_from(list(shown))), shown, at))

        case = (page, *query.items())
        if case not in found:
            draw()
            found[case] = states
        return found[case]

    return states_of


@each_case
def test_a_link_restores_the_values_and_the_picture(
    page: str, query: dict[str, str], look: Any, anywhere: Any
) -> None:
    for state in anywhere(page, query)[:2]:
        seen = look(page, **query, **state.link(*state.stages))
        assert not seen.at.warning
        for key, values in state.values_of.items():
            assert as_sent(seen.told[key]["committed"]) == as_sent(values)
            assert is_picture_of(seen.told[key]["picture"], values, state.stages[key], seen.stages[key])


def beside(at: AppTest) -> list[bytes]:
    """All that a page shows but for its stages."""
    shown = [each for each in at.main if each.type not in {"bidi_component", "unknown"} and each.proto]
    return [each.proto.SerializeToString() for each in shown]


@each_case
def test_beside_its_stages_a_page_shows_the_same_whatever_the_values_are_that_it_does_not_read(
    page: str, query: dict[str, str], look: Any, anywhere: Any
) -> None:
    """So it need not run again where one of these is let go."""
    state = anywhere(page, query)[0]
    seen = look(page, **query, **state.link(*state.stages)).at
    _, read = seen.session_state[links.READ]
    few = {name: text for name, text in state.link(*state.stages).items() if name in read}
    assert beside(look(page, **query, **few).at) == beside(seen)


@each_page
def test_a_hostile_link_is_named_and_the_lesson_stands(
    page: str, opened: Any, messages: Any, stages: Any
) -> None:
    inputs = {name: each for shown in stages(page).values() for name, each in shown.inputs.items()}
    for text in HOSTILE:
        at = opened(page, **dict.fromkeys(inputs, text))
        for key, told in messages(at).items():
            assert told["picture"]["error"] is None, text
            assert as_sent(told["committed"]) == as_sent(defaults(stages(page)[key].inputs)), text
        warned = "\n".join(warning.value.replace("\\", "") for warning in at.warning)
        named = [each for each in inputs.values() if text or not isinstance(each, Sketch | Pixels | Question)]
        assert all(each.label in warned for each in named), text


@each_case
def test_a_link_beyond_a_scale_is_named_and_clamped(
    page: str, query: dict[str, str], opened: Any, messages: Any, stages: Any
) -> None:
    inputs = {name: each for shown in stages(page, **query).values() for name, each in shown.inputs.items()}
    knobs = {name: each for name, each in inputs.items() if isinstance(each, Knob)}
    at = opened(page, **query, **dict.fromkeys(knobs, "1e300"))
    committed = {name: value for told in messages(at).values() for name, value in told["committed"].items()}
    assert {name: committed[name] for name in knobs} == {name: knob.steps[-1] for name, knob in knobs.items()}
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


@dataclass(frozen=True)
class Steps:
    """Some of the steps of an input."""

    steps: tuple[Any, ...]

    @classmethod
    def of(cls, moved: Any) -> "Steps":
        """Both ends of a scale, the first value, and a few at random between them."""
        between = random.sample(moved.steps, min(5, len(moved.steps)))
        return cls((moved.steps[0], moved.value, *between, moved.steps[-1]))


def require_pictures(shown: Any, values: dict[str, Any], name: str, swept: Any, steps: Any) -> None:
    """What arrives of a sweep is the picture itself, at both ends and in between."""
    base, arrived = frame_once(shown.picture, values), wire.unpack(wire.pack(swept))
    assert arrived["errors"] is None
    for index in {0, random.randrange(len(steps)), len(steps) - 1}:
        exact = shown.picture(**{**values, name: steps[index]}).message()
        assert as_sent(rebuilt(base, arrived, index)) == as_sent(exact), (name, steps[index])


# What the browser writes by itself while a knob is held (stage/static/light.js): all else plotly works out
# anew, and that takes most of a picture's time. The words of an axis change with the order of what it names.
WRITTEN = {"x", "y", "z", "surfacecolor", "text"}
REDRAWN = {"order, of 120": "layout"}


def require_light(moved: Any, given: dict[str, Any]) -> None:
    """Between the pictures of a knob only that differs which the browser writes by itself."""
    if isinstance(moved, Knob):
        heavy = {path[4] for path in given["paths"] if path[0] == "plots" and path[2] == "data"} - WRITTEN
        heavy |= {"layout" for path in given["paths"] if path[0] == "plots" and path[2] == "layout"}
        assert heavy <= {REDRAWN.get(moved.label)}, (moved.label, heavy)


def require_choice_of_unlike_pictures(shown: Any, values: dict[str, Any], name: str) -> None:
    """Only a choice may go without a sweep, and only where its pictures have different parts."""
    moved = shown.inputs[name]
    assert isinstance(moved, Choice), name
    assert unlike_pictures(shown, ({**values, name: step} for step in moved.steps)), name


@each_case
def test_what_can_be_dragged_has_a_light_sweep_that_is_the_picture_at_each_of_its_values(
    page: str, query: dict[str, str], stages: Any
) -> None:
    for shown in stages(page, **query).values():
        values = defaults(shown.inputs)
        for name, moved in shown.inputs.items():
            if not swept_input(moved):
                continue
            some = Steps.of(moved)
            given = sweep(shown.picture, values, name, some)
            if given is None:
                require_choice_of_unlike_pictures(shown, values, name)
                continue
            require_pictures(shown, values, name, given, some.steps)
            require_light(moved, given)
            assert bytes_a_step(given, len(some.steps)) * len(moved.steps) <= sweeps.MOST_BYTES, name


@each_case
def test_a_sweep_from_anywhere_is_the_picture_at_each_of_its_values(
    page: str, query: dict[str, str], anywhere: Any
) -> None:
    for state in anywhere(page, query):
        shown, values = state.shown, state.values
        name = random.choice([name for name, each in shown.inputs.items() if swept_input(each)])
        some = Steps((values[name], *random.choices(shown.inputs[name].steps, k=2)))
        given = sweep(shown.picture, values, name, some)
        if given is None:
            assert unlike_pictures(shown, ({**values, name: step} for step in some.steps)), (name, values)
            continue
        base = frame_once(shown.picture, values)
        for index, step in enumerate(some.steps):
            exact = shown.picture(**{**values, name: step}).message()
            assert as_sent(rebuilt(base, given, index)) == as_sent(exact), (name, step, values)


@each_case
def test_from_anywhere_a_whole_sweep_is_granted_unless_it_is_too_large(
    page: str, query: dict[str, str], anywhere: Any
) -> None:
    state = anywhere(page, query)[1]
    shown, values = state.shown, state.values
    name = random.choice([name for name, each in shown.inputs.items() if swept_input(each)])
    if sweep(shown.picture, values, name, shown.inputs[name]) is None:
        at = [{**values, name: step} for step in shown.inputs[name].steps]
        assert unlike_pictures(shown, at) or too_large(shown, at), (name, values)


@each_case
def test_the_browser_gets_the_sweep_it_asks_for(
    page: str, query: dict[str, str], unopened: Any, messages: Any, stages: Any, swept: Any
) -> None:
    for key, shown in stages(page, **query).items():
        movable = [name for name, each in shown.inputs.items() if swept_input(each)]
        short = sorted(movable, key=lambda name: len(shown.inputs[name].steps))
        name = next(name for name in short if swept(page, query, key, name))
        at = unopened(page, **query)
        values = defaults(shown.inputs)
        at.session_state[key] = {"request": {"id": "1", "values": values, "sweep": name}}
        told = messages(at.run())[key]
        assert as_sent(told["sweep"]) == as_sent(swept(page, query, key, name))
        assert told["reply"] == "1"


@each_case
def test_letting_go_makes_a_link_that_restores_what_was_seen(
    page: str, query: dict[str, str], opened: Any, messages: Any, look: Any, anywhere: Any
) -> None:
    state = anywhere(page, query)[1]
    at = opened(page, **query)
    as_json = json.loads(json.dumps(state.values))
    at.session_state[state.key] = {"request": {"id": "1", "values": as_json, "commit": True}}
    seen = messages(at.run())[state.key]["picture"]
    link = {name: text[0] if isinstance(text, list) else text for name, text in at.query_params.items()}
    assert link.keys() <= {*query, *state.link(state.key)}
    assert state.link(state.key).items() <= link.items()
    assert [text for text in link.values() if not re.fullmatch(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-]", text)] == []
    again = look(page, **link)
    assert as_sent(again.told[state.key]["picture"]) == as_sent(seen)
    assert is_picture_of(seen, state.values, state.shown, again.stages[state.key])


# ---- what a picture is made of --------------------------------------------------------------------


@pytest.fixture(scope="session")
def pictures(anywhere: Any) -> Callable[[str, dict[str, str]], list[Example]]:
    """The pictures of these states, the same for all tests: drawing them is what takes long."""
    found: dict[tuple[Any, ...], list[Example]] = {}

    def pictures_of(page: str, query: dict[str, str]) -> list[Example]:
        case = (page, *query.items())
        if case not in found:
            found[case] = [
                Example(each.shown, each.values, copy.deepcopy(each.shown.picture(**each.values).message()))
                for each in anywhere(page, query)
            ]
        return found[case]

    return pictures_of


@each_case
def test_a_few_pictures_are_those_of_several_values(page: str, query: dict[str, str], pictures: Any) -> None:
    assert len({repr(each.values) for each in pictures(page, query)}) >= 3


def test_every_colour_is_one_of_plotly_s() -> None:
    assert PALETTE["light"].keys() == PALETTE["dark"].keys()
    for colour in {colour for theme in PALETTE.values() for colour in theme.values()}:
        assert go.Scatter(line={"color": colour}).line.color == colour


@each_case
def test_every_picture_is_valid_plotly(page: str, query: dict[str, str], pictures: Any) -> None:
    for example in pictures(page, query):
        with example as picture:
            assert picture["plots"] or picture["diagram"]
            for plot in picture["plots"]:
                assert len(go.Figure(coloured(plot, "light")).data) == len(plot["data"])


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
        assert any(isinstance(each, Knob | Sketch | Pixels) for each in shown.inputs.values())
        assert all(isinstance(each, Input) for each in shown.inputs.values())


def places(node: Any, at: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Where on the page each stage is mounted, as Streamlit counts: by its key, block by block."""
    for index, child in getattr(node, "children", {}).items():
        if getattr(child, "type", "") == "bidi_component":
            yield child.proto.id.rsplit("-", 1)[1], (*at, index)
        yield from places(child, (*at, index))


@each_page
def test_a_stage_stands_at_one_place_whatever_is_chosen(page: str, look: Any) -> None:
    """Where another text came above it, Streamlit would take it for another stage, and mount it anew."""
    found: dict[str, set[tuple[int, ...]]] = {}
    for query in [query for case, query in CASES if case == page]:
        for key, at in places(look(page, **query).at.main):
            found.setdefault(key, set()).add(at)
    assert {key: sorted(at) for key, at in found.items() if len(at) > 1} == {}
