"""The only module that imports jinja2: a sandbox that runs no foreign code and bounds the size of results.

Its grammar has no loops, assignments, macros or imports, and no Python methods or functions can be reached. `fill` imports
this module only if a hole is more than a name, which is rare, because jinja2 is slow to import.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from planwriter.fill.plain import (
    MAX_EXPRESSION,
    MAX_TEXT,
    TOO_LONG,
    Forbidden,
    Function,
    Missing,
    Names,
    Unreadable,
    calculate,
    field_of,
    join,
    show,
)
from planwriter.start.patterns import regex

MAX_FLOAT = 1e15
_SYNTAX_WORDS = (
    ("unexpected end of template", "没有写完，或少了 endif"),
    ("unexpected 'end of print statement'", "没有写完"),
    ("unexpected '}'", "括号没有配对"),
    ("unexpected char", "有不认识的符号，名字和运算都用半角"),
    ("No filter named", "没有这种“|”后面的处理"),
    ("No test named", "没有这种判断"),
    ("Unknown tag", "没有这种 {% %} 语句"),
    ("Expected an expression", "花括号里是空的"),
    ("expected name or number", "“.”后面缺名字"),
    ("expected", "写得不完整，或多了符号"),
)
_ALLOWED = frozenset(
    [
        "Template",
        "Output",
        "TemplateData",
        "If",
        "Name",
        "Const",
        "Getattr",
        "Getitem",
        "Call",
        "Filter",
        "Test",
        "Compare",
        "Operand",
        "And",
        "Or",
        "Not",
        "Add",
        "Sub",
        "Mul",
        "Div",
        "FloorDiv",
        "Mod",
        "Neg",
        "Pos",
        "Concat",
        "CondExpr",
        "List",
        "Tuple",
    ]
)
_UNSHOWN = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000\ufffe\uffff\ud800-\udfff]"
)
"""Controls, invisible characters and halves of characters, which an escape in a literal text can make."""
_REFUSED = {"Pow": "乘方"}


def run(expression: str, names: Names) -> object:
    """The value of an expression. Raises Missing, Forbidden or Unreadable."""
    if len(expression) > MAX_EXPRESSION:
        raise Forbidden("算式太长")
    return _guard(compile_hole(expression), names)


def run_whole(text: str, names: Names) -> object:
    """Renders a text with statements as a whole. Raises the same errors as `run`."""
    return _guard(_compile_whole(text), names)


@functools.lru_cache(maxsize=4096)
def compile_hole(expression: str) -> Callable[..., object]:
    """A function that returns the value of an expression. Raises Forbidden or Unreadable."""
    return _parse("{{ " + expression + " }}", expression)


@functools.lru_cache(maxsize=1024)
def _compile_whole(text: str) -> Callable[..., object]:
    return _parse(text, None)


def _parse(text: str, expression: str | None) -> Callable[..., object]:
    environment = _environment()
    try:
        tree = environment.parse(text)
        _refuse(tree)
        if expression is not None:
            return environment.compile_expression(expression, undefined_to_none=False)
        return functools.partial(_render, environment.from_string(tree))
    except TemplateSyntaxError as error:
        raise Unreadable(_chinese(error.message or "")) from None
    except (RecursionError, MemoryError, SyntaxError):  # SyntaxError: more parentheses than Python accepts
        raise Forbidden("太复杂") from None


def _refuse(tree: Any) -> None:
    """Raises Forbidden for anything outside the small grammar."""
    for node in tree.find_all(nodes.Node):
        name = type(node).__name__
        if name not in _ALLOWED:
            raise Forbidden(_REFUSED.get(name, "这种语句"))
        if name == "Const" and isinstance(node.value, str) and len(node.value) > MAX_EXPRESSION:
            raise Forbidden("算式太长")
        if name == "Const" and isinstance(node.value, str) and _UNSHOWN.search(node.value):
            raise Forbidden("引号里有控制字符，或者不成字的编码")
        if name == "Const" and isinstance(node.value, float) and not abs(node.value) < MAX_FLOAT:
            raise Forbidden("数太大")


def _chinese(message: str) -> str:
    for words, told in _SYNTAX_WORDS:
        if words.lower() in message.lower():
            return told
    return "读不懂"


def _guard(compiled: Callable[..., object], names: Names) -> object:
    """The result of a compiled template; Python's errors become errors in the writer's words."""
    try:
        return compiled(**names)
    except (Missing, Forbidden, Unreadable):
        raise
    except SecurityError as error:
        raise Forbidden(str(error)) from None
    except TemplateError as error:
        raise Unreadable(str(error)) from None
    except ZeroDivisionError:
        raise Forbidden("除以了零") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
        raise Forbidden("文字和数混在一起算，或两个值不能这样算") from None
    except (RecursionError, MemoryError):
        raise Forbidden("太复杂") from None


def _render(template: Template, **names: object) -> str:
    """The text that a template renders. Raises Forbidden as soon as it is too long."""
    out: list[str] = []
    size = 0
    for piece in template.generate(**names):
        out.append(piece)
        size += len(piece)
        if size > MAX_TEXT:
            raise Forbidden(TOO_LONG)
    return "".join(out)


class _Undefined(StrictUndefined):
    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        if self._undefined_name is None:
            raise Forbidden("写了 if 没有写 else，条件不成立时不知道写什么")
        raise Missing(self._undefined_name)

    __str__ = __iter__ = __bool__ = __len__ = __add__ = __radd__ = __mul__ = __sub__ = __eq__ = __ne__ = (
        _fail_with_undefined_error
    )
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __hash__ = _fail_with_undefined_error


class _Joined(NodeTransformer):
    """Replaces a ~ b with [a, b] | join(''), whose length is bounded."""

    def __init__(self, environment: SandboxedEnvironment) -> None:
        self.environment = environment

    def visit_Concat(self, node: nodes.Concat, *args: Any) -> nodes.Node:  # noqa: N802 (jinja2 asks for this name)
        self.generic_visit(node)
        pieces = nodes.List(node.nodes, lineno=node.lineno)
        made = nodes.Filter(pieces, "join", [nodes.Const("")], [], None, None, lineno=node.lineno)
        return made.set_environment(self.environment)


class _Sandbox(SandboxedEnvironment):
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%"))

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Joined(self).visit(source), *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, _Undefined):
            obj._fail_with_undefined_error()
        return field_of(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(argument, str) else self.getattr(obj, show(argument))

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if isinstance(obj, _Undefined):
            obj._fail_with_undefined_error()
        if not isinstance(obj, Function) or kwargs:
            raise Forbidden("调用程序")
        return obj.call(*args)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        for side in (left, right):
            if isinstance(side, _Undefined):
                side._fail_with_undefined_error()
        return calculate(operator, left, right)


@functools.cache
def _environment() -> _Sandbox:
    environment = _Sandbox(undefined=_Undefined, autoescape=False, cache_size=0, finalize=show)
    environment.filters = {"join": join, "default": _default}
    environment.tests = {
        name: environment.tests[name]
        for name in ("defined", "undefined", "none", "eq", "ne", "gt", "ge", "lt", "le", "in")
    }
    environment.globals.clear()
    return environment


def _default(value: Any, fallback: Any = "") -> Any:
    return value if show(value) else fallback
