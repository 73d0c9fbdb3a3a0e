"""A formula is a function that somebody typed: read, checked, and never run as a program.

The signs are + - * / ^ (or **) with the usual precedence; powers group from the right, and -x^2 is
-(x^2). A product needs no sign, 2x sin(x), and then groups as if it had one: 1/2x is (1/2)x. A
comparison is 1 where it is true and 0 elsewhere, also a chained one, 0.2 < x < 0.5. |x| is abs(x).
Letters side by side are one name, xy no product; 2e3 is 2000, but 2e is 2 times e.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import Activation
from nn_core.targets.expressions import Node, latex_of, polynomial_of, values_of
from nn_core.targets.reading import expression_in

# Up to which degree polynomials in disguise are looked for, and on which intervals around 0.
HIGHEST_SEEN, SCALES = 24, (1.0, 300.0, 3e4, 3e6)


@dataclass(frozen=True)
class Formula:
    """A function of one or more variables, as typed; `parse_formula` makes it.

    Two formulas are equal if their texts and their variables are.

    Attributes:
        text: what was typed.
        variables: the letters that the function depends on, in the order of its arguments.
    """

    text: str
    variables: tuple[str, ...]
    _tree: Node = field(repr=False, compare=False)

    def __call__(self, *values: FloatArray) -> FloatArray:
        """The values of the formula, a new array; inf or NaN where it has none, without a warning.

        Args:
            values: one array for each variable, of shapes that broadcast together.

        Returns:
            The values, in the shape that the arrays broadcast to, also if the formula is constant.

        Raises:
            ValueError: if there are more or fewer arrays than variables (the number of arrays is
                named), or their shapes do not broadcast.
        """
        if len(values) != len(self.variables):
            names = ", ".join(self.variables)
            raise ValueError(f"a formula in {names} takes one array for each, got {len(values)}")
        with np.errstate(all="ignore"):
            arrays = [np.asarray(value, dtype=np.float64) for value in values]
            results = np.empty(np.broadcast_shapes(*(array.shape for array in arrays)))
            results[...] = values_of(self._tree, dict(zip(self.variables, arrays, strict=True)))
        return results

    def __reduce__(self) -> tuple[Callable[..., "Formula"], tuple[str, tuple[str, ...]]]:
        """A pickled formula is its text and its variables, to be read again."""
        return parse_formula, (self.text, self.variables)

    @property
    def latex(self) -> str:
        """The formula as it was read, in LaTeX, the right-hand side only."""
        return self.latex_in(*self.variables)

    def latex_in(self, *letters: str) -> str:
        """The formula in LaTeX with other letters for its variables, one for each."""
        names = dict(zip(self.variables, letters, strict=True))
        return latex_of(self._tree, {"pi": r"\pi", "e": "e", **names}).text

    @functools.cached_property
    def polynomial(self) -> tuple[float, ...] | None:
        """The coefficients, lowest power first, if the formula is seen to be a polynomial, else None.

        They are reckoned in fractions, decimals being what they were typed as, so that nothing is
        left of x^3 in (x + 0.1)^3 - x^3. The last one is not 0, except in (0.0,). None is also the
        answer for more than one variable, for a degree beyond 20 on the way, for coefficients beyond
        the float64 numbers, and for a polynomial in disguise, such as abs(x)*abs(x).
        """
        if len(self.variables) != 1:
            return None
        exact = polynomial_of(self._tree)
        if exact is None:
            return None
        coefficients = [float(coefficient) for coefficient in exact]
        while len(coefficients) > 1 and coefficients[-1] == 0.0:
            coefficients.pop()
        return tuple(coefficients)


def parse_formula(text: str, variables: tuple[str, ...] = ("x",)) -> Formula:
    """The formula that a text says.

    Capital letters are read as small ones, and the typographic − × · ÷ ≤ ≥ ≠ π √ ² ³ as what they
    mean. log is the natural logarithm, as ln is. Where there are several variables, x1 is the first one and
    x2 the second. No part of the text is ever run.

    Args:
        text: at most 200 characters, of at most 150 numbers, names and signs, with parentheses
            nested at most 30 deep.
        variables: the names that are variables, each a small letter other than e.

    Returns:
        The formula.

    Raises:
        FormulaError: if the text is no formula; what is wrong, and where, is named.
        ValueError: if a variable is not a small letter other than e, or there is none or the same
            one twice.
    """
    letters = [name for name in variables if re.fullmatch("[a-df-z]", name)]
    if not variables or len(set(letters)) != len(variables):
        raise ValueError(f"variables are different small letters other than e, got {variables}")
    return Formula(text, variables, expression_in(text, variables))


@dataclass(frozen=True, slots=True)
class CentralDifference:
    """The slope of a formula in one variable, from two points a little apart.

    (f(z + h) - f(z - h)) / 2h with h = e^(1/3) max(1, |z|), e = 2.2e-16 the spacing of floats at 1:
    about the h at which rounding and curvature spoil equally little, some ten digits staying right.
    At a kink it is the mean of the two slopes; at a jump it is the jump divided by 2h.
    """

    formula: Formula

    def __call__(self, z: FloatArray) -> FloatArray:
        """The slopes at z, in the shape of z; inf or NaN where there is none, without a warning."""
        with np.errstate(all="ignore"):
            h = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1.0, np.abs(z))
            left, right = z - h, z + h
            # right - left is 2h as the rounded sums have it: the slope of a line comes out exactly.
            slopes: FloatArray = (self.formula(right) - self.formula(left)) / (right - left)
        return slopes


def formula_activation(formula: Formula) -> Activation:
    """The activation that a formula in one variable says, named by its text, in LaTeX in z.

    Unlike those of the registry it need not be finite, and its derivative is a `CentralDifference`. Of what
    may be true of it, only the degree is looked for: that of the formula's `polynomial`, else that of
    `polynomial_seen`.

    Raises:
        ValueError: if the formula does not have one variable; the variables are named.
    """
    if len(formula.variables) != 1:
        raise ValueError(f"an activation has one variable, got a formula in {', '.join(formula.variables)}")
    coefficients = formula.polynomial
    degree = polynomial_seen(formula) if coefficients is None else len(coefficients) - 1
    return Activation(
        formula.text,
        formula.latex_in("z"),
        formula,
        CentralDifference(formula),
        degree=degree,
    )


def polynomial_seen(function: Callable[[FloatArray], FloatArray]) -> int | None:
    """The degree of the polynomial that a function is up to rounding, almost everywhere, as far as is seen.

    On [-c, c] for each of c = 1, 300, 3e4 and 3e6 the polynomial of degree 24 that fits 101 points best, in
    the sense of least squares, has to be within 1e-11 of the function's largest value. Single points, such as
    the 0 of z == 0, are not among them. The degree is that of the last coefficient, in Chebyshev's
    polynomials, above 1e-10 of the largest, on any of them.

    Args:
        function: from an array of inputs to their values.

    Returns:
        The degree; None if no polynomial of degree <= 24 was found.
    """
    places = np.cos(np.pi * (np.arange(101) + 0.37) / 101.0)
    degrees = []
    for scale in SCALES:
        values = function(scale * places)
        size = float(np.max(np.abs(values)))
        if not np.isfinite(size):
            return None
        if size == 0.0:
            degrees.append(0)
            continue
        fitted = np.polynomial.chebyshev.chebfit(places, values / size, HIGHEST_SEEN)
        if np.max(np.abs(np.polynomial.chebyshev.chebval(places, fitted) - values / size)) > 1e-11:
            return None
        degrees.append(int(np.flatnonzero(np.abs(fitted) > 1e-10 * np.max(np.abs(fitted)))[-1]))
    return max(degrees)
