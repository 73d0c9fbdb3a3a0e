"""One palette by meaning, for light and dark.

The hues are Okabe and Ito's, which people with any common colour vision tell apart; each is darkened for
white paper or lightened for dark until it stands out by at least 3 to 1. Figures name colours by
meaning, `var(--sp-network)`; the browser puts in the value of the theme that is on.
"""

from __future__ import annotations

PALETTE: dict[str, dict[str, str]] = {
    "light": {
        "network": "#0072B2",
        "unit-1": "#C75000",
        "unit-2": "#00805E",
        "unit-3": "#A64D88",
        "weight": "#C75000",
        "bias": "#00805E",
        "input": "#A64D88",
        "target": "#3A4350",
        "error": "#8A6A00",
        "class-0": "#C2560C",
        "class-1": "#3D5BC0",
        "class-2": "#00805E",
        "ink": "#1B2430",
        "muted": "#5B6673",
        "grid": "#E3E8ED",
        "axis": "#A9B3BD",
        "paper": "#FFFFFF",
    },
    "dark": {
        "network": "#56B4E9",
        "unit-1": "#FF8A3D",
        "unit-2": "#2CC79A",
        "unit-3": "#E39AC8",
        "weight": "#FF8A3D",
        "bias": "#2CC79A",
        "input": "#E39AC8",
        "target": "#D5DCE4",
        "error": "#F0E442",
        "class-0": "#FF9D57",
        "class-1": "#8FA8FF",
        "class-2": "#2CC79A",
        "ink": "#E6EBF1",
        "muted": "#9AA7B4",
        "grid": "#262F3A",
        "axis": "#5B6875",
        "paper": "#12161C",
    },
}


def colour(meaning: str) -> str:
    """The colour of that meaning, as the browser looks it up. Raises KeyError for an unknown one."""
    if meaning not in PALETTE["light"]:
        raise KeyError(f"no colour for {meaning!r}; there are {', '.join(PALETTE['light'])}")
    return f"var(--sp-{meaning})"
