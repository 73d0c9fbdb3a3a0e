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
from nn_core.networks.packed import packed, unpacked
from nn_core.networks.written import as_json, from_json
from pages.shared.numbers import percent
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


def said(at: AppTest) -> str:
    """What is refused, as it is written."""
    return "\n".join(each.value.replace("\\", "") for each in at.error)


def test_what_is_no_network_is_told_why_and_the_numbers_stand(opened: Opened) -> None:
    at = opened(PAGE, W1="1_2__3_4__5_6__7_8")
    good = as_json(dense(2, 2, 1), "")
    for text, why in [
        ("nothing", "JSON"),
        (good.replace(": 1,", ": 7,", 1), "must be written in form 1"),
        (good.replace("-0.125", "NaN", 1), "weights of layer 1 must be finite"),
        (good.replace("-0.125", "[1]", 1), "weights of layer 1 must be a list of rows"),
        (good.replace(RELU.name, "swish"), "activation of layer 1 must be one of"),
        (as_json(dense(2, 7000, 1), ""), "at most 20000 weights and biases, got 28001"),
        (as_json(noise(3, 40, 60, 1), ""), "a link has room for about 1333 weights and biases, and of"),
        (good.replace("-0.125", "1e30", 1), "weights of layer 1 must be at most 1000000000 in size"),
    ]:
        at = typed(at, text)
        assert why in said(at), (why, said(at))
        assert at.query_params["W1"] == "1_2__3_4__5_6__7_8"
        assert "scene" not in at.query_params


def noise(*sizes: int) -> Network:
    """A network whose numbers cannot be compressed."""
    rng = np.random.default_rng(1)
    layers = [Layer(rng.normal(size=each), rng.normal(size=each[1]), RELU) for each in pairwise(sizes)]
    return Network(tuple(layers))


def test_what_does_not_fit_the_walk_is_shown_as_a_whole_and_why_is_told(
    opened: Opened, messages: Any
) -> None:
    large = json.loads(as_json(dense(2, 2, 1), ""))
    large["layers"][0]["biases"][1] = 1000
    for text, why in [
        (as_json(dense(2, 7, 1), ""), "at most 6 inputs, units of a layer and outputs, got 2 → 7 → 1"),
        (as_json(dense(2, 1), ""), "one or two hidden layers, got 0"),
        (json.dumps(large), "biases of layer 1 must lie between −999 and 999, got one of size 1000"),
        (as_json(dense(2, 2, 2, 1), "").replace(RELU.name, SIGMOID.name, 1), "share one activation"),
        (as_json(dense(1, 2, 1), "").replace(IDENTITY.name, "tanh"), "its output must have"),
        (as_json(dense(7, 2, 3), ""), "at most 6 inputs"),
    ]:
        at = typed(opened(PAGE, W1="1_2__3_4__5_6__7_8"), text)
        assert not at.exception
        assert not at.error, said(at)
        told = "\n".join(each.value.replace("\\", "") for each in at.caption)
        assert why in told, (why, told)
        assert at.query_params["scene"] == "from_a_file"
        assert at.query_params["W1"] == "1_2__3_4__5_6__7_8"
        network = from_json(text)
        assert np.array_equal(
            unpacked(at.query_params["network"]).layers[0].weights, network.layers[0].weights
        )
        kinds = [key.split()[0] for key in messages(at)]
        assert kinds == {1: ["curve"], 2: ["plane"]}.get(network.n_in, [])


def test_the_picture_is_computed_from_the_file(stages: Any) -> None:
    for network, n_in in ((noise(1, 9, 3, 1), 1), (noise(2, 5, 1), 2)):
        text = packed(network)
        (shown,) = stages(PAGE, scene="from a file", network=text).values()
        first = {name: each.value for name, each in shown.inputs.items()} | {"left_out": 2.0}
        traces = {each.get("name"): each for each in shown.picture(**first).plots["data"]}
        if n_in == 1:
            x = traces["network"]["x"]
            np.testing.assert_array_equal(traces["network"]["y"], unpacked(text)(x[:, None])[:, 0])
            without = unpacked(text).layers[-1].weights.copy()
            without[1] = 0.0
            last = Layer(without, network.layers[-1].biases, RELU)
            left = Network((*unpacked(text).layers[:-1], last))
            np.testing.assert_allclose(traces["without the unit"]["y"], left(x[:, None])[:, 0], atol=1e-5)
        else:
            field, level = traces["output"], first["level"]
            grid = np.stack(np.meshgrid(field["x"], field["y"]), axis=-1).reshape(-1, 2)
            above = unpacked(text)(grid)[:, 0] > level
            assert (np.asarray(field["z"])[above] >= 127).all()
            assert (np.asarray(field["z"])[~above] <= 128).all()


def test_what_a_unit_is_worth_can_be_a_goal_and_is_what_is_told(stages: Any) -> None:
    change = "change without the unit"
    for network in (noise(1, 9, 3, 1), noise(2, 5, 1)):
        (shown,) = stages(PAGE, scene="from a file", network=packed(network)).values()
        first = {name: each.value for name, each in shown.inputs.items()}
        found = [shown.picture(**first | {"left_out": unit}) for unit in (0.0, 1.0, 2.0, 3.0)]
        assert found[0].measures[change] == 0.0 < max(each.measures[change] for each in found)
        assert [each.readouts["without the unit it changes by"] for each in found[1:]] == [
            f"{percent(each.measures[change], 1)} of its height" for each in found[1:]
        ]


def test_a_network_in_a_link_that_was_cut_is_named_and_an_example_stands(opened: Opened) -> None:
    whole = packed(noise(1, 9, 1))
    for text in (whole[:-5], "nonsense", "", "💥", packed(dense(1, 2, 1, by=1e8))):
        at = opened(PAGE, scene="from a file", network=text)
        assert not at.exception
        assert "An example stands." in "\n".join(each.value for each in at.warning), text


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
