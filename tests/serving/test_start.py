"""What the first visitor would wait for is brought when a process starts, and what lacks is said once."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from pages.shared.serving import start
from pages.shared.serving.files import BUNDLES, Served
from pages.shared.serving.start import bring, imported, tell_of_parts

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


def test_what_did_not_come_is_told_of_in_a_line_each_and_parts_that_are_there_in_none(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = next(iter(BUNDLES.values()))
    parts, one = {"flat": whole, "solid": Path("other")}, {"flat": whole, "solid": whole}
    code, none = Served("code", {whole.name: whole}), Served("code", {})
    for bundles, codes, lines in ((one, code, 1), (parts, code, 0), (parts, none, 1), (one, none, 2)):
        caplog.clear()
        monkeypatch.setattr(start, "BUNDLES", bundles)
        monkeypatch.setattr(start, "CODE", codes)
        with caplog.at_level(logging.WARNING):
            tell_of_parts()
        assert len(caplog.records) == lines
