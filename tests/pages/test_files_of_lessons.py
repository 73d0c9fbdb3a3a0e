"""What a reader takes away: the network on the screen, written so that it computes what is shown."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from nn_core.networks.network import Network
from nn_core.networks.written import from_json
from pages.scenes.adversaries import live
from pages.scenes.attention import induction, recall
from pages.scenes.autoencoder import two_numbers
from pages.shared.figures.axes import Figure
from pages.shared.stage.picture import Picture
from pages.shared.stage.taking.table import curves
from tests.pages.test_lessons import ATTENTION, BOUNDARY, CODES, DESCENT, LESSONS, SEEING

PAGES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    *((BOUNDARY, {"network": which}) for which in ("two hidden neurons", "trained")),
    *((DESCENT, {"scene": scene}) for scene in ("one step", "curve", "three sines", "classes")),
]
# Pages of a network that is more than layers of the first lessons: what it says stands in the picture.
MEMORY = "pages/recurrence.py"
OF_PARTS: list[tuple[str, dict[str, str], str]] = [
    (SEEING, {"scene": "digits"}, "convolution"),
    (SEEING, {"scene": "digits"}, "dense"),
    *((SEEING, {"scene": "yours"}, name) for name in ("convolution", "dense")),
    (SEEING, {"scene": "yours"}, "convolution"),
    *((MEMORY, {"scene": scene}, "network") for scene in ("one unit", "a bit kept", "trained")),
    *((ATTENTION, {"scene": scene}, "network") for scene in ("look-up", "order")),
]
# Stages that show no network of a lesson's, but what others are, cost or do, or one of OF_PARTS.
WITHOUT = {"plateaus", "drawing", "cost", "landscape", "growth", "look_up", "one_unit"}
ENDINGS = ".json", "_numpy.py", "_pytorch.py"


def shown(stage: Any) -> Picture:
    """The picture as the page opens."""
    found: Picture = stage.picture(**{name: each.value for name, each in stage.inputs.items()})
    return found


def printed(program: str) -> np.ndarray:
    """What the program prints, a row for each input."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program", "exec"), {})
    return np.array([line.replace("->", "").split() for line in out.getvalue().splitlines()], dtype=float)


def plots_of(picture: Picture) -> Sequence[Figure]:
    """The plots, one or several."""
    return [picture.plots] if isinstance(picture.plots, dict) else picture.plots


def on_screen(picture: Picture, network: Network) -> bool:
    """Whether a curve or a surface of the picture is what the network computes, to rounding."""
    for trace in (trace for plot in plots_of(picture) for trace in plot["data"]):
        if network.n_in == 1 and trace["type"] == "scatter" and trace["mode"] == "lines":
            x, y = np.asarray(trace["x"], dtype=float), np.asarray(trace["y"], dtype=float)
        elif network.n_in == 2 and trace["type"] == "surface":
            across, up = np.meshgrid(trace["x"], trace["y"])
            x, y = np.column_stack([across.ravel(), up.ravel()]), np.asarray(trace["z"])
        else:
            continue
        there = np.isfinite(y)
        if there.any() and np.allclose(network(x.reshape(len(y), -1)[there])[:, 0], y[there], atol=1e-6):
            return True
    return False


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_the_network_on_the_screen_is_taken_away_as_programs_and_as_json(
    page: str, query: dict[str, str], stages: Any
) -> None:
    for key, stage in stages(page, **query).items():
        picture = shown(stage)
        assert all(line.count(",") >= 5 for line in curves(picture).splitlines())
        if key in WITHOUT:
            continue
        assert {f"network{ending}" for ending in ENDINGS} <= set(picture.files), key
        network = from_json(picture.files["network.json"]("of this page"))
        rows = printed(picture.files["network_numpy.py"]("of this page"))
        inputs, outputs = np.hsplit(rows, [network.n_in])
        np.testing.assert_allclose(outputs, network(inputs), rtol=1e-12, atol=1e-12)
        in_space = any(trace["type"] == "surface" for plot in plots_of(picture) for trace in plot["data"])
        if network.n_in == 1 or in_space:
            assert on_screen(picture, network), key


def numbers_in(part: Any) -> list[float]:
    """All numbers in a part of a figure."""
    if isinstance(part, dict):
        return [number for each in part.values() for number in numbers_in(each)]
    if isinstance(part, np.ndarray) and part.dtype.kind == "f":
        return [float(number) for number in part[np.isfinite(part)].ravel()]
    if isinstance(part, list | tuple):
        return [number for each in part for number in numbers_in(each)]
    return [float(part)] if isinstance(part, int | float) else []


@pytest.mark.parametrize(("page", "query", "name"), OF_PARTS)
def test_a_network_of_parts_is_taken_away_as_a_program_that_prints_the_numbers_shown(
    page: str, query: dict[str, str], name: str, stages: Any
) -> None:
    (stage,) = stages(page, **query).values()
    picture = shown(stage)
    assert {name + ending for ending in ENDINGS} <= set(picture.files)
    rows = printed(picture.files[f"{name}_numpy.py"]("of this page"))
    there = np.array([number for plot in plots_of(picture) for number in numbers_in(plot["data"])])
    away = np.abs(rows.ravel()[:, np.newaxis] - there).min(axis=1)
    assert away.max() < 1e-9


def test_the_program_of_two_heads_tells_the_letters_that_the_page_tells(stages: Any) -> None:
    for scene in (induction.BOTH, induction.SECOND):
        told = induction.Scene(induction.FIRST, scene, induction.SHARP)
        picture = induction.picture(induction.FIRST, induction.SHARP, scene)
        rows = printed(picture.files["network_numpy.py"]("of this page"))
        np.testing.assert_allclose(rows, told.chain(told.rows)[0], rtol=1e-12, atol=1e-12)
        assert np.array_equal(np.round(rows, 12).argmax(axis=1)[1:-1], told.told)


def test_the_program_of_a_head_that_has_learnt_gives_its_answers() -> None:
    picture = recall.picture(1, float(recall.STEPS))
    rows = printed(picture.files["network_numpy.py"]("of this page"))
    asked = recall.trained(1)[-1](recall.UNSEEN[: recall.PRINTED])
    np.testing.assert_allclose(rows, asked, rtol=1e-12, atol=1e-12)


def test_the_decoder_is_taken_away_with_the_point_that_is_dragged(stages: Any) -> None:
    (stage,) = stages(CODES).values()
    values = {name: each.value for name, each in stage.inputs.items()} | {"c1": 0.5, "c2": -1.0}
    (row,) = printed(stage.picture(**values).files["decoder_numpy.py"]("of this page"))
    assert row[:2].tolist() == [0.5, -1.0]
    drawn = two_numbers.autoencoder(values["kind"]).decoder(np.array([[0.5, -1.0]]))[0]
    np.testing.assert_allclose(row[2:], drawn, rtol=1e-12, atol=1e-12)


def test_a_duel_is_taken_away_as_generator_and_judge(stages: Any) -> None:
    (stage,) = stages("pages/adversaries.py", scene="live").values()
    rows = printed(shown(stage).files["duel_numpy.py"]("of this page"))
    assert rows.shape == (len(live.NOISE), 2)
    assert (np.abs(rows[:, 1] - 0.5) < 1e-12).all(), "before it has learnt, the judge gives even odds"
