"""Searching: states of a stage, many near those in which a task is done, and what contradicts the words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pages.shared.stage.inputs.question import Question
from pages.shared.stage.picture import Verdict

State = dict[str, Any]
Judge = Callable[..., Mapping[str, Verdict]]
Words = Callable[..., Sequence[Any]]


def deeds(shown: Any) -> tuple[dict[str, Any], Judge]:
    """Of a stage the inputs that are no questions, and what judges the tasks that are none."""
    questions = {name: each for name, each in shown.inputs.items() if isinstance(each, Question)}
    asked = {each.label for each in questions.values()}

    def judge(**state: Any) -> dict[str, Verdict]:
        tasks = shown.picture(**state).tasks
        return {task: verdict for task, verdict in tasks.items() if task not in asked}

    return {name: each for name, each in shown.inputs.items() if name not in questions}, judge


def states(inputs: Mapping[str, Any], solved: Iterable[State], count: int) -> Iterator[State]:
    """So many states: a quarter at random, the others a few changes away from a solved one."""
    generator = np.random.default_rng(1)
    steps = {name: each.steps for name, each in inputs.items()}
    starts = [{name: each.value for name, each in inputs.items()} | each for each in solved]
    yield from starts
    for index in range(count - len(starts)):
        state = dict(starts[index % len(starts)])
        some = generator.choice([*steps], generator.integers(1, 4)).tolist()
        for name in [*steps] if generator.random() < 0.25 else some:
            place = int(generator.integers(len(steps[name])))
            if generator.random() < 0.6:
                near = steps[name].index(state[name]) + int(generator.integers(-3, 4))
                place = min(max(near, 0), len(steps[name]) - 1)
            state[name] = steps[name][place]
        yield state


def contradictions(judge: Judge, words: Words, tried: Iterable[State]) -> list[str]:
    """Where a task is ticked and its words are false, or the other way round.

    words: whether each task's words are true in a state, in their order; None where it is too close to say.
    Every task has to be done in some state and not done in another, or the search has found nothing out.
    """
    found, seen = [], set()
    for state in tried:
        verdicts = judge(**state)
        for (task, verdict), true in zip(verdicts.items(), words(**state), strict=True):
            seen.add((task, verdict.done))
            if true is not None and verdict.done != bool(true):
                found.append(f"{'ticked' if verdict.done else 'not ticked'}: {task} {state} {verdict.says}")
    one_sided = {task for task, done in seen if (task, not done) not in seen}
    return found + [f"all alike: {task}" for task in sorted(one_sided)]


def clearly(amount: float, limit: float, room: float) -> bool | None:
    """Whether an amount is at most a limit; None where it is as close to it as the looking is coarse."""
    return None if abs(amount - limit) < room else amount < limit


def both(*claims: bool | None) -> bool | None:
    """Whether all are true; None where that hangs on one that is too close to say."""
    if False in claims:
        return False
    return None if None in claims else True
