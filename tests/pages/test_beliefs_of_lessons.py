"""What many believe stands as a card in the lesson that answers it, and the picture decides."""

from __future__ import annotations

from typing import Any

import pytest

from pages.shared.asking import beliefs
from pages.shared.stage.stage import Card

TRAINED = {"network": "trained"}
FORWARD = "pages/forward_pass.py"
# The page on which it stands, and what its reader sets besides pressing the button.
STANDS: dict[str, tuple[str, dict[str, str], str, dict[str, Any]]] = {
    "STORES": ("pages/decision_boundary.py", TRAINED, "trained", {}),
    "PROGRAMMED": ("pages/decision_boundary.py", TRAINED, "trained", {}),
    "OVERFITS": ("pages/decision_boundary.py", TRAINED, "trained", {}),
    "GOES_ON": (FORWARD, {}, "forward 4 2 1", {"x": ((2.0, 5.0, 7.0, 9.0),)}),
    "EXACT": ("pages/approximator.py", {}, "approximator", {}),
    "LAYERS": ("pages/nonlinearity.py", {"layers": "3"}, "nonlinearity", {}),
    "SHIFTED": ("pages/convolution.py", {"scene": "digits"}, "digits", {}),
    "REPEATS": ("pages/autoencoder.py", {}, "two_numbers", {}),
    "EXPLAINS": ("pages/attention.py", {"scene": "recall", "seed": "2"}, "recall", {}),
    "EXPLODES": ("pages/recurrence.py", {"scene": "a_bit_kept"}, "kept", {}),
    "NEARER": ("pages/adversaries.py", {"scene": "live"}, "duel", {}),
    "FOUND": ("pages/gradient_descent.py", {"scene": "curve"}, "fitting", {}),
}


def first(shown: Any) -> dict[str, Any]:
    return {name: each.value for name, each in shown.inputs.items()}


def test_every_belief_of_the_list_stands_in_a_lesson() -> None:
    assert STANDS.keys() == {name for name, each in vars(beliefs).items() if isinstance(each, Card)}


@pytest.mark.parametrize(
    "name",
    [name for name in STANDS if STANDS[name][1] != TRAINED],
)
def test_the_picture_contradicts_it_once_the_reader_has_done_what_the_card_says(
    name: str, stages: Any
) -> None:
    contradicts(name, stages)


@pytest.mark.parametrize("name", [name for name in STANDS if STANDS[name][1] == TRAINED])
def test_a_whole_training_contradicts_what_is_believed_of_it(
    name: str, stages: Any, whole_trainings: None
) -> None:
    contradicts(name, stages)


def contradicts(name: str, stages: Any) -> None:
    """Check that the belief stands until its button is pressed, and no longer."""
    page, query, key, done = STANDS[name]
    shown, belief = stages(page, **query)[key], getattr(beliefs, name)
    (card,) = [each for each in shown.cards if each.label == belief.label]
    before = shown.picture(**first(shown)).tasks[card.label]
    after = shown.picture(**{**first(shown), **card.values, **done}).tasks[card.label]
    assert after.done, after.says
    assert name == "LAYERS" or not before.done, before.says


def test_one_layer_less_is_no_answer_to_who_trusts_in_layers(stages: Any) -> None:
    shown = stages("pages/nonlinearity.py")["nonlinearity"]
    assert not shown.picture(**first(shown)).tasks[beliefs.LAYERS.label].done
    bent = stages("pages/nonlinearity.py", layers="3")["nonlinearity"]
    assert not bent.picture(**first(bent) | {"alpha": 0.5}).tasks[beliefs.LAYERS.label].done


def test_a_forward_pass_that_nobody_has_asked_for_shows_nothing_of_learning(stages: Any) -> None:
    shown = stages(FORWARD)["forward 4 2 1"]
    ended = first(shown) | {"step": 16.0}
    assert not shown.picture(**ended).tasks[beliefs.GOES_ON.label].done
