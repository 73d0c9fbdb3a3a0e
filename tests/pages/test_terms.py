"""No term stands on a page before its lesson unless it is explained there."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from pages.shared.contents import LESSONS
from pages.shared.glossary.sheet import NAME, SHEET, picture
from pages.shared.glossary.telling import dotted, explained
from pages.shared.glossary.terms import NAMED, TERMS, Term

ORDER = [lesson.file for lesson in LESSONS]
NOTE = re.compile(r"<span popover.*?</svg></span>|<span popover.*?</span></span>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")


def test_every_term_belongs_to_a_lesson_and_no_two_are_written_alike() -> None:
    assert {term.lesson for term in TERMS} <= {*ORDER}
    assert len(NAMED) == sum(len(term.written) for term in TERMS)
    assert [ORDER.index(term.lesson) for term in TERMS] == sorted(ORDER.index(term.lesson) for term in TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_a_term_is_one_short_sentence_with_a_small_picture(term: Term) -> None:
    assert term.says[0].isupper() or term.says.startswith("−")
    assert term.says.endswith(".")
    assert len(term.says) <= 110
    if term.picture:
        drawn = term.picture()
        assert drawn.startswith("<svg ")
        assert len(drawn) < 6000
        assert "nan" not in drawn


def test_every_picture_is_once_in_the_file_that_browsers_keep_and_a_page_only_says_which_it_shows() -> None:
    pictured = [term for term in TERMS if term.picture]
    parts = ElementTree.fromstring(SHEET.files[NAME].read_bytes())
    shown = [re.search(r'href="(.*?)#(.*?)"', picture(term)) for term in pictured]
    assert {found[1] for found in shown if found} == {SHEET.at(NAME)}
    assert [found[2] for found in shown if found] == [part.get("id") for part in parts]
    assert len({part.get("id") for part in parts}) == len(pictured)
    assert all(len(part) > 0 for part in parts)
    assert max(len(picture(term)) for term in TERMS) < 150
    assert [picture(term) for term in TERMS if not term.picture] == [""] * (len(TERMS) - len(pictured))


def test_a_marked_term_opens_and_the_rest_of_the_text_stays() -> None:
    text = explained("Its [[loss]] is 2, and [[a trained one|training]] is better.")
    assert MARKUP.sub("", NOTE.sub("", text)) == "Its loss is 2, and a trained one is better."
    assert re.findall('data-term="(.*?)"', text) == ["loss", "training"]
    names = re.findall(' id="(.*?)"', text)
    assert names == re.findall('popovertarget="(.*?)"', text) == re.findall('aria-describedby="(.*?)"', text)
    assert len({*names}) == 2
    assert NAMED["loss"].says in text


def test_what_is_no_term_cannot_be_marked() -> None:
    with pytest.raises(KeyError):
        explained("A [[lossy]] word.")


# ---- the pages --------------------------------------------------------------------------------------

PAGES = [
    *((lesson.file, {}) for lesson in LESSONS),
    ("two_neurons.py", {"answer": "plateaus"}),
    ("bumps.py", {"output": "adds up, then σ"}),
    ("approximator.py", {"target": "random curve", "below": "network"}),
    ("approximator.py", {"activation": "ReLU", "below": "error against N"}),
    ("nonlinearity.py", {"product": "W₁W₂W₃"}),
    ("decision_boundary.py", {"network": "two hidden neurons"}),
    ("decision_boundary.py", {"network": "trained"}),
    ("decision_boundary.py", {"network": "trained", "points": "your points"}),
]


SCENES = [
    *PAGES,
    *(
        ("gradient_descent.py", {"scene": scene})
        for scene in ("landscape", "one step", "curve", "three sines", "classes")
    ),
    ("gradient_descent.py", {"scene": "landscape", "scape": "two weights of the mixer"}),
    ("towers.py", {"surface": "your formula"}),
    ("convolution.py", {"scene": "shared weights"}),
    ("convolution.py", {"scene": "digits"}),
    ("convolution.py", {"scene": "yours"}),
    ("forward_pass.py", {"scene": "from a file"}),
    *(("attention.py", {"scene": scene}) for scene in ("order", "induction", "recall", "block")),
    *(
        ("depth.py", {"scene": scene})
        for scene in ("folds", "typical", "found", "not free", "narrow", "squares")
    ),
    ("recurrence.py", {"scene": "a bit kept"}),
    ("recurrence.py", {"scene": "trained"}),
    ("adversaries.py", {"scene": "judge"}),
    ("adversaries.py", {"scene": "live"}),
    *(("autoencoder.py", {"scene": scene}) for scene in ("linear", "variational")),
]
# Where both coordinates of the plane are inputs.
PLANES = ("nonlinearity.py", "decision_boundary.py", "towers.py")


def strings(part: object) -> Iterator[str]:
    """All texts that data holds."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from strings(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from strings(each)


