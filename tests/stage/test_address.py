"""What is written into the link stands there, also while the browser still shows the old one."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage import address
from pages.shared.stage.address import LAG_S, Address
from pages.shared.stage.inputs.reading import escaped, unescaped


class Visit:
    """A browser and a server that have a link each; the clock stands still unless it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = SimpleNamespace(query_params={}, session_state={})
        self.seconds = 0.0
        monkeypatch.setattr(address, "st", self.server)
        monkeypatch.setattr(address, "monotonic", lambda: self.seconds)

    def run(self, page: str = "one", *, went_back: bool = False, **sent: str) -> Address:
        """A run of the page, asked for by a browser with this link."""
        self.server.query_params.clear()
        self.server.query_params.update(sent)
        found = Address(page)
        found.catch_up(went_back)
        return found


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch)


def test_what_was_written_stands_although_the_browser_sends_the_link_before(visit: Visit) -> None:
    link = visit.run(w="1", n="5")
    link["w"] = "2"
    del link["n"]
    link["new"] = "x"
    assert dict(visit.run(w="1", n="5")) == {"w": "2", "new": "x"}
    assert dict(visit.run(w="1", n="5")) == {"w": "2", "new": "x"}


def test_of_two_changes_the_last_stands_whichever_the_browser_knows(visit: Visit) -> None:
    for known in ("1", "2", "3"):
        visit.server.session_state.clear()
        link = visit.run(w="1")
        link["w"] = "2"
        link["w"] = "3"
        assert dict(visit.run(w=known)) == {"w": "3"}


def test_once_the_browser_knows_the_link_it_has_the_last_word(visit: Visit) -> None:
    visit.run(w="1")["w"] = "2"
    visit.run(w="2")
    assert dict(visit.run(w="1")) == {"w": "1"}


def test_a_link_that_was_never_written_is_the_browser_s(visit: Visit) -> None:
    visit.run(w="1")["w"] = "2"
    assert dict(visit.run(w="7")) == {"w": "7"}


def test_back_is_what_the_reader_wants_at_once(visit: Visit) -> None:
    visit.run(w="1")["w"] = "2"
    assert dict(visit.run(w="1", went_back=True)) == {"w": "1"}
    assert dict(visit.run(w="1")) == {"w": "1"}


def test_an_old_link_counts_again_when_the_browser_has_had_time_to_hear(visit: Visit) -> None:
    visit.run(w="1")["w"] = "2"
    visit.seconds = LAG_S
    assert dict(visit.run(w="1")) == {"w": "1"}


def test_what_was_written_on_one_page_is_not_written_on_another(visit: Visit) -> None:
    visit.run(w="1")["w"] = "2"
    assert dict(visit.run("two")) == {}
    assert dict(visit.run()) == {}


def test_a_name_that_is_not_there_cannot_be_taken_out(visit: Visit) -> None:
    link = visit.run(w="1")
    with pytest.raises(KeyError, match="n"):
        del link["n"]
    assert link.pop("n", None) is None


@given(st.text())
def test_an_escaped_text_has_no_character_that_a_program_escapes_or_cuts_and_is_read_back(text: str) -> None:
    text = text.encode(errors="ignore").decode()
    link = escaped(text)
    assert link.isascii()
    assert all(each.isalnum() or each in "_.-" for each in link)
    assert not link.endswith(".")
    assert unescaped(link) == text


@given(st.from_regex(r"[-0-9a-z+*/^()., |<>=]*", fullmatch=True))
def test_a_formula_in_an_old_link_is_itself(text: str) -> None:
    assert unescaped(text) == text
