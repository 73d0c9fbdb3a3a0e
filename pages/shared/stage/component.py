"""The browser's half of the stage: how it is mounted, with the files that the server has for it."""

from __future__ import annotations

import streamlit as st

from pages.shared.serving.files import BUNDLES, CODE, PLOTLY, STAGE

_BUNDLES = [f'{kind}: at("{PLOTLY.at(path.name)}")' for kind, path in BUNDLES.items()]
_CODE = ", ".join(f'at("{CODE.at(name)}")' for name in CODE.files) or "null"
_LOADER = f"""
export default async (component) => {{
  const at = (path) => new URL("./" + path, document.baseURI).href;
  const bundles = {{ {", ".join(_BUNDLES)} }};
  const stage = await import(at("{STAGE.at("stage.js")}"));
  return stage.mount(component, bundles, {_CODE});
}};
"""

mount = st.components.v2.component("superpose.stage", js=_LOADER, isolate_styles=False)
