"""Where in the app a request goes: its path without what lies before the app."""

from __future__ import annotations

from starlette.types import Scope
from streamlit import config


def address(scope: Scope) -> str:
    """The path of a request relative to the app, without a slash at its start: "" is the home page.

    What a proxy has put before it (root_path) is no part of it, nor is Streamlit's server.baseUrlPath.
    """
    path = str(scope["path"])
    for before in (str(scope.get("root_path", "")), str(config.get_option("server.baseUrlPath"))):
        inside = path.removeprefix(f"/{before.strip('/')}")
        path = inside if inside.startswith("/") else path
    return path.removeprefix("/")
