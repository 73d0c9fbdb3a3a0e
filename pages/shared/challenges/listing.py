"""The list of all challenges, and the one that the link asks for."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.shared.challenges.curves import CURVES
from pages.shared.challenges.depths import DEPTHS
from pages.shared.challenges.descents import DESCENTS
from pages.shared.challenges.families.chases import CHASES
from pages.shared.challenges.families.codes import CODES
from pages.shared.challenges.families.convolutions import CONVOLUTIONS
from pages.shared.challenges.families.growths import GROWTHS
from pages.shared.challenges.families.lookups import LOOKUPS
from pages.shared.challenges.families.memories import MEMORIES
from pages.shared.challenges.planes import PLANES
from pages.shared.markdown import literal
from pages.shared.stage.entrance import address_of_run, link
from pages.shared.stage.scoring.challenge import Challenge
from pages.shared.stage.scoring.judging import ask

CHALLENGES: tuple[Challenge, ...] = (
    *CURVES,
    *PLANES,
    *DESCENTS,
    *DEPTHS,
    *CONVOLUTIONS,
    *MEMORIES,
    *CHASES,
    *LOOKUPS,
    *CODES,
    *GROWTHS,
)
NAMED = {each.name: each for each in CHALLENGES}
IN_THE_LINK = "challenge"


def query_of(challenge: Challenge) -> dict[str, str]:
    """What a lesson's link says that opens it with this challenge."""
    return {**challenge.query, IN_THE_LINK: challenge.name}


def address_of(challenge: Challenge) -> str:
    """The link that opens the lesson with this challenge, from any page."""
    return f"{challenge.lesson}?{urlencode(query_of(challenge))}"


def set_task(lesson: str) -> None:
    """Set the challenge that the link asks for on this page of a lesson; name it where there is none."""
    asked = link().get(IN_THE_LINK)
    if asked is None:
        return
    challenge = NAMED.get(asked)
    if challenge is not None and challenge.lesson == lesson:
        ask(challenge)
        return
    st.warning(f"There is no challenge {literal(f'“{asked[:40]}”')} in this lesson; it is shown without one.")


def offer_to_leave() -> None:
    """Where a challenge is set, a button that leaves it and keeps everything else."""
    if IN_THE_LINK in link():
        st.button("Leave the challenge", on_click=leave)


def leave() -> None:
    """Take the challenge out of the link."""
    address_of_run().pop(IN_THE_LINK, None)
