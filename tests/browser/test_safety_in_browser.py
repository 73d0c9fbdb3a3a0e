"""The pages keep to their own server, and leave nothing behind."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK
from tests.browser.reader import Reader
from tests.browser.server import Server

WATCH = """
window.violations = [];
const note = ({ violatedDirective, blockedURI }) => violations.push(`${violatedDirective} ${blockedURI}`);
addEventListener("securitypolicyviolation", note);
"""
SAVED = ("Save as PNG, 1920 pixels wide", "Save as SVG")


def save(page: Page, form: str) -> str:
    """The name of the file that the first plot is saved as."""
    page.locator(".js-plotly-plot").first.hover()
    with page.expect_download() as download:
        page.locator(f'[data-title="{form}"]').first.click()
    return str(download.value.suggested_filename)


def test_pages_ask_no_other_host_keep_the_policy_and_leave_no_more_than_the_servers_cookie(
    browser: Browser, app_server: Server
) -> None:
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.add_init_script(WATCH)
    hosts = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.append(urlsplit(socket.url).netloc))
    Reader(page).open(f"{app_server.url}/single_neuron")
    assert [save(page, form)[-4:] for form in SAVED] == [".png", ".svg"]
    for title in ("8 · Forward pass", "Home"):
        page.evaluate("document.querySelector('.sp-stage').dataset.left = true")
        page.locator("[data-testid=stSidebarNav]").get_by_role("link", name=title, exact=True).click()
        page.locator(".sp-stage:not([data-left]) .js-plotly-plot .main-svg").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    assert set(hosts) - {""} == {f"localhost:{app_server.port}"}
    assert page.evaluate("violations") == []
    assert {each["name"] for each in context.cookies()} == {"_streamlit_xsrf"}
    assert page.evaluate("Object.keys(sessionStorage)") == []
    context.close()
