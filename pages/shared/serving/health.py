"""The health page: this process answers, and how often it need not compute what was computed before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.shared.crowd.answers import Tally

ADDRESS = "/health"


def health(tallies: Callable[[], Mapping[str, Tally]]) -> Route:
    """The route to it. Anybody may read it: it counts answers, and nothing of who asked.

    For each kind of answer: hits, misses, n_kept and n_bytes as in `Tally`, and hit_rate, the share of those
    who asked and for whom the answer was there; null before anybody has asked.
    """

    def told(_request: Request) -> JSONResponse:
        figures = {kind: {**asdict(tally), "hit_rate": tally.hit_rate} for kind, tally in tallies().items()}
        return JSONResponse(figures, headers={"Cache-Control": "no-store"})

    return Route(ADDRESS, told)
