"""Numbers far from 0 and tiny ones: what is drawn is NumPy's to a hundredth of a pixel, and ticks tell it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from nn_core.building.ways import CURVATURE_KNOTS, Plan
from nn_core.networks.activations import RELU
from nn_core.targets.curves import polyline
from nn_core.targets.samples import read_samples
from pages.scenes.approximator.closing_in import picture
from pages.shared.stage.picture import Picture
from tests.browser.conftest import Go
from tests.browser.reader import NUMBER, Reader

ADDED = "units added, %"
PLAN = Plan(CURVATURE_KNOTS, RELU)
KNOBS = {"n": 12.0, "below": "contributions", "view": "the interval"}
FARS = {
    "seconds since 1970": "1700000000:0~1700000010:1~1700000020:0.25",
    "both at a billionth": "1000000000:-1000000000~1000000000.5:-1000000001~1000000001:-1000000000.25",
    "thousandths of a millionth": "0:1000000.001~1:1000000.002~2:1000000.001",
    "tiny": "0:0~5e-16:1e-15~1e-15:3e-16",
    "years": "1990:3~1991:4~1992:3.5",
}
# The size in pixels of the area between the axes, the ends of the axes, and the words of their ticks.
PLOT = """(index) => {
  const gd = document.querySelectorAll(".js-plotly-plot")[index];
  const of = ({ _length, range }) => [_length, ...range];
  const said = ({ textContent }) => textContent.replaceAll("\u200b", "");
  const words = (tick) => [...gd.querySelectorAll(tick)].map(said);
  return [of(gd._fullLayout.xaxis), of(gd._fullLayout.yaxis), words(".xtick > text"), words(".ytick > text")];
}"""
PLAIN = re.compile(r"−?\d+(\.\d+)?(×10−?\d+)?")


def expected(data: str, added: float) -> Picture:
    samples = read_samples(data)
    target = polyline(samples.x, samples.y, "your data")
    return picture(PLAN, None, (target, 1.0), target, added=added, **KNOBS)


def assert_drawn(reader: Reader, ink: Any, shown: Picture) -> None:
    """Every curve of the picture stands where its numbers are, to the hundredth that paths are rounded to."""
    figures = shown.plots
    for index, figure in enumerate(figures):
        (width, left, right), (height, low, high), *_ = reader.page.evaluate(PLOT, index)
        for trace, drawn in zip(figure["data"], ink[index], strict=True):
            if trace["mode"] != "lines" or not drawn["lines"]:
                continue
            places = np.array([NUMBER.findall(stroke) for stroke in drawn["lines"]], dtype=object)
            found = np.array([float(each) for stroke in places for each in stroke]).reshape(-1, 2)
            x, y = trace["x"], trace["y"]
            there = np.stack(
                [(x - left) / (right - left) * width, (high - y) / (high - low) * height], axis=1
            )
            there = there[np.isfinite(there).all(axis=1)]
            assert len(found) == len(there)
            assert np.abs(found - there).max() <= 0.011


@pytest.mark.parametrize("data", FARS.values(), ids=FARS)
def test_numbers_are_drawn_where_they_are_by_plotly_and_while_a_knob_is_held(go: Go, data: str) -> None:
    reader = go(
        f"/approximator?target=your+data&data={data}&activation=ReLU&way={PLAN.way.name}&below=contributions"
    )
    first = expected(data, 100.0)
    reader.sees_picture(first)
    assert_drawn(reader, reader.ink(), first)
    for index in (0, 1):
        for words in reader.page.evaluate(PLOT, index)[2:]:
            assert len(set(words)) == len(words) >= 2
            assert all(PLAIN.fullmatch(word) for word in words), words
    reader.hold(ADDED)
    reader.until(lambda: reader.socket.messages[-1]["sweep"] is not None)
    reader.keep_frames()
    for place in (80, 60):
        added = reader.move(ADDED, place)
        reader.until(lambda at=added: bool(frame := reader.frame()) and frame.value == at)
    frame = reader.frame()
    assert frame is not None
    assert frame.light
    assert_drawn(reader, frame.ink, expected(data, added))
    reader.release()
    reader.rests()
