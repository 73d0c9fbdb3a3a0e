"""Words that came from outside are shown as they are, whatever Markdown would make of them."""

from __future__ import annotations

import re

WORD_JOINER = "\N{WORD JOINER}"
# Where an address begins, or an address of mail has its sign: with the backslash of the escape before it.
ADDRESS = re.compile(r"https?(?=\\:)|www(?=\\\.)|\\@", re.IGNORECASE)


def literal(text: str) -> str:
    """The text for Markdown to show as it is: every ASCII sign is escaped, and no address becomes a link.

    Streamlit makes links of what looks like an address after all escapes were taken out, so there is a sign
    without width in it, the word joiner.
    """
    return ADDRESS.sub(f"\\g<0>{WORD_JOINER}", re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split())))
