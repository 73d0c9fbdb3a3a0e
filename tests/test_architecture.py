"""Arrows point one way: pages -> stage -> figures -> nn_core -> NumPy, never back."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = sorted(ROOT.glob("nn_core/**/*.py"))
LESSONS = sorted(ROOT.glob("pages/*.py"))
FIGURES = sorted(ROOT.glob("pages/shared/figures/**/*.py"))
STAGE = sorted(ROOT.glob("pages/shared/stage/**/*.py"))
SHARED = sorted(ROOT.glob("pages/shared/**/*.py"))
TESTS = sorted(ROOT.glob("tests/**/*.py"))
APP = ROOT / "app.py"

TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "app.py", "nn_core", "pages", "tests"}
BUILT = {"build", "dist", "__pycache__", "node_modules", "htmlcov", "venv", "env"}
FILES_AND_SCREENS = {"print", "input", "open", "eval", "exec", "compile", "__import__"}
WORLD = {"builtins", "ctypes", "http", "importlib", "io", "logging", "os", "pathlib", "random"}
WORLD |= {"shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "urllib", "webbrowser"}
NUMPY_FILES = {"fromfile", "genfromtxt", "load", "loadtxt", "memmap", "save", "savetxt", "savez"}
NUMPY_FILES |= {"savez_compressed", "tofile"}
RANDOM_AS_AN_ARGUMENT = {"Generator", "default_rng", "SeedSequence", "BitGenerator", "PCG64"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def said(path: Path) -> str:
    """The path as a test names it."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(tree: ast.Module, path: Path) -> Iterator[str]:
    """Everything that a module imports, in full: `from a.b import c` is a.b and a.b.c."""
    package = module_name(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def imports(path: Path) -> set[str]:
    return set(imports_of(parsed(path), path))


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def is_lesson(name: str) -> bool:
    return (
        within(name, "pages")
        and name != "pages"
        and not within(name, "pages.shared")
        and not within(name, "pages.scenes")
    )


each_core = pytest.mark.parametrize("path", CORE, ids=said)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=said)
each_figure = pytest.mark.parametrize("path", FIGURES, ids=said)
each_stage = pytest.mark.parametrize("path", STAGE, ids=said)
each_product = pytest.mark.parametrize("path", [APP, *CORE, *LESSONS, *SHARED], ids=said)


def test_there_is_something_in_every_room() -> None:
    assert all(map(len, (CORE, LESSONS, FIGURES, STAGE, TESTS)))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import streamlit.components as c", {"streamlit.components"}),
        ("from pages.shared import stage", {"pages.shared", "pages.shared.stage"}),
        ("from . import theme", {"pages.shared.figures", "pages.shared.figures.theme"}),
        ("from ..stage import wire", {"pages.shared.stage", "pages.shared.stage.wire"}),
        ("def f():\n  if True:\n    import nn_core", {"nn_core"}),
    ],
)
def test_an_import_is_found_wherever_and_however_it_is_written(code: str, found: set[str]) -> None:
    path = ROOT / "pages" / "shared" / "figures" / "example.py"
    assert set(imports_of(ast.parse(code), path)) == found


# ---- the arrows -----------------------------------------------------------------------------------


@each_core
def test_the_core_imports_numpy_the_standard_library_and_itself(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert roots <= {"numpy", "nn_core"} | set(sys.stdlib_module_names)


@each_figure
def test_a_figure_knows_no_streamlit_no_stage_and_no_lesson(path: Path) -> None:
    for name in imports(path):
        assert not within(name, "streamlit")
        assert not within(name, "pages.shared.stage")
        assert not is_lesson(name)
        assert name != "app"


@each_stage
def test_the_stage_knows_nothing_of_neurons_and_no_lesson(path: Path) -> None:
    for name in imports(path):
        assert not within(name, "nn_core")
        assert not is_lesson(name)
        assert name != "app"


@each_lesson
def test_a_lesson_imports_no_lesson(path: Path) -> None:
    assert not [name for name in imports(path) if is_lesson(name) or name == "app"]


@each_lesson
def test_a_lesson_does_no_drawing(path: Path) -> None:
    assert not [name for name in imports(path) if within(name, "plotly")]


@pytest.mark.parametrize("path", [APP], ids=said)
def test_the_table_of_contents_imports_streamlit_only(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path)} == {"streamlit"}


