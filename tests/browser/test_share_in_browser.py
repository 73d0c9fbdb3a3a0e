"""What is shared is the picture that is seen: its link, a code that the back row can read, on paper too."""

from io import BytesIO

import pytest
from PIL import Image

from pages.shared.serving.files import CODE
from tests.browser import axe
from tests.browser.conftest import DESK, MODULES

zxingcpp = pytest.importorskip("zxingcpp", reason="nothing reads QR codes: pip install -e '.[test]'")

PROJECTOR = {**DESK, "viewport": {"width": 1280, "height": 720}}
PHONE = {**DESK, "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# Drawn to the last cell, the longest drawing there is.
DRAWING = "_".join(f"-0.{10 + cell}" for cell in range(0, 64, 2)) + "_0.5" * 32
BACK_ROW = 4
# The dialog's link and code come from modules alone: a code for each of these texts, as large as the window.
CODES = """async ([lean, texts]) => {
  const { codeOf, isFine, loadCodes } = await import("/code.js");
  await loadCodes(lean);
  return texts.map((text) => {
    const svg = codeOf(text);
    return [svg.outerHTML, isFine(svg, innerWidth, innerHeight)];
  });
}"""


def read(picture: bytes, smaller: int = 1) -> list[str]:
    """What the QR codes in a picture say, as seen from so far that it is so much smaller."""
    image = Image.open(BytesIO(picture)).convert("L")
    image = image.resize((image.width // smaller, image.height // smaller), Image.Resampling.BILINEAR)
    return [each.text for each in zxingcpp.read_barcodes(image)]


@pytest.fixture(autouse=True)
def lean_qr():
    if not CODE.files:
        pytest.skip("lean-qr did not come: pip install -e . fetches it")


def share(reader):
    reader.page.get_by_role("button", name="Share", exact=True).click()
    dialog = reader.page.get_by_role("dialog", name="Share")
    dialog.wait_for()
    return dialog


def printed(reader) -> bytes:
    """The code at the head of the page as it is printed."""
    reader.page.pdf()
    reader.page.emulate_media(media="print")
    reader.page.wait_for_function("() => document.getAnimations().length === 0")
    picture = reader.page.locator(".sp-address .sp-code").screenshot()
    reader.page.emulate_media(media="screen")
    return picture


def test_the_shared_link_its_code_and_what_is_copied_are_the_picture_that_is_seen(go, script):
    reader = go("/approximator?target=your_drawing", **{**PROJECTOR, "permissions": ["clipboard-read"]})
    page = reader.page
    page.locator(".sp-reset").focus()
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Share")
    assert dialog.get_by_label("link", exact=True).input_value() == page.url
    dialog.get_by_role("button", name="copy the link").click()
    dialog.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    dialog.get_by_role("radio", name="The picture alone").check()
    code = dialog.get_by_role("textbox", name="HTML code").input_value()
    assert f'src="{page.url}&amp;embed=true&amp;framed=picture"' in code
    assert axe.violations(reader, script) == []
    dialog.get_by_role("button", name="QR code").click()
    assert read(page.screenshot(), BACK_ROW) == [page.url]
    for _ in range(2):
        page.keyboard.press("Escape")
    assert not page.locator("dialog").count()
    assert page.evaluate("document.activeElement.textContent") == "Reset"
    assert read(printed(reader)) == [page.url]


def test_on_a_dark_phone_the_code_is_read_all_of_the_dialog_is_seen_and_paper_is_light(go, script):
    reader = go(f"/approximator?target=your_drawing&drawing={DRAWING}", **{**PHONE, "color_scheme": "dark"})
    dialog = share(reader)
    assert reader.sticks_out() == []
    assert axe.violations(reader, script) == []
    assert read(dialog.screenshot()) == [reader.page.url]
    reader.page.keyboard.press("Escape")
    assert read(printed(reader)) == [reader.page.url]


TOO_LONG = """async (link) => {
  const { tooLong } = await import("/link.js");
  const called = (name) => (name === "drawing" ? "your drawing" : `“${name}”`);
  return tooLong(link, called);
}"""


def test_a_link_that_is_too_long_says_so_and_what_makes_it_long(modules):
    short = "https://superpose.example/approximator?target=your_data&data="
    assert modules.evaluate(TOO_LONG, short + "1" * (1999 - len(short))) == ""
    link = f"{short}{'1' * 1500}&drawing={'2' * 600}"
    said = modules.evaluate(TOO_LONG, link)
    assert said.startswith(f"This link has {len(link)} characters")
    assert said.endswith("most of them: “data” (1506), your drawing (609).")


# The dialog by itself, on a page that came without encryption and so has no clipboard.
ALONE = """async () => {
  const { Share } = await import("/share.js");
  const { dialog } = new Share({ id: 0, inputs: {}, view: { node: document.body } });
  dialog.querySelector("[aria-label='copy the link']").click();
  await new Promise(requestAnimationFrame);
  const [code, said] = [".sp-code-button", ".sp-said"].map((part) => dialog.querySelector(part));
  const told = [code.disabled, code.textContent, said.textContent, typeof navigator.clipboard];
  dialog.close();
  return told;
}"""


def test_without_lean_qr_the_dialog_says_so_and_without_a_clipboard_it_copies_all_the_same(modules):
    modules.goto(MODULES)
    *told, clipboard = modules.evaluate(ALONE)
    assert told == [
        True, "There is no QR code: lean-qr, which makes it, did not arrive. The link works all the same.",
        "Copied.",
    ]  # fmt: skip
    assert clipboard == "undefined"


def test_every_code_that_is_not_called_too_fine_is_read_from_the_back_row(modules):
    lean = "http://stage.test/lean.js"
    modules.route(lean, lambda route: route.fulfill(path=next(iter(CODE.files.values()))))
    texts = [f"https://superpose.example/bumps?bumps={'0.123_-4.56__' * n}" for n in (1, 9, 20, 35, 60, 140)]
    modules.set_viewport_size({"width": 1280, "height": 720})
    fine = []
    for text, (svg, is_fine) in zip(texts, modules.evaluate(CODES, [lean, texts]), strict=True):
        style = "<style>body { margin: 0; background: white } svg { height: 90vh; width: auto }</style>"
        modules.set_content(style + svg)
        assert read(modules.screenshot(), 1 if is_fine else BACK_ROW) == [text]
        fine.append(is_fine)
    assert fine == sorted(fine)
    assert {*fine} == {True, False}
