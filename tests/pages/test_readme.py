"""What README says about lessons is so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.contents import LESSONS
from pages.shared.stage import wire

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / ".github/pictures"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def lesson() -> str:
    """The lesson that README gives as an example."""
    (code,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return str(code)


def line_in_the_contents() -> str:
    """The line that README gives for it."""
    (line,) = re.findall(r"^```\n( *Lesson\(.*\),\n)```", README, re.MULTILINE)
    return str(line)


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


def test_the_pictures_of_readme_are_there_small_and_made_from_pages_that_exist() -> None:
    shown = re.findall(r"\.github/pictures/(\w+\.webp)", README)
    assert {path.name for path in PICTURES.glob("*.webp")} == {*shown}
    assert sum(path.stat().st_size for path in PICTURES.glob("*.webp")) < 2**20
    links = re.findall(r'"/(\w+)\?', (PICTURES / "make.py").read_text(encoding="utf-8"))
    assert len(links) == 5
    assert {*links} <= {each.name for each in LESSONS}


def test_the_files_that_readme_names_are_there() -> None:
    house = re.findall(r"^(\w[\w./]*)  +\w", README, re.MULTILINE)
    commands = re.findall(r"\btests/\w[\w/]*\.py|\.ci/\w+|\.github/[\w./]+", README)
    assert len(house) >= 5
    assert len(commands) >= 3
    assert not [path for path in {*house, *commands} if not (ROOT / path).exists()]


def test_the_table_in_readme_has_every_lesson_in_the_order_of_the_contents() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    assert rows[0] == ("lesson", "what it shows")
    assert [title for title, _ in rows[1:]] == [lesson.title for lesson in LESSONS]


# ---- a new lesson ----------------------------------------------------------------------------------

RULES = ("tests/test_architecture.py", "tests/pages/test_home.py", "tests/pages/test_lessons.py")
# Those that name the lesson, and those of the contents.
ABOUT_IT = "my_lesson or holds_lessons or navigation or home_says or home_links"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with README's lesson, added as README says: a page, a line in the contents."""
    house = tmp_path_factory.mktemp("house")
    for name in ("nn_core", "pages", "tests"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    for name in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / name, house)
    (house / "pages" / "my_lesson.py").write_text(lesson(), encoding="utf-8")
    contents = house / "pages" / "shared" / "contents.py"
    before, end, _ = contents.read_text(encoding="utf-8").rpartition(")\n")
    contents.write_text(f"{before}{line_in_the_contents()}{end}", encoding="utf-8")
    return house


def test_a_new_lesson_is_a_page_and_a_line_and_keeps_every_rule(house: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-rA", "-p", "no:cacheprovider", "-k", ABOUT_IT]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        [*command, *RULES], cwd=house, env=clean, capture_output=True, text=True, check=False
    )
    passed = re.findall(r"^PASSED \S*::(test_\w+)(.*)$", ran.stdout, re.MULTILINE)
    assert ran.returncode == 0, ran.stdout
    assert len([name for name, which in passed if which == "[pages/my_lesson.py]"]) >= 25
    assert {name for name, which in passed if not which} >= {
        "test_the_navigation_has_home_and_then_the_lessons_of_the_contents",
        "test_home_says_the_claim_of_every_lesson",
        "test_home_links_to_every_lesson",
    }
