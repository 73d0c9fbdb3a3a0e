"""A table of the reader's own: pasted or uploaded, and what is kept of it goes into the link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.plane.labelled import parse_labelled
from nn_core.tables import TableError
from nn_core.targets.samples import Samples, parse_samples, read_samples, resample, write_samples
from pages.shared.asking import upload
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.entrance import address_of_run, link
from pages.shared.stage.inputs.points import Points

FIRST_DATA = "0_0__0.25_0.8__0.5_0.3__0.75_1__1_0.4"
UPLOAD_MB = 5
LARGEST = 1e20

# What the link says of a table, by name, and remarks for the reader.
Taken = tuple[Mapping[str, str], Sequence[str]]


@dataclass(frozen=True)
class Table:
    """What the reader is asked for, in words, and how it is read.

    noun: what the rows are, in the plural. stands: what is shown on where a table is refused.
    take: from a table to what the link says of it. Raises TableError where it cannot.
    """

    noun: str
    opens: str
    rows: str
    example: str
    rules: str
    stands: str
    take: Callable[[str | bytes], Taken]

    def ask(self, row: DeltaGenerator, remarks: DeltaGenerator) -> None:
        """Where the reader pastes or uploads it. row: for the button."""
        pasted = f"pasted {self.noun}"
        with row.popover(self.opens):
            st.text_area(
                self.rows,
                key=pasted,
                height=160,
                placeholder=self.example,
                on_change=lambda: self._take_text(st.session_state[pasted]),
            )
            upload.field(self._uploaded, UPLOAD_MB * 1_000_000)
            st.caption(self.rules)
        self._tell(remarks)

    def _tell(self, remarks: DeltaGenerator) -> None:
        for remark in st.session_state.get(f"{self.noun} remarks", ()):
            remarks.caption(literal(remark))
        refused = st.session_state.get(f"{self.noun} refused")
        if refused is not None:
            remarks.error(f"Your {self.noun}: {literal(refused)}. {self.stands}")

    def receive(self) -> None:
        """Take the file that was picked last, if it is new; before the link is read, for there it goes."""
        file = upload.new_file(self._uploaded)
        if file is None:
            return
        if file.size > UPLOAD_MB * 1_000_000:
            self._refuse(f"it must have at most {UPLOAD_MB} MB, got {short(file.size / 1e6)} MB")
        else:
            self._take(file.content)

    def _take_text(self, text: str) -> None:
        """Take what was pasted; a field that was emptied asks for nothing."""
        if text:
            self._take(text)
        else:
            self._forget()

    @property
    def _uploaded(self) -> str:
        return f"uploaded {self.noun}"

    def _refuse(self, why: str) -> None:
        self._forget()
        st.session_state[f"{self.noun} refused"] = why

    def _forget(self) -> None:
        for about in ("remarks", "refused"):
            st.session_state.pop(f"{self.noun} {about}", None)

    def _take(self, content: str | bytes) -> None:
        """Put the table into the link, or say why it cannot be read."""
        self._forget()
        try:
            entries, remarks = self.take(content)
        except TableError as error:
            self._refuse(str(error))
            return
        address_of_run().update(entries)
        st.session_state[f"{self.noun} remarks"] = remarks


# ---- samples of a curve -----------------------------------------------------------------------------


def samples(row: DeltaGenerator, remarks: DeltaGenerator) -> Samples:
    """The points of a curve that the reader pastes or uploads; an example while there are none."""
    table = Table(
        "data",
        "Paste or upload two columns",
        "x and y, one pair a line",
        "0, 0.2\n0.5, 0.9\n1, 0.4",
        "Columns are separated by commas, semicolons, tabs or spaces. Rows are sorted by x, those of the "
        "same x averaged, and more than 64 points are reduced to 64, so that they fit into the link.",
        "The curve before it stands.",
        _taken_samples,
    )
    table.receive()
    found = _linked_samples(remarks)
    table.ask(row, remarks)
    return found


def _taken_samples(content: str | bytes) -> Taken:
    found = _drawable(resample(parse_samples(content)))
    return {"data": write_samples(found)}, found.remarks


def _linked_samples(remarks: DeltaGenerator) -> Samples:
    """The points that the link holds; an example where it holds none."""
    try:
        return _drawable(read_samples(link().get("data", FIRST_DATA)))
    except TableError as error:
        remarks.warning(f"The points in the link: {literal(str(error))}. An example stands.")
        return read_samples(FIRST_DATA)


def _drawable(found: Samples) -> Samples:
    """The points, if whatever is computed of them stays finite."""
    for name, numbers in (("x", found.x), ("y", found.y)):
        if np.abs(numbers).max() > LARGEST:
            worst = numbers[np.argmax(np.abs(numbers))]
            raise TableError(f"every {name} must be at most {short(LARGEST)} in size, got {short(worst)}")
    return found


# ---- labelled points --------------------------------------------------------------------------------


def labelled_points(points: Points, entry: str) -> None:
    """Where the reader pastes or uploads points with a class each; they go into the link as `entry`."""
    row, remarks = st.container(horizontal=True), st.container()
    table = Table(
        "points",
        "Paste or upload three columns",
        "x₁, x₂ and class, one point a line",
        "0.2, 0.5, red\n-0.4, 0.1, blue",
        "The class is any two words or numbers. Points beyond −1 to 1 are scaled to fit, and of more "
        f"than {points.most} points {points.most} are kept, so that they fit into the link.",
        "Those before them stand.",
        lambda content: _taken_points(content, points, entry),
    )
    table.receive()
    table.ask(row, remarks)


def _taken_points(content: str | bytes, points: Points, entry: str) -> Taken:
    found = parse_labelled(content)
    places, labels = found.dataset.points.tolist(), found.dataset.labels
    rows = [(*place, int(label)) for place, label in zip(places, labels, strict=True)]
    classes = f"class 0 is {found.names[0]}, class 1 is {found.names[1]}"
    return {entry: points.write(points.read(rows).value)}, (*found.remarks, classes)
