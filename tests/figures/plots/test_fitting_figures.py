"""What is learnt is drawn as it is: curves, contributions and seeds."""

import numpy as np
import plotly.graph_objects as go

from pages.shared.figures.axes import axis
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.traces import joined
from tests.figures.looking import named

X = np.linspace(-1.0, 3.0, 31)
FRAME = Frame((-1.0, 3.0), (-1.0, 3.0), (-2.0, 2.0))
BUILT, TARGET, NETWORK = np.sin(X), np.cos(X), 0.5 * X


def test_target_network_and_the_one_built_by_hand_stand_over_the_same_x():
    figure = fitting.learnt(X, TARGET, NETWORK, BUILT, FRAME)
    for name, values in (("target", TARGET), ("trained", NETWORK), ("by hand", BUILT)):
        trace = named(figure, name)
        assert trace["x"].tolist() == X.tolist()
        assert trace["y"].tolist() == values.tolist()
    assert figure["layout"]["xaxis"]["range"] == [-1.0, 3.0]
    assert figure["layout"]["yaxis"]["range"] == [-2.0, 2.0]
    assert len({each["line"]["color"] for each in figure["data"][:3]}) == 3


def test_names_stand_at_the_last_heights_that_there_are():
    gap = np.where(X > 2.0, np.nan, TARGET)
    labels = fitting.learnt(X, gap, NETWORK, BUILT, FRAME)["data"][-1]
    heights = dict(zip((text.strip() for text in labels["text"]), labels["y"], strict=True))
    assert heights["target"] < heights["by hand"] < heights["trained"]


def test_contributions_and_seeds_are_lines_with_gaps_between_them():
    parts = joined(np.broadcast_to(X, (3, 31)), np.array([TARGET, NETWORK, BUILT]), 3)
    for figure in (
        fitting.contributions(parts, FRAME, "one line a hidden unit"),
        fitting.many(X, TARGET, parts, BUILT, FRAME),
    ):
        heights = figure["data"][0]["y"].reshape(3, 32)
        assert np.isnan(heights[:, -1]).all()
        assert heights[:, :-1].tolist() == [TARGET.tolist(), NETWORK.tolist(), BUILT.tolist()]


def test_the_spread_shows_every_seed_beside_the_level_of_the_one_built_by_hand():
    errors = np.array([0.2, 0.05, 0.4])
    figure = fitting.spread_of_seeds([4, 5, 6], errors, 0.01, (-3.0, 0.0))
    dots, level = named(figure, "a seed"), named(figure, "by hand")
    assert dots["x"].tolist() == [4, 5, 6]
    assert dots["y"].tolist() == errors.tolist()
    assert level["y"].tolist() == [0.01, 0.01]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 4
    assert high > 6


def test_every_figure_is_valid_plotly():
    parts = joined(np.broadcast_to(X, (2, 31)), np.array([TARGET, BUILT]), 2)
    for figure in (
        fitting.learnt(X, TARGET, NETWORK, BUILT, FRAME),
        fitting.contributions(parts, FRAME, ""),
        fitting.many(X, TARGET, parts, BUILT, FRAME),
        fitting.spread_of_seeds([1, 2], np.array([0.1, 0.2]), 0.01, (-3.0, 0.0)),
    ):
        plain = {"data": figure["data"], "layout": {}}
        assert len(go.Figure(plain, skip_invalid=True).data) == len(figure["data"])


def test_shares_learnt_are_drawn_in_percent_each_in_its_own_dash_and_named_at_its_end() -> None:
    shares = np.array([[0.0, 0.1, np.nan], [1.0, 0.5, np.nan]])
    across = axis("iteration", 0.0, 1.0)
    figure = fitting.learnt_shares(np.arange(2.0), shares, ("a", "b", "c"), (1.0, shares[1]), across)
    slow, middle, gone, now, names = figure["data"]
    assert (slow["y"].tolist(), middle["y"].tolist()) == ([0.0, 100.0], [10.0, 50.0])
    assert len({each["line"]["dash"] for each in (slow, middle, gone)}) == 3
    assert (now["x"].tolist(), now["y"][:2].tolist()) == ([1.0] * 3, [100.0, 50.0])
    assert [each.strip() for each in names["text"]] == ["a", "b", "c"]


def test_what_follows_a_target_is_drawn_over_it_under_its_name() -> None:
    target, film, names = fitting.followed(X, TARGET, ("the film", NETWORK, "error"), FRAME)["data"]
    assert (target["y"].tolist(), film["y"].tolist()) == (TARGET.tolist(), NETWORK.tolist())
    assert [each.strip() for each in names["text"]] == ["target", "the film"]
