"""axe-core, which finds what shuts readers out: fetched once, and no other than the one named here."""

from __future__ import annotations

from tests.browser.reader import Reader
from tests.npm import Package

AXE = Package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)

IS_DARK = """(scheme) => document.getAnimations().length === 0
  && [...document.querySelectorAll(".sp-stage")].every((stage) => stage.dataset.theme === scheme)"""
VIOLATIONS = """async () => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((each) => (each.open = true));
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  folded.forEach((each) => (each.open = false));
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, html, failureSummary }) =>
    `${impact}, ${id}: ${target.join(" ")} ${html.slice(0, 150)} ${failureSummary.slice(0, 300)}`));
}"""


def script() -> str:
    """The script that a page runs. Raises OSError where it cannot be had."""
    return AXE.file("axe.min.js").read_text("utf-8")


def violations(reader: Reader, script: str) -> list[str]:
    """What axe-core finds on the page as it stands, all that is folded away unfolded while it
    looks; of any impact."""
    page = reader.page
    page.wait_for_function(IS_DARK, arg=reader.look["color_scheme"])
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(script)
    found: list[str] = page.evaluate(VIOLATIONS)
    return found
