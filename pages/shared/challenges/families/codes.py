"""Challenges of the lesson on autoencoders."""

from __future__ import annotations

from itertools import product

from pages.shared.stage.scoring.challenge import Best, Challenge, Look

DIGIT, SCORE = 9, "error of the drawing"
END, FINE, COARSE = 60, 20, 10
AROUND = tuple(product((-1, 0, 1), repeat=2))


def nearest_drawing(look: Look) -> Best:
    """The place whose picture is nearest to the digit: the best of a coarse grid, and downhill from there."""

    def score(place: tuple[int, int]) -> float:
        return look(c1=place[0] / FINE, c2=place[1] / FINE)[SCORE]

    coarse = range(-END, END + 1, COARSE)
    at = min(product(coarse, coarse), key=score)
    while True:
        near = [(at[0] + across, at[1] + up) for across, up in AROUND]
        best = min((each for each in near if max(map(abs, each)) <= END), key=score)
        if score(best) >= score(at):
            break
        at = best
    why = f"the best of {len(coarse) ** 2} places, and from there downhill"
    return Best(score(at), why, {"c1": at[0] / FINE, "c2": at[1] / FINE}, exact=False)


CODES = (
    Challenge(
        "draw_it",
        "autoencoder",
        "two_numbers",
        "Drawn by two numbers",
        f"drag the point until the bent decoder’s drawing is as near as it can be to digit {DIGIT}.",
        SCORE,
        nearest_drawing,
        ((1.02, 0.0), (1.2, 0.0), (1.6, 0.0)),
        query={"digit": str(DIGIT)},
        given={"scene": "", "kind": "", "digit": str(DIGIT)},
    ),
)
