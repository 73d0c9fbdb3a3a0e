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
from pages.shared.figures.axes import Figure
from pages.shared.stage.picture import Picture
from pages.shared.stage.taking.table import curves
from tests.pages.test_lessons import BOUNDARY, DESCENT, LESSONS

PAGES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    *((BOUNDARY, {"network": which}) for which in ("two hidden neurons", "trained")),
    *((DESCENT, {"scene": scene}) for scene in ("one step", "curve", "three sines", "classes")),
]
# Stages that show no network of a lesson's, but what others are, cost or do.
WITHOUT = {"plateaus", "drawing", "cost", "landscape", "look_up"}


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
        assert set(picture.files) == {"network.json", "network_numpy.py", "network_pytorch.py"}, key
        network = from_json(picture.files["network.json"]("of this page"))
        rows = printed(picture.files["network_numpy.py"]("of this page"))
        inputs, outputs = np.hsplit(rows, [network.n_in])
        np.testing.assert_allclose(outputs, network(inputs), rtol=1e-12, atol=1e-12)
        in_space = any(trace["type"] == "surface" for plot in plots_of(picture) for trace in plot["data"])
        if network.n_in == 1 or in_space:
            assert on_screen(picture, network), key
