"""When the package is built: what browsers run that Python's packages do not bring, from npm's registry.

These are the parts of plotly.js that draw our plots, and lean-qr, which makes the QR code of a link. Nothing
of this file runs in the app, and nothing else runs when the package is built.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from plotly.offline import get_plotlyjs_version
from setuptools.command.build_py import build_py

REGISTRY = "https://registry.npmjs.org"
PARTS = ("cartesian", "gl3d")
FOLDER = Path(__file__).parent / "plotly"
# Without a package of Python's to go by, the version and its digest stand here.
LEAN_QR = "2.7.4"
LEAN_QR_DIGEST = (
    "sha512-tlMPFfqhAAZN7+j/djRSvl/2+AYT2+7RRuyq8bvcbV8gMiENiscquQ9WTfCSyeEdxsVaEB+tU7e9nFZC63BFnQ=="
)
LEAN_QR_FOLDER = Path(__file__).parent / "lean_qr"
PATIENCE_S = 30


class BuildWithParts(build_py):
    """Builds as ever, and fetches the parts before.

    Without plotly's the app sends the whole plotly.js; without lean-qr a link has no QR code.
    """

    def run(self) -> None:
        """Fetch and build. Where a part cannot be had a warning says why."""
        self._try(_fetch_plotlys, "plotly.js will be sent whole: its parts")
        self._try(_fetch_code, "links will have no QR code: lean-qr, which makes it,")
        super().run()

    def _try(self, fetch: Callable[[], None], without: str) -> None:
        try:
            fetch()
        except (OSError, ValueError, KeyError, tarfile.TarError) as error:
            self.warn(f"{without} did not come: {error}")


def _fetch_plotlys() -> None:
    fetch_parts(get_plotlyjs_version(), FOLDER)


def _fetch_code() -> None:
    fetch_lean_qr(LEAN_QR_FOLDER)


def fetch_parts(version: str, folder: Path) -> None:
    """Put the parts of that version of plotly.js into the folder; what is there already stays.

    Raises OSError where it does not come, ValueError where it is not what the registry vouches for, and
    KeyError where that is something else altogether.
    """
    for part in PARTS:
        path = folder / f"plotly-{part}.min.js"
        if not path.exists() or f"v{version}\n".encode() not in path.read_bytes()[:200]:
            package = f"plotly.js-{part}-dist-min"
            told = json.loads(_read(f"{REGISTRY}/{package}/{version}"))["dist"]
            _write(path, _file(path.name, _read(told["tarball"]), told["integrity"]))


def fetch_lean_qr(folder: Path) -> None:
    """Put lean-qr into the folder; where it is there already it stays.

    Raises OSError where it does not come, and ValueError where it is not what it was.
    """
    path = folder / f"lean-qr-{LEAN_QR}.js"
    if not path.exists():
        packed = _read(f"{REGISTRY}/lean-qr/-/lean-qr-{LEAN_QR}.tgz")
        _write(path, _file("index.mjs", packed, LEAN_QR_DIGEST))


def _file(name: str, packed: bytes, integrity: str) -> bytes:
    """The file of that name in a package, if the package has the digest."""
    digest = "sha512-" + b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != integrity:
        raise ValueError(f"the package of {name} must have the digest {integrity}, got {digest}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        found = archive.extractfile(f"package/{name}")
        if found is None:
            raise ValueError(f"the package must hold the file {name}")
        return found.read()


def _read(url: str) -> bytes:
    if not url.startswith(f"{REGISTRY}/"):
        raise ValueError(f"parts come from {REGISTRY}, got {url}")
    with urlopen(url, timeout=PATIENCE_S) as answer:
        content: bytes = answer.read()
    return content


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: an app may be running in this folder."""
    path.parent.mkdir(exist_ok=True)
    half = path.with_suffix(".half")
    half.write_bytes(content)
    os.replace(half, path)
