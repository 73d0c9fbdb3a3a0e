"""Why nonlinear: at α = 0 every network is one linear layer, at α = 1 all points are on their side."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.networks.network import Network
from pages.shared.numbers import signed
from pages.shared.stage.picture import Picture
from pages.shared.trainings import trained

PAGE = "pages/nonlinearity.py"
pytestmark = pytest.mark.xdist_group(PAGE)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0.0),
    "sine": np.sin,
}
MODES = [{"activation": name, "layers": depth} for name in FUNCTIONS for depth in "123"]
PRODUCTS = ["W₁", "W₁W₂", "W₁W₂W₃", "W₁W₂W₃W₄"]
APART = "difference from one linear layer"
ALL_RIGHT = "All points on their side."
SIDE = "points on their side"
GRID = 49
some = settings(max_examples=45, phases=[Phase.generate])

each_mode = pytest.mark.parametrize("mode", MODES, ids=[" ".join(mode.values()) for mode in MODES])


@pytest.fixture(scope="module")
def bent(stages: Any) -> Callable[..., Picture]:
    """The page's picture in a mode, at some α."""

    def picture(mode: dict[str, str], alpha: float) -> Picture:
        found: Picture = stages(PAGE, **mode)["nonlinearity"].picture(alpha=alpha)
        return found

    return picture


@pytest.fixture(scope="module")
def weights(stages: Any) -> Callable[..., Network]:
    """The trained network that the page shows in a mode, at α = 1."""

    def network(mode: dict[str, str]) -> Network:
        (course,) = stages(PAGE, **mode)["nonlinearity"].picture.args
        assert [layer.activation.name for layer in trained(course).networks[-1].layers] == [
            *[mode["activation"]] * int(mode["layers"]),
            "identity",
        ]
        return trained(course).networks[-1]

    return network


def logits(network: Network, name: str, alpha: float, samples: Any) -> Any:
    """The formula on the page: hidden units have (1 - α) z + α f(z), and the output none."""
    *hidden, output = network.layers
    a = samples
    for layer in hidden:
        z = a @ layer.weights + layer.biases
        a = (1 - alpha) * z + alpha * FUNCTIONS[name](z)
    return (a @ output.weights + output.biases)[:, 0]


def trace(picture: Picture, name: str, plot: int) -> Any:
    assert not isinstance(picture.plots, dict)
    return next(each for each in picture.plots[plot]["data"] if each.get("name") == name)


def shown_points(picture: Picture) -> tuple[Any, Any]:
    """The points drawn, and the class that each is drawn as."""
    parts = [trace(picture, f"class {kind}", 1) for kind in (0, 1)]
    places = [np.column_stack([part["x"], part["y"]]) for part in parts]
    return np.vstack(places), np.repeat([0, 1], [len(place) for place in places])


def in_view() -> Any:
    ticks = np.linspace(-1.2, 1.2, GRID)
    across, up = np.meshgrid(ticks, ticks)
    return np.column_stack([across.ravel(), up.ravel()])


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"[+−]\d+\.\d+", text)]


def matrix(latex: str) -> Any:
    (rows,) = re.findall(r"\\begin{pmatrix}(.*)\\end{pmatrix}", latex)
    return np.array([numbers(row) for row in rows.split(r"\\")])


# ---- one linear layer -----------------------------------------------------------------------------


@each_mode
def test_without_a_nonlinearity_every_network_is_one_straight_line(
    mode: dict[str, str], bent: Any, weights: Any
) -> None:
    picture, network = bent(mode, 0.0), weights(mode)
    curve = trace(picture, "network", 0)
    assert np.diff(curve["y"], 2) == pytest.approx(np.zeros(GRID - 2), abs=1e-10)
    assert curve["y"] == pytest.approx(trace(picture, "linear layers", 0)["y"], abs=1e-10)
    assert curve["y"] == pytest.approx(
        logits(network, mode["activation"], 0.0, np.column_stack([curve["x"], 0.0 * curve["x"]])), abs=1e-10
    )
    assert picture.readouts[APART] == "0, up to rounding"


