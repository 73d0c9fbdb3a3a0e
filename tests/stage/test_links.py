"""The link says every value that is not the default."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.stage import links
from pages.shared.stage.entrance import straightened
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.sketch import Sketch

INPUTS = {
    "weight": Knob("weight w", -10, 10, value=1.0, step=0.1),
    "bias": Knob("bias b", -10, 10, value=0.0, step=0.1),
    "n": Knob("neurons N", 1, 60, value=6, step=1),
    "activation": Choice("activation f", ("step", "sigmoid", "ReLU"), "sigmoid"),
    "guess": Sketch("your guess", (-4.0, 4.0), 3, low=-3, high=3, step=0.1),
}
DEFAULTS = {name: each.value for name, each in INPUTS.items()}
HEIGHTS = st.none() | st.sampled_from(Knob("h", -3, 3, value=0.0, step=0.1).steps)
VALUES = st.fixed_dictionaries(
    {
        "weight": st.sampled_from(INPUTS["weight"].steps),
        "bias": st.sampled_from(INPUTS["bias"].steps),
        "n": st.sampled_from(INPUTS["n"].steps),
        "activation": st.sampled_from(INPUTS["activation"].steps),
        "guess": st.tuples(HEIGHTS, HEIGHTS, HEIGHTS),
    }
)
POINTS = Points("points", -1, 1, 0.01, ("one", "other"), ("class-0", "class-1"), most=9)
PIXELS = Pixels("your digit", 2, 3, 17)
MATRIX = Matrix("table", ((1.0, 2.0), (3.0, 4.0)))
PLACE, CELL = st.sampled_from(POINTS.scale.steps), st.floats(-999, 999).map(lambda cell: round(cell, 3))
TABLES = st.one_of(
    st.tuples(st.just(INPUTS["guess"]), VALUES.map(lambda values: values["guess"])),
    st.tuples(
        st.just(POINTS), st.lists(st.tuples(PLACE, PLACE, st.sampled_from((0, 1))), min_size=1, max_size=9)
    ),
    st.tuples(st.just(PIXELS), st.tuples(*[st.integers(0, 16)] * 6)),
    st.tuples(st.just(MATRIX), st.tuples(*[st.tuples(CELL, CELL)] * 2)),
)
FOREIGN = st.dictionaries(st.text(max_size=9).filter(lambda name: name not in INPUTS), st.text())


@given(values=VALUES, foreign=FOREIGN)
def test_reading_what_was_written_gives_the_same_values_and_no_complaint(
    values: Mapping[str, Any], foreign: Mapping[str, str]
) -> None:
    assert links.read(INPUTS, {**foreign, **links.write(INPUTS, values)}) == (values, [])


@given(values=VALUES)
def test_exactly_the_defaults_are_left_out(values: Mapping[str, Any]) -> None:
    moved = {name for name in INPUTS if values[name] != DEFAULTS[name]}
    assert links.write(INPUTS, values).keys() == moved


@given(values=VALUES)
def test_a_link_is_text(values: Mapping[str, Any]) -> None:
    assert all(isinstance(text, str) for text in links.write(INPUTS, values).values())


def test_an_empty_link_says_the_defaults() -> None:
    assert links.read(INPUTS, {}) == (DEFAULTS, [])
    assert links.write(INPUTS, DEFAULTS) == {}


def test_each_bad_entry_complains_once_and_the_good_ones_count() -> None:
    query = {"weight": "heavy", "bias": "99", "activation": "selu", "n": "12", "guess": "1_2_high"}
    values, complaints = links.read(INPUTS, query)
    assert values == {**DEFAULTS, "bias": 10.0, "n": 12.0}
    assert [complaint.split(":")[0] for complaint in complaints] == [
        "weight w",
        "bias b",
        "activation f",
        "your guess",
    ]
    assert "“heavy”" in complaints[0]
    assert "“99”" in complaints[1]
    assert "“selu”" in complaints[2]


@given(query=st.dictionaries(st.sampled_from([*INPUTS, "other"]), st.text()))
def test_whatever_a_link_says_every_value_is_one_that_can_be_written(query: dict[str, str]) -> None:
    values, complaints = links.read(INPUTS, query)
    assert values.keys() == INPUTS.keys()
    assert len(complaints) <= len(query.keys() & INPUTS.keys())
    assert links.read(INPUTS, links.write(INPUTS, values)) == (values, [])


@given(values=VALUES, data=st.data())
def test_a_link_that_is_cut_or_tampered_with_at_one_place_says_where_and_keeps_the_rest(
    values: Mapping[str, Any], data: st.DataObject
) -> None:
    entries = [*links.write(INPUTS, values).items()]
    place = data.draw(st.integers(0, len(INPUTS) - 1))
    name, text = entries[place] if place < len(entries) else ([*INPUTS][place], "1")
    at = data.draw(st.integers(0, len(text)))
    bent = text[:at] + data.draw(st.just("") | st.text(min_size=1, max_size=9))
    found, complaints = links.read(INPUTS, {**dict(entries), name: bent})
    assert {other: found[other] for other in INPUTS if other != name} == {
        other: values[other] for other in INPUTS if other != name
    }
    assert [complaint.startswith(INPUTS[name].label) for complaint in complaints] == [True] * len(complaints)
    assert complaints or INPUTS[name].read(bent) == (found[name], None)
    assert found[name] in (INPUTS[name].steps or [found[name]])


def test_an_entry_that_belongs_to_no_input_is_no_complaint() -> None:
    assert links.read(INPUTS, {"lang": "de", "weights": "oops"}) == (DEFAULTS, [])


@given(asked=TABLES)
def test_tables_in_a_link_need_no_escapes_and_end_in_a_letter_or_digit(asked: tuple[Input, Any]) -> None:
    table, value = asked
    text = table.write(value)
    assert quote(text) == quote_plus(text) == text
    assert "~" not in text
    assert text[-1].isalnum()


@given(asked=TABLES)
def test_links_of_old_had_tildes_between_the_parts_and_say_the_same(asked: tuple[Input, Any]) -> None:
    table, value = asked
    text = table.write(value)
    old = text.replace("_", "~") if isinstance(table, Sketch) else text.replace("__", "~")
    assert table.read(old) == table.read(text)


@given(values=VALUES, foreign=st.text(st.characters(exclude_characters="%+", codec="utf-8"), max_size=9))
@example(values={**DEFAULTS, "activation": "ReLU", "bias": -1.5}, foreign="x^2 + 1")
def test_a_link_that_was_encoded_twice_or_stood_in_a_page_says_the_same(
    values: Mapping[str, Any], foreign: str
) -> None:
    query = {**links.write(INPUTS, values), "text": foreign}
    once = urlencode(query)
    for bent in (once, once.replace("&", "&amp;"), quote(once, safe="=&"), quote(once, safe="=&+")):
        found = straightened(dict(parse_qsl(bent, keep_blank_values=True)))
        assert links.read(INPUTS, found) == (values, [])
        assert found["text"] in (foreign, foreign.replace(" ", "+"))


@given(query=st.dictionaries(st.text(max_size=9), st.text(st.characters(exclude_characters="%"))))
def test_a_straight_link_stays_as_it_is(query: dict[str, str]) -> None:
    names = {name: text for name, text in query.items() if not name.startswith("amp;")}
    assert straightened(names) == names
