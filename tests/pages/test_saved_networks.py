"""A network that was saved comes back in, on the page of the forward pass, or it is said why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nn_core.networks.activations import IDENTITY, RELU, SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.networks.written import as_json, from_json
from pages.shared.stage.taking.files import taken
from tests.pages.test_files_of_lessons import shown
from tests.pages.test_lessons import BOUNDARY

Opened = Callable[..., AppTest]
FIELD = "pasted network"
PAGE = "pages/forward_pass.py"


def typed(at: AppTest, text: str) -> AppTest:
    """The page once this is pasted."""
    return at.text_area(key=FIELD).input(text).run()


def dense(*sizes: int, by: float = 0.125, f: Any = RELU) -> Network:
    """A network of these sizes; each number is a multiple of `by`."""
    layers = [
        Layer(by * np.arange(-1.0, before * after - 1).reshape(before, after), by * np.arange(after), f)
        for before, after in pairwise(sizes)
    ]
    return Network((*layers[:-1], Layer(layers[-1].weights, layers[-1].biases, IDENTITY)))


def test_a_network_of_another_size_opens_with_all_its_numbers_and_goes_out_again_the_same(
    opened: Opened, messages: Any
) -> None:
    at = typed(opened(PAGE, W1="1_2__3_4__5_6__7_8"), as_json(dense(2, 3, 2, 1), "mine"))
    assert not at.exception
    assert not at.error
    picture = messages(at)
    (walk,) = (each for key, each in picture.items() if key.startswith("forward"))
    values = walk["values"]
    assert values["activation"] == RELU.name
    for index, layer in enumerate(dense(2, 3, 2, 1).layers, 1):
        assert np.array_equal(values[f"W{index}"], layer.weights)
        assert np.array_equal(values[f"b{index}"], [layer.biases])
    assert at.query_params["inputs"] == "2"


def test_what_is_rounded_is_told(opened: Opened) -> None:
    at = typed(opened(PAGE), as_json(dense(4, 2, 1, by=1 / 3), "thirds"))
    told = "\n".join(each.value.replace("\\", "") for each in at.caption)
    assert "rounded to three decimals: none has changed by more than 3.3·10⁻⁴" in told, told


def test_a_network_that_does_not_fit_is_told_why_and_the_numbers_stand(opened: Opened) -> None:
    at = opened(PAGE, W1="1_2__3_4__5_6__7_8")
    large = json.loads(as_json(dense(2, 2, 1), ""))
    large["layers"][0]["biases"][1] = 1000
    for text, why in [
        ("nothing", "JSON"),
        (as_json(dense(2, 7, 1), ""), "at most 6 inputs, units of a layer and outputs, got 2 → 7 → 1"),
        (as_json(dense(2, 1), ""), "one or two hidden layers, got 0"),
        (json.dumps(large), "biases of layer 1 must lie between −999 and 999, got one of size 1000"),
        (as_json(dense(2, 2, 1), "").replace(": 1,", ": 7,", 1), "must be written in form 1"),
        (as_json(dense(2, 2, 1), "").replace("-0.125", "NaN", 1), "finite"),
        (as_json(dense(2, 2, 2, 1), "").replace(RELU.name, SIGMOID.name, 1), "share one activation"),
        (as_json(dense(2, 2, 1), "").replace(IDENTITY.name, "tanh"), "its output must have"),
    ]:
        at = typed(at, text)
        said = "\n".join(each.value.replace("\\", "") for each in at.error)
        assert why in said, (why, said)
        assert at.query_params["W1"] == "1_2__3_4__5_6__7_8"


@pytest.mark.parametrize(
    ("page", "query"),
    [("pages/two_neurons.py", {}), (BOUNDARY, {"network": "two hidden neurons"}), ("pages/bumps.py", {})],
)
def test_what_these_lessons_save_opens_and_computes_the_same(
    page: str, query: dict[str, str], stages: Any, opened: Opened, messages: Any
) -> None:
    key, stage = next(iter(stages(page, **query).items()))
    text = taken(shown(stage), "network.json", key)
    assert text
    network = from_json(text)
    at = typed(opened(PAGE), text)
    assert not at.error, [each.value for each in at.error]
    (walk,) = (each for key, each in messages(at).items() if key.startswith("forward"))
    back = [np.array(walk["values"][f"{part}{i}"]) for i in (1, 2) for part in "Wb"]
    was = [part for layer in network.layers for part in (layer.weights, layer.biases[None, :])]
    assert all(np.abs(one - other).max() <= 1e-12 for one, other in zip(back, was, strict=True))
