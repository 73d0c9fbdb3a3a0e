"""What Python answers while something is held is compared with what is shown, number by number."""

import pytest

LIGHT = """async ([before, after]) => {
  const { differences } = await import("/light.js");
  const isNumbers = (value) => Array.isArray(value) && typeof value[0] === "number";
  const revive = (_, value) => (isNumbers(value) ? Float64Array.from(value) : value);
  return differences(...[before, after].map((each) => JSON.parse(JSON.stringify(each), revive)));
}"""
PLOT = {"data": [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], "layout": {"height": 300}}


def changed(**trace):
    return {**PLOT, "data": [{**PLOT["data"][0], **trace}]}


@pytest.mark.parametrize(
    ("after", "paths"),
    [
        ([PLOT, PLOT], []),
        ([PLOT, changed(y=[3, 5])], [["plots", 1, "data", 0, "y"]]),
        ([changed(x=[1, 2, 3]), PLOT], [["plots", 0, "data", 0, "x"]]),
        ([PLOT, changed(name="a")], [["plots", 1, "data", 0, "name"]]),
        ([PLOT, {**PLOT, "layout": {"height": 301}}], [["plots", 1, "layout"]]),
        ([{**PLOT, "data": PLOT["data"] * 2}, PLOT], [["plots", 0, "layout"]]),
        ([PLOT, PLOT, PLOT], [["plots", 2, "layout"]]),
    ],
)  # fmt: skip
def test_the_paths_of_what_differs_are_found(modules, after, paths):
    assert modules.evaluate(LIGHT, [[PLOT, PLOT], after]) == paths


ONE_MORE = """async ([plot, paths]) => {
  const { Plots } = await import("/plots.js");
  const root = document.body.appendChild(document.createElement("div"));
  const plots = new Plots(root, () => {}, () => {}, (heights) => heights);
  plots.show([plot]);
  plots.show([plot, plot], paths);
  const drawn = plots.plots.map(({ figure }) => figure?.data.length);
  plots.close();
  root.remove();
  return drawn;
}"""


def test_a_plot_that_comes_while_something_is_held_is_drawn(modules):
    paths = modules.evaluate(LIGHT, [[PLOT], [PLOT, PLOT]])
    assert modules.evaluate(ONE_MORE, [PLOT, paths]) == [1, 1]
