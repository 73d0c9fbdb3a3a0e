"""What runs in the browser comes from every process, compressed once, and is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config

from pages.shared.serving import compressed
from pages.shared.serving.compressed import Compressed, best
from pages.shared.serving.files import BUNDLES, PLOTLY, STAGE
from pages.shared.serving.first import STREAMLIT, first_files, hinted
from pages.shared.serving.sending import Sending, all_files
from tests.serving.asgi import HTML, Streamlit, ask

LARGE = "/" + PLOTLY.at(BUNDLES["flat"].name)
MODULE = "/" + STAGE.at("stage.js")


@pytest.fixture(scope="module")
def app() -> Sending:
    """The files of a process that has run no session."""
    return Sending(Streamlit())


@pytest.fixture
def base_path() -> Iterator[Callable[[str], None]]:
    """Sets Streamlit's own option for where the app stands."""
    yield lambda path: config.set_option("server.baseUrlPath", path)
    config.set_option("server.baseUrlPath", "")


def test_every_file_of_ours_and_of_plotlys_is_there_byte_by_byte(app: Sending) -> None:
    for served in (STAGE, PLOTLY):
        for name, path in served.files.items():
            answer = ask(app, "/" + served.at(name), accept_encoding="gzip, br")
            assert (answer.status, answer.body) == (200, path.read_bytes()), name
            assert "immutable" in answer.headers["Cache-Control"]
            assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0", None),
        ("identity", None),
        ("", None),
        ("GZIP", "gzip"),
        ("brotli", None),
    ],
)
def test_a_file_comes_in_the_smallest_form_that_the_browser_takes(
    app: Sending, accepted: str, encoding: str | None
) -> None:
    answer = ask(app, LARGE, accept_encoding=accepted)
    assert best(accepted) == encoding
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == answer.travelled
    assert answer.body == PLOTLY.files[BUNDLES["flat"].name].read_bytes()
    assert (answer.travelled < len(answer.body) / 3) == (encoding is not None)


def test_a_file_is_compressed_once_however_often_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = []
    monkeypatch.setitem(compressed.ENCODINGS, "br", lambda content: work.append(content) or content[:1])
    (tmp_path / "a.js").write_text("abc")
    store = Compressed()
    futures = [store.ask(tmp_path / "a.js", "br") for _ in range(9)]
    assert [each.result(9) for each in futures] == [b"a"] * 9
    assert work.count(b"abc") == 1


def test_what_could_not_be_read_once_is_tried_again(tmp_path: Path) -> None:
    store, path = Compressed(), tmp_path / "late.js"
    assert isinstance(store.ask(path, "br").exception(9), FileNotFoundError)
    path.write_text("there")
    assert store.ask(path, "br").result(9)


def test_what_is_unknown_below_our_folder_is_no_page(app: Sending) -> None:
    for path in ("/files/stage-000000000000/stage.js", "/files/", "/files/../app.py", f"{MODULE}/../wire.py"):
        assert ask(app, path, accept_encoding="br").status == 404, path


def test_all_else_goes_on_to_streamlit(app: Sending) -> None:
    for path in ("/", "/single_neuron", "/filesystem", "/static/media/font.woff2", "/_stcore/health"):
        assert ask(app, path).body == HTML.encode(), path
    assert ask(app, MODULE, method="POST").body == HTML.encode()


def test_only_what_is_needed_of_plotly_is_there() -> None:
    plotlys = [file.name for where, file in all_files().items() if where.startswith("files/plotly")]
    assert sorted(plotlys) == sorted({path.name for path in BUNDLES.values()})
    assert not [where for where in all_files() if where.endswith(".py")]


def test_streamlits_own_texts_are_among_them_and_not_its_page(app: Sending) -> None:
    (index,) = (path for path in all_files() if path.startswith("static/js/index.") and "esm" not in path)
    answer = ask(app, f"/{index}", accept_encoding="br")
    assert answer.body == (STREAMLIT / index).read_bytes()
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
    assert "index.html" not in all_files()


def test_files_are_found_wherever_the_app_stands(app: Sending, base_path: Callable[[str], None]) -> None:
    assert ask(app, f"/proxy{MODULE}", root="/proxy").status == 200
    assert ask(app, MODULE, root="/proxy").status == 200
    base_path("/school/math/")
    assert ask(app, f"/school/math{MODULE}").body == STAGE.files["stage.js"].read_bytes()
    assert ask(app, f"/proxy/school/math{MODULE}", root="/proxy").status == 200
    assert ask(app, f"/schoolmath{MODULE}").body == HTML.encode()


def test_all_that_the_first_visit_asks_for_is_compressed_from_the_start() -> None:
    known, first = all_files(), first_files()
    assert [each for each in first if each not in known] == []
    assert {where for where, _ in hinted()} <= set(first)
    assert len(first) > 60


def test_the_part_of_streamlits_that_mounts_a_stage_is_among_them() -> None:
    names = [where.rpartition("/")[2].split(".")[0] for where, kind in hinted() if kind == "module"]
    assert "BidiComponent" in names
    assert len(set(names) - {path.removesuffix(".js") for path in STAGE.files}) > 3
