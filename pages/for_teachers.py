"""For teachers: lesson plans of 10, 45 and 90 minutes, how to run them, and what is stored."""

from html import escape

import streamlit as st

from pages.shared.challenges.listing import NAMED, address_of
from pages.shared.contents import LESSONS
from pages.shared.stage.entrance import through_app
from pages.shared.talks.plans import PLANS, Plan, Step

TITLES = {each.name: each.title for each in LESSONS}


def linked(address: str, text: str) -> str:
    """A link within the app that opens in this window."""
    return f'<a href="{escape(address)}" target="_self">{escape(text)}</a>'


def at(lesson: str, query: str) -> str:
    """The address of a state of a lesson."""
    return f"{lesson}?{query}" if query else lesson


def told(step: Step) -> str:
    """A step: what is done, shown and asked, tried, expected and printed."""
    parts = [f"<strong>{step.minutes} minutes · {escape(TITLES[step.lesson])}.</strong> {escape(step.does)}"]
    parts += [
        f"Show {linked(at(step.lesson, query), name)} and ask: {escape(ask)}"
        for name, query, ask in step.shown()
    ]
    parts += [
        f"Challenge: {linked(address_of(NAMED[each]), NAMED[each].title)}. The task tells the best there is."
        for each in step.challenges
    ]
    if step.belief:
        parts.append(f"{escape(step.belief.label)} Then: {escape(step.belief.words)}")
    if step.sheet is not None:
        sheet = linked(at(step.lesson, step.sheet), "Open the picture")
        parts.append(f"{sheet} and press <em>Print worksheet</em>: its last page has the solutions.")
    return f"<li>{'<br>'.join(parts)}</li>"


def show(plan: Plan) -> None:
    """A plan, as a list to be printed."""
    st.header(f"{plan.minutes} minutes: {plan.title}")
    st.markdown(f"Afterwards the class can {'; '.join(plan.goals)}.")
    st.markdown(f"<ol>{''.join(map(told, plan.steps))}</ol>", unsafe_allow_html=True)


through_app()
st.title("For teachers")
st.markdown(
    "Four plans to use as they are, or to cut up. Each link opens the very picture that is meant. "
    "The page can be printed."
)
for each in PLANS:
    show(each)
st.header("With a class")
st.markdown(
    """
- **On the wall:** `p` leaves the picture alone in the window, and the arrow keys, or a clicker, go from stop
  to stop. `n` opens your notes in a window of their own, with the question for each stop.
- **On their devices:** *Share* shows a QR code that the back row can read. Pupils need a browser, no account.
- **Ask first.** Let the class say or draw what they expect before anything moves. The lessons ask, too.
- **Your own task:** *Assign* makes one of a picture, as a link. Pupils give back a link, and *Answers* judges
  all of them again.
- **Hints:** each task has a button that says which control, then which way, then how far.
- **No network in the room?** One computer serves the class; the README says how.
"""
)
st.header("What is stored")
st.markdown(
    """
Nothing, but in the reader's own browser: which tasks are done, the stars, and where they were last. The
server keeps no names, no answers and no scores, and counts nobody. *Forget it*, on the home page, empties
the browser. On a shared device, press it before the next class.
"""
)
