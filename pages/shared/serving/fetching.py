"""When the package is built: the parts of plotly.js that draw our plots, from where plotly publishes them.

Nothing of it runs in the app, and nothing else runs when the package is built.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from base64 import b64encode
from pathlib import Path
from urllib.request import urlopen

from plotly.offline import get_plotlyjs_version
from setuptools.command.build_py import build_py

REGISTRY = "https://registry.npmjs.org"
PARTS = ("cartesian", "gl3d")
FOLDER = Path(__file__).parent / "plotly"
PATIENCE_S = 30


class BuildWithParts(build_py):
    """Builds as ever, and fetches the parts before; without them the app sends the whole plotly.js."""

    def run(self) -> None:
        """Fetch and build. Where a part cannot be had a warning says why."""
        try:
            fetch_parts(get_plotlyjs_version(), FOLDER)
        except (OSError, ValueError, KeyError, tarfile.TarError) as error:
            self.warn(f"plotly.js will be sent whole, for its parts did not come: {error}")
        super().run()


def fetch_parts(version: str, folder: Path) -> None:
    """Put the parts of that version of plotly.js into the folder; what is there already stays.

    Raises OSError where it does not come, ValueError where it is not what the registry vouches for, and
    KeyError where that is something else altogether.
    """
    for part in PARTS:
        path = folder / f"plotly-{part}.min.js"
        if not path.exists() or f"v{version}\n".encode() not in path.read_bytes()[:200]:
            _write(path, _part(part, version))


def _part(part: str, version: str) -> bytes:
    package = f"plotly.js-{part}-dist-min"
    told = json.loads(_read(f"{REGISTRY}/{package}/{version}"))["dist"]
    packed = _read(told["tarball"])
    digest = "sha512-" + b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != told["integrity"]:
        raise ValueError(f"{package} must have the digest {told['integrity']}, got {digest}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        found = archive.extractfile(f"package/plotly-{part}.min.js")
        if found is None:
            raise ValueError(f"{package} must hold the file plotly-{part}.min.js")
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