@each_product
def test_the_product_does_not_import_its_tests(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & {"tests", "pytest", "hypothesis", "playwright"}


# ---- the core is pure -----------------------------------------------------------------------------


@each_core
def test_the_core_neither_prints_nor_opens_files(path: Path) -> None:
    names = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
    assert not names & FILES_AND_SCREENS
    assert not {name.split(".")[0] for name in imports(path)} & WORLD
    attributes = {node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert not attributes & NUMPY_FILES


@each_core
def test_randomness_in_the_core_is_an_argument(path: Path) -> None:
    used = {
        node.attr
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(".random")
    }
    assert used <= RANDOM_AS_AN_ARGUMENT
    from_random = {name for name in imports(path) if name.startswith("numpy.random.")}
    assert {name.split(".")[2] for name in from_random} <= RANDOM_AS_AN_ARGUMENT
    assert "default_rng()" not in ast.unparse(parsed(path)), "a generator needs a seed"


@each_core
def test_the_core_keeps_no_state_between_calls(path: Path) -> None:
    statements = {type(node) for node in ast.walk(parsed(path))}
    assert not statements & {ast.Global, ast.Nonlocal}


# ---- the file list is the table of contents -------------------------------------------------------


def top_level() -> set[str]:
    """What stands at the top of the repository, or of the folder where there is no repository."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        listed = ""
    files = {name.split("/")[0] for name in listed.split("\0") if name}
    if "app.py" in files:
        return files
    return {path.name for path in ROOT.iterdir() if path.name not in BUILT and path.suffix != ".egg-info"}


def test_nothing_else_stands_at_the_top() -> None:
    assert not {name for name in top_level() if not name.startswith(".")} - TOP_LEVEL


def test_the_house_stands() -> None:
    assert all((ROOT / name).exists() for name in TOP_LEVEL)


@each_lesson
def test_every_lesson_is_in_the_table_of_contents(path: Path) -> None:
    listed = [
        ast.literal_eval(node.args[0])
        for node in ast.walk(parsed(APP))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page"
    ]
    assert listed.count(said(path)) == 1
    assert len(listed) == len(LESSONS)


def test_the_table_of_contents_is_at_most_45_lines() -> None:
    assert len(APP.read_text(encoding="utf-8").splitlines()) <= 45


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in TESTS if path.name.startswith("test_")]
    assert sorted(set(names)) == sorted(names)


# ---- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [APP, *CORE, *LESSONS, *SHARED, *TESTS], ids=said)
def test_every_module_starts_with_a_docstring(path: Path) -> None:
    assert (ast.get_docstring(parsed(path)) or "").strip()


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of these classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            methods = node.body if isinstance(node, ast.ClassDef) else []
            yield from (
                method
                for method in methods
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_")
            )


@each_core
def test_every_public_function_and_class_of_the_core_says_what_it_is(path: Path) -> None:
    silent = [node.name for node in public(parsed(path)) if not ast.get_docstring(node)]
    assert silent == []


@pytest.mark.parametrize("path", [*FIGURES, *STAGE], ids=said)
def test_every_public_function_and_class_that_lessons_share_says_what_it_is(path: Path) -> None:
    silent = [node.name for node in public(parsed(path)) if not ast.get_docstring(node)]
    assert silent == []


@each_product
def test_names_are_the_words_of_the_house(path: Path) -> None:
    names = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(parsed(path)) if isinstance(node, ast.arg)}
    assert not names & {"lr", "eta", "nabla", "act", "grad", "utils"}
    assert path.stem not in {"utils", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", [path for path in [*LESSONS, *SHARED] if path.name != "theme.py"], ids=said)
def test_colours_have_their_values_in_the_theme_only(path: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if re.search(r"#(?:[0-9a-fA-F]{3}){1,2}\b|rgba?\(", text)]


@pytest.mark.parametrize("path", sorted(ROOT.glob("pages/**/*.py")), ids=said)
def test_numbers_become_text_in_one_file(path: Path) -> None:
    links = "pages/shared/stage/inputs/reading.py"  # what a link says of a number, to be read again
    asked = "pages/shared/asking"  # what is wrong with something typed; `numbers.short` would do
    if said(path) == "pages/shared/numbers.py" or said(path).startswith((links, asked)):
        return
    formatted = [
        ast.unparse(node)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.FormattedValue) and node.format_spec)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in {"format", "repr"})
        or (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mod)
            and isinstance(node.left, ast.Constant)
        )
    ]
    assert not formatted, "pages/shared/numbers.py says a number in every way that there is"
