"""From a text that somebody typed to an expression, or to what is wrong with the text.

The text is cut into tokens and written again as Python, which is parsed but never run; then
everything that is not on a list of allowed parts is refused.
"""

import ast
import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nn_core.networks.activations import LARGEST_FLOAT
from nn_core.targets.expressions import (
    CONSTANTS,
    FUNCTIONS,
    OF_SEVERAL_NUMBERS,
    OF_TWO_NUMBERS,
    Applied,
    Compared,
    Name,
    Node,
    Number,
)

LONGEST_TEXT = 200
MOST_PIECES = 150
DEEPEST_NEST = 30


class FormulaError(ValueError):
    """A text is not a formula; the message says what is wrong with it, and where.

    Attributes:
        position: where in the text, counted from 0 (the message counts from 1), or None if nowhere
            in particular.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


def expression_in(text: str, variables: tuple[str, ...]) -> Node:
    """The expression that a text says; see `parse_formula`. Raises FormulaError where it says none."""
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"a formula is at most {LONGEST_TEXT} characters long, got {len(text)}")
    source = _Rewriter(variables).python([_renamed(token, variables) for token in _tokens(text)])
    try:
        expression = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError("this is no formula that can be read") from error
    return _tree(expression)


# ---- from text to tokens --------------------------------------------------------------------------

TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eEdD][-+−–]?[0-9]+)?)
    | (?P<name>[A-Za-z_][A-Za-z_0-9]*|π|√)
    | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<sign>\*\*|<=|>=|==|!=|[-+*/^<>(),|]|[−–×·⋅÷≤≥≠])""",
    re.VERBOSE,
)
EXPONENTS = str.maketrans("dD−–", "ee--")
RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Signs and names that may be written otherwise: ** is Python's own sign for a power.
MEANINGS = {
    **{"^": "**", "−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/"},
    **{"≤": "<=", "≥": ">=", "≠": "!=", "π": "pi", "√": "sqrt"},
    **{"arcsin": "asin", "arccos": "acos", "arctan": "atan", "sgn": "sign", "lg": "log10", "ld": "log2"},
}
# Functions that are known elsewhere, and what says them here; of some nothing does.
ELSEWHERE = {
    **{"cot": "cos(x)/sin(x)", "sec": "1/cos(x)", "csc": "1/sin(x)", "sinc": "sin(x)/x", "coth": "1/tanh(x)"},
    **{"sech": "1/cosh(x)", "csch": "1/sinh(x)", "asinh": "ln(x + sqrt(x^2 + 1))", "exp2": "2^x"},
    **{"acosh": "ln(x + sqrt(x^2 - 1))", "atanh": "ln((1 + x)/(1 - x))/2", "expm1": "exp(x) - 1"},
    **{"log1p": "ln(1 + x)", "sqr": "x^2", "square": "x^2", "cbrt": "sign(x)*abs(x)^(1/3)", "pow": "x^2"},
    **{"int": "floor(x)", "frac": "mod(x, 1)", "heaviside": "step(x)", "softplus": "ln(1 + exp(x))"},
    **{"swish": "x*sigmoid(x)", "silu": "x*sigmoid(x)", "softsign": "x/(1 + abs(x))", "erf": "", "gelu": ""},
    **{
        "elu": "max(x, 0) + min(exp(x) - 1, 0)",
        "selu": "",
        "gamma": "",
        "round": "floor(x + 1/2)",
        "fact": "",
    },
}
HINTS = {
    **dict.fromkeys("[]{}", ": write ( and )"),
    "=": ": == compares, and a left-hand side such as y = is not needed",
}