@each_mode
def test_without_a_nonlinearity_the_boundary_is_one_straight_line_in_view(
    mode: dict[str, str], bent: Any, weights: Any
) -> None:
    boundary = trace(bent(mode, 0.0), "decision boundary", 1)
    there = np.isfinite(boundary["x"])
    places = np.column_stack([boundary["x"], boundary["y"]])[there]
    assert len(places) >= 2
    network = weights(mode)
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    at_origin, at_x, at_y = logits(network, mode["activation"], 0.0, corners)
    normal = np.array([at_x, at_y]) - at_origin
    distances = (places @ normal + at_origin) / np.hypot(*normal)
    assert distances == pytest.approx(np.zeros(len(places)), abs=1e-6)
    assert np.ptp(places, axis=0).max() > 1.0


@each_mode
def test_with_its_whole_nonlinearity_every_network_has_all_points_on_their_side(
    mode: dict[str, str], bent: Any, weights: Any
) -> None:
    picture = bent(mode, 1.0)
    places, kinds = shown_points(picture)
    told = logits(weights(mode), mode["activation"], 1.0, places)
    assert np.array_equal(told > 0, kinds == 1)
    assert picture.readouts[SIDE] == f"{len(kinds)} of {len(kinds)}"
    assert picture.tasks[ALL_RIGHT].done
    assert picture.readouts[APART] != "0, up to rounding"


@each_mode
def test_no_straight_line_of_these_has_all_points_on_their_side(mode: dict[str, str], bent: Any) -> None:
    picture = bent(mode, 0.0)
    assert not picture.tasks[ALL_RIGHT].done
    right, n = map(int, re.findall(r"\d+", str(picture.readouts[SIDE])))
    assert n / 2 < right < n


# ---- in between -----------------------------------------------------------------------------------


@some
@given(mode=st.sampled_from(MODES), percent=st.integers(0, 100))
def test_the_picture_is_that_of_the_same_weights_with_mixed_activations(
    mode: dict[str, str], percent: int, bent: Any, weights: Any
) -> None:
    alpha, name, network = percent / 100, mode["activation"], weights(mode)
    picture = bent(mode, alpha)
    curve = trace(picture, "network", 0)
    middle = np.column_stack([curve["x"], np.zeros(GRID)])
    assert curve["y"] == pytest.approx(logits(network, name, alpha, middle), abs=1e-9)
    seen = logits(network, name, alpha, in_view())
    shades = trace(picture, "field", 1)["z"] / 255
    assert shades == pytest.approx(0.5 * (1 + np.tanh(seen / 2)), abs=0.51 / 255)
    places, kinds = shown_points(picture)
    right = np.where(kinds == 1, 1, -1) * logits(network, name, alpha, places) > 0
    assert picture.readouts[SIDE] == f"{right.sum()} of {len(kinds)}"
    assert picture.tasks[ALL_RIGHT].done == bool(right.all())
    apart = np.abs(seen - logits(network, name, 0.0, in_view())).max()
    if alpha:
        assert float(str(picture.readouts[APART])) == pytest.approx(apart, abs=6e-5)


@each_mode
def test_the_dashed_line_and_the_axes_stand_still_and_hold_every_curve(
    mode: dict[str, str], bent: Any
) -> None:
    pictures = [bent(mode, alpha) for alpha in np.linspace(0.0, 1.0, 11).round(2)]
    dashed = [trace(picture, "linear layers", 0)["y"].tolist() for picture in pictures]
    assert all(each == dashed[0] for each in dashed)
    ranges = [picture.plots[0]["layout"]["yaxis"]["range"] for picture in pictures]
    assert all(each == ranges[0] for each in ranges)
    low, high = ranges[0]
    for picture in pictures:
        assert low < trace(picture, "network", 0)["y"].min()
        assert trace(picture, "network", 0)["y"].max() < high


