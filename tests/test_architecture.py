"""The house: which room may use which, what a room may not do, and the words of the house."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from pages.shared.contents import LESSONS as CONTENTS
from pages.shared.contents import READERS

ROOT = Path(__file__).parents[1]

# From the ground up. A module uses its own room and those on lower floors, never one beside it or above.
FLOORS = (
    ("nn_core.arrays", "nn_core.numerals"),
    ("nn_core.grids", "nn_core.errors", "nn_core.tables"),
    ("nn_core.networks",),
    ("nn_core.targets",),
    ("nn_core.building", "nn_core.plane"),
    ("nn_core.learning",),
    ("nn_core.families",),
    ("nn_core",),
    ("pages.shared.numbers", "pages.shared.markdown", "pages.shared.contents", "pages.shared.crowd"),
    ("pages.shared.figures.theme",),
    ("pages.shared.figures.axes",),
    ("pages.shared.figures.traces",),
    ("pages.shared.figures.plots", "pages.shared.figures.drawings", "pages.shared.figures.latex"),
    ("pages.shared.figures",),
    ("pages.shared.serving",),
    ("pages.shared.stage.inputs",),
    ("pages.shared.stage",),
    ("pages.shared.activations", "pages.shared.trainings", "pages.shared.glossary", "pages.shared.digits"),
    ("pages.shared.asking", "pages.shared.patience", "pages.shared.progress", "pages.shared.prose"),
    ("pages.shared.talks", "pages.shared.challenges", "pages.shared.assigning"),
    ("pages.shared",),
    ("pages.scenes",),
    ("pages",),
    ("app",),
)
# Every lesson is a room of its own, and so are the scenes of every lesson.
DIVIDED = {"pages": 2, "pages.scenes": 3}
CORE = [room for rooms in FLOORS for room in rooms if room.startswith("nn_core.")]
# What a room does not see although it lies below.
UNSEEN = {
    "pages.shared.numbers": ("nn_core",),
    "pages.shared.markdown": ("nn_core",),
    "pages.shared.contents": ("nn_core",),
    "pages.shared.crowd": ("nn_core",),
    "pages.shared.figures": ("pages.shared.contents", "pages.shared.crowd"),
    "pages.shared.serving": (*CORE, "pages.shared.figures", "pages.shared.contents"),
    "pages.shared.stage": (*(room for room in CORE if room != "nn_core.numerals"), "pages.shared.contents"),
    "app": ("nn_core", "pages.scenes", "pages.shared.figures", "pages.shared.asking"),
}
# What a room uses of what others made, beside the standard library.
OTHERS = {
    "nn_core": {"numpy"},
    "pages.shared.numbers": set[str](),
    "pages.shared.markdown": set[str](),
    "pages.shared.contents": set[str](),
    "pages.shared.crowd": set[str](),
    "pages.shared.crowd.process": {"threadpoolctl"},
    "pages.shared.figures": {"numpy"},
    "pages.shared.serving.fetching": {"plotly", "setuptools"},
    "pages.shared.serving": {"streamlit", "starlette", "brotli", "plotly"},
    "pages": {"numpy", "streamlit"},
    "app": {"streamlit"},
}
# Where the inside of somebody else's code may be read; a test notices when it is no longer so.
PRIVATE_GROUND = {"pages.shared.stage.entrance"}

TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "app.py", "nn_core", "pages", "tests"}
BUILT = {"build", "dist", "__pycache__", "node_modules", "htmlcov", "venv", "env"}
FILES_AND_SCREENS = {"print", "input", "open", "eval", "exec", "compile", "__import__"}
WORLD = {"builtins", "ctypes", "http", "importlib", "io", "logging", "os", "pathlib", "random"}
WORLD |= {"shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "urllib", "webbrowser"}
NUMPY_FILES = {"fromfile", "genfromtxt", "load", "loadtxt", "memmap", "save", "savetxt", "savez"}
NUMPY_FILES |= {"savez_compressed", "tofile"}
RANDOM_AS_AN_ARGUMENT = {"Generator", "default_rng", "SeedSequence", "BitGenerator", "PCG64"}
SHARED_STATE = {"threading", "_thread", "contextvars", "multiprocessing", "asyncio", "weakref"}
CHANGING = {"append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "setdefault", "add"}
CHANGING |= {"discard", "move_to_end", "sort", "reverse", "appendleft", "popleft", "__setitem__"}
MADE_TO_CHANGE = {"dict", "list", "set", "defaultdict", "OrderedDict", "Counter", "deque", "bytearray"}
MOST_FILES = 12


@dataclass(frozen=True, eq=False)
class Module:
    """A file of Python, as the rules read it."""

    name: str
    tree: ast.Module
    package: bool = False

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All that it is made of."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> set[str]:
        """Everything that it imports, in full: `from a.b import c` is a.b and a.b.c."""
        package = self.name.split(".") if self.package else self.name.split(".")[:-1]
        found = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else []
                source = ".".join([*above, *([node.module] if node.module else [])])
                found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
        return found


@cache
def module(path: Path) -> Module:
    """The module of a file, parsed once."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return Module(name.removesuffix(".__init__"), tree, name.endswith(".__init__"))


