"""The browser's half of the stage: where its files are served, and how it is mounted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import plotly
import streamlit as st

_STATIC = Path(__file__).parent / "static"
_PLOTLY = Path(plotly.__file__).parent / "package_data"


def _fingerprint(folder: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:12]


def _serve(name: str, folder: Path) -> str:
    """Where a folder is served, relative to the app. A new version has a new name: browsers may cache."""
    served = st.components.v1.declare_component(name.replace(".", "_"), path=str(folder))
    return f"component/{served.name}"


_STAGE_URL = _serve(f"stage_{_fingerprint(_STATIC)}", _STATIC)
_PLOTLY_URL = _serve(f"plotly_{plotly.__version__}", _PLOTLY) + "/plotly.min.js"

_LOADER = f"""
export default async (component) => {{
  const at = (path) => new URL("./" + path, document.baseURI).href;
  const stage = await import(at("{_STAGE_URL}/stage.js"));
  return stage.mount(component, at("{_PLOTLY_URL}"));
}};
"""

mount = st.components.v2.component("superpose.stage", js=_LOADER, isolate_styles=False)
