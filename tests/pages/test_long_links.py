"""What a reader can draw, type or paste fits into a link that no program cuts, or is said to be too long."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pages.shared.stage
from nn_core.targets.samples import parse_samples, resample, write_samples
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.sketch import Sketch

LINK = Path(pages.shared.stage.__file__).parent / "static/link.js"
(LONGEST,) = (int(most) for most in re.findall(r"LONGEST = (\d+)", LINK.read_text("utf-8")))
SITE = "https://a-school-with-a-long-name.example.org/superpose/gradient_descent?"
LARGEST_CELL = -998.765
DRAWN = "target", "your drawing"


def longest(asked: Input) -> str:
    """The longest text that an input writes into a link."""
    if isinstance(asked, Matrix):
        rows, columns = asked.shape
        return asked.write(((LARGEST_CELL,) * columns,) * rows)
    if isinstance(asked, Pixels):
        return asked.write((asked.levels - 1,) * asked.count)
    if isinstance(asked, Sketch | Points):
        step = max(asked.scale.steps, key=lambda step: len(asked.scale.write(step)))
        value: Any = (step,) * asked.cells if isinstance(asked, Sketch) else ((step, step, 1),) * asked.most
        return asked.write(value)
    return max(map(asked.write, asked.steps or ()), key=len)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("two_neurons", {}),
        ("convolution", {"scene": "yours"}),
        ("approximator", dict([DRAWN])),
        ("gradient_descent", {"scene": "curve", **dict([DRAWN])}),
        ("decision_boundary", {"network": "trained", "points": "your points"}),
        ("forward_pass", {"inputs": "6", "first": "6", "second": "6", "outputs": "6"}),
    ],
)
def test_a_link_with_all_that_a_stage_can_take_is_short_enough(
    page: str, query: dict[str, str], look: Callable[..., Any]
) -> None:
    stages = look(f"pages/{page}.py", **query).stages.values()
    inputs = {name: each for stage in stages for name, each in stage.inputs.items()}
    entries = {**query, **{name: longest(each) for name, each in inputs.items()}}
    link = SITE + "&".join(f"{name}={text}" for name, text in entries.items())
    assert len(link) < LONGEST


def test_a_link_with_as_many_samples_as_are_kept_is_short_enough() -> None:
    numbers = np.random.default_rng(1).normal(size=(200, 2)) * 1e-4
    table = "\n".join(f"{x!r}, {y!r}" for x, y in numbers.tolist())
    data = write_samples(resample(parse_samples(table)))
    assert len(f"{SITE}target=your_data&data={data}") < LONGEST
