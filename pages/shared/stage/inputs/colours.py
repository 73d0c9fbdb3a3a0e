"""The stage names colours by what they mean, and by no other name."""

from __future__ import annotations

from pages.shared.figures.theme import PALETTE


def require_colours(owner: str, *meanings: str) -> None:
    """Raise ValueError unless the palette has a colour of every one of these meanings."""
    unknown = [meaning for meaning in meanings if meaning not in PALETTE["light"]]
    if unknown:
        raise ValueError(
            f"{owner}: a colour must be one of {', '.join(PALETTE['light'])}, got {', '.join(unknown)}"
        )