def said(path: Path) -> str:
    """The path as a test names it."""
    return path.relative_to(ROOT).as_posix()


APP = ROOT / "app.py"
CORE = sorted(ROOT.glob("nn_core/**/*.py"))
LESSONS = sorted(ROOT.glob("pages/*.py"))
FIGURES = sorted(ROOT.glob("pages/shared/figures/**/*.py"))
SHARED = sorted([*ROOT.glob("pages/shared/**/*.py"), *ROOT.glob("pages/scenes/**/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
PRODUCT = [APP, *CORE, *LESSONS, *SHARED]


def broken(rule: Callable[[Module], Any], paths: list[Path]) -> dict[str, Any]:
    """The files that break a rule, and how."""
    return {said(path): wrong for path in paths if (wrong := rule(module(path)))}


def asked_of(*paths: Path) -> pytest.MarkDecorator:
    """What is asked of all these files at once: those that break a rule are named, with what they do."""
    return pytest.mark.parametrize("paths", [pytest.param(list(paths), id=f"{len(paths)} files")])


each_core = asked_of(*CORE)
each_product = asked_of(*PRODUCT)
each_file = asked_of(*PRODUCT, *TESTS)


def test_there_is_something_in_every_room() -> None:
    rooms = {room_of(module(path).name) for path in PRODUCT}
    assert all(map(len, (CORE, LESSONS, FIGURES, SHARED, TESTS)))
    for floor in FLOORS[:-1]:
        for room in floor:
            assert any(within(each, room) for each in rooms), room


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
    assert Module("pages.shared.figures.example", ast.parse(code)).imports == found


PACKAGES = {module(path).name for path in PRODUCT if path.name == "__init__.py"} | {"pages"}


# ---- the arrows -----------------------------------------------------------------------------------


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def nearest(name: str, rooms: object) -> str | None:
    """The longest of the rooms that a module, or a name in it, lies in."""
    assert isinstance(rooms, dict | tuple | list)
    return max((room for room in rooms if within(name, room)), key=len, default=None)


ALTITUDE = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(name: str) -> str | None:
    """The room that a module, or a name in it, lies in; None for what is not of the house."""
    room = nearest(name, ALTITUDE)
    return ".".join(name.split(".")[: DIVIDED[room]]) if room in DIVIDED else room


def altitude(room: str) -> int:
    return ALTITUDE[str(nearest(room, ALTITUDE))]


def wrong_arrows(found: Module) -> list[str]:
    """The imports that lead up, beside, or to where a room does not look."""
    here = str(room_of(found.name))
    blind = UNSEEN.get(nearest(found.name, UNSEEN) or "", ())
    wrong = []
    for name in sorted(found.imports - on_the_way(found.imports)):
        there = room_of(name)
        if there is None or there == here:
            continue
        hidden = any(within(name, room) for room in blind) or is_of_another_lesson(there, here)
        if hidden or altitude(there) >= altitude(here):
            wrong.append(name)
    return wrong


def on_the_way(imports: set[str]) -> set[str]:
    """Packages that are named on the way to a module in them: `from pages.shared import numbers`."""
    deeper = {name.rpartition(".")[0] for name in imports}
    return imports & PACKAGES & deeper


def is_of_another_lesson(there: str, here: str) -> bool:
    """Whether these are the scenes of a lesson, seen by another one."""
    return within(there, "pages.scenes") and there.split(".")[2:] != here.split(".")[1:]


def strangers(found: Module) -> list[str]:
    """What it imports of what others made although its room does without."""
    known = OTHERS[str(nearest(found.name, OTHERS))]
    roots = {name.split(".")[0] for name in found.imports}
    return sorted(roots - {"nn_core", "pages", "app"} - known - set(sys.stdlib_module_names))


@each_product
def test_every_import_points_down(paths: list[Path]) -> None:
    assert broken(wrong_arrows, paths) == {}


@each_product
def test_a_room_uses_of_others_what_its_work_needs(paths: list[Path]) -> None:
    assert broken(strangers, paths) == {}


# ---- nothing is hidden ------------------------------------------------------------------------------


def assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The names that a module gives to something, and to what."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((each.id, node.value) for each in ast.walk(target) if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def can_change(value: ast.expr) -> bool:
    made = ast.unparse(value.func).split(".")[-1] if isinstance(value, ast.Call) else ""
    displays = ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp
    return isinstance(value, displays) or made in MADE_TO_CHANGE


def written_to(found: Module) -> set[str]:
    """The names whose contents a function changes: x[...] = , del x[...], x += , x.append(...)."""
    changed = set()
    for node in found.nodes:
        for each in ast.walk(node) if isinstance(node, ast.FunctionDef | ast.Lambda) else ():
            if isinstance(each, ast.Subscript | ast.Attribute) and isinstance(each.ctx, ast.Store | ast.Del):
                changed.add(ast.unparse(each.value))
            elif isinstance(each, ast.AugAssign):
                changed.add(ast.unparse(each.target))
            elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                changed |= {ast.unparse(each.func.value)} if each.func.attr in CHANGING else set()
    return changed


def state(found: Module) -> list[str]:
    """What may differ from one call to the next: containers that are, or can be, written to, and locks."""
    names = dict(assigned(found.tree))
    held = {name for name, value in names.items() if can_change(value) and name != name.upper()}
    held |= names.keys() & written_to(found)
    held |= {name for name in found.imports if name.split(".")[0] in SHARED_STATE}
    held |= {type(node).__name__ for node in found.nodes if isinstance(node, ast.Global | ast.Nonlocal)}
    return sorted(held - {"__all__"})


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


def silent(found: Module) -> list[str]:
    """What is public and does not say what it is; the members of a protocol are said with it."""
    stubs = {
        node.name
        for node in public(found.tree)
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.body[-1]) == "..."
    }
    return [
        node.name for node in public(found.tree) if not ast.get_docstring(node) and node.name not in stubs
    ]


def insides(found: Module) -> list[str]:
    """What it reads of others that they keep to themselves."""
    of_others = (
        ast.unparse(node)
        for node in found.nodes
        if isinstance(node, ast.Attribute) and is_private(node.attr) and ast.unparse(node.value) not in OWN
    )
    parts = {name: [part for part in name.split(".") if is_private(part)] for name in found.imports}
    return sorted({*of_others, *(name for name, private in parts.items() if private)})


OWN = {"self", "cls"}
# What a named tuple offers to everybody, named so that it is none of its fields.
OF_NAMED_TUPLES = {"_replace", "_asdict", "_fields", "_make"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in OF_NAMED_TUPLES


def deeds(found: Module) -> set[str]:
    """What it prints, opens or asks the world for."""
    names = {node.id for node in found.nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in found.nodes if isinstance(node, ast.Attribute)}
    world = {name.split(".")[0] for name in found.imports} & WORLD
    return names & FILES_AND_SCREENS | attributes & NUMPY_FILES | world


def chance(found: Module) -> set[str]:
    """Randomness that is no argument."""
    used = {
        node.attr
        for node in found.nodes
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(".random")
    }
    used |= {name.split(".")[2] for name in found.imports if name.startswith("numpy.random.")}
    unseeded = {"default_rng()"} if "default_rng()" in ast.unparse(found.tree) else set()
    return used - RANDOM_AS_AN_ARGUMENT | unseeded


@each_core
def test_the_core_neither_prints_nor_opens_files(paths: list[Path]) -> None:
    assert broken(deeds, paths) == {}


@each_core
def test_randomness_in_the_core_is_an_argument(paths: list[Path]) -> None:
    assert broken(chance, paths) == {}


@asked_of(*CORE, *FIGURES)
def test_the_core_and_the_figures_keep_no_state_between_calls(paths: list[Path]) -> None:
    assert broken(state, paths) == {}


@asked_of(*CORE, *SHARED)
def test_all_that_is_public_says_what_it_is(paths: list[Path]) -> None:
    assert broken(silent, paths) == {}


@each_product
def test_nobody_reads_what_others_keep_to_themselves(paths: list[Path]) -> None:
    assert broken(insides, [path for path in paths if module(path).name not in PRIVATE_GROUND]) == {}


def unheaded(found: Module) -> bool:
    """Whether it begins without a sentence."""
    return not (ast.get_docstring(found.tree) or "").strip()


def foreign_words(found: Module) -> set[str]:
    """Names that are no words of the house."""
    names = {node.id for node in found.nodes if isinstance(node, ast.Name)}
    names |= {node.arg for node in found.nodes if isinstance(node, ast.arg)}
    return names & {"lr", "eta", "nabla", "act", "grad"} | {*found.name.split(".")} & NO_ROOMS


def paint(found: Module) -> list[str]:
    """Colours by their values."""
    texts = [
        node.value for node in found.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in texts if re.search(r"#(?:[0-9a-fA-F]{3}){1,2}\b|rgba?\(", text)]


def skipped_levels(found: Module) -> list[str]:
    """Headings that skip a level: below the title stand `header` and ##, and below these ### alone."""
    return [
        ast.unparse(node)
        for node in found.nodes
        if (isinstance(node, ast.Attribute) and node.attr == "subheader")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and "#### " in node.value)
    ]


def stops(found: Module) -> list[str]:
    """Where a run is cut off: Streamlit then keeps the stages of the page before, and their late requests
    are answered into a page where they have no place."""
    return [ast.unparse(node) for node in found.nodes if ast.unparse(node) == "st.stop()"]


def told_numbers(found: Module) -> list[str]:
    """Where a number becomes text: a format behind a colon, `format`, `repr` or the old operator %."""
    return [
        ast.unparse(node)
        for node in found.nodes
        if (isinstance(node, ast.FormattedValue) and node.format_spec)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"format", "repr"})
        or (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mod)
            and isinstance(node.left, ast.Constant)
        )
    ]


