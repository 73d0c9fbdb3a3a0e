"""A table is lines of cells: what a reader pastes or uploads, cut up and read."""

from math import isfinite

# Larger numbers would overflow in a product.
LARGEST = 1e100
# Of a cell that is not a number a message shows so many characters.
SHOWN = 20


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


def says(row: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    said = row.strip()
    return said != "" and said[0] != "#"


def separator_of(lines: list[str]) -> str:
    """What separates the cells of the second line; where nothing does, of the first, maybe a heading."""
    for line in lines[1::-1]:
        for separator in (";", "\t", ",", " "):
            if separator in line.strip():
                return separator
    return " "


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of a line without spaces and quotes around them; empty ones at its end do not count."""
    split = line.split(None if separator == " " else separator)
    cells = [cell.strip().strip("\"'").strip() for cell in split]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    return cells


def number_of(cell: str) -> float:
    """The number in a cell, NaN if it is empty, or a ValueError."""
    return float(cell.replace("−", "-").replace(",", ".") or "nan")


def number_in_line(number: int, cell: str) -> float:
    """The number in a cell, or a TableError that names the line and shows the cell."""
    try:
        return number_of(cell)
    except ValueError:
        raise TableError(f"line {number}: {shown(cell)!r} is not a number") from None


def is_heading(cells: list[str]) -> bool:
    """Whether a cell among these is not a number, and none is a finite one."""
    words = 0
    for cell in cells:
        try:
            if isfinite(number_of(cell)):
                return False
        except ValueError:
            words += 1
    return words > 0


def shown(cell: str) -> str:
    """A cell as a message shows it: its beginning, if it is long."""
    return cell if len(cell) <= SHOWN else cell[:SHOWN] + "…"
