"""Bumps: one bump is what its handles say, and the challenge is scored at the output, against the best."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pages.shared.numbers import signed
from pages.shared.stage.picture import Picture, Verdict

PAGE = "pages/bumps.py"
pytestmark = pytest.mark.xdist_group(PAGE)
PAIRS: dict[str, str] = {}
SHARED = {"steps": "shared edges"}
SQUASHED = {"output": "adds up, then σ"}
MODES = [
    PAIRS,
    SHARED,
    SQUASHED,
    SHARED | SQUASHED | {"bumps": "8", "target": "hill"},
    {"bumps": "2", "target": "wave"},
]
NEEDLE, HILL, DIP = "needle", "hill", "dip"
MEASURES = ("mean error", "largest error")
some = settings(max_examples=20, phases=[Phase.generate])
many = settings(max_examples=40, phases=[Phase.generate])

each_mode = pytest.mark.parametrize("mode", MODES, ids=range(len(MODES)))


@pytest.fixture(scope="module")
def bump(stages: Any) -> Callable[..., Picture]:
    """One bump at the values with which the page begins, some of them moved."""
    shown = stages(PAGE)["bump"]

    def picture(**moved: Any) -> Picture:
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


@pytest.fixture(scope="module")
def challenge(stages: Any) -> Callable[..., Picture]:
    """The challenge in a mode, some values moved."""

    def picture(mode: dict[str, str], **moved: Any) -> Picture:
        shown = stages(PAGE, **mode)["challenge"]
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


def figures(picture: Picture) -> list[Any]:
    return [picture.plots] if isinstance(picture.plots, dict) else list(picture.plots)


def curve(picture: Picture, name: str, plot: int = 0) -> Any:
    return next(each for each in figures(picture)[plot]["data"] if each.get("name") == name)


def task(picture: Picture, word: str) -> Verdict:
    (verdict,) = [verdict for name, verdict in picture.tasks.items() if word in name]
    return verdict


def heights_of(stages: Any, mode: dict[str, str]) -> list[str]:
    return [name for name in stages(PAGE, **mode)["challenge"].inputs if re.fullmatch(r"[hz]\d", name)]


def sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


def any_bump(data: Any, stages: Any, **fixed: Any) -> dict[str, Any]:
    inputs = stages(PAGE)["bump"].inputs
    return {name: data.draw(st.sampled_from(each.steps)) for name, each in inputs.items()} | fixed


def any_heights(data: Any, stages: Any, mode: dict[str, str]) -> dict[str, float]:
    inputs = stages(PAGE, **mode)["challenge"].inputs
    return {name: data.draw(st.sampled_from(inputs[name].steps)) for name in heights_of(stages, mode)}


# ---- one bump -------------------------------------------------------------------------------------


@some
@given(data=st.data())
def test_a_bump_is_one_step_up_and_one_down(data: Any, stages: Any, bump: Any) -> None:
    at = any_bump(data, stages, f="sigmoid")
    picture = bump(**at)
    x, total = curve(picture, "bump")["x"], curve(picture, "bump")["y"]
    up = at["height"] * sigmoid(at["steepness"] * (x - at["left"]))
    down = -at["height"] * sigmoid(at["steepness"] * (x - at["right"]))
    assert curve(picture, "first step")["y"] == pytest.approx(up, abs=1e-9)
    assert curve(picture, "second step")["y"] == pytest.approx(down, abs=1e-9)
    assert total == pytest.approx(up + down, abs=1e-9)


@some
@given(data=st.data())
def test_the_handles_lie_on_the_curves_they_move(data: Any, stages: Any, bump: Any) -> None:
    at = any_bump(data, stages, f="sigmoid")
    picture = bump(**at)
    handles = {handle.knob: handle for handle in picture.handles}
    assert handles.keys() == {"left", "right", "height"}
    first, total = curve(picture, "first step"), curve(picture, "bump")
    left = np.flatnonzero(np.isclose(first["x"], at["left"]))[0]
    assert handles["left"].y == pytest.approx(first["y"][left], abs=1e-6)
    assert handles["right"].x == at["right"]
    middle = (at["left"] + at["right"]) / 2
    assert handles["height"].x == middle
    exact = at["height"] * (
        sigmoid(at["steepness"] * (middle - at["left"])) - sigmoid(at["steepness"] * (middle - at["right"]))
    )
    assert handles["height"].y == pytest.approx(exact, abs=1e-9)
    assert picture.readouts["in the middle"] == pytest.approx(exact, abs=1e-9)
    assert np.interp(middle, total["x"], total["y"]) == pytest.approx(exact, abs=0.05)


@some
@given(data=st.data())
def test_edges_that_cross_make_a_dip(data: Any, stages: Any, bump: Any) -> None:
    at = any_bump(data, stages)
    crossed = {**at, "left": at["right"], "right": at["left"]}
    there, back = (curve(bump(**each), "bump") for each in (at, crossed))
    if at["left"] == at["right"]:
        assert there["y"] == pytest.approx(0 * there["y"], abs=1e-12)
    elif at["f"] == "sigmoid":
        assert there["y"] == pytest.approx(-back["y"], abs=1e-9)


@pytest.mark.parametrize(
    ("moved", "done"),
    [
        ({}, set()),
        ({"left": 0.46, "right": 0.54, "steepness": 200}, set()),
        ({"left": 0.46, "right": 0.54, "f": "step"}, {NEEDLE}),
        ({"left": 0.44, "right": 0.56, "f": "step"}, set()),
        ({"left": 0.48, "right": 0.52, "height": 0.0, "f": "step"}, set()),
        ({"left": 0.48, "right": 0.52, "steepness": 30}, set()),
        ({"left": 0.2, "right": 0.8, "steepness": 30}, {HILL}),
        ({"left": 0.2, "right": 0.8, "steepness": 31}, set()),
        ({"left": 0.2, "right": 0.8, "steepness": 10}, set()),
        ({"left": 0.2, "right": 0.8, "f": "step", "steepness": 30}, set()),
        ({"left": 0.7, "right": 0.3}, {DIP}),
        ({"left": 0.3, "right": 0.7, "height": -0.8}, set()),
    ],
)
def test_a_task_is_done_where_the_curve_shows_it(moved: dict[str, Any], done: set[str], bump: Any) -> None:
    assert {word for word in (NEEDLE, HILL, DIP) if task(bump(**moved), word).done} == done


def test_a_step_has_no_dragging_ends(bump: Any) -> None:
    picture = bump(f="step", left=0.25, right=0.75, height=1.0)
    assert set(curve(picture, "bump")["y"]) == {0.0, 1.0}
    assert picture.readouts["width"] == "0.50"


@some
@given(data=st.data())
def test_the_diagram_of_a_bump_has_the_weights_plus_and_minus_h(data: Any, stages: Any, bump: Any) -> None:
    at = any_bump(data, stages)
    picture = bump(**at)
    words = " ".join(str(slot.get("text")) for slot in picture.diagram.slots.values())
    assert f"rises at {at['left']:.2f}" in words
    assert f"rises at {at['right']:.2f}" in words
    assert f"the weight {signed(at['height'])}" in picture.description
    assert f"the weight {signed(-at['height'])}" in picture.description
    texts = [slot["text"] for slot in picture.diagram.slots.values() if "text" in slot]
    assert any(signed(at["height"]) in str(text) for text in texts)


# ---- the challenge --------------------------------------------------------------------------------


@many
@given(mode=st.sampled_from(MODES), data=st.data())
def test_the_score_is_taken_at_the_output(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    picture = challenge(mode, **any_heights(data, stages, mode))
    last = len(figures(picture)) - 1
    target, network = curve(picture, "target", last)["y"], curve(picture, "network", last)["y"]
    assert len(network) == 401
    errors, flat = (
        {"mean error": np.abs(at - target).mean(), "largest error": np.abs(at - target).max()}
        for at in (network, np.full(401, 0.5 if "output" in mode else 0.0))
    )
    for measure, error in errors.items():
        least = float(
            picture.readouts[next(n for n in picture.readouts if n.endswith(measure) and n != measure)]
        )
        number, stars = str(picture.readouts[measure]).split()
        assert float(number) == pytest.approx(error, abs=6e-4)
        assert error >= least - 6e-4, "no heights are better than the best"
        close = [stars.count("★") == count for count in (3, 2, 1)]
        way = flat[measure] - least
        begin = [
            min(ratio * least, least + left * way) for ratio, left in ((1.05, 0.1), (1.3, 0.3), (2.0, 0.6))
        ]
        for is_so, goal in zip(close, begin, strict=True):
            if is_so:
                assert error <= goal + 2e-3
        if error < begin[0] - 2e-3:
            assert close[0]
        if not any(close):
            assert error >= begin[-1] - 2e-3
        assert task(picture, measure).done == close[0]


@each_mode
@pytest.mark.parametrize("judge", MEASURES)
def test_the_reveal_plays_from_the_readers_heights_to_the_best(
    mode: dict[str, str], judge: str, stages: Any, challenge: Any
) -> None:
    own = dict.fromkeys(heights_of(stages, mode), 0.2)
    at = [
        [handle.y for handle in challenge(mode, **own, judge=judge, reveal=reveal).handles]
        for reveal in (0.0, 25.0, 50.0, 100.0)
    ]
    start, quarter, half, best = map(np.array, at)
    assert start == pytest.approx(np.full(len(start), 0.2))
    assert quarter == pytest.approx(start + (best - start) / 4)
    assert half == pytest.approx((start + best) / 2)
    shown = challenge(mode, **own, judge=judge, reveal=100.0)
    assert str(shown.readouts[judge]).endswith("★★★")
    assert not any(verdict.done for verdict in shown.tasks.values())
    assert "not your own" in task(shown, judge).says


@each_mode
@pytest.mark.parametrize("judge", MEASURES)
def test_the_best_heights_set_by_hand_win_three_stars(
    mode: dict[str, str], judge: str, stages: Any, challenge: Any
) -> None:
    knobs = stages(PAGE, **mode)["challenge"].inputs
    best = challenge(mode, judge=judge, reveal=100.0).handles
    by_hand = {handle.knob: knobs[handle.knob].snap(handle.y) for handle in best}
    assert all(knobs[handle.knob].low <= handle.y <= knobs[handle.knob].high for handle in best)
    picture = challenge(mode, **by_hand, judge=judge, hint="shown")
    assert task(picture, judge).done
    assert picture.readouts["hint"] == "you are there"


@each_mode
def test_a_change_of_any_height_makes_the_best_no_better(
    mode: dict[str, str], stages: Any, challenge: Any
) -> None:
    for judge in MEASURES:
        best = {handle.knob: handle.y for handle in challenge(mode, judge=judge, reveal=100.0).handles}
        last = len(figures(challenge(mode))) - 1

        def error(heights: dict[str, float], judge: str = judge, last: int = last) -> float:
            picture = challenge(mode, **heights)
            gap = np.abs(curve(picture, "network", last)["y"] - curve(picture, "target", last)["y"])
            return float(gap.mean() if judge == "mean error" else gap.max())

        least = error(best)
        knobs = stages(PAGE, **mode)["challenge"].inputs
        for name in best:
            for moved in (best[name] - 0.03, best[name] + 0.03):
                within = min(max(moved, knobs[name].low), knobs[name].high)
                assert error({**best, name: within}) >= least - 1e-7


@many
@given(mode=st.sampled_from(MODES), data=st.data())
def test_the_hint_names_the_height_that_is_furthest_off(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    heights = any_heights(data, stages, mode)
    judge = data.draw(st.sampled_from(MEASURES))
    hidden = challenge(mode, **heights, judge=judge)
    assert hidden.readouts["hint"] is None
    hint = str(challenge(mode, **heights, judge=judge, hint="shown").readouts["hint"])
    best = {handle.knob: handle.y for handle in challenge(mode, judge=judge, reveal=100.0).handles}
    gaps = {name: best[name] - heights[name] for name in heights}
    furthest = max(gaps, key=lambda name: abs(gaps[name]))
    if abs(gaps[furthest]) < 0.02:
        assert hint == "you are there"
    else:
        seen = furthest.translate(str.maketrans("12345678", "₁₂₃₄₅₆₇₈"))
        assert hint == f"{'raise' if gaps[furthest] > 0 else 'lower'} {seen}"


@pytest.mark.parametrize("mode", [PAIRS, SQUASHED, {"bumps": "8"}])
@some
@given(data=st.data())
def test_pairs_have_half_their_height_at_the_ends(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    heights = any_heights(data, stages, mode)
    picture = challenge(mode, **heights)
    marks = curve(picture, "half height")
    first, *_, last = heights.values()
    assert marks["x"].tolist() == [0, 1]
    assert marks["y"] == pytest.approx([first / 2, last / 2], abs=1e-6)
    drawn = curve(picture, "hidden sum" if mode is SQUASHED else "network")["y"]
    assert marks["y"].tolist() == [drawn[0], drawn[-1]]


@pytest.mark.parametrize("mode", [SHARED, SHARED | SQUASHED])
@some
@given(data=st.data())
def test_shared_edges_have_their_whole_height_at_the_ends(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    heights = any_heights(data, stages, mode)
    picture = challenge(mode, **heights)
    assert np.isnan(curve(picture, "half height")["y"]).all()
    drawn = curve(picture, "hidden sum" if mode is not SHARED else "network")["y"]
    first, *_, last = heights.values()
    assert (drawn[0], drawn[-1]) == pytest.approx((first, last), abs=1e-6)


@pytest.mark.parametrize("mode", [SQUASHED, SQUASHED | SHARED])
@some
@given(data=st.data())
def test_a_squashed_output_is_the_sigmoid_of_the_sum_that_aims_at_its_inverse(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    picture = challenge(mode, **any_heights(data, stages, mode))
    aim, total = curve(picture, "σ⁻¹(target)")["y"], curve(picture, "hidden sum")["y"]
    target, output = curve(picture, "target", 1)["y"], curve(picture, "network", 1)["y"]
    assert sigmoid(aim) == pytest.approx(target, abs=1e-9)
    assert sigmoid(total) == pytest.approx(output, abs=1e-9)


@many
@given(mode=st.sampled_from(MODES), data=st.data())
def test_the_diagram_shows_the_output_weights_of_the_heights(
    mode: dict[str, str], data: Any, stages: Any, challenge: Any
) -> None:
    heights = any_heights(data, stages, mode)
    slots = challenge(mode, **heights).diagram.slots
    told = [
        slots[f"v{row}"]["text"]
        for row in range(2 * len(heights))
        if slots[f"row{row}"]["visibility"] == "visible"
    ]
    h = np.array(list(heights.values()))
    exact = np.diff(h) if mode.get("steps") else np.stack((h, -h), axis=1).ravel()
    assert told == [signed(weight, 3) for weight in exact]
    assert slots["b"]["text"] == f"bias {signed(h[0] if mode.get('steps') else 0, 3)}"


@each_mode
def test_a_handle_stands_over_the_middle_of_its_piece(mode: dict[str, str], challenge: Any) -> None:
    handles = challenge(mode).handles
    assert [handle.x for handle in handles] == pytest.approx((np.arange(len(handles)) + 0.5) / len(handles))
    assert all(handle.plot == 0 for handle in handles)


@each_mode
def test_no_task_is_done_before_the_reader_does_it(mode: dict[str, str], challenge: Any) -> None:
    assert not any(verdict.done for verdict in challenge(mode).tasks.values())


def test_each_mode_keeps_its_own_heights(opened: Any, messages: Any) -> None:
    heights = {"h1": "0.5", "h5": "0.3", "h8": "0.9", "z1": "-2", "z2": "1.2"}
    at = opened(PAGE, **heights)

    def committed() -> dict[str, float]:
        found = messages(at)["challenge"]["committed"]
        return {name: found[name] for name in heights if found.get(name)}

    assert committed() == {"h1": 0.5, "h5": 0.3}
    at.session_state["output"] = "adds up, then σ"
    at.run()
    assert committed() == {"z1": -2, "z2": 1.2}
    at.session_state["bumps"] = 8
    at.session_state["output"] = "adds up"
    at.run()
    assert committed() == {"h1": 0.5, "h5": 0.3, "h8": 0.9}
    values = messages(at)["challenge"]["committed"] | {"h2": 0.25}
    at.session_state["challenge"] = {"request": {"id": "1", "values": values, "commit": True}}
    at.run()
    at.session_state["bumps"] = 2
    at.session_state["target"] = "wave"
    at.session_state["steps"] = "shared edges"
    at.run()
    assert committed() == {"h1": 0.5}
    kept = {name: text[0] if isinstance(text, list) else text for name, text in at.query_params.items()}
    assert {name: kept[name] for name in ("h8", "h5", "z1", "z2", "h2")} == {
        "h8": "0.9",
        "h5": "0.3",
        "z1": "-2",
        "z2": "1.2",
        "h2": "0.25",
    }


@pytest.mark.parametrize("text", ["4", "", "five", "1e9", "<b>", "\0"])
def test_a_mode_that_is_none_is_named_and_the_first_one_stands(text: str, opened: Any, messages: Any) -> None:
    at = opened(PAGE, **dict.fromkeys(["bumps", "target", "steps", "output"], text), h1="0.4")
    labels = ["Number of bumps", "Target", "Built from", "The output neuron"]
    warnings = [each.value for each in at.warning]
    assert [sum(each.startswith(label) for each in warnings) for label in labels] == [1, 1, 1, 1]
    assert messages(at)["challenge"]["committed"]["h1"] == 0.4
    assert len(messages(at)["challenge"]["picture"]["handles"]) == 5


def test_of_more_than_nine_bumps_each_has_its_own_height(stages: Any) -> None:
    picture, more = stages(PAGE)["challenge"].picture, {"judge": MEASURES[0], "hint": "shown", "reveal": 0.0}
    (five,) = picture.args
    heights = {f"h{bump}": bump / 100 for bump in range(1, 13)}
    shown = picture.func(replace(five, count=12), **heights, **more)
    assert [(handle.knob, handle.y) for handle in shown.handles] == [*heights.items()]
    assert [handle.x for handle in shown.handles] == sorted(handle.x for handle in shown.handles)