NO_ROOMS = {"utils", "helpers", "misc", "common"}


# ---- every rule bites -------------------------------------------------------------------------------

PLOTS, STAGE, SCENE = (
    "pages.shared.figures.plots.scale",
    "pages.shared.stage.links",
    "pages.scenes.bumps.cost",
)
WRONG_ARROWS = [
    (PLOTS, "from pages.shared.asking import menus"),
    (PLOTS, "from pages.shared.asking.menus import choose"),
    (PLOTS, "from pages.scenes.gradient_descent import mixer"),
    (PLOTS, "from pages.shared.stage.picture import Picture"),
    (PLOTS, "from pages.shared.figures.drawings.markup import Markup"),
    (PLOTS, "import pages.shared.stage.wire as wire"),
    (PLOTS, "def late():\n    from pages import home"),
    ("pages.shared.figures.axes", "from pages.shared.figures.plots import curves"),
    (STAGE, "from pages.scenes.gradient_descent import mixer"),
    (STAGE, "from pages.scenes.gradient_descent.mixer import run"),
    (STAGE, "from nn_core.networks.network import Network"),
    (STAGE, "from pages.shared.asking import menus"),
    ("pages.shared.stage.inputs.knob", "from pages.shared.stage.stage import stage"),
    ("pages.shared.asking.menus", "from pages.shared.patience import patiently"),
    ("pages.shared.patience", "from pages.scenes.gradient_descent import curve"),
    (SCENE, "from pages import home"),
    (SCENE, "from pages.bumps import one_bump"),
    (SCENE, "from pages.scenes.gradient_descent import mixer"),
    (SCENE, "from pages.scenes import gradient_descent"),
    ("pages.bumps", "from pages.home import picture"),
    ("pages.bumps", "import pages.home"),
    ("pages.bumps", "from pages.scenes.gradient_descent import mixer"),
    ("pages.bumps", "import app"),
    ("nn_core.networks.network", "from nn_core.targets.curves import Target"),
    ("nn_core.building.ways", "from nn_core.plane.lines import along"),
    ("nn_core.arrays", "from .networks import network"),
    ("nn_core.errors", "from pages.shared.numbers import small"),
    ("pages.shared.numbers", "from nn_core.arrays import FloatArray"),
    ("app", "from pages.shared.figures import theme"),
]
RIGHT_ARROWS = [
    (PLOTS, "from pages.shared.figures.axes import axis\nfrom nn_core.networks.network import Network"),
    (PLOTS, "from pages.shared.figures.plots.curves import line"),
    (PLOTS, "from pages.shared.figures import axes"),
    (
        STAGE,
        "from pages.shared.stage.inputs.input import Input\nfrom pages.shared.figures.theme import PALETTE",
    ),
    (SCENE, "from pages.scenes.bumps import side_by_side\nfrom pages.shared.asking import menus"),
    (SCENE, "from pages.shared import numbers"),
    ("pages.bumps", "from pages.scenes.bumps import cost\nfrom pages.shared.stage.stage import stage"),
    ("nn_core.learning.courses", "from nn_core.plane.datasets import Dataset\nimport functools"),
    ("app", "from pages.shared.contents import LESSONS"),
]


