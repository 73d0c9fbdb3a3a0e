"""Bumps: what is dragged on the plot is the network's weight, and the score follows the hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator

from nn_core.building.challenge import Challenge, best_heights
from pages.bumps import AIMS, one_bump, side_by_side
from pages.shared.stage.picture import Picture
from tests.browser.conftest import Walk
from tests.browser.reader import Reader, told
from tests.browser.server import Server

BUMP = {"f": "sigmoid", "left": 0.35, "right": 0.65, "height": 0.8, "steepness": 60.0}
CHALLENGE = Challenge(AIMS["Nielsen's goal"], 5)
HINTS = {"judge": "mean error", "hint": "hidden", "reveal": 0.0}


@pytest.fixture
def page(stay: Walk, app_server: Server) -> Reader:
    """A reader at the lesson who keeps to the stages."""
    return stay(app_server, "/bumps")


def second(reader: Reader, selector: str) -> Locator:
    """Parts of the second stage, the challenge."""
    return reader.page.locator(".sp-stage").nth(1).locator(selector)


def pieces(challenge: Challenge = CHALLENGE, **changed: Any) -> Picture:
    """The challenge with these heights, the others 0."""
    letter = "z" if challenge.squashed else "h"
    flat = {f"{letter}{k}": 0.0 for k in range(1, challenge.count + 1)}
    return side_by_side(challenge, **{**HINTS, **flat, **changed})


def shows(reader: Reader, picture: Picture) -> None:
    """The second stage shows this picture, its numbers and its tasks among it."""
    reader.sees_picture(picture, first=1)
    said = picture.message()
    reader.soon(second(reader, ".sp-readouts dd").all_inner_texts, told(said["readouts"]))
    reader.soon(second(reader, ".sp-says").all_inner_texts, [task["says"] for task in said["tasks"].values()])


def take(reader: Reader, handle: Locator) -> None:
    """Press the pointer down on a handle."""
    handle.scroll_into_view_if_needed()
    handle.hover()
    reader.page.mouse.down()


def lead(reader: Reader, knob: str, end: tuple[float, float], value: float) -> None:
    """Move a held handle there, until its knob has come along: it cannot before its sweep has come."""

    def follows() -> bool:
        reader.page.mouse.move(end[0] - 2, end[1] - 2)
        reader.page.mouse.move(*end)
        return abs(reader.value(knob) - value) < 1e-9

    reader.until(follows, complaint=lambda: f"{knob} is {reader.value(knob)}, not {value}")


def test_edges_and_height_of_a_bump_are_dragged_on_the_plot(page):
    page.mark_plots()
    goals = [
        (0, "left edge s₁", {"left": 0.2}, (0.2, 0.1)),
        (1, "right edge s₂", {"right": 0.9}, (0.9, 0.1)),
        (2, "height h", {"height": -0.5}, (0.3, -0.5)),
    ]
    values, link = dict(BUMP), {}
    for handle, knob, change, spot in goals:
        take(page, page.part("handle").nth(handle))
        ((name, value),) = change.items()
        lead(page, knob, page.at(0, *spot), value)
        values |= change
        page.sees_picture(one_bump(**values))
        assert page.link() == link
        page.release()
        link[name] = f"{value:g}"
        page.link_is(**link)
    assert page.marks() == [0, 1]


def test_the_top_of_a_bump_sets_its_height_and_the_score_follows(page):
    scores = second(page, ".sp-readouts dd").all_inner_texts()
    take(page, second(page, ".sp-handle").nth(2))
    for height in (0.9, 0.45):
        lead(page, "height h₃", page.at(1, 0.4, height), height)
        shows(page, pieces(h3=height))
        assert second(page, ".sp-readouts dd").all_inner_texts() != scores
        assert page.link() == {}
    page.release()
    page.link_is(h3="0.45")
    assert page.field("height h₃").input_value() == "0.45"
    assert page.field("height h₂").input_value() == "0.00"


def test_the_reveal_played_ends_at_the_best_heights(go):
    page = go("/bumps?reveal=60&h1=1")
    shows(page, pieces(h1=1.0, reveal=60.0))
    page.page.get_by_role("button", name="play reveal, %").click()
    page.link_is(reveal="100", h1="1")
    shows(page, pieces(h1=1.0, reveal=100.0))
    best = best_heights(CHALLENGE, "mean error")
    tops = [page.at(1, (k + 0.5) / 5, height) for k, height in enumerate(best)]
    for handle, top in zip(second(page, ".sp-handle").all(), tops, strict=True):
        box = handle.bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        np.testing.assert_allclose(middle, top, atol=1)
    assert second(page, ".sp-readouts dd").first.inner_text().endswith("★★★")


def test_two_stages_do_not_cut_each_other_short(go):
    """The one is still being committed when the other one's sweep is asked for."""
    page = go("/bumps")
    page.knob("height h₁").scroll_into_view_if_needed()
    page.hold("left edge s₁")
    shown = page.move("left edge s₁", 0.5)
    page.release()
    page.hold("height h₃")
    page.until(lambda: any((each["sweep"] or {}).get("name") == "h3" for each in page.socket.messages))
    page.link_is(left=f"{shown:g}")
    page.release()
    assert page.socket.most_in_flight == 1


def test_the_hint_names_the_height_to_change_first(page):
    second(page, ".sp-segments").get_by_text("shown", exact=True).click()
    shows(page, pieces(hint="shown"))
    assert second(page, ".sp-readouts dd").last.inner_text() == "raise h₅"


def test_switches_change_the_challenge_and_keep_the_stage(go):
    page = go("/bumps")
    page.mark_plots()
    page.drag("height h₂", 0.3)
    kept = page.value("height h₂")
    page.segment("shared edges")
    shows(page, pieces(Challenge(AIMS["Nielsen's goal"], 5, shared=True), h2=kept))
    page.segment("8")
    page.knob("height h₈").wait_for()
    page.segment("wave")
    wave = Challenge(AIMS["wave"], 8, shared=True)
    shows(page, pieces(wave, h2=kept))
    assert second(page, ".sp-handle:visible").count() == 8
    assert page.marks() == [0, 1]
    page.segment("adds up, then σ")
    page.knob("height z₈").wait_for()
    squashed = Challenge(AIMS["wave"], 8, shared=True, squashed=True)
    shows(page, pieces(squashed))
    assert page.marks()[:2] == [0, 1]
    take(page, second(page, ".sp-handle").nth(7))
    lead(page, "height z₈", page.at(1, 0.9, -2.0), -2.0)
    shows(page, pieces(squashed, z8=-2.0))
    page.release()
    page.until(lambda: page.link().get("z8") == "-2")
    page.sees_picture(one_bump(**BUMP))
