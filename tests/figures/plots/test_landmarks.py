"""Landmarks and the reader's network stand at the logarithms of their sizes."""

import re
from math import log10

import pytest

from nn_core.networks.costs import LANDMARKS
from pages.shared.figures.plots.counted import landmarks
from tests.figures.looking import named


@pytest.mark.parametrize("parameters", [1, 13, 13_002, 175_000_000_000, 10**13])
def test_the_readers_network_stands_at_its_logarithm_in_view(parameters: int) -> None:
    figure = landmarks.scale(LANDMARKS, parameters)
    line, point = named(figure, "your network"), named(figure, "your network's point")
    assert line["x"].tolist() == [log10(parameters)] * 2
    assert point["x"].tolist() == [log10(parameters)]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= log10(parameters) <= high


def test_landmarks_stand_at_their_logarithms_with_their_names() -> None:
    names = named(landmarks.scale(LANDMARKS, 1), "names")
    assert names["x"].tolist() == [log10(landmark.n_parameters) for landmark in LANDMARKS]
    assert all(landmark.name in told for landmark, told in zip(LANDMARKS, names["text"], strict=True))
    assert names["text"][-1] == "GPT-3, 2020: 175 billion"


def test_nothing_but_places_changes_along_the_scale() -> None:
    one, other = (landmarks.scale(LANDMARKS, count) for count in (10, 10**9))
    assert one["layout"] is other["layout"]
    assert re.sub(r"array\(\[[^]]*\]\)", "", str(one)) == re.sub(r"array\(\[[^]]*\]\)", "", str(other))
