"""The autoencoders that are shipped are those that were trained, and what is printed of them is so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nn_core.families.autoencoders import least_straight_error
from pages.scenes.autoencoder import models, price, straight, two_numbers
from pages.shared.trainings import trained

pytestmark = pytest.mark.xdist_group("pages/autoencoder.py")
MOST_BYTES = 150_000


def test_the_weights_that_are_shipped_reach_what_was_measured_of_their_seed() -> None:
    kept = models.learnt()
    assert models.FILE.stat().st_size <= MOST_BYTES
    assert models.error(kept.bent(models.kept_back()), models.kept_back()) == pytest.approx(
        float(kept.bent_errors[0]), rel=0.005
    )
    for place, model in enumerate(kept.variational):
        found, measured = np.array(models.measured(model)), kept.measures[:, place, 0]
        assert found == pytest.approx(measured, rel=0.01, abs=5e-4), models.BETAS[place]


def test_training_begins_where_the_shipped_ones_have_begun_and_lowers_the_loss() -> None:
    losses = trained(models.Bent(models.SHOWN, 60, 60)).losses
    assert losses[-1] < 0.5 * losses[0]


def test_the_bent_one_trained_anew_dives_below_what_any_plane_can_reach() -> None:
    course = models.Bent(models.SHOWN, straight.ITERATIONS, straight.KEEP)
    shown = straight.picture(course, float(straight.ITERATIONS), 1.0, straight.SAME)
    assert shown.measures["error"] < 0.7 * straight.floors()[-1]
    assert shown.readouts["angle between the planes"] is None
    asked = shown.tasks[straight.WHERE.label]
    assert asked.done
    assert asked.says.startswith("This one is bent")


def test_the_choice_of_layers_stands_in_the_link(opened: Any) -> None:
    at = opened("pages/autoencoder.py", scene="linear", layers=straight.BENT)
    assert not at.exception
    assert not at.warning


def test_of_every_seed_the_bent_one_beats_the_linear_one_which_is_principal_components() -> None:
    linear = models.error(models.straight()(models.learnt_from()), models.learnt_from())
    assert linear == pytest.approx(least_straight_error(models.learnt_from(), 2), abs=1e-12)
    errors = models.learnt().bent_errors
    assert errors.shape == (20,)
    assert errors.max() < 0.75 * two_numbers.error(two_numbers.STRAIGHT)
    assert [round(float(each), 4) for each in (errors.mean(), errors.min(), errors.max())] == [
        0.0366,
        0.0348,
        0.0384,
    ]


def test_the_linear_one_ends_at_principal_components_and_never_below() -> None:
    losses = trained(straight.course(1)).losses
    assert np.all(losses > straight.floors()[-1])
    assert losses[-1] < 1.001 * straight.floors()[-1]
    assert np.all(np.diff(losses) < 0)


def test_a_training_that_was_stopped_is_shown_as_far_as_it_came_and_its_question_is_told_what_is_proven() -> (
    None
):
    whole = straight.course(1)
    stopped = replace(whole, iterations=200)
    shown = straight.picture(stopped, 1500.0, 1.0, straight.STUCK)
    assert shown.measures["iteration"] == 200.0
    told = shown.tasks[straight.WHERE.label]
    assert not told.done
    assert told.says.startswith("Stopped at 200")
    assert straight.picture(stopped, 0.0, 1.0, straight.SAME).tasks[straight.WHERE.label].done


def test_every_seed_falls_off_the_cliff_between_2_and_3_and_says_nothing_at_the_end() -> None:
    error, nats, apart = models.learnt().measures
    at = {beta: place for place, beta in enumerate(models.BETAS)}
    assert nats[at[2.0]].min() > 0.3
    assert nats[at[3.0]].max() < 0.1
    assert nats[-1].max() < 0.005
    assert apart[-1].max() < 1e-4
    mean = models.error(models.mean_picture(), models.kept_back())
    assert error[-1] == pytest.approx(np.full(20, mean), rel=0.01)


def test_what_the_words_print_of_the_price_is_what_was_measured() -> None:
    error, nats, apart = models.learnt().measures.mean(axis=2)
    assert [round(float(each), 3) for each in apart[:2]] == [0.022, 0.031]
    at = {beta: place for place, beta in enumerate(models.BETAS)}
    told = [round(float(nats[at[beta]]), 1) for beta in (0.0, 1.0, 2.0, 2.5)]
    assert told == [40.5, 2.2, 0.8, 0.2]
    assert [round(float(error[at[beta]]), 3) for beta in (0.0, 1.0)] == [0.038, 0.042]
    assert round(price.turn(), 2) == 3.33
    assert all(f"{number} nats" in price.WHAT + price.WHY for number in (40.5, 2.2, 0.8))


@pytest.mark.parametrize(
    "query", [{"c1": "9", "scene": "variational"}, {"beta": "-1", "scene": "variational"}]
)
def test_a_number_out_of_reach_is_named_and_the_nearest_stands(query: dict[str, str], opened: Any) -> None:
    at = opened("pages/autoencoder.py", **query)
    assert not at.exception
    (warning,) = at.warning
    assert "is outside" in warning.value
