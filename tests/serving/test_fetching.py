"""What npm's registry has for browsers comes from there, and only as it or we vouch for it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shared.serving import fetching
from pages.shared.serving.fetching import LEAN_QR, PARTS, REGISTRY, fetch_lean_qr, fetch_parts

Change = Callable[[dict[str, Any]], object]


def packed(name: str, content: bytes) -> bytes:
    """An archive as the registry has it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        told = tarfile.TarInfo(name)
        told.size = len(content)
        archive.addfile(told, io.BytesIO(content))
    return file.getvalue()


class Registry:
    """In the registry's place; `change` spoils what it says of every package."""

    def __init__(self, change: Change = lambda dist: None) -> None:
        self.asked: list[str] = []
        self.change = change

    def __call__(self, url: str, timeout: float) -> io.BytesIO:
        self.asked.append(url)
        part = next(part for part in PARTS if f"plotly.js-{part}-dist-min" in url)
        text = f"/**\n* plotly.js ({part} - minified) v9.8.7\n*/".encode()
        archive = packed(f"package/plotly-{part}.min.js", text)
        if url.endswith(".tgz"):
            return io.BytesIO(archive)
        dist: dict[str, Any] = {
            "integrity": "sha512-" + b64encode(hashlib.sha512(archive).digest()).decode(),
            "tarball": f"{REGISTRY}/plotly.js-{part}-dist-min/-/it.tgz",
        }
        self.change(dist)
        return io.BytesIO(json.dumps({"dist": dist}).encode())


def test_both_parts_come_in_the_version_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry()
    monkeypatch.setattr(fetching, "urlopen", registry)
    fetch_parts("9.8.7", tmp_path / "new")
    assert f"{REGISTRY}/plotly.js-cartesian-dist-min/9.8.7" in registry.asked
    assert all(url.startswith("https://registry.npmjs.org/") for url in registry.asked)
    found = {path.name: path.read_text() for path in (tmp_path / "new").iterdir()}
    assert sorted(found) == ["plotly-cartesian.min.js", "plotly-gl3d.min.js"]
    assert "(gl3d - minified) v9.8.7" in found["plotly-gl3d.min.js"]


def test_what_is_there_in_that_version_is_not_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry()
    monkeypatch.setattr(fetching, "urlopen", registry)
    fetch_parts("9.8.7", tmp_path)
    registry.asked.clear()
    fetch_parts("9.8.7", tmp_path)
    assert registry.asked == []
    fetch_parts("9.8.8", tmp_path)
    assert len(registry.asked) == 4


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda dist: dist.update(integrity="sha512-AAAA"), "must have the digest sha512-AAAA"),
        (lambda dist: dist.update(tarball="http://registry.npmjs.org/it.tgz"), "come from https"),
        (lambda dist: dist.update(tarball="https://evil.example/gl3d.tgz"), "come from https"),
        (lambda dist: dist.pop("integrity"), "integrity"),
    ],
    ids=["another content", "no encryption", "another host", "nothing vouched for"],
)
def test_what_nobody_vouches_for_is_not_kept(
    change: Change, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "urlopen", Registry(change))
    with pytest.raises((ValueError, KeyError), match=complaint):
        fetch_parts("9.8.7", tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_lean_qr_comes_in_the_version_and_with_the_digest_that_stand_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, archive = [], packed("package/index.mjs", b"export const generate = 1;")
    digest = "sha512-" + b64encode(hashlib.sha512(archive).digest()).decode()

    def answer(url: str, timeout: float) -> io.BytesIO:
        asked.append(url)
        return io.BytesIO(archive)

    monkeypatch.setattr(fetching, "urlopen", answer)
    with pytest.raises(ValueError, match="must have the digest sha512-tlMP"):
        fetch_lean_qr(tmp_path)
    assert [*tmp_path.iterdir()] == []
    monkeypatch.setattr(fetching, "LEAN_QR_DIGEST", digest)
    for _ in range(2):
        fetch_lean_qr(tmp_path)
    assert asked == [f"{REGISTRY}/lean-qr/-/lean-qr-{LEAN_QR}.tgz"] * 2
    assert (tmp_path / f"lean-qr-{LEAN_QR}.js").read_text().startswith("export")


@pytest.mark.parametrize("error", [OSError("no network"), ValueError("a digest"), KeyError("dist")])
def test_without_the_parts_the_package_is_built_all_the_same(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    from setuptools import Distribution

    def fail(*_asked: object) -> None:
        raise error

    said: list[str] = []
    monkeypatch.setattr(fetching, "fetch_parts", fail)
    monkeypatch.setattr(fetching, "fetch_lean_qr", fail)
    build = fetching.BuildWithParts(Distribution({"packages": []}))
    monkeypatch.setattr(build, "warn", said.append)
    build.ensure_finalized()
    build.run()
    plotlys, lean_qrs = said
    assert plotlys.startswith("plotly.js will be sent whole")
    assert lean_qrs.startswith("links will have no QR code")
    assert all(str(error) in line for line in said)


def test_the_repository_holds_no_copy_that_could_go_stale() -> None:
    root = Path(__file__).parents[2]
    for path in (fetching.FOLDER, fetching.LEAN_QR_FOLDER):
        folder = path.relative_to(root).as_posix()
        assert f"{folder}/" in (root / ".gitignore").read_text("utf-8").splitlines()
        kept = subprocess.run(["git", "-C", str(root), "ls-files", folder], capture_output=True, check=False)
        assert kept.stdout == b""