def seen_on(stage: Any) -> Iterator[str]:
    """What a stage writes: labels, options, names of numbers, tasks, axes, remarks and diagrams."""
    picture = stage["picture"]
    for each in stage["inputs"].values():
        yield from strings([each["label"], each.get("options", [])])
    yield from strings([[preset["label"] for preset in stage["presets"]], [*picture["readouts"]]])
    yield from strings([[*picture["tasks"]], [verdict["says"] for verdict in picture["tasks"].values()]])
    for plot in picture["plots"]:
        layout = plot["layout"]
        yield from strings([layout[name].get("title", {}) for name in layout if re.match("[xyz]axis", name)])
        yield from strings([note.get("text", "") for note in layout.get("annotations", [])])
    for part in (picture["diagram"], picture["formula"]):
        if part:
            yield MARKUP.sub(" ", part["html"])
            yield from strings([slot.get("text", "") for slot in part["slots"].values()])


def written_on(at: Any, stages: Any) -> tuple[str, set[str]]:
    """All that a page writes, and the terms that it explains."""
    texts = [each.value for kind in (at.markdown, at.caption, at.info, at.warning) for each in kind]
    told = {NAMED[name.casefold()].name for text in texts for name in re.findall('data-term="(.*?)"', text)}
    labels = [f"{each.label} {' '.join(map(str, each.options))}" for each in at.selectbox]
    labels += [
        each.label for kind in (at.text_input, at.button, at.expander, at.button_group) for each in kind
    ]
    headed = [each.value for kind in (at.title, at.header, at.subheader) for each in kind]
    plain = [MARKUP.sub("", NOTE.sub("", text)) for text in texts]
    return "\n".join(
        [*plain, *labels, *headed, *(text for each in stages.values() for text in seen_on(each))]
    ), told


def stands(term: Term, text: str) -> str | None:
    """Where a text has the term, a few words of it; None where it has not."""
    longer = [form for other in TERMS for form in other.written if other is not term and term.name in form]
    for form in longer:
        text = text.replace(form, "")
    forms = "|".join(map(re.escape, term.written))
    found = re.search(rf"(?<![\w-])(?:{forms})(?![\w-])", text, 0 if term.name == "Adam" else re.IGNORECASE)
    return found and text[max(0, found.start() - 30) : found.end() + 30].replace("\n", " ")


@pytest.mark.parametrize(("file", "query"), PAGES, ids=[" ".join([file, *q.values()]) for file, q in PAGES])
def test_a_term_that_a_later_lesson_explains_is_explained_where_it_stands(
    file: str, query: dict[str, str], look: Any
) -> None:
    found = look(f"pages/{file}", **query)
    text, told = written_on(found.at, found.told)
    later = [term for term in TERMS if ORDER.index(term.lesson) > ORDER.index(file)]
    missing = {
        term.name: stands(term, text) for term in later if term.name not in told and stands(term, text)
    }
    assert missing == {}


# ---- one notation -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "query"), SCENES, ids=[" ".join([file, *q.values()]) for file, q in SCENES])
def test_an_index_is_lowered_wherever_it_is_seen(file: str, query: dict[str, str], look: Any) -> None:
    found = look(f"pages/{file}", **query)
    text, _ = written_on(found.at, found.told)
    typed = "x1*x2 + sin(6*x1)/4", "log2", "log10", "L2 error"
    for each in typed:
        text = text.replace(each, "")
    formulas = re.sub(r"\$[^$]*\$|`[^`]*`", "", text)
    assert re.findall(r"(?<![\w.])[a-zA-Z]\d+(?![\w.])", formulas) == []


@pytest.mark.parametrize(
    ("file", "query"),
    [(file, query) for file, query in SCENES if file in PLANES],
    ids=[" ".join([file, *q.values()]) for file, q in SCENES if file in PLANES],
)
def test_where_the_plane_is_the_input_nothing_else_is_called_x_or_y(
    file: str, query: dict[str, str], look: Any
) -> None:
    found = look(f"pages/{file}", **query)
    text, _ = written_on(found.at, found.told)
    assert re.findall(r".{0,12}(?<![\w∂])y(?![\w₁₂]).{0,12}", re.sub(r"\$[^$]*\$", "", text)) == []


def test_the_glossary_lists_every_term(opened: Any) -> None:
    at = opened("pages/glossary.py")
    assert not at.exception
    listed = "".join(each.value for each in at.markdown)
    assert all(f"<strong>{term.name}</strong></dfn><br>{term.says}" in listed for term in TERMS)


def test_a_dotted_word_is_a_button_that_says_its_sentence() -> None:
    html = dotted("loss", NAMED["loss"], "x")
    assert html.startswith('<span class="sp-word"')
    assert '<button type="button" class="sp-term" popovertarget="term-x"' in html
