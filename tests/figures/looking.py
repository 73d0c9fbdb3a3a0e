"""How the tests look at figures and markup: by name, as it is coloured, as it reads."""

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import PALETTE

# ---- figures ------------------------------------------------------------------------------------------


def coloured(part: Any, theme: str) -> Any:
    """Plain data as the browser draws it: every var(--sp-name) is the theme's colour of that name."""
    if isinstance(part, str):
        return re.sub(r"var\(--sp-([\w-]+)\)", lambda found: PALETTE[theme][found[1]], part)
    if isinstance(part, dict):
        return {key: coloured(value, theme) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [coloured(value, theme) for value in part]
    return part


def drawn_lines(figure: Figure) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines"]


def named(figure: Figure, name: str) -> dict[str, Any]:
    (trace,) = every(figure, name)
    return trace


def every(figure: Figure, name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def labels_of(figure: Figure) -> dict[str, float]:
    """The names beside the right ends of the curves, and how high they stand."""
    (labels,) = [trace for trace in figure["data"] if trace["mode"] == "text"]
    names = [text.strip() for text in labels["text"]]
    return dict(zip(names, labels["y"].tolist(), strict=True))


def form(part: Any) -> str:
    """Plain data without its arrays' numbers, but with what they are."""
    return json.dumps(part, default=lambda array: [str(array.dtype), *array.shape])


def meanings_of(part: Any) -> set[str]:
    """The meanings whose colours plain data names."""
    return set(re.findall(r"var\(--sp-([\w-]+)\)", json.dumps(part, default=np.shape)))


# ---- markup -------------------------------------------------------------------------------------------


def root_of(markup: Markup) -> ET.Element:
    """The markup as the browser reads it: the content of a panel."""
    return ET.fromstring(f"<div>{markup.html}</div>")


def filled(markup: Markup) -> ET.Element:
    """The markup as it is shown: every slot has taken what is said of it."""
    root = root_of(markup)
    for element in root.iter():
        for attribute, value in markup.slots.get(element.get("data-slot", ""), {}).items():
            if attribute == "text":
                element.text = str(value)
            else:
                element.set(attribute, str(value))
    return root


def places_of(markup: Markup) -> list[str]:
    """The names of the slots for which the markup has a place, in their order."""
    return [each.get("data-slot", "") for each in root_of(markup).iter() if each.get("data-slot")]


def said(markup: Markup, slot: str) -> str:
    """What a slot says."""
    return str(markup.slots[slot]["text"])