@pytest.mark.parametrize(("name", "code"), WRONG_ARROWS)
def test_an_arrow_that_points_up_or_beside_is_found(name: str, code: str) -> None:
    assert wrong_arrows(Module(name, ast.parse(code)))


@pytest.mark.parametrize(("name", "code"), RIGHT_ARROWS)
def test_an_arrow_that_points_down_is_none_of_them(name: str, code: str) -> None:
    assert wrong_arrows(Module(name, ast.parse(code))) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (SCENE, "import plotly.graph_objects as go"),
        ("pages.bumps", "from plotly import io"),
        (PLOTS, "import streamlit as st"),
        ("nn_core.errors", "import scipy"),
        ("nn_core.errors", "import streamlit"),
        (STAGE, "import pytest"),
        ("pages.home", "from tests.browser import reader"),
        ("app", "import numpy"),
    ],
)
def test_a_stranger_is_found(name: str, code: str) -> None:
    assert strangers(Module(name, ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "_known = {}",
        "_known: dict[str, int] = {}",
        "known = []",
        "_seen = set()",
        "cache = OrderedDict()",
        "_cache = collections.defaultdict(list)",
        "KNOWN = {}\ndef f(x):\n    KNOWN[x] = 1",
        "KNOWN = [1]\ndef f(x):\n    KNOWN.append(x)",
        "KNOWN = {}\ndef f(x):\n    return KNOWN.setdefault(x, 1)",
        "KNOWN = {1}\ndef f():\n    KNOWN.clear()",
        "KNOWN = Known()\ndef f(x):\n    KNOWN.latest = x",
        "import threading\n_held = threading.local()",
        "from threading import Lock",
        "from contextvars import ContextVar",
        "COUNT = 0\ndef f():\n    global COUNT\n    COUNT += 1",
        "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g",
    ],
)
def test_state_is_found(code: str) -> None:
    assert state(Module("nn_core.example", ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "KNOWN = {'one': 1}\ndef f(x):\n    return KNOWN[x]",
        "@lru_cache(maxsize=4)\ndef f(x):\n    return x",
        "def f(xs):\n    known = {}\n    known['x'] = list(xs)\n    return known",
        "PAIR = (1, 2)\nLETTERS = frozenset('ab')",
        "class A:\n    def __post_init__(self):\n        self.known = {}",
    ],
)
def test_what_is_remembered_by_value_is_no_state(code: str) -> None:
    assert state(Module("nn_core.example", ast.parse(code))) == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (deeds, "print(1)"),
        (deeds, "np.savetxt('x', x)"),
        (deeds, "import os"),
        (chance, "np.random.rand(3)"),
        (chance, "from numpy.random import rand"),
        (chance, "rng = np.random.default_rng()"),
        (foreign_words, "def f(lr):\n    return lr"),
        (told_numbers, "f'{x:.2f}'"),
        (told_numbers, "'{}'.format(x)"),
        (told_numbers, "'%g' % x"),
        (paint, "colour = '#f00'"),
        (skipped_levels, "st.subheader('What it costs')"),
        (skipped_levels, "st.markdown('#### What to notice')"),
        (stops, "if not text:\n    st.stop()"),
        (paint, "colour = 'rgba(1, 2, 3, 0.5)'"),
        (unheaded, "x = 1"),
    ],
)
def test_every_other_rule_bites(rule: Callable[[Module], Any], code: str) -> None:
    assert rule(Module("nn_core.example", ast.parse(code)))


