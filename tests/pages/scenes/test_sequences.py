"""What a reader types as a sequence: what cannot be taken is named, and the rest is."""

import pytest

from pages.scenes.attention.sequences import LETTERS, MOST, Sequence, tokens

ASKED = Sequence("Your sequence", "text", "abcabc")


@pytest.mark.parametrize(
    ("typed", "taken", "said"),
    [
        ("Hello hello", "hello hello", ""),
        ("abc😀1abc", "abcabc", "left out: 1 😀"),
        ("ab" * 5000, "ab" * 20, "the first 40 of 10000 are taken"),
        ("", "abcabc", "“abcabc” stands"),
        ("▸▸▸123", "abcabc", "has fewer than 4 letters"),
    ],
)
def test_letters_are_taken_and_what_is_left_out_is_said(typed: str, taken: str, said: str) -> None:
    found, complaint = ASKED.taken(typed)
    assert found == taken
    assert said in complaint
    assert bool(said) == bool(complaint)


def test_before_the_letters_stands_a_mark_and_all_have_numbers_of_their_own() -> None:
    assert tokens("az ").tolist() == [0, 1, 26, 27]
    assert len({*LETTERS}) == len(LETTERS)
    assert tokens("a" * MOST).size == MOST + 1


def test_a_link_says_any_text() -> None:
    assert ASKED.read(ASKED.write("a b_c é")) == ("a b_c é", None)


def test_of_a_very_long_link_the_beginning_is_read_and_that_is_said() -> None:
    text, complaint = ASKED.read("a" * 10_000)
    assert text == "a" * 200
    assert complaint == "Your sequence: the first 200 of 10,000 signs are read."
