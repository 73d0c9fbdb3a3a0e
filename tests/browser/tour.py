"""A tour of every page and scene, in one window that changes its size."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from pages.shared.glossary.terms import TERMS
from pages.shared.stage.assigning.assignment import Assignment, Goal, written
from tests.browser import axe
from tests.browser.reader import DRAWN, Reader
from tests.browser.server import Server

# Each is opened twice in a whole run, once at a desk and once on a phone, and seen there by all who look.
PAGES = [
    "/", "/single_neuron", "/two_neurons", "/bumps", "/approximator?below=network", "/nonlinearity",
    "/approximator?target=your+formula", "/approximator?target=your+data", "/decision_boundary",
    "/decision_boundary?network=two+hidden+neurons", "/decision_boundary?network=trained",
    "/decision_boundary?network=trained&points=your+points", "/towers",
    "/forward_pass", "/forward_pass?scene=from+a+file", "/gradient_descent",
    "/gradient_descent?scene=landscape",
    "/gradient_descent?scene=one+step", "/gradient_descent?scene=curve", "/gradient_descent?scene=classes",
    "/gradient_descent?scene=three+sines",
    "/depth", "/depth?scene=folds", "/depth?scene=found", "/depth?scene=narrow", "/depth?scene=squares",
    "/convolution", "/convolution?scene=shared+weights", "/convolution?scene=digits",
    "/convolution?scene=yours",
    "/recurrence", "/recurrence?scene=a+bit+kept", "/recurrence?scene=trained",
    "/adversaries", "/adversaries?scene=judge", "/adversaries?scene=live",
    "/attention", "/attention?scene=order", "/attention?scene=induction", "/attention?scene=recall",
    "/attention?scene=block",
    "/autoencoder", "/autoencoder?scene=linear", "/autoencoder?scene=variational",
    "/families",
]  # fmt: skip
TASK = Assignment(
    "bumps", "challenge", ("h1", "h2", "h3"), ("hint",), {"bumps": "3"}, "Follow the curve.",
    (Goal("largest error", "below", 0.6),), 1, 2,
)  # fmt: skip
STOPS = [
    "single_neuron?weight=5\tThe weight is {weight}.\tSteeper, or flatter?",
    "two_neurons?v2=-1\tMinus makes a bump.",
    "nowhere?x=1\tDead",
]


def packed(*rows: str) -> str:
    """The hash of a talk of these rows: link, sentence and question behind tabs."""
    made = zlib.compress("\n".join(rows).encode())
    return "1." + urlsafe_b64encode(made).decode().rstrip("=")


def answer(name: str, passed: int, **heights: str) -> str:
    """A line that a teacher pastes."""
    said = urlencode({**heights, "task": written(TASK), "did": f"1.4.1.75.{passed}.end"})
    return f"{name}, https://school.example/bumps?{said}"


def paste(reader: Reader) -> None:
    """Three answers and a line that is none."""
    good = answer("Ada", 1, h1="0.25", h2="0.35", h3="0.7"), answer("Eve", 1), answer("Bob", 0, h1="0.4")
    reader.page.get_by_role("textbox").fill("\n".join([*good, "Max, nothing"]))
    reader.page.get_by_role("textbox").blur()
    reader.page.locator(DRAWN).first.wait_for(state="attached")


def fill(reader: Reader) -> None:
    """A task whose link is made."""
    reader.page.get_by_label("The task, in your words").fill(TASK.words)
    reader.page.get_by_label("The task, in your words").blur()
    reader.page.get_by_role("link", name="Open it as a student").wait_for()


def play(reader: Reader) -> None:
    """The first stop of the talk, presented."""
    reader.page.get_by_role("button", name="Play", exact=True).press("Enter")
    reader.page.locator(DRAWN).first.wait_for(state="attached")
    reader.page.locator(".sp-caption-says", has_text="The weight is 5.0.").wait_for()


def leave(reader: Reader) -> None:
    """As it opens."""


# Pages with no stage of a lesson: what stands on each when all of it is there, and what is done on it then.
READ: dict[str, tuple[str, Callable[[Reader], None]]] = {
    "/glossary": (f"dfn >> nth={len(TERMS) - 1}", leave),
    "/challenges": (".sp-stars >> nth=-1", leave),
    "/for_teachers": ("text=What is stored", leave),
    "/answers": ("text=A table copied from a spreadsheet", paste),
    "/assign?of=bumps%3Fheight%3D0.5": ("[data-testid=stNumberInput] >> nth=-1", fill),
    f"/talk#{packed('Stairs', *STOPS)}": (".sp-stops li >> nth=2", play),
}
# An opening gives way after ten seconds whatever comes: no page may wait for that.
GIVES_WAY_WITHIN_MS = 6_000
CLOSE_SIDEBAR = "document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click()"
RESTS = """() => {
  const parts = document.querySelectorAll(".stSidebar, .sp-stage, .sp-plot, .sp-panels, .xtick");
  const place = [...parts].map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left, top, width, height];
  });
  window.calmed = String(place) === window.placed ? window.calmed + 1 : 0;
  window.placed = String(place);
  return window.calmed >= 6;
}"""


def said(path: str) -> str:
    """A page in the name of a test."""
    return path.partition("#")[0]


def come(walkers: Any, server: Server, path: str, **look: Any) -> Reader:
    """A reader at one of the pages, who was here before; nothing is done there yet."""
    whole, _ = READ.get(path, (DRAWN, leave))
    reader: Reader = walkers.walk(server, path, whole, anew=True, **look)
    reader.page.wait_for_selector(".sp-opening", state="detached", timeout=GIVES_WAY_WITHIN_MS)
    return reader


def shut_out(reader: Reader, path: str, script: str) -> list[str]:
    """What axe-core finds on a page as it opens, and again once all is done there that there is to do.

    Nothing where there is no axe-core; done it is anyway.
    """
    found = axe.violations(reader, script) if script else []
    _, does = READ.get(path, (DRAWN, leave))
    does(reader)
    return found + axe.violations(reader, script) if script and does is not leave else found


def shrink(reader: Reader, width: int, height: int) -> None:
    """Change the window in place, and wait until everything in it has come to rest."""
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.page.evaluate("window.calmed = 0")
    reader.page.wait_for_function(RESTS)
