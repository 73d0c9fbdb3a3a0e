"""The page names what the first picture needs, and says what may be in it."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse

from pages.shared.serving.files import BUNDLES, PLOTLY, STAGE
from pages.shared.serving.first import STREAMLIT, hinted
from pages.shared.serving.html.page import Page, ready
from pages.shared.serving.policy import FRAMED_BY, Refusals
from pages.shared.serving.sending import all_files
from tests.serving.asgi import HTML, Answer, Streamlit, ask

STYLE = STAGE.at("stage.css")
ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"


def opened(html: str = HTML, **headers: str) -> Answer:
    """The page as a browser gets it."""
    return ask(Page(HTMLResponse(html)), "/single_neuron", accept=ACCEPT, **headers)


def rules(answer: Answer) -> dict[str, list[str]]:
    """The policy: for each rule its sources."""
    parts = (each.split() for each in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def test_the_page_names_all_that_the_first_picture_needs_and_no_more() -> None:
    page = opened(STREAMLIT.joinpath("index.html").read_text("utf-8")).body.decode()
    linked = re.findall(r'(?:href|src)="\./((?:static/js|files)/[^"]+)"', page)
    assert {where for where, _ in hinted()} <= set(linked)
    assert set(linked) <= all_files().keys()
    assert f'href="./{PLOTLY.at(BUNDLES["flat"].name)}" data-plotly="flat' in page
    assert (PLOTLY.at(BUNDLES["solid"].name) in page) == (BUNDLES["solid"] == BUNDLES["flat"])


def test_the_readers_choice_of_light_or_dark_is_known_before_streamlits_own_script_runs() -> None:
    page = opened().body.decode()
    first, *_ = re.findall(r'<script type="module"[^>]* src="([^"]+)"', page)
    assert first == f"./{STAGE.at('scheme.js')}"


def test_plotly_is_made_ready_after_streamlits_own_script_has_begun() -> None:
    page = opened().body.decode()
    assert page.index("index.js") < page.index(f'<script type="module" src="./{STAGE.at("early.js")}">')


def test_what_a_page_tells_its_scripts_stands_in_its_head_and_is_no_html() -> None:
    page = ask(Page(HTMLResponse(HTML), {}, {"tasks": 'a=1 "><b>'}), "/", accept=ACCEPT).body.decode()
    assert '<meta name="tasks" content="a=1 &quot;&gt;&lt;b&gt;"></head>' in page.replace(
        f'<script type="module" src="./{STAGE.at("early.js")}"></script>', ""
    )


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_the_page_is_compressed_and_never_kept(encoding: str) -> None:
    streamlit = Streamlit()
    asked = {"accept_encoding": encoding, "if_none_match": '"1"', "range": "bytes=0-9"}
    answer = ask(Page(streamlit), "/", accept=ACCEPT, **asked)
    assert answer.headers.get("Content-Encoding", "") == encoding
    assert int(answer.headers["Content-Length"]) == answer.travelled
    assert answer.body.endswith(f'<body><link rel="stylesheet" href="./{STYLE}"></body></html>'.encode())
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "ETag" not in answer.headers
    names = {name for name, _ in streamlit.asked[0]["headers"]}
    assert not names & {b"accept-encoding", b"if-none-match", b"range"}


def test_what_is_no_page_passes_untouched() -> None:
    plain = PlainTextResponse("<head></head>")
    assert ask(Page(plain), "/", accept=ACCEPT).body == b"<head></head>"
    gone = HTMLResponse("<head></head>", 404)
    assert ask(Page(gone), "/", accept=ACCEPT).body == b"<head></head>"
    assert ask(Page(HTMLResponse(HTML)), "/", accept="*/*").body == HTML.encode()


def test_the_scripts_in_the_page_may_run_by_their_digests_and_no_others() -> None:
    answer = opened()
    scripts = re.findall(rb"<script>(.*?)</script>", answer.body, re.DOTALL)
    digests = [f"'sha256-{b64encode(sha256(each).digest()).decode()}'" for each in scripts]
    assert len(digests) == 2
    assert set(rules(answer)["script-src"]) == {"'self'", "blob:", "'wasm-unsafe-eval'", *digests}


def test_the_policy_knows_no_other_host() -> None:
    found = rules(opened())
    sources = {source for name, each in found.items() if name != "frame-ancestors" for source in each}
    keywords = {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "blob:", "data:"}
    assert {source for source in sources if not source.startswith("'sha256-")} <= keywords
    assert "'unsafe-inline'" not in found["script-src"]
    assert "data:" not in found["script-src"]
    assert found["object-src"] == ["'none'"]


def test_who_may_frame_the_app_is_a_setting_and_everybody_may_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(FRAMED_BY, raising=False)
    assert rules(opened())["frame-ancestors"] == ["*"]
    monkeypatch.setenv(FRAMED_BY, "'self' https://school.example")
    assert rules(opened(HTML + " "))["frame-ancestors"] == ["'self'", "https://school.example"]


def test_every_answer_carries_the_headers_that_are_for_all() -> None:
    for path in ("/", "/nowhere"):
        answer = ask(Refusals(Streamlit()), path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_readme_names_the_settings() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    assert FRAMED_BY in readme
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in readme


def test_the_style_of_the_stage_is_there_before_anything_is_painted_and_comes_after_all_of_streamlits():
    page = ready((STREAMLIT / "index.html").read_bytes()).decode()
    style = page.index(f'<link rel="stylesheet" href="./{STYLE}">')
    assert page.index("</head>") < style < page.index('<div id="root">')
