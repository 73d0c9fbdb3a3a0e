"""A link may say anything in every one of its entries: the lesson stands, and what was wrong is text."""

import random
import re
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.test_lessons import each_case

# So many links of each case, in every run other ones, with something else in all entries that the page reads.
LINKS = 2
PIECES = [
    *("", "nan", "-inf", "1e999", "9" * 400, "0x10", "1_0", "٣", "1,5", "−2", "0.5", "7"),
    *("_", "__", "~", ":", ";", ".", "%", "%25", "&amp;", "+", "_2B", "_FF", "none", "\0", "\u202e", "💥"),
    *("<b>", "**x**", "$y$", "`", "[a](http://evil.example/x)"),
    *("tanh", "your_formula", "your data", "x^", "max(", "(", "))", "|", "1/0", "x", "z", "exp(1000x)"),
]
OTHERS = ("pin", "data", "own", "nothing_of_ours")


def entries(at: AppTest, stages: dict[str, Any]) -> set[str]:
    """Every entry of the link that a page reads as it is now."""
    native = {each.key for each in (*at.selectbox, *at.text_input, *at.segmented_control) if each.key}
    return native.union(OTHERS, *(shown.inputs for shown in stages.values()))


def anything() -> str:
    return "".join(random.choices(PIECES, k=random.randint(1, 4)))


@each_case
def test_a_lesson_stands_whatever_its_link_says(
    page: str, query: dict[str, str], look: Any, opened: Any, messages: Any
) -> None:
    seen = look(page, **query)
    names = sorted(entries(seen.at, seen.stages) - query.keys())
    for _ in range(LINKS):
        link = query | {name: anything() for name in names}
        at = opened(page, **link)
        for shown in messages(at).values():
            assert shown["picture"]["error"] is None, link
        said = "".join(each.value for each in (*at.warning, *at.error))
        assert not re.search(r"(?<!\\)(<b>|\*\*x|\[a\]\()", said), link