class _Token(NamedTuple):
    """A number, a name or a sign: how it was written, what it means in Python, and where it stood."""

    kind: str
    text: str
    meaning: str
    position: int

    def __str__(self) -> str:
        """How it was written and where, for messages."""
        return f"{self.text!r} at character {self.position + 1}"

    @property
    def is_function(self) -> bool:
        """Whether it is the name of a function."""
        return self.kind == "name" and self.meaning in FUNCTIONS


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of a text, without the spaces."""
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise _meaningless(text[position], position)
        yield from _token(str(match.lastgroup), match.group(), position)
        position = match.end()


def _renamed(token: _Token, variables: tuple[str, ...]) -> _Token:
    """The token, with x1, x2, ... for the variables of a formula that has several."""
    found = re.fullmatch("x([1-9])", token.meaning)
    if found is None or not len(variables) >= max(2, int(found[1])):
        return token
    return token._replace(meaning=variables[int(found[1]) - 1])


def _token(kind: str, text: str, position: int) -> Iterator[_Token]:
    """The tokens that one piece of text is: none for spaces, two for a raised exponent."""
    if kind == "number":
        yield _Token(kind, text, _decimal(text, position), position)
    elif kind == "raised":
        yield _Token("sign", text, "**", position)
        yield _Token("number", text, _decimal(text.translate(RAISED_DIGITS), position), position)
    elif kind != "space":
        yield _Token(kind, text, MEANINGS.get(text, text.lower()), position)


def _decimal(text: str, position: int) -> str:
    """The float64 nearest to a number, in Python's shortest decimals for it."""
    value = float(text.translate(EXPONENTS))
    if value > LARGEST_FLOAT:
        raise FormulaError(
            f"{text} at character {position + 1} is too large: numbers end at 1.8e308", position
        )
    if value == 0.0 and re.match(r"[0.]*[1-9]", text):
        raise FormulaError(f"{text} at character {position + 1} is too small: use 0", position)
    return repr(value)


def _meaningless(character: str, position: int) -> FormulaError:
    """The error for a character that no formula has."""
    name = "" if character.isascii() else unicodedata.name(character, "").lower()
    called = f" ({name})" if name else ""
    where = f"{character!r}{called} at character {position + 1}"
    return FormulaError(f"{where} has no meaning in a formula{HINTS.get(character, '')}", position)


# ---- from tokens to Python ------------------------------------------------------------------------

START = _Token("sign", "", "", 0)


@dataclass(slots=True)
class _Bracket:
    """An opening parenthesis or bar that has not been closed yet, or the start of the formula."""

    opener: _Token
    function: _Token = START
    numbers: int = 1
    # Whether inside it, on this level, a product without a sign follows a closing bar: |2|x.
    product_after_bar: bool = False


