"""What README says about lessons is so."""

import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.shared.stage import wire

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def lesson() -> str:
    """The lesson that README gives as an example."""
    (code,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return str(code)


def test_the_lesson_in_readme_is_a_whole_one() -> None:
    at = AppTest.from_string(lesson(), default_timeout=30)
    at.query_params["weight"] = "-2.5"
    at.run()
    assert not at.exception
    assert not at.warning
    told: dict[str, Any] = wire.unpack(at.get("bidi_component")[0].proto.bytes)
    assert told["committed"] == {"weight": -2.5}
    assert told["picture"]["error"] is None
    assert len(told["picture"]["plots"][0]["data"][0]["y"]) == 241


def test_its_knob_can_be_dragged() -> None:
    at = AppTest.from_string(lesson(), default_timeout=30)
    at.session_state["my_lesson"] = {"request": {"id": "1", "values": {"weight": 1.0}, "sweep": "weight"}}
    told = wire.unpack(at.run().get("bidi_component")[0].proto.bytes)
    assert not at.exception
    assert told["sweep"]["columns"][0].shape == (201, 241)


def test_the_files_that_readme_names_are_there() -> None:
    house = re.findall(r"^(\w[\w./]*)  +\w", README, re.MULTILINE)
    commands = re.findall(r"\btests/\w[\w/]*\.py|\.ci/\w+|\.github/[\w.]+", README)
    assert len(house) >= 5
    assert len(commands) >= 3
    assert not [path for path in {*house, *commands} if not (ROOT / path).exists()]