def test_the_points_are_the_same_for_every_activation_depth_and_share(bent: Any, stages: Any) -> None:
    (course,) = stages(PAGE)["nonlinearity"].picture.args
    dataset, _ = course.source.datasets()
    for mode in MODES:
        for alpha in (0.0, 0.5, 1.0):
            places, kinds = shown_points(bent(mode, alpha))
            assert len(places) == dataset.n
            assert {(*place, kind) for place, kind in zip(places.tolist(), kinds, strict=True)} == {
                (*place, kind) for place, kind in zip(dataset.points.tolist(), dataset.labels, strict=True)
            }


# ---- the product of the matrices ------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("activation", FUNCTIONS)
def test_the_products_told_are_the_real_products(
    activation: str, depth: int, opened: Any, weights: Any
) -> None:
    mode = {"activation": activation, "layers": str(depth)}
    factors = [layer.weights for layer in weights(mode).layers]
    for step, name in enumerate(PRODUCTS[: depth + 1]):
        at = opened(PAGE, **mode, product=name)
        assert not at.exception
        assert not at.warning
        told = [each.value for each in at.latex if "pmatrix" in each.value]
        product = factors[0]
        for factor in factors[1 : step + 1]:
            product = product @ factor
        expected = [product, *factors[step + 1 :]]
        assert len(told) == len(expected)
        for latex, exact in zip(told, expected, strict=True):
            assert matrix(latex) == pytest.approx(exact, abs=0.00501)
        names = [latex.split("=")[0].strip("$\n ") for latex in told]
        first = " ".join(f"W_{{{index}}}" for index in range(1, step + 2))
        assert names == [first, *(f"W_{{{index}}}" for index in range(step + 2, depth + 2))]


@each_mode
def test_the_first_entry_is_told_as_the_sum_that_it_is(
    mode: dict[str, str], opened: Any, weights: Any
) -> None:
    first, second, *_ = (layer.weights for layer in weights(mode).layers)
    at = opened(PAGE, **mode, product=PRODUCTS[1])
    (told,) = [each.value for each in at.latex if "_{11}" in each.value]
    *factors, total = numbers(told)
    pairs = np.array(factors).reshape(-1, 2)
    assert pairs == pytest.approx(np.column_stack([first[0], second[:, 0]]), abs=0.00501)
    assert total == pytest.approx(first[0] @ second[:, 0], abs=0.00501)


@each_mode
def test_when_all_is_multiplied_one_layer_is_left(mode: dict[str, str], opened: Any, weights: Any) -> None:
    network, depth = weights(mode), int(mode["layers"])
    at = opened(PAGE, **mode, product=PRODUCTS[depth])
    (said,) = [each.value for each in at.markdown if each.value.startswith("One layer is left:")]
    (exactly,) = [each.value for each in at.markdown if each.value.startswith("On the grid of 49")]
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    bias, at_x, at_y = logits(network, mode["activation"], 0.0, corners)
    assert f"**{signed(at_x - bias)} x₁ {signed(at_y - bias)} x₂ {signed(bias)}**" in said
    stack = sum(layer.weights.size + layer.biases.size for layer in network.layers)
    assert "It has 3 <span" in said
    assert f"the stack has {stack}; both give the same logits." in said
    (difference,) = re.findall(r"differ by at most (\S+):", exactly)
    assert difference == "0.0000" or re.fullmatch(r"\d\.\d·10⁻¹[³⁴⁵⁶⁷⁸⁹]", difference)


@each_mode
def test_before_that_it_is_not_told(mode: dict[str, str], opened: Any) -> None:
    at = opened(PAGE, **mode, product=PRODUCTS[0])
    assert not [each for each in at.markdown if each.value.startswith("One layer is left:")]


def test_a_product_of_more_layers_than_there_are_is_named(opened: Any) -> None:
    at = opened(PAGE, layers="1", product=PRODUCTS[3])
    assert not at.exception
    assert "W₁W₂W₃W₄" in at.warning[0].value
    assert "is not one of W₁, W₁W₂" in at.warning[0].value.replace("\\", "")
