"""What the app answers beside Streamlit: its health, and what hands ask for while they draw."""

from __future__ import annotations

from pages.shared.serving.asked import asked
from pages.shared.serving.health import health
from pages.shared.stage.beside.pictures import answer
from pages.shared.stage.blocks import tallies

ROUTES = (health(tallies), asked(answer))