def test_what_does_not_say_what_it_is_is_found() -> None:
    code = (
        'def f():\n    return 1\nclass A:\n    """An A."""\n    def g(self):\n        return 1\ndef _h(): ...'
    )
    assert silent(Module(SCENE, ast.parse(code))) == ["f", "g"]


@pytest.mark.parametrize(
    "code",
    [
        "knob._at(3)",
        "from nn_core.errors import _worst",
        "import streamlit._main",
        "st.session_state._state = 1",
    ],
)
def test_reading_what_others_keep_to_themselves_is_found(code: str) -> None:
    assert insides(Module(SCENE, ast.parse(code)))


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


def titles(found: Module) -> list[str]:
    """The titles that a page writes at its top."""
    return [
        ast.literal_eval(node.args[0])
        for node in found.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "title"
    ]


@pytest.mark.parametrize("path", [path for path in LESSONS if path.stem != "home"], ids=said)
def test_every_lesson_is_in_the_table_of_contents_with_the_title_that_it_has(path: Path) -> None:
    contents = {**{each.file: each.title for each in CONTENTS}, **READERS}
    assert [contents.get(path.name)] == titles(module(path))
    assert len(titles(module(path))) == 1


def test_the_table_of_contents_holds_lessons_that_are_there() -> None:
    files = [*(each.file for each in CONTENTS), *READERS]
    assert sorted(files) == sorted({path.name for path in LESSONS} - {"home.py"})


