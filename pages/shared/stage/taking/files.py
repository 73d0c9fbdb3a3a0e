"""The files of a picture, by their names."""

from __future__ import annotations

from pages.shared.stage.picture import Picture
from pages.shared.stage.taking.table import curves

CURVES = "curves.csv"
# What the stage writes itself, for the whole of it is in there.
ALONE, PACKAGE = "picture.html", "scorm.zip"


def taken(picture: Picture, name: str, heading: str) -> str | None:
    """The content of the file of that name, or None where there is none. heading: what stands first in it."""
    if name == CURVES:
        return curves(picture)
    return picture.files[name](heading) if name in picture.files else None
