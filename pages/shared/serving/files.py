"""The browser's half of the stage as files: which there are, and under which addresses they are served.

The room lies below the stage: what it knows of it are the files in a folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import plotly
from plotly.offline import get_plotlyjs_version

FILES = "files"
"""The folder, as browsers see it, in which all of these are."""
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Made:
    """A file that lies in no folder: what it is called, and what is in it."""

    name: str
    content: bytes

    def read_bytes(self) -> bytes:
        """What is in it."""
        return self.content


File = Path | Made


@dataclass(frozen=True)
class Served:
    """Files that are served beside one another, by their names.

    address: where their folder is, relative to the app. It holds a fingerprint of all that is in them: what
    changes has a new address, so browsers may keep what they have for ever.
    """

    name: str
    files: Mapping[str, File]
    address: str = field(init=False)

    def __post_init__(self) -> None:
        content = b"".join(name.encode() + path.read_bytes() for name, path in sorted(self.files.items()))
        object.__setattr__(self, "address", f"{FILES}/{self.name}-{hashlib.sha256(content).hexdigest()[:12]}")

    def at(self, name: str) -> str:
        """The address of one of the files."""
        return f"{self.address}/{self.files[name].name}"


def plotly_version(bundle: Path) -> str | None:
    """Which plotly.js a bundle is, as its own first lines say it; None where there is none."""
    try:
        with bundle.open(encoding="utf-8") as file:
            said = re.search(r"^\* plotly\.js .*v([\d.]+)$", file.read(200), re.MULTILINE)
    except OSError:
        return None
    return said and said[1]


def bundles(parts: Path) -> dict[str, Path]:
    """What draws in a plane ("flat"), and what draws in space ("solid").

    They are parts of plotly.js, where the folder `parts` has both in the version of the package (see
    fetching.py); else both are the whole plotly.js of the package.
    """
    found = {kind: parts / f"plotly-{part}.min.js" for kind, part in KINDS.items()}
    if all(plotly_version(bundle) == get_plotlyjs_version() for bundle in found.values()):
        return found
    return dict.fromkeys(KINDS, Path(plotly.__file__).parent / "package_data" / "plotly.min.js")


KINDS = {"flat": "cartesian", "solid": "gl3d"}
"""The kinds of plots, and plotly's names for the parts of it that draw them."""
STAGE = Served(
    "stage", {path.name: path for path in (_HERE.parent / "stage" / "static").iterdir() if path.is_file()}
)
BUNDLES = bundles(_HERE / "plotly")
AT_ONCE = b"//# allFunctionsCalledOnLoad\n"
"""Tells Chromium to compile a whole script beside all else, while it comes: else it reads plotly.js three
times over, and the last two times the page waits."""
PLOTLY = Served(
    "plotly", {path.name: Made(path.name, AT_ONCE + path.read_bytes()) for path in set(BUNDLES.values())}
)
CODE = Served("code", {path.name: path for path in sorted((_HERE / "lean_qr").glob("lean-qr-*.js"))[-1:]})
"""What makes the QR code of a link; no file where it did not come (see fetching.py)."""
