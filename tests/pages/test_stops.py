"""Every stop of every lesson opens the state that it names, and what its sentence says is so there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from pages.shared.contents import LESSONS
from pages.shared.talks.entries import ENTRIES
from pages.shared.talks.stops import STOPS, Stop

CASES = [pytest.param(name, stop, id=f"{name}: {stop.name}") for name in STOPS for stop in STOPS[name]]
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
# What of a sentence is more than its numbers, by lesson and stop: whether the picture says that it is so.
Said = Callable[[dict[str, Any], dict[str, Any]], bool]


def heard(*words: str) -> Said:
    """Whether the picture says all of this of itself, in its description or its verdicts."""

    def is_so(picture: dict[str, Any], values: dict[str, Any]) -> bool:
        verdicts = [each["says"] for each in picture["tasks"].values() if each["done"]]
        return all(any(word in text for text in (picture["description"], *verdicts)) for word in words)

    return is_so


def number(text: str) -> float:
    """The number that a readout begins with."""
    return float(text.replace("−", "-").replace(",", "").split()[0])


def row(picture: dict[str, Any], name: str) -> float:
    return number(picture["readouts"][name])


def hundredths(picture: dict[str, Any], name: str) -> float:
    return number(picture["readouts"][name].removesuffix(" %"))


def all_right(name: str) -> Said:
    """Whether all points are right: "4 of 4"."""
    return lambda picture, _: len(set(picture["readouts"][name].split(" of "))) == 1


IS_SO: dict[tuple[str, str], Said] = {
    ("single_neuron", "A line, bent"): heard("sigmoid neuron"),
    ("single_neuron", "A larger weight"): lambda p, v: v["weight"] > 1 and row(p, "knot s = −b/w") == 0,
    ("single_neuron", "The bias moves it"): lambda p, v: (
        row(p, "knot s = −b/w") == -v["bias"] / v["weight"] != 0
    ),
    ("single_neuron", "A negative weight"): heard("The line z = wx + b falls"),
    ("single_neuron", "No weight"): heard("the line is flat"),
    ("single_neuron", "A decision"): lambda p, v: v["activation"] == "step" and v["weight"] > 0,
    ("two_neurons", "Two steps add up"): heard("begins at +0.00, ends at +2.00"),
    ("two_neurons", "A minus makes a bump"): heard("at most it is +1.00, at least +0.00"),
    ("two_neurons", "Upside down"): heard("at least it is −1.00, at most +0.00"),
    ("two_neurons", "They cancel"): lambda p, v: heard("as much as 0.0000")(p, v) and v["v1"] != 0,
    ("two_neurons", "Soft steps"): lambda p, v: (
        0.5 < number(p["description"].rsplit("+", 1)[1].rstrip(".")) < v["v1"]
    ),
    ("bumps", "A needle"): lambda p, v: row(p, "width") < 0.05,
    ("bumps", "Too soft"): lambda p, v: row(p, "in the middle") < v["height"] - 0.1,
    ("bumps", "Edges change places"): lambda p, v: row(p, "in the middle") < 0 < v["height"],
    ("bumps", "Bumps side by side"): lambda p, v: row(p, "mean error") == row(p, "best mean error") > 0,
    ("approximator", "Three neurons"): lambda p, v: v["n"] == 3 and row(p, "largest error") > 0.3,
    ("approximator", "Twelve"): lambda p, v: v["n"] == 12,
    ("approximator", "A hundred"): lambda p, v: (
        v["n"] == 100 and row(p, "largest error") <= row(p, "proven: at most")
    ),
    ("approximator", "A jump stays"): heard("continuous across a jump"),
    ("approximator", "Stuck"): heard("For every N the largest error is at least"),
    ("nonlinearity", "One hidden layer, no activation"): lambda p, v: v["alpha"] == 0,
    ("nonlinearity", "Three layers, no activation"): lambda p, v: (
        p["readouts"]["difference from one linear layer"] == "0, up to rounding"
    ),
    ("nonlinearity", "Half an activation"): lambda p, v: row(p, "difference from one linear layer") > 1,
    ("nonlinearity", "The whole activation"): all_right("points on their side"),
    ("decision_boundary", "The best line"): lambda p, v: (
        p["readouts"]["points right"] == p["readouts"]["the best any line can do"]
    ),
    ("decision_boundary", "Solved"): all_right("points right"),
    ("decision_boundary", "Before learning"): heard("After 0 iterations"),
    ("decision_boundary", "Learnt"): all_right("right in training"),
    ("towers", "A wall"): heard("A wall"),
    ("towers", "A cross"): lambda p, v: row(p, "in the middle") > row(p, "on the arms, at most") > 0.9,
    ("towers", "A tower"): heard("A tower"),
    ("towers", "The threshold too low"): lambda p, v: row(p, "on the arms, at most") > 0.9,
    ("towers", "Many towers"): lambda p, v: row(p, "largest error") > 0.5,
    ("towers", "Hats"): lambda p, v: row(p, "largest error") < 0.1,
    ("forward_pass", "The first product"): heard("Step 1 of"),
    ("forward_pass", "A sum"): heard("Layer 1, unit 1"),
    ("forward_pass", "The answer"): heard("Everything is calculated"),
    ("gradient_descent", "Two hundred"): lambda p, v: (
        row(p, "the gradient’s loss") < row(p, "your loss") / 50
    ),
    ("gradient_descent", "Twenty steps"): lambda p, v: row(p, "the gradient’s loss") < row(p, "your loss"),
    ("gradient_descent", "Too fast"): lambda p, v: p["readouts"]["diverged"].startswith("at step"),
    ("gradient_descent", "Downhill"): lambda p, v: p["readouts"]["and ends in"] == "global minimum",
    ("gradient_descent", "The other valley"): lambda p, v: p["readouts"]["and ends in"] == "local minimum",
    ("gradient_descent", "A step too far"): lambda p, v: (
        row(p, "loss after the step") > row(p, "loss before")
    ),
    ("gradient_descent", "A curve, learnt"): lambda p, v: (
        row(p, "root mean square error") > row(p, "the same, built by hand")
    ),
    ("gradient_descent", "Slow first"): lambda p, v: (
        hundredths(p, "learnt of sin πx") > 90.0 > 50.0 > hundredths(p, "learnt of sin 10πx")
    ),
    ("depth", "Tents in tents"): lambda p, v: row(p, "largest error of one layer") == 0.5,
    ("depth", "Two units too few"): lambda p, v: (
        row(p, "largest error of one layer") == 0.5 and p["readouts"]["proven"] == "at least ½"
    ),
    ("depth", "Enough"): lambda p, v: row(p, "largest error of one layer") == 0,
    ("depth", "Four folds"): lambda p, v: row(p, "straight parts") > 137,
    ("depth", "Not typical"): lambda p, v: row(p, "on average, 100 seeds") < 24,
    ("depth", "Not found"): lambda p, v: p["readouts"]["have found it"].startswith("0 of"),
    ("depth", "Not free"): lambda p, v: row(p, "times as many") > 3.5,
    ("convolution", "A window"): heard("strongest answer"),
    ("convolution", "Upright edges"): lambda p, v: (
        row(p, "sum of the nine numbers") == 0 and row(p, "smallest y") == -row(p, "largest y") < -2
    ),
    ("convolution", "Level edges"): lambda p, v: row(p, "sum of the nine numbers") == 0,
    ("convolution", "Outline"): lambda p, v: (
        row(p, "sum of the nine numbers") == 0 and row(p, "largest y") > 1
    ),
    ("convolution", "Stripes"): lambda p, v: (
        p["readouts"]["largest difference"] == "exactly 0" and row(p, "different numbers, 0 aside") == 9
    ),
    ("convolution", "One weight of its own"): lambda p, v: row(p, "largest difference") > 0,
    ("convolution", "Digits in the middle"): lambda p, v: (
        abs(row(p, "all digits here, convolution") - row(p, "all digits here, dense")) < 2
    ),
    ("convolution", "One pixel"): lambda p, v: (
        row(p, "all digits here, convolution") > 95 and row(p, "all digits here, dense") < 50
    ),
    ("convolution", "No room"): lambda p, v: row(p, "all digits here, convolution") < 50,
    ("convolution", "A black square"): lambda p, v: (
        row(p, "pixels with ink") == 64 and p["readouts"]["dense says"] == "4 with 1.00"
    ),
    ("convolution", "Three opinions"): lambda p, v: (
        len({p["readouts"][each][0] for each in ("convolution says", "trained anew, it says", "dense says")})
        == 3
    ),
    ("attention", "A soft look-up"): heard("The weights of values 1 to 4 are"),
    ("attention", "The plain mean"): lambda p, v: v["sharpness"] == 0 and row(p, "largest weight") == 25,
    ("attention", "A sharp look-up"): lambda p, v: row(p, "largest weight") > 99,
    ("attention", "Not to be told apart"): lambda p, v: (
        row(p, "largest weight") == 50 and row(p, "best score ahead by") == 0
    ),
    ("attention", "Blind to order"): lambda p, v: (
        p["readouts"]["outputs differ by at most"] == "0, up to rounding"
    ),
    ("attention", "It goes on"): lambda p, v: (
        row(p, "told in the first half") == 0 and row(p, "told in the second half") == 100
    ),
    ("attention", "The second alone"): lambda p, v: row(p, "told in the second half") == 0,
    ("attention", "Learnt"): lambda p, v: (
        row(p, "right, of new tasks") > 99 and row(p, "own key’s score ahead by") > 3
    ),
    ("attention", "The other way round"): lambda p, v: (
        row(p, "right, of new tasks") > 99 and row(p, "own key’s score ahead by") < 0
    ),
    ("attention", "A block of GPT-3"): lambda p, v: (
        row(p, "of the dense layers") > 2 * 0.99 * row(p, "parameters of the heads") / 1000
    ),
    ("attention", "Told the places"): lambda p, v: row(p, "outputs differ by at most") > 1,
    ("depth", "One unit a layer"): lambda p, v: row(p, "proven for width 1: at least") > 0.1,
    ("recurrence", "Forgets"): lambda p, v: row(p, "ends at") == 0,
    ("recurrence", "Remembers"): lambda p, v: row(p, "ends at") > 0.9,
    ("recurrence", "Beyond the border"): lambda p, v: (
        row(p, "ends at") > 0 and row(p, "three if |b| is below") < v["b"]
    ),
    ("recurrence", "A bit, forgotten"): lambda p, v: p["readouts"]["the bit is"] == "lost",
    ("recurrence", "Kept, at a price"): lambda p, v: (
        row(p, "h, written +") > 0.5 and p["readouts"]["gradient"].endswith("10⁻²¹")
    ),
    ("recurrence", "Not yet trained"): lambda p, v: p["readouts"]["always right"].startswith("0 of"),
    ("recurrence", "Trained on short ones"): lambda p, v: (
        p["readouts"]["always right"] == p["readouts"]["eigenvalue above 1"] == "20 of 20"
    ),
    ("adversaries", "Round and round"): lambda p, v: heard("They began 1.000")(p, v) and v["penalty"] == 0,
    ("adversaries", "Farther out"): lambda p, v: row(p, "distance now") > 1.7,
    ("adversaries", "In turn"): lambda p, v: abs(row(p, "distance now") - 1) < 0.1,
    ("adversaries", "A penalty"): lambda p, v: row(p, "distance now") < 0.01,
    ("adversaries", "What the best judge says"): lambda p, v: v["p_mean"] - v["q_mean"] == 4,
    ("adversaries", "Never at rest"): lambda p, v: (
        abs(row(p, "mean of what is made") - 3) < 0.5 < row(p, "to")
    ),
    ("adversaries", "The same judge, at rest"): lambda p, v: (
        0.5 < row(p, "width in the last third, from") < row(p, "to") < 0.9
    ),
    ("adversaries", "Nothing to hear"): lambda p, v: (
        row(p, "pull of the game") < 0.001 and row(p, "distance W") == 8 == v["p_mean"] - v["q_mean"]
    ),
    ("families", "The same, read by five"): lambda p, v: v["doublings"] == 5,
    ("families", "A page"): heard("attention has 1,024"),
    ("families", "A word"): lambda p, v: row(p, "attention") > row(p, "dense"),
    ("families", "Work is another matter"): heard("dense has 67.1 million"),
    ("autoencoder", "The linear plane"): lambda p, v: v["kind"] == "linear",
    ("autoencoder", "Far outside"): lambda p, v: "no digit is near" in p["readouts"]["nearest code"],
    ("autoencoder", "One direction"): lambda p, v: (
        1.1 < row(p, "error") / row(p, "least of two directions, by SVD") < 1.25
    ),
    ("autoencoder", "Principal components"): lambda p, v: (
        row(p, "above it by") < 0.1 and float(p["readouts"]["angle between the planes"][:-1]) < 5
    ),
    ("autoencoder", "What a code says"): lambda p, v: row(p, "KL, in nats") > 1,
    ("autoencoder", "Collapse"): lambda p, v: row(p, "KL, in nats") == 0,
}


def test_every_lesson_has_at_least_four_stops_of_different_names_and_states() -> None:
    assert [*STOPS] == [lesson.name for lesson in LESSONS]
    for stops in STOPS.values():
        assert len({stop.name for stop in stops}) == len({stop.query for stop in stops}) == len(stops) >= 4


def test_what_is_checked_of_a_stop_is_one_that_there_is() -> None:
    assert IS_SO.keys() <= {(lesson, stop.name) for lesson in STOPS for stop in STOPS[lesson]}


def test_no_number_of_a_sentence_is_written_by_hand() -> None:
    written = [stop.says for stops in STOPS.values() for stop in stops]
    assert [says for says in written if re.search(r"\d", PLACEHOLDER.sub("", says), re.ASCII)] == []


@pytest.mark.parametrize(("lesson", "stop"), CASES)
def test_a_stop_opens_the_state_that_it_names(
    lesson: str, stop: Stop, look: Any, whole_trainings: None
) -> None:
    query = dict(parse_qsl(stop.query))
    found = look(f"pages/{lesson}.py", **query)
    assert [each.value for each in (*found.at.warning, *found.at.error)] == []
    assert {
        name: text[0] if isinstance(text, list) else text for name, text in found.at.query_params.items()
    } == query
    shown = about(found, query)
    picture, values = shown["picture"], shown["committed"]
    told = PLACEHOLDER.findall(stop.says)
    assert all(picture["readouts"].get(name, values.get(name, "–")) not in ("–", "") for name in told)
    assert IS_SO.get((lesson, stop.name), lambda *_: bool(told))(picture, values)


def about(found: Any, query: dict[str, str]) -> dict[str, Any]:
    """What the stage that a stop is about has sent: the last one that its link sets, else the first."""
    stages = [*found.told.values()]
    named = [each for each in stages if not query.keys().isdisjoint(each["inputs"])]
    return dict((named or stages[:1])[-1])


def test_stops_are_sent_only_where_somebody_presents(opened: Any) -> None:
    quiet, presented = opened("pages/single_neuron.py"), opened("pages/single_neuron.py", present="1")
    keys = [
        [each.proto.id.rsplit("-", 1)[1] for each in at.get("bidi_component")] for at in (quiet, presented)
    ]
    assert keys == [["single_neuron"], ["single_neuron", "stops"]]
    assert not presented.warning


def test_what_a_talk_knows_of_links_to_a_lesson_is_what_their_inputs_are_called(look: Any) -> None:
    known = {name for names in ENTRIES.values() for name in names}
    assert ENTRIES.keys() == {"", *STOPS}
    assert "present" not in known
    for name, stops in STOPS.items():
        for stop in stops:
            query = dict(parse_qsl(stop.query))
            found = look(f"pages/{name}.py", **query).stages.values()
            inputs = {each for stage in found for each in (*stage.inputs, *stage.formerly)}
            assert {*query, *inputs} <= {*ENTRIES[name]}, (name, stop.name)


def test_a_talk_knows_all_that_old_links_say() -> None:
    links = json.loads(Path(__file__).with_name("old_links.json").read_text(encoding="utf-8"))["links"]
    for link in links:
        name = Path(link["page"]).stem.replace("home", "")
        assert link["query"].keys() <= {*ENTRIES[name]}, link["name"]
