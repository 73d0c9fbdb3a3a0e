"""What a picture tells the browser."""

from pages.shared.stage.picture import Picture, Verdict


def test_a_task_whose_words_have_changed_is_sent_with_those_it_had_first() -> None:
    tasks = {
        "New words.": Verdict(True, "So.", known_as="Old words."),
        "A task.": Verdict(False, "No."),
    }
    assert Picture([], "words", tasks=tasks).message()["tasks"] == {
        "New words.": {"done": True, "says": "So.", "knownAs": "Old words."},
        "A task.": {"done": False, "says": "No."},
    }
