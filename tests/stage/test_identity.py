"""The identity of a picture changes with all that the picture reads; what could change unseen is refused."""

import re
import textwrap
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage.identity import identity

HEAD = """
import functools
import math
import numpy as np
from functools import lru_cache, partial
from math import pi
from typing import NamedTuple
from pages.shared.numbers import signed
SCALE = 2.0
_FIRST = {"a": 1}
class Place(NamedTuple):
    x: float = 0.0
"""


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """What stands in a page with this text, run as Streamlit runs it."""

    def run(text: str, **given: Any) -> dict[str, Any]:
        file = tmp_path / f"page_{len(list(tmp_path.iterdir()))}.py"
        file.write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
        module = {"__name__": "__main__", **given}
        exec(compile(file.read_text(encoding="utf-8"), file, "exec"), module)
        return module

    return run


Page = Callable[..., dict[str, Any]]

# ---- what is bound ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """A value that a picture may be bound to."""

    rate: float
    build: Callable[[float], float] = np.sqrt

    def draw(self, weight: float) -> float:
        return self.rate * weight

    def __call__(self, weight: float) -> float:
        return -self.rate * weight


def picture(*bound: Any, **more: Any) -> tuple[Any, Any]:
    return bound, more


def other(*bound: Any, **more: Any) -> tuple[Any, Any]:
    return bound, more


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(one=VALUES, two=VALUES)
def test_pictures_that_are_bound_to_different_values_are_told_apart(one: Any, two: Any) -> None:
    assert (identity(partial(picture, one)) == identity(partial(picture, two))) <= (one == two)
    assert identity(partial(picture, one)) != identity(partial(picture, shape=one))
    assert identity(partial(picture, one)) == identity(partial(picture, one))


def test_a_picture_is_known_by_its_function_and_by_all_that_is_bound_to_it() -> None:
    pictures: list[Callable[..., Any]] = [
        picture,
        other,
        *(partial(function, value) for function in (picture, other) for value in ("line", "curve", 1.0)),
        partial(picture, np.array([1.0, 2.0])),
        partial(picture, np.array([1.0, 3.0])),
        partial(picture, Plan(1.0)),
        partial(picture, Plan(2.0)),
        partial(picture, Plan(1.0, other)),
        partial(picture, partial(other, 1.0)),
        partial(picture, partial(other, 2.0)),
        partial(picture, other),
        partial(picture, Plan),
        partial(picture, np),
        Plan(1.0).draw,
        Plan(2.0).draw,
        partial(Plan(1.0).draw, 1.0),
        partial(Plan(2.0).draw, 1.0),
        Plan(1.0),
        Plan(2.0),
    ]
    identities = [identity(each) for each in pictures]
    assert len(set(identities)) == len(pictures)
    assert identities == [identity(each) for each in pictures]


def test_what_a_picture_does_is_seen_where_its_name_and_its_line_stay(page: Page) -> None:
    text = "def helper(x):\n    return x * {}\ndef picture(x):\n    return (lambda: helper(x) + {})()\n"
    found = [identity(page(text.format(*each))["picture"]) for each in ((1, 1), (1, 2), (2, 1), (1, 1))]
    assert (len({*found}), found[0]) == (3, found[3])


def test_a_partial_of_a_partial_is_known_by_all_its_values() -> None:
    nested = partial(partial(picture, shape="line"), guess=(1.0,))
    assert identity(nested) == identity(partial(picture, shape="line", guess=(1.0,)))


def test_what_cannot_be_told_from_another_cannot_be_bound() -> None:
    for thing in (threading.Lock(), (each for each in "ab"), memoryview(b"")):
        with pytest.raises(ValueError, match=r"^what is bound to a picture must be values: cannot pickle"):
            identity(partial(picture, thing))


# ---- what it is and what it calls -------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        "lambda weight: weight",
        "partial(lambda weight, scale: weight, scale=2)",
        "partial(picture, lambda z: z)",
        "partial(picture, {'f': [lambda z: z]})",
    ],
)
def test_a_lambda_is_refused_wherever_it_is_bound(made: str, page: Page) -> None:
    module = page(f"def picture(weight): ...\nmade = {made}")
    with pytest.raises(ValueError, match=r"^a picture must have a name: define it with def, got a lambda$"):
        identity(module["made"])


