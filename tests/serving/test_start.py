"""What the first visitor would wait for is brought when a process starts, and what lacks is said once."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from pages.shared.serving import start
from pages.shared.serving.files import BUNDLES
from pages.shared.serving.start import bring, imported, tell_of_plotly

SCRIPT = """
import zipimport
from wsgiref import util
from nowhere.at_all import nothing
if True:
    import antigravity
"""


def test_what_a_script_imports_at_its_top_is_there_before_it_runs(tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    assert imported(script) == {"zipimport", "wsgiref", "nowhere.at_all"}
    sys.modules.pop("wsgiref", None)
    bring([script])
    assert "wsgiref" in sys.modules
    assert "antigravity" not in sys.modules


def test_a_whole_plotly_is_told_of_in_one_line_and_parts_in_none(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = next(iter(BUNDLES.values()))
    for found, lines in (({"flat": whole, "solid": whole}, 1), ({"flat": whole, "solid": Path("other")}, 0)):
        caplog.clear()
        monkeypatch.setattr(start, "BUNDLES", found)
        with caplog.at_level(logging.WARNING):
            tell_of_plotly()
        assert len(caplog.records) == lines
