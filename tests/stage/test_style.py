"""The style asks nothing of the browser in every picture of a drag that it could ask once."""

from __future__ import annotations

import re
from pathlib import Path

import pages.shared.stage

STATIC = Path(pages.shared.stage.__file__).parent / "static"
BLOCK = re.compile(r"@media print \{\n(?:  .*\n)*\}\n")


def on_screen(style: str) -> str:
    """What of a style sheet, or of a script that writes one, is not for paper alone."""
    return BLOCK.sub("", style)


def test_no_rule_for_the_screen_asks_what_an_element_holds() -> None:
    """A browser asks `:has()` of all the page after every change: it cost half of a drag's pictures."""
    files = [*STATIC.glob("*.css"), *STATIC.glob("*.js")]
    assert {file.name for file in files if ":has(" in on_screen(file.read_text())} == set()


def test_what_is_for_paper_alone_is_told_from_what_is_for_the_screen() -> None:
    paper = "@media print {\n  .a:has(b) { top: 0; }\n}\n"
    assert on_screen(f"{paper}.c:has(d) {{ top: 0; }}\n") == ".c:has(d) { top: 0; }\n"
