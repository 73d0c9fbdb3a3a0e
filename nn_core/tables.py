"""A table is lines of cells: what a reader pastes or uploads, cut up and read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import nan
from typing import TypeAlias

from nn_core.numerals import NUMBER, number

# Larger numbers would overflow in a product.
LARGEST = 1e100
# Of a cell that is not a number a message shows so many characters.
SHOWN = 20
SEPARATORS = (";", "\t", ",", " ")
# Spreadsheets write the separator they use into a line of its own.
SAID_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
# What programs write where there is no number.
MISSING = re.compile(r"|#?n/?a|nan|null|[-+−–]?inf(?:inity)?", re.IGNORECASE)
# One comma, and three digits after it: thousands, or decimals. More commas, or a point after them: thousands.
EITHER = re.compile(r"[-+−–]?[1-9][0-9]{0,2},[0-9]{3}")
THOUSANDS = re.compile(r"[-+−–]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]*|(?:,[0-9]{3}){2,})")
THOUSANDS_BY_POINT = re.compile(r"[-+−–]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]*")

# Such a text holds numbers as Python reads them, or nothing that it would take for one.
PLAIN = re.compile(r"[-+.0-9eE;, \t\n]*")
# So many lines are read at once.
BLOCK = 10_000

Row: TypeAlias = tuple[int, list[str]]  # the number of a line, and its cells


class TableError(ValueError):
    """What is wrong with a reader's table, or with a link in its place, in a sentence for its reader."""


def decoded(text: str | bytes, most_bytes: int) -> str:
    """The text without a byte order mark, or a TableError if it is too large or no text."""
    if len(text) > most_bytes:
        raise TableError(f"the table must have at most {most_bytes / 1e6:g} MB, got {len(text) / 1e6:.1f} MB")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    encodings = ("utf-16",) if text.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "latin-1")
    if encodings[0] == "utf-16" or b"\0" not in text:
        for encoding in encodings:
            try:
                return text.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise TableError("the table must be text, such as a CSV file in UTF-8, got something else")


@dataclass(frozen=True, eq=False)
class Table:
    """The lines of a table whose first two columns are numbers.

    Cells are separated by semicolons, tabs, commas or spaces: the first of these by which the second line
    that says something, or else the first, has as many cells as there are columns. A line `sep=;` at the top
    says it. Cells may be in quotes, and then hold the separator. Lines that are blank or start with # are
    skipped, and so is a first line without numbers among its first two cells, the heading.

    Attributes:
        lines: the lines of the text.
        columns: what the columns are called.

    Raises:
        TableError: if no line says anything.
    """

    lines: list[str]
    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a table without any line."""
        if not self._first_two:
            raise TableError(f"the table must have {self._columns}, got no line with any")

    @property
    def _columns(self) -> str:
        count = {2: "two", 3: "three"}[len(self.columns)]
        return f"{count} columns, {', '.join(self.columns[:-1])} and {self.columns[-1]}"

    @cached_property
    def _said(self) -> re.Match[str] | None:
        """The line that says the separator."""
        return SAID_SEPARATOR.fullmatch(next(filter(says, self.lines), ""))

    @cached_property
    def _first_two(self) -> list[tuple[int, str]]:
        return list(islice(self._numbered(), 2))

    def _numbered(self) -> Iterator[tuple[int, str]]:
        """The lines that say something, with their numbers, that with the separator left out."""
        numbered = ((number, line) for number, line in enumerate(self.lines, 1) if says(line))
        return islice(numbered, 1 if self._said else 0, None)

    @cached_property
    def separator(self) -> str:
        """What separates the cells."""
        if self._said:
            return self._said[1]
        for _, line in reversed(self._first_two):
            for separator in SEPARATORS:
                cells = cells_of(line, separator)
                if len(cells) == len(self.columns) and all(map(_may_be_number, cells[:2])):
                    return separator
        for _, line in reversed(self._first_two):
            for separator in SEPARATORS:
                if separator in QUOTED.sub("", line).strip():
                    return separator
        return " "

    @cached_property
    def heading(self) -> int:
        """The number of the line that is the heading; 0 where there is none."""
        line_number, line = self._first_two[0]
        return line_number if _is_heading(cells_of(line, self.separator)[:2]) else 0

    def said(self) -> Iterator[tuple[int, str]]:
        """The lines below the heading that say something, with their numbers."""
        return islice(self._numbered(), 1 if self.heading else 0, None)

    def rows(self) -> Iterator[Row]:
        """The cells of each line, with its number; a TableError where a line has too few or too many."""
        for line_number, line in self.said():
            cells = cells_of(line, self.separator)
            if len(cells) != len(self.columns):
                raise TableError(f"line {line_number}: there must be {self._columns}, got {len(cells)}")
            yield line_number, cells

    @property
    def has_commas(self) -> bool:
        """Whether there may be a comma within a cell."""
        if self.separator == ",":
            return any('"' in line for line in self.lines)
        return any("," in line for line in self.lines)

    @cached_property
    def commas(self) -> Commas:
        """What commas in numbers mean; a TableError where they mean two things."""
        if not self.has_commas:
            return Commas()
        return commas_in((line_number, cell) for line_number, cells in self.rows() for cell in cells[:2])

    def numbers(self) -> Iterator[tuple[int, float, float, list[str]]]:
        """Each line: its number, the numbers in its first two cells (NaN where none is), and its cells."""
        rows = self.rows()
        while block := list(islice(rows, BLOCK)):
            for (line_number, cells), x, y in zip(block, *self._coordinates(block), strict=True):
                yield line_number, x, y, cells

    def _coordinates(self, block: list[Row]) -> tuple[list[float], list[float]]:
        """The numbers in the first two cells of a block of lines; where all are plain, Python reads them."""
        try:
            x, y = ([cells[at] for _, cells in block] for at in (0, 1))
            return self.commas.plain_numbers(x), self.commas.plain_numbers(y)
        except ValueError:
            found = [[_number_in(line, cell, self.commas) for cell in cells[:2]] for line, cells in block]
            return [x for x, _ in found], [y for _, y in found]

    @property
    def remarks(self) -> list[str]:
        """What was taken for granted."""
        heading = [f"line {self.heading} was taken as a heading"] if self.heading else []
        return [*heading, *([self.commas.remark] if self.commas.remark else [])]


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of a line without spaces and quotes around them; empty ones at its end do not count."""
    split = (_unquoted(line, separator) if '"' in line else None) or _split(line, separator)
    cells = [cell.strip() for cell in split]
    if '"' in line or "'" in line:
        cells = [cell.strip("\"'").strip() for cell in cells]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    return cells


