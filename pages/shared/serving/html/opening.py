"""The words with which a page opens, for the HTML: they are read while all else is on its way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pages.shared.serving.start import imported

HOME = "home"
TOUCHED = re.compile(r"pages\.(shared\.stage\.stage|scenes\.\w+)$")
"""The modules by which a page has a picture that can be touched."""
STRONG, EMPHASIS = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\*(.+?)\*")
SKETCH = '<div class="sp-sketched"><div><i></i><i></i><i></i></div><div class="sp-frame"></div></div>'


@dataclass(frozen=True)
class Opening:
    """What stands at the top of a page whatever a link says, as its script has it.

    title, claim: its first words; the claim is Markdown. switched: whether a switch between scenes stands
    beside the title. pictured: whether a picture follows.
    """

    title: str
    claim: str
    switched: bool
    pictured: bool

    def html(self) -> str:
        """It as HTML, with an empty frame for the picture; the style sheet has its places."""
        claim = STRONG.sub(r"<strong>\1</strong>", escape(self.claim, quote=False))
        claim = EMPHASIS.sub(r"<em>\1</em>", claim)
        kinds = f"sp-opening{' sp-switched' * self.switched}"
        return (
            f'<div class="{kinds}" aria-hidden="true"><div class="sp-menu"></div><div>'
            f"<h1>{escape(self.title)}</h1><p>{claim}</p>{SKETCH * self.pictured}</div></div>"
        )


def openings(scripts: list[Path]) -> dict[str, Opening]:
    """How the pages of these scripts open, by their addresses in the app; "" is the home page."""
    found = {script.stem: opening(script) for script in scripts}
    return {"" if name == HOME else name: each for name, each in found.items() if each}


def opening(script: Path) -> Opening | None:
    """How a page opens; None where its script does not begin with a title and a text of Markdown."""
    said = list(_said(script))
    title = next((each for each in said if each[1] == "title"), None)
    claim = next((each for each in said if each[:2] == ("st", "markdown")), None)
    if title is None or claim is None:
        return None
    pictured = any(map(TOUCHED.match, imported(script)))
    return Opening(title[2], claim[2], switched=title[0] != "st", pictured=pictured)


def _said(script: Path) -> Iterator[tuple[str, str, str]]:
    """What a script says at its top: upon whom it calls, for what, and the text."""
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        match node:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(whom), what), [ast.Constant(str() as text), *_])):
                yield whom, what, text
