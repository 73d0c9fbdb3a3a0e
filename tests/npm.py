"""What tests have from npm: each package fetched once, and no other than the one that is named."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

REGISTRY = "https://registry.npmjs.org"
CACHE = Path(__file__).parents[1] / "build/npm"
PATIENCE_S = 30


@dataclass(frozen=True)
class Package:
    """A package of one version, and the sha512 of it in base64."""

    name: str
    version: str
    digest: str

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{REGISTRY}/{self.name}/-/{self.name}-{self.version}.tgz"

    def file(self, path: str) -> Path:
        """One of its files, on this disk. Raises OSError where it cannot be had."""
        there = CACHE / f"{self.name}-{self.version}" / path
        if not there.exists():
            content = self._file(path)
            there.parent.mkdir(parents=True, exist_ok=True)
            half = there.with_suffix(f".{os.getpid()}")
            half.write_bytes(content)
            os.replace(half, there)
        return there

    def _file(self, path: str) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(self._fetched())) as archive:
            found = archive.extractfile(f"package/{path}")
            assert found
            return found.read()

    def _fetched(self) -> bytes:
        with urlopen(self.address, timeout=PATIENCE_S) as answer:
            packed: bytes = answer.read()
        digest = b64encode(hashlib.sha512(packed).digest()).decode()
        if digest != self.digest:
            raise ValueError(f"{self.address} must have the digest {self.digest}, got {digest}")
        return packed