def _split(line: str, separator: str) -> list[str]:
    return line.split(None if separator == " " else separator)


def _unquoted(line: str, separator: str) -> list[str] | None:
    """The cells of a line in which some are quoted; None where one is too long for Python's reader."""
    text = line.strip() if separator == " " else line
    try:
        return next(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return None


def says(row: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    said = row.strip()
    return said != "" and said[0] != "#"


def shown(cell: str) -> str:
    """A cell as a message shows it: its beginning, if it is long."""
    return cell if len(cell) <= SHOWN else cell[:SHOWN] + "…"


def left_out(rows: int) -> list[str]:
    """The remark that so many rows were left out, if any were."""
    count, were = ("1 row", "was") if rows == 1 else (f"{rows:,} rows", "were")
    return [f"{count} without two finite numbers {were} left out"] if rows else []


# ---- numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Commas:
    """What a comma in the numbers of a table is: a sign before decimals, or one between thousands."""

    between_thousands: bool = False
    remark: str = ""

    def plain(self, cell: str) -> str:
        """The number in a cell without the signs between its thousands."""
        if self.between_thousands:
            return cell.replace(",", "")
        return cell.replace(".", "") if "." in cell and "," in cell else cell

    def plain_numbers(self, cells: list[str]) -> list[float]:
        """The numbers in cells of which each holds one that is plain; a ValueError where one does not."""
        text = "\n".join(cells)
        if "," in text and not self.between_thousands and "." in text:
            raise ValueError("points and commas are told apart cell by cell")
        if not PLAIN.fullmatch(text):
            raise ValueError("a plain number has digits, signs, a point and an exponent")
        return list(map(float, text.replace(",", "" if self.between_thousands else ".").split("\n")))


def commas_in(numbered: Iterable[tuple[int, str]]) -> Commas:
    """What commas are in cells with numbers, each with the number of its line.

    A comma stands between thousands where there are more of them, or a point after it, or a decimal point in
    another cell; it is a decimal comma where it could not stand between thousands. Where both could be it is
    read as a decimal comma, as everywhere, and remarked upon.

    Raises:
        TableError: where one cell says the one thing and another the other.
    """
    found: dict[str, tuple[int, str]] = {}
    for line_number, cell in numbered:
        if "," in cell or "." in cell:
            found.setdefault(_kind(cell), (line_number, cell))
    decimal, thousands, either = (found.get(kind) for kind in ("decimal", "thousands", "either"))
    if decimal and (thousands or "point" in found):
        line_number, cell = thousands or found["point"]
        raise TableError(
            f"line {line_number}: {shown(cell)!r} has a decimal point, or commas between thousands, "
            f"and line {decimal[0]} a decimal comma, {shown(decimal[1])!r}: write all numbers alike"
        )
    if thousands or (either and "point" in found):
        _, cell = thousands or either or (0, "")
        return Commas(True, f"commas were taken to stand between thousands, as in {shown(cell)}")
    if either and not decimal:
        return Commas(remark=f"{either[1]} was read as {either[1].replace(',', '.')}, with a decimal comma")
    return Commas()


def _kind(cell: str) -> str:
    """What a cell with a comma or a point tells of commas."""
    if "," not in cell:
        return "point"
    if THOUSANDS.fullmatch(cell):
        return "thousands"
    return "either" if EITHER.fullmatch(cell) else "decimal"


def number_of(cell: str) -> float:
    """The number in a cell; not finite where there is none, or one that is too large; or a ValueError."""
    found = number(cell)
    if found is not None:
        return found
    if MISSING.fullmatch(cell) or NUMBER.fullmatch(cell):
        return nan
    raise ValueError(f"a number is written with digits, got {cell!r}")


def _number_in(line_number: int, cell: str, commas: Commas) -> float:
    """The number in a cell, or a TableError that names the line and shows the cell."""
    found = number(commas.plain(cell))
    if found is not None:
        return found
    try:
        return number_of(cell)
    except ValueError:
        raise TableError(f"line {line_number}: {shown(cell)!r} is not a number") from None


def _is_number(cell: str) -> bool:
    return any(form.fullmatch(cell) for form in (NUMBER, THOUSANDS, THOUSANDS_BY_POINT))


def _may_be_number(cell: str) -> bool:
    return _is_number(cell) or MISSING.fullmatch(cell) is not None


def _is_heading(cells: list[str]) -> bool:
    """Whether a cell among these is a word, and none a number."""
    return not all(map(_may_be_number, cells)) and not any(map(_is_number, cells))