@pytest.mark.parametrize("made", ["closing", "partial(closing, 1)", "partial(dict, f=closing)", "calling"])
def test_a_closure_is_refused_bound_or_called(made: str, page: Page) -> None:
    module = page(
        f"""
        def lesson(scale):
            def closing(weight):
                return scale * weight
            return closing
        closing = lesson(2)
        def calling(weight):
            return closing(weight)
        made = {made}
        """
    )
    rule = "lesson.<locals>.closing closes over variables; bind them with functools.partial"
    with pytest.raises(ValueError, match=f"^{re.escape(rule)}$"):
        identity(module["made"])


def test_a_function_within_a_function_that_closes_over_nothing_of_the_page_is_a_picture(page: Page) -> None:
    module = page(
        """
        def lesson():
            def picture(weight):
                inner = lambda x: x * weight
                return [inner(each) for each in (1, 2)]
            return picture
        """
    )
    assert identity(module["lesson"]()) == identity(module["lesson"]())


READING = {
    "itself": "return shape",
    "in a comprehension": "return [shape for _ in range(3)]",
    "in a lambda": "return (lambda x: x + shape)(1)",
    "in a function within": "def inner():\n        return shape\n    return inner()",
    "in a class within": "class Local:\n        kept = shape\n    return Local",
    "its part": "return shape.real",
}


@pytest.mark.parametrize("body", READING.values(), ids=READING.keys())
@pytest.mark.parametrize("shape", ["line", 2.0, None, (1, 2), [], {}, np.zeros(2), Plan(1.0), partial(max)])
def test_a_picture_that_reads_a_variable_of_its_page_is_refused(body: str, shape: Any, page: Page) -> None:
    drawn = page(f"def drawn(weight):\n    {body}\n", shape=shape)["drawn"]
    rule = "drawn reads the page's `shape`; bind it: functools.partial(drawn, shape), or call it SHAPE"
    with pytest.raises(ValueError, match=f"^{re.escape(rule)} if it never changes$"):
        identity(drawn)


@pytest.mark.parametrize(
    "how", ["", "@lru_cache\n", "@lru_cache(maxsize=8)\n"], ids=["", "cached", "cached by 8"]
)
def test_what_a_function_reads_that_the_picture_calls_is_refused_too(how: str, page: Page) -> None:
    text = f"""
def drawn(weight):
    return told(weight)
def told(weight):
    return deep(weight)
{how}def deep(weight):
    return shape * weight
"""
    with pytest.raises(
        ValueError, match=r"^drawn reads the page's `shape` in deep; bind it: functools.partial"
    ):
        identity(page(text, shape=2)["drawn"])
    assert identity(page(text.replace("shape", "SCALE"))["drawn"])


def test_arguments_imports_constants_classes_and_functions_may_be_read(page: Page) -> None:
    module = page(
        """
        from math import tau as whole
        def drawn(weight, shape):
            shape = np.sin(pi * whole * weight) + SCALE + _FIRST["a"] + len(__name__)
            return told(shape), signed(shape), Place(shape), math.exp(shape), partial(told, shape)
        def told(number):
            return told(number - 1) if number > 0 else drawn
        shape = "a variable of the page that nothing reads"
        """
    )
    assert identity(module["drawn"]) == identity(module["drawn"])


def test_defaults_are_seen_of_the_picture_and_of_what_it_calls(page: Page) -> None:
    text = """
def drawn(weight, shape={0!r}):
    return told(weight)
def told(weight, *, scale={1!r}):
    return weight
"""
    said = [("line", 1), ("curve", 1), ("line", 2), ("curve", 2)]
    identities = [identity(page(text.format(*defaults))["drawn"]) for defaults in said]
    assert len(set(identities)) == 4


def test_of_two_functions_of_a_name_each_is_a_picture_of_its_own(page: Page) -> None:
    text = """
        if {}:
            def drawn(weight):
                return weight
        else:
            def drawn(weight):
                return -weight
        """
    assert identity(page(text.format(True))["drawn"]) != identity(page(text.format(False))["drawn"])


def test_a_page_that_runs_anew_has_the_same_picture(page: Page, tmp_path: Path) -> None:
    first = page("def drawn(plan, weight): ...\nclass Own: pass\nmade = partial(drawn, Own)")
    again: dict[str, Any] = {"__name__": "__main__"}
    exec(compile((tmp_path / "page_0.py").read_text("utf-8"), tmp_path / "page_0.py", "exec"), again)
    assert first["Own"] is not again["Own"]
    assert identity(first["made"]) == identity(again["made"])


def test_a_method_is_looked_into_like_a_function() -> None:
    with pytest.raises(ValueError, match="reads the page's `lower`"):
        identity(Reads().draw)


lower = 1


class Reads:
    """Its method reads a variable of this module."""

    def draw(self) -> int:
        return lower
