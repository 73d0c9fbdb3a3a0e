"""The stage: what can be touched, and the picture that follows."""

from pages.shared.figures.parts import signed
from pages.shared.stage.inputs import Choice, Knob, Sketch
from pages.shared.stage.picture import Handle, Picture, Verdict
from pages.shared.stage.stage import Preset, linked, stage

__all__ = [
    "Choice",
    "Handle",
    "Knob",
    "Picture",
    "Preset",
    "Sketch",
    "Verdict",
    "linked",
    "signed",
    "stage",
]
