"""The stage: a picture that follows the reader's hand.

The browser asks for sweeps and single pictures while a knob is held; when it is let go the value is
committed: it goes into the link. Every request is one run of the page, and there is one at a time. It is
no fragment: after a restart a server knows no fragments, but it can always run a page.
"""

from __future__ import annotations

import functools
import hashlib
import math
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared.figures.theme import PALETTE
from pages.shared.markdown import literal
from pages.shared.stage import links, wire
from pages.shared.stage.component import mount
from pages.shared.stage.entrance import through_app
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.sweep import Draw, frame, sweep

Move = Callable[[Mapping[str, Any], float, float], Mapping[str, Any]]


@dataclass(frozen=True)
class Preset:
    """A button that sets several inputs at once: a label, and the values by name."""

    label: str
    values: Mapping[str, Any]


def stage(
    key: str,
    picture: Draw,
    *,
    presets: Sequence[Preset] = (),
    grips: Mapping[str, Move] | None = None,
    **inputs: Input,
) -> dict[str, Any]:
    """Show `picture` with its inputs, and return the committed values by name.

    key: unique on the page. picture: a function of the inputs' values that returns a Picture; whatever
    else it needs is bound with functools.partial, so that the stage sees when that changes.
    grips: for the name of each `Grip` of the picture, from the values and the place where it was dragged to,
    the values that change.
    The values live in the link: a bad one there is named in a warning and the default stands.
    Raises ValueError where the picture closes over variables.
    """
    through_app()
    request = _new_request(key)
    asked = _asked(inputs, request, grips or {}) if request else None
    if asked and request.get("commit"):
        _write_link(inputs, asked)
    committed, complaints = links.read(inputs, st.query_params)
    for complaint in complaints:
        st.warning(literal(complaint))
    shown = asked or committed
    message = {
        "palette": PALETTE,
        "inputs": {name: each.spec() for name, each in inputs.items()},
        "presets": [vars(preset) for preset in presets],
        "identity": _identity(picture),
        "reply": st.session_state.get(f"{key} reply"),
        "committed": committed,
        "values": shown,
        "picture": frame(picture, shown),
        "sweep": _sweep(picture, shown, request.get("sweep"), inputs),
    }
    mount(key=key, data=wire.pack(message))
    return committed


def linked(**inputs: Input) -> dict[str, Any]:
    """The inputs' values as the link has them, before the stage takes what was let go in this run."""
    return links.read(inputs, st.query_params)[0]


def _new_request(key: str) -> dict[str, Any]:
    """What the browser asks for in this run; empty where it was answered before or nothing is asked."""
    request = (st.session_state.get(key) or {}).get("request")
    if not isinstance(request, dict) or not isinstance(request.get("values"), dict):
        return {}
    if request.get("id") == st.session_state.get(f"{key} reply"):
        return {}
    st.session_state[f"{key} reply"] = request.get("id")
    return request


def _sweep(
    picture: Draw, values: Mapping[str, Any], name: object, inputs: Mapping[str, Input]
) -> dict[str, Any] | None:
    moved = inputs.get(name) if isinstance(name, str) else None
    if not isinstance(name, str) or moved is None or not isinstance(moved, Knob | Choice):
        return None
    return sweep(picture, values, name, moved)


def _asked(
    inputs: Mapping[str, Input], request: Mapping[str, Any], grips: Mapping[str, Move]
) -> dict[str, Any]:
    """The values that the browser asks for, and what the grip that was dragged makes of them."""
    values = links.read(inputs, request["values"])[0]
    grip = request.get("grip")
    name = grip.get("name") if isinstance(grip, dict) else None
    if not isinstance(grip, dict) or not isinstance(name, str) or name not in grips:
        return values
    x, y = _coordinate(grip.get("x")), _coordinate(grip.get("y"))
    if not (math.isfinite(x) and math.isfinite(y)):
        return values
    changed = grips[name](values, x, y)
    return values | {name: inputs[name].read(value).value for name, value in changed.items()}


def _coordinate(given: object) -> float:
    """A number of the browser's; NaN where it is none, or too large for a float."""
    try:
        return float(given) if isinstance(given, int | float) else math.nan
    except OverflowError:
        return math.nan


def _write_link(inputs: Mapping[str, Input], values: Mapping[str, Any]) -> None:
    """Put the values into the link, and touch nothing in it that is not ours."""
    ours = links.write(inputs, values)
    for name in inputs:
        if name in st.query_params and name not in ours:
            del st.query_params[name]
    st.query_params.update({name: text for name, text in ours.items() if st.query_params.get(name) != text})


def _identity(picture: Draw) -> str:
    """A short name for the picture and all that is bound to it: sweeps of another one are out of date."""
    bound = picture if isinstance(picture, functools.partial) else functools.partial(picture)
    function = bound.func
    if getattr(function, "__closure__", None):
        raise ValueError(f"{function.__qualname__} closes over variables; bind them with functools.partial")
    content = pickle.dumps((function.__module__, function.__qualname__, bound.args, bound.keywords))
    return hashlib.sha256(content).hexdigest()[:16]
