"""The files of a picture, by their names."""

from __future__ import annotations

from pages.shared.stage.picture import Picture
from pages.shared.stage.taking.table import curves

CURVES = "curves.csv"


def taken(picture: Picture, name: str, heading: str) -> str:
    """The content of the file of that name. heading: what stands first in it, where it has words.

    Raises KeyError where the picture has no such file, and ValueError where it cannot be written.
    """
    return curves(picture) if name == CURVES else picture.files[name](heading)
