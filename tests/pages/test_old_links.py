"""Old links open the same pictures: thirty links, and what they showed in the version that the file names.

Of every array of a plot the file holds how many numbers it has, how many of them are finite, and of these the
least, the largest, the first, the last, the mean, and the tilt: the mean when weighed from -1 to 1 along the
array. What is changed on purpose is changed there, too.
"""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("whole_trainings")
FILE = Path(__file__).with_name("old_links.json")
LINKS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["links"]
# Of the range of an array, and of its largest number: what another machine may compute otherwise.
OF_THE_RANGE, OF_THE_LARGEST = 1e-4, 1e-5
# There are other ways to build hats, whose errors are on every plot of the towers' errors, with a label; how
# well differences agree with a derivative is rounding where h is tiny.
LEFT_OUT = {"hats", "relative difference", "every h"}


# ---- what a link shows ------------------------------------------------------------------------------


def shown_by(at: AppTest, told: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What is on an open page, as plain data: its warnings, its formulas, and every stage of `told`."""
    shown = {
        "warnings": [each.value for each in (*at.warning, *at.error)],
        "formulas": [each.value for each in at.latex],
        "stages": {key: stage_shown(message) for key, message in told.items()},
    }
    plain: dict[str, Any] = json.loads(json.dumps(shown), parse_float=rounded)
    return plain


def stage_shown(message: dict[str, Any]) -> dict[str, Any]:
    """The committed values of a stage, and its picture in words and in numbers.

    Questions, and what many believe, came later: they are left out.
    """
    picture = message["picture"]
    questions = {name: each for name, each in message["inputs"].items() if each["kind"] == "question"}
    later = {each["label"] for each in (*questions.values(), *message["cards"])}
    return {
        "committed": {k: value for k, value in message["committed"].items() if k not in questions},
        **{name: picture[name] for name in ("description", "readouts", "error", "nudges")},
        "tasks": {task: verdict for task, verdict in picture["tasks"].items() if task not in later},
        "points to drag": {
            each.get("knob") or each["name"]: [each["x"], each["y"]]
            for each in (*picture["handles"], *picture["grips"])
        },
        "written": {
            part: " ".join(str(slot["text"]) for slot in picture[part]["slots"].values() if slot.get("text"))
            for part in ("diagram", "formula")
            if picture[part]
        },
        "plots": dict(fingerprints(picture["plots"])),
    }


def fingerprints(plots: list[dict[str, Any]]) -> Iterator[tuple[str, list[float]]]:
    """Every array of the plots and every range of an axis, by where it is, but for what is left out."""
    for number, plot in enumerate(plots, start=1):
        kept = [trace for trace in plot["data"] if LEFT_OUT.isdisjoint(names(trace))]
        for index, trace in enumerate(kept, start=1):
            for where, array in arrays(trace):
                name = trace.get("name", trace["type"])
                yield f"plot {number}, {index}: {name}, {where}", fingerprint(array)
        for axis, look in plot["layout"].items() if len(kept) == len(plot["data"]) else ():
            if "axis" in axis and look.get("range"):
                yield f"plot {number}, {axis}", fingerprint(np.array(look["range"]))


def names(trace: dict[str, Any]) -> list[str]:
    """The name of a trace, and the names that it writes beside others."""
    return [str(text).strip() for text in (trace.get("name"), *trace.get("text", ()))]


def arrays(part: dict[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    """The arrays of a trace and of what it holds, by name."""
    for name, value in part.items():
        if isinstance(value, np.ndarray):
            yield name, value
        elif isinstance(value, dict):
            yield from ((f"{name}.{below}", array) for below, array in arrays(value))


def fingerprint(array: np.ndarray) -> list[float]:
    """How many numbers and how many finite ones; of these least, largest, first, last, mean and tilt."""
    every = array.astype(float).ravel()
    finite = every[np.isfinite(every)]
    if not len(finite):
        return [len(every), 0]
    told = (finite.min(), finite.max(), finite[0], finite[-1], finite.mean())
    tilt = (finite * np.linspace(-1.0, 1.0, len(finite))).mean()
    return [len(every), len(finite), *(rounded(each) for each in (*told, tilt))]


def rounded(number: float | str) -> float:
    """A number with six digits."""
    return float(f"{float(number):.6g}")


# ---- the same? --------------------------------------------------------------------------------------


def differences(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Everything in which two shown things differ, and where it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            place = f"{where} / {name}"
            if name not in new or name not in old:
                yield f"{place}: {'is gone' if name in old else 'is new'}"
            elif where.endswith("/ plots"):
                yield from moved(old[name], new[name], place)
            else:
                yield from differences(old[name], new[name], place)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from differences(before, after, f"{where} [{index}]")
    elif not same(old, new):
        yield f"{where}: {old!r} is now {new!r}"


def same(old: Any, new: Any) -> bool:
    """Whether two values are equal, floats up to rounding."""
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=OF_THE_LARGEST, abs_tol=OF_THE_LARGEST)
    return bool(old == new)


def moved(old: list[float], new: list[float], where: str) -> Iterator[str]:
    """In what the fingerprints of two arrays differ by more than rounding."""
    if old[:2] != new[:2]:
        yield f"{where}: {old[:2]} numbers, and finite ones, are now {new[:2]}"
        return
    if len(old) > 2:
        least, largest = old[2:4]
        room = OF_THE_RANGE * (largest - least) + OF_THE_LARGEST * max(abs(least), abs(largest))
        words = ("least", "largest", "first", "last", "mean", "tilt")
        for word, before, after in zip(words, old[2:], new[2:], strict=True):
            if abs(before - after) > room:
                yield f"{where}: the {word} was {before:g} and is {after:g}"


def test_a_curve_that_has_moved_a_little_is_named_and_rounding_is_not() -> None:
    x = np.linspace(0.0, 1.0, 101)
    old, rounding, lifted = ({"plots": {"y": fingerprint(x**2 + more)}} for more in (0.0, 1e-6, 1e-3))
    assert not list(differences(old, rounding, "a link"))
    assert "a link / plots / y: the mean was 0.335 and is 0.336" in differences(old, lifted, "a link")


@pytest.mark.parametrize("link", [pytest.param(link, id=link["name"]) for link in LINKS])
def test_an_old_link_opens_the_same_picture(
    link: dict[str, Any],
    opened: Callable[..., AppTest],
    messages: Callable[[AppTest], dict[str, dict[str, Any]]],
) -> None:
    at = opened(link["page"], **link["query"])
    found = list(differences(link["shown"], shown_by(at, messages(at)), link["name"]))
    assert not found, "\n".join(found)


# ---- names that were changed ------------------------------------------------------------------------

ONCE = [
    ("two_neurons.py", {}, {"w11": "-0.5", "w21": "1.2", "k1": "8", "k2": "2.5", "b": "0.3"}),
    ("towers.py", {}, {"x": "0.3", "y": "0.7"}),
    ("gradient_descent.py", {"scene": "landscape"}, {"x": "0.5", "y": "-1"}),
    ("gradient_descent.py", {"scene": "classes"}, {"probe_x": "-0.4", "probe_y": "0.6"}),
]
each_page = pytest.mark.parametrize(
    ("file", "query", "once"), ONCE, ids=[" ".join([file, *query.values()]) for file, query, _ in ONCE]
)


def former(stages: Any, page: str, **query: str) -> dict[str, str]:
    """Today's name for each name that an input of the page had once."""
    return {old: name for stage in stages(page, **query).values() for old, name in stage.formerly.items()}


@each_page
def test_a_name_that_was_changed_is_still_read_and_the_new_one_is_written(
    file: str, query: dict[str, str], once: dict[str, str], opened: Any, messages: Any, stages: Any
) -> None:
    page = f"pages/{file}"
    names = former(stages, page, **query)
    assert names.keys() == once.keys()
    today = query | {names[old]: said for old, said in once.items()}
    old, new = opened(page, **query, **once), opened(page, **today)
    assert shown_by(old, messages(old)) == shown_by(new, messages(new))
    assert old.query_params == new.query_params


@each_page
def test_where_a_link_has_both_names_the_new_one_stands(
    file: str, query: dict[str, str], once: dict[str, str], opened: Any, stages: Any
) -> None:
    page, (old, said) = f"pages/{file}", next(iter(once.items()))
    name = former(stages, page, **query)[old]
    at = opened(page, **query, **{old: said, name: "0.2"})
    assert not at.warning
    assert at.query_params[name] == "0.2"
    assert old not in at.query_params


@each_page
def test_what_an_old_name_says_is_named_where_it_cannot_be_read(
    file: str, query: dict[str, str], once: dict[str, str], opened: Any, stages: Any
) -> None:
    page, old = f"pages/{file}", next(iter(once))
    name = former(stages, page, **query)[old]
    label = next(each.inputs[name].label for each in stages(page, **query).values() if name in each.inputs)
    (warning,) = opened(page, **query, **{old: "abc"}).warning
    assert warning.value.startswith(f"{label}\\: “abc” is not a number")
