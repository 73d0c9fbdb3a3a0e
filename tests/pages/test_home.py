"""Home: the sum of N neurons closes in on its target."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from nn_core.targets.curves import NIELSENS_GOAL
from pages.shared.contents import GROUPS, LESSONS, READERS
from pages.shared.path import what_it_takes
from pages.shared.stage.picture import Picture

ROOT = Path(__file__).parents[2]
MOST = 100
SOME = [1, 2, 6, 30, MOST]


@pytest.fixture
def picture(stages: Any) -> Callable[..., Picture]:
    found: Callable[..., Picture] = stages("pages/home.py")["home"].picture
    return found


def curves(picture: Picture, name: str) -> list[tuple[Any, Any]]:
    assert isinstance(picture.plots, dict)
    return [(each["x"], each["y"]) for each in picture.plots["data"] if each.get("name") == name]


def curve(picture: Picture, name: str) -> tuple[Any, Any]:
    (found,) = curves(picture, name)
    return found


def sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


def test_the_knob_takes_every_number_of_neurons_up_to_the_most(stages: Any) -> None:
    knob = stages("pages/home.py")["home"].inputs["n"]
    assert knob.steps == tuple(range(1, MOST + 1))


@pytest.mark.parametrize("n", SOME)
def test_the_target_is_drawn_as_it_is(picture: Any, n: int) -> None:
    x, y = curve(picture(n), "target")
    assert (x[0], x[-1]) == NIELSENS_GOAL.domain
    assert y.tolist() == NIELSENS_GOAL(x).tolist()


@pytest.mark.parametrize("n", SOME)
def test_the_network_is_a_staircase_of_n_neurons_along_the_target(picture: Any, n: int) -> None:
    x, y = curve(picture(n), "network")
    middles = NIELSENS_GOAL((np.arange(n + 1) + 0.5) / (n + 1))
    edges = np.arange(1, n + 1) / (n + 1)
    steps = sigmoid(4.0 * (n + 1) * (x[:, None] - edges))
    assert y == pytest.approx(middles[0] + steps @ np.diff(middles), abs=1e-9)


@pytest.mark.parametrize("n", SOME)
def test_the_thin_lines_are_the_neurons_and_add_up_to_the_network(picture: Any, n: int) -> None:
    shown = picture(n)
    x, heights = curve(shown, "one neuron")
    gaps = np.flatnonzero(np.isnan(x))
    assert np.array_equal(np.isnan(x), np.isnan(heights))
    rows = [row for row in np.split(np.arange(len(x)), gaps) if np.isfinite(x[row]).any()]
    assert len(rows) == n
    middles = NIELSENS_GOAL((np.arange(n + 1) + 0.5) / (n + 1))
    for k, row in enumerate(rows):
        at, height = (values[row][np.isfinite(x[row])] for values in (x, heights))
        steps = sigmoid(4.0 * (n + 1) * (at - (k + 1) / (n + 1)))
        assert height == pytest.approx(np.diff(middles)[k] * steps, abs=1e-9)
        assert (np.diff(at) >= 0).all()
        assert (at[0], at[-1]) == NIELSENS_GOAL.domain


def test_the_thin_lines_have_as_many_points_for_every_n(picture: Any) -> None:
    assert len({curve(picture(n), "one neuron")[0].shape for n in SOME}) == 1


@pytest.mark.parametrize("n", SOME)
def test_the_largest_error_is_that_of_the_curves_drawn(picture: Any, n: int) -> None:
    shown = picture(n)
    (x, target), (_, network) = curve(shown, "target"), curve(shown, "network")
    distances = np.abs(network - target)
    worst = int(np.argmax(distances))
    assert shown.readouts["largest error"] == f"{distances[worst]:.3f}"
    assert shown.readouts["at x"] == f"{x[worst]:.2f}"
    drawn = curves(shown, "largest error")
    assert len(drawn) == 2, "a line, and a mark at either end"
    for where, ends in drawn:
        assert where.tolist() == [x[worst], x[worst]]
        assert ends == pytest.approx([target[worst], network[worst]], abs=1e-12)


@pytest.mark.parametrize("n", SOME)
def test_the_words_say_the_numbers_shown(picture: Any, n: int) -> None:
    shown = picture(n)
    (x, _) = curve(shown, "target")
    assert shown.description.startswith(f"{n} neuron")
    assert f"{shown.readouts['largest error']}, at x = {shown.readouts['at x']}" in (shown.description)
    assert f"a grid of {len(x)} points" in shown.description


def test_the_sum_closes_in_on_its_target(picture: Any) -> None:
    errors = [float(str(picture(n).readouts["largest error"])) for n in (6, 30, MOST)]
    assert errors[0] > 2 * errors[1] > 4 * errors[2]


def test_the_navigation_has_home_and_then_the_lessons_of_the_contents(monkeypatch: Any) -> None:
    shown = []
    navigation = streamlit.navigation

    def noted(pages: Any, **more: Any) -> Any:
        shown.extend((page.url_path, page.title) for page in pages)
        return navigation(pages, **more)

    monkeypatch.setattr(streamlit, "navigation", noted)
    AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    lessons = [(lesson.name, f"{number} · {lesson.title}") for number, lesson in enumerate(LESSONS, start=1)]
    assert shown[: len(lessons) + 1] == [("", "Home"), *lessons]


def test_the_style_sheet_names_each_group_of_the_menu_above_its_first_page() -> None:
    sheet = (ROOT / "pages/shared/stage/static/stage.css").read_text(encoding="utf-8")
    named = re.findall(r'a\[href\$="/(\w+)"\]::before \{ content: "(\w+)"', sheet)
    (apart,) = re.findall(r'stSidebarNav"\] a:is\((.*)\) \{', sheet)
    groups = {
        "Lessons": [each.file for each in LESSONS],
        **{name: [*group] for name, group in GROUPS.items()},
    }
    assert named == [(Path(files[0]).stem, name) for name, files in groups.items()]
    assert re.findall(r'/(\w+)"', apart) == [name for name, _ in named]


def test_home_says_the_claim_of_every_lesson(opened: Any) -> None:
    said = [each.value for each in opened("pages/home.py").markdown]
    assert [lesson.claim for lesson in LESSONS] == said[-len(LESSONS) :]


def test_home_links_to_every_lesson(opened: Any) -> None:
    at = opened("pages/home.py")
    linked = {each.proto.page for each in at.get("page_link")}
    lessons = {path.stem for path in ROOT.glob("pages/*.py")} - {
        "home",
        *(Path(file).stem for file in READERS),
    }
    assert linked == lessons
    assert len(at.get("page_link")) == len(lessons)


def test_home_says_what_each_lesson_takes(opened: Any) -> None:
    said = [each.value for each in opened("pages/home.py").caption]
    assert said[: len(LESSONS)] == [what_it_takes(lesson) for lesson in LESSONS]
    assert said[0] == "10 minutes · 4 tasks"
    assert said[1] == "15 minutes · 3 tasks · after A single neuron"


def test_what_comes_before_a_lesson_stands_before_it() -> None:
    for place, lesson in enumerate(LESSONS):
        assert {*lesson.after} <= {each.title for each in LESSONS[:place]}, lesson.title


def leads_to(name: str) -> list[tuple[str, str]]:
    """Where the foot of a page leads, and in which words."""

    def page(name: str) -> None:
        from pages.shared.path import foot

        foot(name)

    links = AppTest.from_function(page, args=(name,)).run().get("page_link")
    return [(each.proto.label, each.proto.page) for each in links]


def test_the_foot_of_every_lesson_leads_to_the_one_before_and_the_one_after() -> None:
    home = ("All lessons", "")
    arrows = [(f"← {each.numbered}", f"{each.numbered} →", each.name) for each in LESSONS]
    for place, lesson in enumerate(LESSONS):
        before = [(left, name) for left, _, name in arrows[:place][-1:]]
        after = [(right, name) for _, right, name in arrows[place + 1 :][:1]]
        assert leads_to(lesson.name) == [*before, home, *after]
    assert leads_to("") == []


def test_every_page_of_the_app_has_its_foot(opened: Any) -> None:
    at = opened("pages/two_neurons.py")
    assert [each.proto.page for each in at.get("page_link")] == ["single_neuron", "", "bumps"]


def test_a_visitor_gets_a_sentence_where_a_page_fails_and_the_log_the_details(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("the details")

    monkeypatch.setattr("pages.shared.stage.stage.run", fails)
    monkeypatch.setattr(streamlit, "get_option", lambda name: "none")
    at = AppTest.from_file(str(ROOT / "app.py")).run()
    assert not at.exception
    assert [each.value for each in at.error] == [
        "Something went wrong on this page: the fault is ours. Load it again, or open another one."
    ]
    assert "the details" in caplog.text