class _Rewriter:
    """Writes the tokens of a formula as Python: every product with its *, every |x| as abs(x).

    It refuses everything that is no formula, so that Python can read what it writes. A bar closes
    the innermost bracket if that is a bar and a number stands before it, else it opens one.
    """

    def __init__(self, variables: tuple[str, ...]) -> None:
        """Start with nothing read, where a number is needed."""
        self.variables = variables
        self.pieces: list[str] = []
        self.brackets = [_Bracket(START)]
        self.previous = START
        self.needs_number = True

    def python(self, tokens: list[_Token]) -> str:
        """The Python expression that the tokens say."""
        if not tokens:
            raise FormulaError("a formula needs at least a number or a name, got an empty text")
        for token in tokens:
            self._check_function(token)
            self._take(token)
            self.previous = token
        self._check_function(START)
        self._check_end()
        return " ".join(self.pieces)

    def _take(self, token: _Token) -> None:
        """Write one token."""
        if token.kind == "number":
            self._number(token)
        elif token.kind == "name":
            self._name(token)
        elif token.meaning == "(":
            self._open(token)
        elif token.meaning == ")":
            self._close(token)
        elif token.meaning == ",":
            self._comma(token)
        elif token.meaning == "|":
            self._bar(token)
        else:
            self._sign(token)

    def _check_function(self, token: _Token) -> None:
        """Refuse a token that follows the name of a function and is no parenthesis."""
        function = self.previous
        if function.is_function and token.meaning != "(":
            more = ", 0" if function.meaning in OF_SEVERAL_NUMBERS else ", 1"
            argument = self.variables[0] + (
                more if function.meaning in {*OF_SEVERAL_NUMBERS, *OF_TWO_NUMBERS} else ""
            )
            power = "^2" if token.meaning == "**" else ""
            example = f"{function.meaning}({argument}){power}"
            where = f"{function.text} at character {function.position + 1}"
            raise FormulaError(f"{where} needs parentheses: {example}", function.position)

    def _check_end(self) -> None:
        """Refuse a formula that stops too early."""
        if self.needs_number:
            raise self._missing()
        opener = self.brackets[-1].opener
        if opener.meaning == "(":
            where = f"at character {opener.position + 1}"
            raise FormulaError(f"there is an opening parenthesis too many {where}", opener.position)
        if opener.meaning == "|":
            raise self._open_bar()
        count = sum(piece not in {"(", ")", ","} for piece in self.pieces)
        if count > MOST_PIECES:
            raise FormulaError(f"a formula has at most {MOST_PIECES} numbers, names and signs, got {count}")

    def _number(self, token: _Token) -> None:
        """Write a number, which follows nothing without a sign: x2 is more often a slip than 2x."""
        if not self.needs_number:
            message = f"{token} follows {self.previous.text!r}: write a sign such as * or ^ between them"
            raise FormulaError(message, token.position)
        self.pieces.append(token.meaning)
        self.needs_number = False

    def _name(self, token: _Token) -> None:
        """Write a variable, a constant or a function."""
        if token.meaning not in {*self.variables, *CONSTANTS, *FUNCTIONS}:
            where = f"at character {token.position + 1}"
            hint = _suggestion(token.meaning, self.variables)
            raise FormulaError(f"unknown name {token.text!r} {where}: {hint}", token.position)
        self._begin_factor(token)
        self.pieces.append(token.meaning)
        self.needs_number = token.is_function

    def _open(self, token: _Token) -> None:
        """Write an opening parenthesis, which follows the name of its function or begins a factor."""
        if not self.previous.is_function:
            self._begin_factor(token)
        self._nest(token, self.previous)
        self.pieces.append("(")

    def _close(self, token: _Token) -> None:
        """Write a closing parenthesis."""
        bracket = self.brackets[-1]
        if bracket.opener.meaning == "|":
            raise self._open_bar()
        if bracket.opener is START:
            where = f"at character {token.position + 1}"
            raise FormulaError(f"there is a closing parenthesis too many {where}", token.position)
        if bracket.function.is_function:
            self._check_numbers(bracket)
        if self.needs_number:
            raise self._missing()
        self.brackets.pop()
        self.pieces.append(")")

    def _comma(self, token: _Token) -> None:
        """Write a comma between the numbers of a function."""
        if self.needs_number:
            raise self._missing()
        if not self.brackets[-1].function.is_function:
            message = f"the comma at character {token.position + 1} is outside a function"
            raise FormulaError(f"{message}: write decimals with a point, 0.5", token.position)
        self.brackets[-1].numbers += 1
        self.pieces.append(",")
        self.needs_number = True

    def _bar(self, token: _Token) -> None:
        """Write an opening or a closing bar."""
        bracket = self.brackets[-1]
        if not self.needs_number and bracket.opener.meaning == "|":
            self.brackets.pop()
            self.pieces.append(")")
            return
        if not self.needs_number and self.previous.meaning != "|" and bracket.product_after_bar:
            message = f"the bars before {token} can be read in two ways"
            raise FormulaError(f"{message}: write abs({self.variables[0]}) instead", token.position)
        self._begin_factor(token)
        self._nest(token, START)
        self.pieces.append("abs (")

    def _sign(self, token: _Token) -> None:
        """Write a sign of arithmetic or comparison."""
        if self.needs_number and token.meaning not in {"+", "-"}:
            raise FormulaError(f"a number is missing before {token}", token.position)
        self.pieces.append(token.meaning)
        self.needs_number = True

    def _begin_factor(self, token: _Token) -> None:
        """Write the * before a factor that follows another one without a sign."""
        if not self.needs_number:
            self.pieces.append("*")
            if self.previous.meaning == "|" and token.meaning != "|":
                self.brackets[-1].product_after_bar = True

    def _nest(self, token: _Token, function: _Token) -> None:
        """Go inside a parenthesis or a bar."""
        if len(self.brackets) > DEEPEST_NEST:
            message = f"parentheses and bars nest at most {DEEPEST_NEST} deep, {token} is one more"
            raise FormulaError(message, token.position)
        self.brackets.append(_Bracket(token, function))
        self.needs_number = True

    def _check_numbers(self, bracket: _Bracket) -> None:
        """Refuse a function that has more or fewer numbers than it takes."""
        count = 0 if self.previous is bracket.opener else bracket.numbers
        name = bracket.function.meaning
        if name in OF_SEVERAL_NUMBERS:
            fits, takes = count >= 2, "two or more numbers"
        elif name in OF_TWO_NUMBERS:
            fits, takes = count == 2, "two numbers"
        else:
            fits, takes = count == 1, "one number"
        if fits:
            return
        takes = f"{bracket.function.text} takes {takes}"
        where = f"at character {bracket.function.position + 1}"
        hint = ": decimals have a point, 0.5" if count > 1 else ""
        raise FormulaError(f"{takes}, got {count} {where}{hint}", bracket.function.position)

    def _missing(self) -> FormulaError:
        """The error where something ends or goes on before a number has come."""
        return FormulaError(f"a number is missing after {self.previous}", self.previous.position)

    def _open_bar(self) -> FormulaError:
        """The error for a bar that nothing closes."""
        position = self.brackets[-1].opener.position
        hint = f"abs({self.variables[0]}) needs no bars"
        return FormulaError(f"the bar | at character {position + 1} has no partner: {hint}", position)


