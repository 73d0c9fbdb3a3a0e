"""axe-core, which finds what shuts readers out: fetched once, and no other than the one named here."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from base64 import b64encode
from pathlib import Path
from urllib.request import urlopen

from tests.browser.reader import Reader

VERSION = "4.14.1"
PACKED = f"https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz"
DIGEST = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
CACHE = Path(__file__).parents[2] / "build/axe"
PATIENCE_S = 30

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
    path = CACHE / f"axe-{VERSION}.min.js"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(_unpacked(_fetched()))
        os.replace(half, path)
    return path.read_text("utf-8")


def _fetched() -> bytes:
    with urlopen(PACKED, timeout=PATIENCE_S) as answer:
        packed: bytes = answer.read()
    digest = b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != DIGEST:
        raise ValueError(f"{PACKED} must have the digest {DIGEST}, got {digest}")
    return packed


def _unpacked(packed: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found
        return found.read()


def violations(reader: Reader, script: str) -> list[str]:
    """What axe-core finds on the page as it stands, all that is folded away unfolded while it
    looks; of any impact."""
    page = reader.page
    page.wait_for_function(IS_DARK, arg=reader.look["color_scheme"])
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(script)
    found: list[str] = page.evaluate(VIOLATIONS)
    return found
