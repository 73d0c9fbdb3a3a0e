"""Whatever a reader can set."""

from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.sketch import Sketch

Input = Knob | Choice | Sketch | Points | Matrix
