"""The pictures of README, made from the running app: `python .github/pictures/make.py` makes them anew."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.reader import Reader  # noqa: E402
from tests.browser.server import Server  # noqa: E402

WINDOW = {"width": 1280, "height": 720}
SHOWN = (880, 495)
STILL = (960, 540)
# How long a picture of the moving one stands, in milliseconds, and the last one of a scene.
FRAME_MS, REST_MS = 90, 1400
LINE = "c"


class Drag(NamedTuple):
    """A scene of the moving picture: a link, the knob that is dragged, and through which values."""

    link: str
    knob: str
    values: tuple[float, ...]


MOVING = "moving.webp"
SCENES = (
    Drag("/single_neuron?present=1", "weight w", tuple(step / 2 for step in range(2, 17))),
    Drag("/approximator?present=1", "hidden units N", tuple(range(2, 41))),
)
# Each picture, its link, and whether it is light or dark.
STILLS = {
    "boundary.webp": ("/decision_boundary?network=trained&iteration=2000", "light"),
    "landscape.webp": ("/gradient_descent?scene=landscape&ball_steps=60", "dark"),
    "folds.webp": ("/depth?scene=folds&times=3", "light"),
}


def seen(reader: Reader, size: tuple[int, int]) -> Image.Image:
    """The window as it is, smaller."""
    picture = Image.open(io.BytesIO(reader.page.screenshot())).convert("RGB")
    return picture.resize(size, Image.Resampling.LANCZOS)


def dragged(reader: Reader, scene: Drag) -> list[Image.Image]:
    """A picture at every value while the knob is held, without the line that tells of a stop."""
    reader.page.keyboard.press(LINE)
    reader.hold(scene.knob)
    reader.until(lambda: any(message["sweep"] for message in reader.socket.messages))
    pictures = []
    for value in scene.values:
        reader.move(scene.knob, value)
        reader.page.wait_for_timeout(FRAME_MS)
        pictures.append(seen(reader, SHOWN))
    reader.release()
    return pictures


def moving(reader: Reader, url: str) -> None:
    """One picture that plays all scenes, over and over."""
    pictures: list[Image.Image] = []
    times: list[int] = []
    for scene in SCENES:
        reader.socket.begin()
        found = dragged(reader.open(url + scene.link), scene)
        pictures += found
        times += [FRAME_MS] * (len(found) - 1) + [REST_MS]
    first, *others = pictures
    more: dict[str, Any] = {"save_all": True, "append_images": others, "duration": times, "loop": 0}
    first.save(HERE / MOVING, quality=60, method=6, minimize_size=True, **more)


def make(browser: Any, url: str) -> None:
    """Every picture, over the one that was there."""
    reader = Reader(browser.new_context(**{**DESK, "viewport": WINDOW}).new_page())
    moving(reader, url)
    for name, (link, scheme) in STILLS.items():
        reader.page.emulate_media(color_scheme=scheme)
        reader.open(url + link)
        seen(reader, STILL).save(HERE / name, quality=75, method=6)


def main() -> None:
    """Start the app and a browser, make the pictures, and say how many bytes each has."""
    server = Server("app.py")
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=_chromium(), args=FLAGS)
            make(browser, server.url)
    finally:
        server.stop()
    for name in (MOVING, *STILLS):
        print(f"{name:16} {(HERE / name).stat().st_size:>8}")


if __name__ == "__main__":
    main()
