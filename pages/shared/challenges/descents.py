"""Challenges of the lessons on calculating and on learning."""

from __future__ import annotations

from functools import partial
from itertools import product

from nn_core.networks import costs
from pages.shared.numbers import grouped
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

ENDS = {"4 → 1": (4, 1), "784 → 10": (784, 10), "150528 → 1000": (150_528, 1000)}
ALEXNET, GPT_3 = costs.LANDMARKS[-3], costs.LANDMARKS[-1]


def fewest_above(least: int, look: Look) -> Best:
    """The dense network with the fewest parameters that has at least so many."""
    found = []
    for (name, (inputs, outputs)), doublings, depth in product(ENDS.items(), range(18), range(97)):
        parameters = costs.n_parameters((inputs, *[2**doublings] * depth, outputs))
        if parameters >= least:
            found.append((parameters, name, doublings, depth))
    parameters, name, doublings, depth = min(found)
    values = {"ends": name, "doublings": float(doublings), "depth": float(depth)}
    return Best(
        float(parameters), f"all {grouped(len(ENDS) * 18 * 97)} networks of these knobs were counted", values
    )


# ---- learning -------------------------------------------------------------------------------------------

LOW, FULL = 0.01, 200.0
RATES = ("0", "0.03", "0.1", "0.3", "1")
TEACHER = {"w1": 3.5, "w2": 3.0, "b1": 1.75, "b2": -1.5, "v1": 1.2, "v2": -1.6, "c": -0.2}


def fewest_steps(look: Look) -> Best:
    """The fewest gradient steps from the first settings to a small loss, at any of the learning rates."""
    tried = {rate: look(rate=rate, steps=FULL)["steps to a loss of 0.01"] for rate in RATES}
    rate = min(tried, key=tried.__getitem__)
    values = {"rate": rate, "steps": tried[rate]}
    return Best(tried[rate], f"all {len(tried)} learning rates were tried, and every number of steps", values)


def no_loss(look: Look) -> Best:
    """The target was made by such a network, so a loss of 0 can be reached; no loss is less."""
    return Best(
        look(**TEACHER)["loss"], "for the target was made by such a network, and no square is less", TEACHER
    )


def best_rate(look: Look) -> Best:
    """The learning rate with which one step leaves the least of the loss."""
    tried = {
        rate: look(step_rate=rate, part=5.0)["loss after the step"] for rate in (n / 100 for n in range(201))
    }
    rate = min(tried, key=tried.__getitem__)
    return Best(tried[rate], f"all {len(tried)} learning rates were tried", {"step_rate": rate, "part": 5.0})


# ---- the challenges -------------------------------------------------------------------------------------

DESK = dict.fromkeys(TEACHER, "")

DESCENTS = (
    *(
        Challenge(
            word,
            "forward_pass",
            "cost",
            f"Just above {name}",
            f"a dense network with as few parameters as you can, but at least as many as {name}.",
            "parameters",
            partial(fewest_above, landmark.n_parameters),
            ((1.0, 0.0), (1.01, 0.0), (1.2, 0.0)),
            (Limit("parameters", float(landmark.n_parameters), at_least=True),),
        )
        for word, name, landmark in (("above_alexnet", "AlexNet", ALEXNET), ("above_gpt", "GPT-3", GPT_3))
    ),
    Challenge(
        "few_steps",
        "gradient_descent",
        "mixer",
        "As few steps",
        f"from the first settings to a loss of at most {LOW} by the gradient, in as few steps as you can.",
        "gradient steps",
        fewest_steps,
        ((1.0, 0.0), (1.5, 0.0), (3.0, 0.0)),
        (Limit("loss after the steps", LOW),),
        query={"steps": "200"},
        given={"scene": "", **DESK},
    ),
    Challenge(
        "by_hand",
        "gradient_descent",
        "mixer",
        "Seven knobs by hand",
        "the least loss, with your own hands.",
        "loss",
        no_loss,
        ((1.0, 0.002), (1.0, 0.02), (1.0, 0.1)),
        given={"scene": ""},
    ),
    Challenge(
        "one_good_step",
        "gradient_descent",
        "one_step",
        "One good step",
        "the least loss after one step on pair 6. The learning rate is yours.",
        "loss after the step",
        best_rate,
        ((1.0, 0.0001), (1.0, 0.01), (1.0, 0.05)),
        query={"part": "5", "scene": "one_step"},
        given={"scene": "one_step", "pair": "", "parameter": "", "moved": ""},
    ),
)
