"""In a file without a server each control of each lesson shows what Python shows."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import numpy as np
import pytest

from pages.shared.stage import wire
from pages.shared.stage.blocks import Moved, picture_block, sweep_block
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.precision import rounded
from pages.shared.stage.stage import Stage
from pages.shared.stage.sweep import frame
from pages.shared.stage.taking.moving import Source, moving
from tests.pages.test_lessons import BOUNDARY, DESCENT, LESSONS, each_of

CASES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    *((BOUNDARY, {"network": which}) for which in ("two hidden neurons", "trained")),
    *((DESCENT, {"scene": scene}) for scene in ("landscape", "one step", "curve", "three sines", "classes")),
]
ROOM = 3_000_000


def source(stage: Stage, values: dict[str, Any], *names: str) -> Source:
    """The stage at these values, as far as those inputs go."""
    return Source(
        {name: stage.inputs[name] for name in names},
        values,
        partial(picture_block, stage.picture, stage.identity),
        lambda name, each: sweep_block(stage.picture, stage.identity, values, Moved(name, each, rest=True)),
    )


def shown(saved: dict[str, Any], frames: bytes, index: int) -> Any:
    """The picture at a step, as the browser puts it together."""
    found = wire.unpack(frames)
    if "pictures" in found:
        return found["pictures"][index]
    for path, column in zip(found["paths"], found["columns"], strict=True):
        node = saved
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = column[index]
    return saved


@each_of(CASES)
def test_a_control_of_a_file_shows_at_any_step_what_python_shows_there(
    page: str, query: dict[str, str], stages: Any
) -> None:
    for stage in stages(page, **query).values():
        values = {name: each.value for name, each in stage.inputs.items()}
        movable = [n for n, each in stage.inputs.items() if each.steps and not getattr(each, "one_by_one", 0)]
        name = random.choice(movable)
        part = moving(source(stage, values, name), ROOM)[name]
        index = random.randrange(len(part.input.steps or ()))
        there = {**values, name: (part.input.steps or ())[index]}
        saved = wire.unpack(wire.pack(rounded(frame(stage.picture, values))))
        expected = wire.unpack(wire.pack(rounded(frame(stage.picture, there))))
        if expected["error"] is None:
            np.testing.assert_equal(shown(saved, part.frames, index), expected, f"{stage.key} at {there}")


def test_where_all_steps_of_a_lesson_have_no_room_its_controls_move_in_fewer_and_stay_exact(
    stages: Any,
) -> None:
    stage = stages(BOUNDARY)["one"]
    values = {name: each.value for name, each in stage.inputs.items()}
    whole = moving(source(stage, values, "w1", "w2"), ROOM)
    room = sum(each.size for each in whole.values()) - 1
    few = moving(source(stage, values, "w1", "w2"), room)
    assert [each.stride for each in few.values()] == [2, 1]
    first, all_of = few["w1"].input, stage.inputs["w1"]
    assert isinstance(first, Knob)
    for index in (0, len(first.steps) - 1):
        saved, same = (wire.unpack(wire.pack(rounded(frame(stage.picture, values)))) for _ in range(2))
        at = all_of.steps.index(first.steps[index])
        np.testing.assert_equal(shown(saved, few["w1"].frames, index), shown(same, whole["w1"].frames, at))


@pytest.mark.parametrize("name", ["iteration", "seed"])
def test_what_is_trained_anew_at_each_step_stands_still(name: str, stages: Any) -> None:
    stage = stages(BOUNDARY, network="trained")["trained"]
    values = {each: stage.inputs[each].value for each in stage.inputs}
    assert (name in moving(source(stage, values, name), ROOM)) == (name == "iteration")
