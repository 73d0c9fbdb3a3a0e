"""The stage: what can be touched, and the picture that follows."""

from pages.shared.figures.parts import signed
from pages.shared.stage.inputs import Choice, Knob, Point, Points, Sketch
from pages.shared.stage.matrix import Matrix
from pages.shared.stage.picture import Grip, Handle, Nudge, Picture, Verdict
from pages.shared.stage.stage import Preset, linked, stage

__all__ = [
    "Choice",
    "Grip",
    "Handle",
    "Knob",
    "Matrix",
    "Nudge",
    "Picture",
    "Point",
    "Points",
    "Preset",
    "Sketch",
    "Verdict",
    "linked",
    "signed",
    "stage",
]
