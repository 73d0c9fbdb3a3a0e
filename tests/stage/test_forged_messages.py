"""A message may hold any data: it is answered as a request or ignored, and the page goes on."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.stage.test_stage_runs import DEFAULTS, ask, message, page


# Hundreds of messages without a rest are a flood; how floods are slowed has tests of its own.
@pytest.fixture(scope="module", autouse=True)
def unhurried() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pages.shared.crowd.pace.sleep", lambda seconds: None)
        yield


# No request is answered twice, so each of ours has a name of its own.
NEW = count()
NAMES = st.sampled_from(["weight", "shape", "guess", "oops", ""])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | NAMES
DATA = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=4)
    ),
)
GRIPS = st.fixed_dictionaries({}, optional={"name": DATA, "x": DATA, "y": DATA})
REQUESTS = DATA | st.fixed_dictionaries(
    {},
    optional={
        "id": DATA | st.text("abc1", min_size=1),
        "values": DATA | st.dictionaries(NAMES, DATA),
        "sweep": DATA | NAMES,
        "commit": DATA,
        "grip": DATA | GRIPS,
        "more": DATA,
    },
)  # fmt: skip


@lru_cache
def one_visitor() -> AppTest:
    """The page of the one visitor who sends all of this."""
    return page()


@settings(max_examples=3 * settings.default.max_examples, phases=[Phase.generate])
@given(forged=REQUESTS, sent=DATA)
def test_whatever_is_sent_the_stage_shows_values_that_it_has(forged: object, sent: object) -> None:
    at = one_visitor()
    for state in (sent, {"request": forged}):
        at.session_state["toy"] = state
        shown = message(at.run())
        assert shown["values"].keys() == shown["committed"].keys() == DEFAULTS.keys()
        assert isinstance(shown["values"]["weight"], float)
        assert shown["values"]["shape"] in ("line", "curve")
    ours = f"ours {next(NEW)}"
    answer = message(ask(at, id=ours, values={"weight": 0.5}, sweep="weight"))
    assert (answer["reply"], answer["values"]["weight"]) == (ours, 0.5)
