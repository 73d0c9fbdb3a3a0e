"""The link is the state: every value that is not the default stands in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.shared.stage.inputs.input import Input


def read(inputs: Mapping[str, Input], query: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The value of every input, from the query or its default; and what was wrong in the query."""
    values, complaints = {}, []
    for name, each in inputs.items():
        if name not in query:
            values[name] = each.value
            continue
        reading = each.read(query[name])
        values[name] = reading.value
        if reading.complaint:
            complaints.append(reading.complaint)
    return values, complaints


def write(inputs: Mapping[str, Input], values: Mapping[str, Any]) -> dict[str, str]:
    """The part of the query that says these values, defaults left out."""
    return {name: each.write(values[name]) for name, each in inputs.items() if values[name] != each.value}