def _suggestion(name: str, variables: tuple[str, ...]) -> str:
    """What to write instead of an unknown name."""
    known = [*variables, *CONSTANTS, *FUNCTIONS]
    if name in {"if", "else", "and", "or", "not"}:
        return f"for cases, multiply by comparisons such as ({variables[0]} > 0)"
    if name in ELSEWHERE:
        return _said_otherwise(name, variables[0]) or f"known are {', '.join(known)}"
    if name[0] in variables and name[1:].isdigit():
        return f"did you mean {name[0]}^{name[1:]} or {name[1:]}{name[0]}?"
    factors = _split(name, known)
    if 0 < len(factors) <= 4:
        return f"did you mean {_product(factors)}?"
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"


def _said_otherwise(name: str, variable: str) -> str:
    """What says a function that is known elsewhere; nothing where nothing does."""
    said = re.sub(r"\bx\b", variable, ELSEWHERE[name])
    return f"write {said}" if said else ""


def _split(name: str, known: list[str]) -> list[str]:
    """The fewest known names that, side by side, spell a name; none if none do."""
    fewest: dict[int, list[str]] = {0: []}
    for end in range(1, len(name) + 1):
        found = [
            [*fewest[end - len(last)], last]
            for last in known
            if end - len(last) in fewest and name.endswith(last, 0, end)
        ]
        if found:
            fewest[end] = min(found, key=len)
    return fewest.get(len(name), [])


def _product(factors: list[str]) -> str:
    """Factors with a * between them, or the parentheses of a function."""
    written = factors[-1]
    for factor in reversed(factors[:-1]):
        written = f"{factor}({written})" if factor in FUNCTIONS else f"{factor}*{written}"
    return written


# ---- from Python to the tree ----------------------------------------------------------------------

SIGNS: dict[type[ast.AST], str] = {
    **{ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"},
    **{ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="},
}


def _tree(node: ast.expr) -> Node:
    """The tree of a Python expression that holds nothing but arithmetic."""
    match node:
        case ast.Constant(value=float(value)):
            return Number(value)
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _tree(operand)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Applied("negative", (_tree(operand),))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            return _joined(SIGNS[type(sign)], _tree(left), _tree(right))
        case ast.Compare(left=left, ops=signs, comparators=others) if {*map(type, signs)} <= {*SIGNS}:
            parts = tuple(_tree(part) for part in [left, *others])
            return Compared(tuple(SIGNS[type(sign)] for sign in signs), parts)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return Applied(name, tuple(_tree(argument) for argument in arguments))
    raise FormulaError(f"a formula holds numbers, names and signs, got a Python {type(node).__name__}")


def _joined(sign: str, left: Node, right: Node) -> Node:
    """left and right with a sign between them, -x * y and -x / y as the equal -(x * y) and -(x / y)."""
    match left:
        case Applied("negative", (positive,)) if sign in {"*", "/"}:
            return Applied("negative", (_joined(sign, positive, right),))
    return Applied(sign, (left, right))
