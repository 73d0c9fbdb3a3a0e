"""A file of the reader's: it comes over the page's own socket, to the process that the reader is with."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared.crowd.pace import seldom
from pages.shared.stage.stage import FOUND

_FIELD = """
<label class="sp-upload">or a file: CSV, JSON or text
  <input type="file" accept=".csv,.tsv,.txt,.json,text/*,application/json">
</label>
"""
_LOOK = """
.sp-upload { font-size: 0.875rem; }
.sp-upload input { display: block; max-width: 100%; margin-top: 0.25rem; font: inherit; }
.sp-upload input::file-selector-button {
  margin-right: 0.75rem; padding: 0.25rem 0.75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; cursor: pointer;
}
"""
_READ = """
const read = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

export default ({ parentElement, data, setTriggerValue }) => {
  const input = parentElement.querySelector("input");
  input.onclick = () => (input.value = "");
  input.onchange = async () => {
    const [file] = input.files;
    const content = file.size > data.most ? "" : await read(file);
    setTriggerValue("file", { id: `${Date.now()} ${Math.random()}`, size: file.size, content });
  };
};
"""
_NAME = 64
_mount = st.components.v2.component(
    "superpose.upload", html=_FIELD, css=_LOOK, js=_READ, isolate_styles=False
)


@dataclass(frozen=True)
class Upload:
    """A file that has come. size: in bytes, also of one that was too large to come; it has no content."""

    size: int
    content: bytes


def field(key: str, most_bytes: int) -> None:
    """Where the reader picks a file. Of one that is larger only the size comes.

    Whoever looks at a page for its stages alone sees no field.
    """
    if FOUND not in st.session_state:
        _mount(key=key, data={"most": most_bytes}, on_file_change=lambda: None)


def new_file(key: str) -> Upload | None:
    """The file that was picked in the field before this run, once; None where there is none.

    What is no file of our field's is none, with a line in the log.
    """
    sent = st.session_state.get(key)
    file = sent.get("file") if isinstance(sent, Mapping) else sent
    if file is None:
        return None
    try:
        name, found = (
            str(file["id"])[:_NAME],
            Upload(int(file["size"]), b64decode(file["content"], validate=True)),
        )
    except (TypeError, KeyError, ValueError, OverflowError):
        seldom(__name__).warning("the field %s was sent what is no file", key)
        return None
    if name == st.session_state.get(f"{key} taken"):
        return None
    st.session_state[f"{key} taken"] = name
    return found
