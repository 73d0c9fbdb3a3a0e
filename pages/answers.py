"""Answers: the links that a class hands in, each judged anew, in a table and in one plot."""

import streamlit as st

from pages.shared.assigning.pasted import MOST_LINES, Answer, as_csv, collected, table
from pages.shared.assigning.together import show, shown
from pages.shared.glossary.telling import tell
from pages.shared.markdown import literal
from pages.shared.stage.assigning.assignment import Assignment
from pages.shared.stage.entrance import through_app


def judged(task: Assignment, answers: tuple[Answer, ...]) -> None:
    """The task, how many pass it, and all answers in a table and in one plot."""
    st.markdown(f"The task: {literal(task.words)}")
    passed = sum(each.verdict.done for each in answers)
    st.markdown(f"{passed} of {len(answers)} answers pass.")
    rows = table(answers)
    st.dataframe(rows, hide_index=True, width="stretch")
    st.download_button("Save as CSV", as_csv(rows), "answers.csv", "text/csv", on_click="ignore")
    if lines := shown(answers):
        st.header("All in one plot")
        tell(
            f"Each thin line is the {lines[0].line.kind} of one answer. Where several run together, ask why."
        )
        show(lines)
    else:
        st.info(
            "The pictures of this task have no curve of a network and no decision boundary: there is nothing "
            "that could be laid over another, and the table is all there is."
        )


through_app()
st.title("Answers")
st.markdown(
    "Paste what your class has handed in: **every picture is computed anew**, and no score in a link counts."
)
text = st.text_area(
    "Answer links, one in a line, with a name before it if you like",
    height=160,
    placeholder="Ada, https://…\nGrace, https://…",
    key="pasted",
)
found = collected(text)
for complaint in found.complaints:
    st.warning(literal(complaint))
if found.assignment:
    judged(found.assignment, found.answers)
else:
    st.info(f"A table copied from a spreadsheet works too. At most {MOST_LINES} lines are read.")