def test_the_entry_is_at_most_45_lines() -> None:
    assert len(APP.read_text(encoding="utf-8").splitlines()) <= 45


def test_a_folder_holds_few_files() -> None:
    folders = {path.parent for path in [*CORE, *SHARED]}
    counts = {said(folder): len([*folder.glob("*.py")]) - 1 for folder in folders}
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES} == {}


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in TESTS if path.name.startswith("test_")]
    assert sorted(set(names)) == sorted(names)


# ---- words ----------------------------------------------------------------------------------------


@each_file
def test_every_module_starts_with_a_docstring(paths: list[Path]) -> None:
    assert broken(unheaded, paths) == {}


@each_product
def test_names_are_the_words_of_the_house(paths: list[Path]) -> None:
    assert broken(foreign_words, paths) == {}


@each_product
def test_colours_have_their_values_in_the_theme_only(paths: list[Path]) -> None:
    assert broken(paint, [path for path in paths if path.name != "theme.py"]) == {}


def bare_links(found: Module) -> list[str]:
    """Where Streamlit's own view of the link is read or written: it may be older than what the page wrote."""
    return [
        ast.unparse(node)
        for node in found.nodes
        if (isinstance(node, ast.Attribute) and node.attr == "query_params")
        or (isinstance(node, ast.keyword) and node.arg == "bind")
    ]


@each_product
def test_the_link_is_read_and_written_through_its_door(paths: list[Path]) -> None:
    doors = {"pages.shared.stage.address", "pages.shared.stage.entrance"}
    assert broken(bare_links, [path for path in paths if module(path).name not in doors]) == {}


@each_product
def test_headings_skip_no_level(paths: list[Path]) -> None:
    assert broken(skipped_levels, paths) == {}


@each_product
def test_a_page_runs_to_its_end(paths: list[Path]) -> None:
    assert broken(stops, paths) == {}


@each_product
def test_numbers_become_text_in_one_file(paths: list[Path]) -> None:
    # What a link says of a number is written where it is read.
    doors = {ROOT / "pages/shared/numbers.py", ROOT / "pages/shared/stage/inputs/reading.py"}
    pages = [path for path in paths if path.is_relative_to(ROOT / "pages") and path not in doors]
    assert broken(told_numbers, pages) == {}
