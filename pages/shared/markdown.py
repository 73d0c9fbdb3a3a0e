"""Words that came from outside are shown as they are, whatever Markdown would make of them."""

from __future__ import annotations

import re


def literal(text: str) -> str:
    """The text for Markdown to show as it is: every ASCII sign is escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
