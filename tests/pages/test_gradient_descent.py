"""Gradient descent is five scenes: each by its link, and none in the way of another."""

from itertools import combinations
from typing import Any

import pytest

PAGE = "pages/gradient_descent.py"
SCENES = ("mixer", "landscape", "one step", "curve", "classes")
PAIR = {"scene": "landscape", "scape": "two weights of the mixer"}


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_has_one_stage_and_its_words(opened: Any, scene: str) -> None:
    at = opened(PAGE, scene=scene)
    assert not at.exception
    assert not at.warning
    assert len(at.get("bidi_component")) == 1
    assert sum("## " in each.value for each in at.markdown) == 2


def test_the_first_scene_is_the_mixer_and_an_unknown_one_is_named(opened: Any, messages: Any) -> None:
    assert messages(opened(PAGE)).keys() == {"mixer"}
    at = opened(PAGE, scene="hills")
    assert messages(at).keys() == {"mixer"}
    assert "hills" in at.warning[0].value


def entries(at: Any, stage_inputs: dict[str, Any]) -> set[str]:
    """What a scene keeps in the link: the inputs of its stage, and its menus."""
    native = [*at.selectbox, *at.text_input, *at.segmented_control]
    return {*stage_inputs, *(each.key for each in native)} - {"scene"}


def test_no_two_scenes_share_an_entry_of_the_link(opened: Any, stages: Any) -> None:
    kept = {}
    for scene in SCENES:
        query = PAIR if scene == "landscape" else {"scene": scene}
        (shown,) = stages(PAGE, **query).values()
        kept[scene] = entries(opened(PAGE, **query), shown.inputs)
        assert len(kept[scene]) >= 5
    for one, other in combinations(SCENES, 2):
        assert not kept[one] & kept[other], (one, other)


@pytest.mark.parametrize("page", [PAGE, "pages/decision_boundary.py"])
def test_the_switch_between_scenes_stands_beside_the_title_in_every_lesson_that_has_one(
    look: Any, page: str
) -> None:
    at = look(page).at
    assert [[each.type for each in place.children.values()] for place in at.columns[:2]] == [
        ["title"],
        ["button_group"],
    ]
    assert [*at.main.children[0].children.values()] == list(at.columns[:2])


BEGINNINGS = [
    ("pages/forward_pass.py", "", "step", 1.0),
    (PAGE, "one step", "part", 1.0),
    (PAGE, "landscape", "ball_steps", 0.0),
    (PAGE, "curve", "iteration", 0.0),
    (PAGE, "classes", "class_iteration", 0.0),
    (PAGE, "mixer", "steps", 0.0),
    ("pages/decision_boundary.py", "trained", "iteration", 0.0),
]


@pytest.mark.parametrize(("page", "scene", "name", "first"), BEGINNINGS)
def test_a_story_begins_at_its_beginning(look: Any, page: str, scene: str, name: str, first: float) -> None:
    query = {("scene" if page == PAGE else "network"): scene} if scene else {}
    committed = [told["committed"] for told in look(page, **query).told.values()]
    assert [each[name] for each in committed if name in each] == [first]
