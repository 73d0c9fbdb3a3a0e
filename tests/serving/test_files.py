"""What the browser needs of the stage is named by what is in it, and plotly comes in parts where they fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from pages.shared.serving.files import AT_ONCE, BUNDLES, KINDS, PLOTLY, STAGE, Served, bundles, plotly_version
from tests.figures.examples import FIGURES

VERSION = get_plotlyjs_version()
SOLID = {"surface", "scatter3d", "mesh3d", "cone", "isosurface", "streamtube", "volume"}


def test_what_changes_has_a_new_address_and_nothing_else_has(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first, again = (Served("toy", {"a.js": tmp_path / "a.js"}) for _ in range(2))
    assert first.address == again.address
    assert first.at("a.js").startswith("files/toy-")
    (tmp_path / "a.js").write_text("2")
    assert Served("toy", {"a.js": tmp_path / "a.js"}).address != first.address
    assert Served("toy", {"b.js": tmp_path / "a.js"}).address != first.address


def part(folder: Path, name: str, version: str) -> None:
    """A part of plotly.js, as far as its first lines."""
    text = f"/**\n* plotly.js ({name} - minified) v{version}\n* Copyright 2012-2026, Plotly, Inc.\n"
    (folder / f"plotly-{name}.min.js").write_text(text)


@pytest.mark.parametrize(
    ("versions", "fits"),
    [
        ((VERSION, VERSION), True),
        ((VERSION, "0.0.1"), False),
        (("0.0.1", VERSION), False),
        ((VERSION, f"{VERSION}.1"), False),
        ((VERSION, None), False),
        ((None, None), False),
    ],
)
def test_parts_are_sent_where_both_are_of_the_packages_version_and_else_the_whole(
    tmp_path: Path, versions: tuple[str | None, ...], fits: bool
) -> None:
    for name, version in zip(KINDS.values(), versions, strict=True):
        if version:
            part(tmp_path, name, version)
    found = bundles(tmp_path)
    assert found.keys() == KINDS.keys()
    assert all(path.is_relative_to(tmp_path) == fits for path in found.values())
    if not fits:
        (whole,) = set(found.values())
        assert plotly_version(whole) == VERSION


def test_what_is_sent_is_of_the_packages_version() -> None:
    assert {plotly_version(path) for path in BUNDLES.values()} == {VERSION}
    assert {*PLOTLY.files} == {path.name for path in BUNDLES.values()}
    for path in BUNDLES.values():
        assert PLOTLY.files[path.name].read_bytes() == AT_ONCE + path.read_bytes()
    assert {"stage.js", "early.js", "stage.css"} <= STAGE.files.keys()


def test_no_figure_needs_both_parts_at_once() -> None:
    for name, figure in FIGURES.items():
        types = {trace["type"] for trace in figure()["data"]}
        assert types <= SOLID or not types & SOLID, name
        assert types & SOLID <= {"surface", "scatter3d"}, (
            "loading.js knows no other kind that stands in space"
        )
