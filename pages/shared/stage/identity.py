"""The identity of a picture: two pictures have the same one only if they show the same at all values.

The browser keeps what it has seen of a picture as long as its identity stays. So all that a picture reads has
to be seen here: what is bound to it, the functions of its module that it calls, and their defaults. What
could change unseen is refused: a picture reads its arguments, imports and CONSTANTS.
"""

from __future__ import annotations

import ast
import dis
import functools
import hashlib
import inspect
import io
import linecache
import pickle
from collections.abc import Callable, Iterator
from operator import attrgetter
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any


def identity(picture: Callable[..., Any]) -> str:
    """A short name for the picture and all that is bound to it: sweeps of another one are out of date.

    Raises ValueError where it is a lambda, closes over variables or reads a variable of its module, and where
    what is bound to it can not be told from another.
    """
    bound = picture if isinstance(picture, functools.partial) else functools.partial(picture)
    named = isinstance(bound.func, FunctionType | MethodType)
    function = bound.func if named else attrgetter("__call__")(bound.func)
    content = io.BytesIO()
    try:
        _Names(content).dump((function, bound.args, bound.keywords))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise ValueError(f"what is bound to a picture must be values: {error}") from error
    return hashlib.sha256(content.getvalue()).hexdigest()[:32]


class _Names(pickle.Pickler):
    """Writes values whole; functions, classes and modules by their names."""

    def persistent_id(self, thing: Any) -> Any:
        """What is written for the thing; None where it is written whole."""
        if isinstance(thing, MethodType):
            return thing.__self__, thing.__func__
        if isinstance(thing, FunctionType):
            if thing.__name__ == "<lambda>":
                raise ValueError("a picture must have a name: define it with def, got a lambda")
            return [_written(each) for each in _called(thing)]
        if isinstance(thing, type):
            return thing.__module__, thing.__qualname__
        return thing.__name__ if isinstance(thing, ModuleType) else None


def _written(function: FunctionType) -> tuple[object, ...]:
    """The function by name, with what it does: a name may be given to two, and a module changed."""
    code = _fingerprint(function.__code__)
    return function.__module__, function.__qualname__, code, function.__defaults__, function.__kwdefaults__


@functools.lru_cache(maxsize=1024)
def _fingerprint(code: CodeType) -> str:
    """A short name for what the code does, and the functions within it."""
    constants = [_fingerprint(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    content = pickle.dumps((code.co_firstlineno, code.co_code, code.co_names, code.co_varnames, constants))
    return hashlib.sha256(content).hexdigest()


def _called(picture: FunctionType) -> Iterator[FunctionType]:
    """The function, and those of its module that it calls, and that these call; each is looked into."""
    seen, waiting = {picture.__code__}, [picture]
    while waiting:
        function = waiting.pop()
        if function.__closure__:
            raise ValueError(
                f"{function.__qualname__} closes over variables; bind them with functools.partial"
            )
        yield function
        for name in _globals_read(function.__code__):
            if name not in function.__globals__:
                continue
            value = function.__globals__[name]
            value = inspect.unwrap(value) if callable(value) else value
            if not isinstance(value, FunctionType):
                _require_constant(picture, function, name)
            elif value.__globals__ is picture.__globals__ and value.__code__ not in seen:
                seen.add(value.__code__)
                waiting.append(value)


def _require_constant(picture: FunctionType, function: FunctionType, name: str) -> None:
    """Raise ValueError where `name` is a variable of the module that `function` stands in."""
    value = function.__globals__[name]
    if name.isupper() or name.startswith("__") or isinstance(value, type | ModuleType | BuiltinFunctionType):
        return
    file = function.__code__.co_filename
    linecache.checkcache(file)
    if name in _imported("".join(linecache.getlines(file))):
        return
    title, where = picture.__name__, "" if function is picture else f" in {function.__name__}"
    raise ValueError(
        f"{title} reads the page's `{name}`{where}; bind it: functools.partial({title}, {name}), "
        f"or call it {name.upper()} if it never changes"
    )


@functools.lru_cache(maxsize=1024)
def _globals_read(code: CodeType) -> tuple[str, ...]:
    """The names that the code looks up outside of functions, and those that functions within it look up."""
    names = {
        each.argval for each in dis.get_instructions(code) if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    inner = [_globals_read(each) for each in code.co_consts if isinstance(each, CodeType)]
    return tuple(sorted(names.union(*inner)))


@functools.lru_cache(maxsize=64)
def _imported(source: str) -> frozenset[str]:
    """The names that a module's imports bind, wherever they stand."""
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [(alias.asname or alias.name).split(".")[0] for each in imports for alias in each.names]
    return frozenset(names)
