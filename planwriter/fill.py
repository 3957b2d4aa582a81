"""`{{ … }}` in texts, filled in from plain data. The one door to jinja2: a sandbox in which nothing can run or grow.

A text is literal pieces and holes. A hole that holds only a name (指标.入园率.值) is looked up directly; anything else
is compiled by Jinja under a grammar without loops, assignments, macros and imports, with no method and no function of
Python in reach. So each hole can fail by itself, and its own place be told.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

MAX_TEXT = 200_000
MAX_EXPRESSION = 2_000
MAX_FLOAT = 1e15
_TOO_LONG = "太长"
HOLE = re.compile(r"\{\{((?:[^{}'\"]|'[^']*'|\"[^\"]*\"|\{(?!\{)|\}(?!\}))*)\}\}")
_UNPAIRED = re.compile(r"\{\{|\}\}")
_PATH = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_WORDS = frozenset(("true", "false", "none", "True", "False", "None", "not", "and", "or", "if", "else", "in", "is"))


class Lookup:
    """A value with named fields that a template may read, and nothing else. Its text is what `{{ … }}` shows."""

    __slots__ = ()

    def look_up(self, name: str) -> object:
        """The field `name`. Raises Missing where there is none."""
        raise NotImplementedError

    def __str__(self) -> str:
        raise Forbidden("后面还要写“.”和名字，例如 指标.入园率")


class Operand(Lookup):
    """A value with an arithmetic of its own, such as a figure with its unit."""

    __slots__ = ()

    def calculate(self, operator: str, left: object, right: object) -> object:
        """`left operator right`, one of which is this value."""
        raise NotImplementedError


class Function:
    """A function that a template may call, with plain values only."""

    __slots__ = ("call",)

    def __init__(self, call: Callable[..., object]) -> None:
        self.call = call


class Missing(Exception):
    """A name that is not defined; `known` are those that are, `scope` says among what (指标, 参数, or empty)."""

    def __init__(self, name: str, known: tuple[str, ...] = (), scope: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.known = known
        self.scope = scope


class Forbidden(Exception):
    """Something that a template may not do."""


class Table(Lookup):
    """Named values under one name, such as 参数: a missing one is told with its scope."""

    __slots__ = ("scope", "values")

    def __init__(self, scope: str, values: Mapping[str, object]) -> None:
        self.scope = scope
        self.values = values

    def look_up(self, name: str) -> object:
        try:
            return self.values[name]
        except KeyError:
            raise Missing(name, tuple(self.values), self.scope) from None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a hole could not be filled: a code of the catalogue with its values, and where the hole begins."""

    code: str
    at: int
    """Where in the text; -1 where the text as a whole is at fault."""
    values: dict[str, object]
    missing: Missing | None = None


class Piece(NamedTuple):
    """A part of a text: literal characters, or the expression of a hole; and where it begins."""

    literal: str
    expression: str
    path: tuple[str, ...]
    at: int


Names: TypeAlias = Mapping[str, object]


@functools.lru_cache(maxsize=16384)
def split(text: str) -> tuple[Piece, ...] | None:
    """The pieces of a text; None where it holds Jinja statements and must be taken as a whole."""
    pieces = []
    at = 0
    for match in HOLE.finditer(text):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()], "", (), at))
        expression = match[1].strip()
        simple = _PATH.fullmatch(expression) and expression not in _WORDS
        pieces.append(Piece("", expression or " ", tuple(expression.split(".")) if simple else (), match.start()))
        at = match.end()
    pieces.append(Piece(text[at:], "", (), at))
    return None if any("{%" in piece.literal or "{#" in piece.literal for piece in pieces) else tuple(pieces)


def expressions_of(text: str) -> tuple[str, ...]:
    """What Jinja must compile to fill a text: its holes that are more than a name, or the text as a whole."""
    if len(text) > MAX_TEXT or "{" not in text:
        return ()
    pieces = split(text)
    return (text,) if pieces is None else tuple(piece.expression for piece in pieces if piece.expression and not piece.path)


Marks: TypeAlias = "list[tuple[int, int, bool]]"
"""For each piece of a text: where it begins in the filled text, where in the text as typed, and whether it is a hole."""


def fill(text: str, names: Names, marks: Marks | None = None) -> tuple[str, tuple[Fault, ...]]:
    """`text` with its holes filled from `names`, and what could not be filled. Text without holes is itself.

    `marks` gets where each piece went, unless the text had to be rendered as a whole.
    """
    if "{" not in text and "}}" not in text:
        return text, ()
    if len(text) > MAX_TEXT:
        return "", (Fault("PW311", -1, {"what": "带 {{ }} 的文字", "limit": f"{MAX_TEXT} 字"}),)
    pieces = split(text)
    if pieces is None:
        return _fill_whole(text, names)
    out: list[str] = []
    faults: list[Fault] = []
    size = 0
    for piece in pieces:
        if marks is not None:
            marks.append((size, piece.at, bool(piece.expression)))
        if piece.expression:
            try:
                shown = show(_value(piece, names))
            except (Missing, Forbidden, _Syntax) as error:
                faults.append(_fault(error, piece.at))
                shown = ""
        else:
            shown = piece.literal
            unpaired = _UNPAIRED.search(shown)
            if unpaired:
                faults.append(Fault("PW308", piece.at + unpaired.start(), {"reason": "花括号没有配对"}))
        out.append(shown)
        size += len(shown)
        if size > MAX_TEXT:
            return "", (Fault("PW311", -1, {"what": "填出来的文字", "limit": f"{MAX_TEXT} 字"}),)
    return "".join(out), tuple(faults)


def evaluate(expression: str, names: Names) -> object:
    """The value of one expression, such as a target's 公式. Raises Missing, Forbidden or SyntaxError."""
    try:
        return _run(expression, names)
    except _Syntax as error:
        raise SyntaxError(str(error)) from None


def show(value: object) -> str:
    """What a hole shows of a value: figures as typed, lists parted by 、."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(show(item) for item in value)
    if isinstance(value, Function):
        raise Forbidden("这里还要写年份，例如 .年(2027)")
    return "" if value is None else str(value)


class _Syntax(Exception):
    """A hole that Jinja cannot parse; the text says why."""


def _fault(error: Exception, at: int) -> Fault:
    if isinstance(error, Missing):
        return Fault("PW309", at, {"name": error.name}, error)
    if str(error) == _TOO_LONG:
        return Fault("PW311", at, {"what": "填出来的文字", "limit": f"{MAX_TEXT} 字"})
    code = "PW310" if isinstance(error, Forbidden) else "PW308"
    return Fault(code, at, {"reason": str(error)})


def _value(piece: Piece, names: Names) -> object:
    if not piece.path:
        return _run(piece.expression, names)
    first = piece.path[0]
    if first not in names:
        raise Missing(first, tuple(names))
    value = names[first]
    for name in piece.path[1:]:
        value = _field_of(value, name)
    return value


def _field_of(value: object, name: str) -> object:
    if isinstance(value, Lookup):
        return value.look_up(name)
    raise Forbidden(f"“{show(value)[:12]}”没有“{name}”这一项")


def _run(expression: str, names: Names) -> object:
    if len(expression) > MAX_EXPRESSION:
        raise Forbidden("算式太长")
    return _guard(_compile(expression), names)


def _guard(run: Callable[..., object], names: Names) -> object:
    """The result of a compiled template, Python's own errors in it told in the writer's words."""
    from jinja2.exceptions import SecurityError, TemplateError

    try:
        return run(**names)
    except (Missing, Forbidden, _Syntax):
        raise
    except SecurityError as error:
        raise Forbidden(str(error)) from None
    except TemplateError as error:
        raise _Syntax(str(error)) from None
    except ZeroDivisionError:
        raise Forbidden("除以了零") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
        raise Forbidden("文字和数混在一起算，或两个值不能这样算") from None
    except (RecursionError, MemoryError):
        raise Forbidden("太复杂") from None


@functools.lru_cache(maxsize=4096)
def _compile(expression: str) -> Callable[..., object]:
    return _parse("{{ " + expression + " }}", expression)


@functools.lru_cache(maxsize=1024)
def _compile_whole(text: str) -> Callable[..., object]:
    return _parse(text, None)


def _parse(text: str, expression: str | None) -> Callable[..., object]:
    from jinja2.exceptions import TemplateSyntaxError

    environment = _environment()
    try:
        tree = environment.parse(text)
        _refuse(tree)
        if expression is not None:
            return environment.compile_expression(expression, undefined_to_none=False)
        return functools.partial(_render, environment.from_string(tree))
    except TemplateSyntaxError as error:
        raise _Syntax(_chinese(error.message or "")) from None
    except (RecursionError, MemoryError, SyntaxError):  # the last: more parentheses than Python itself takes
        raise Forbidden("太复杂") from None


def _render(template: Template, **names: object) -> str:
    """What a template gives, refused as soon as it grows too long."""
    out: list[str] = []
    size = 0
    for piece in template.generate(**names):
        out.append(piece)
        size += len(piece)
        if size > MAX_TEXT:
            raise Forbidden(_TOO_LONG)
    return "".join(out)


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


def _chinese(message: str) -> str:
    for words, told in _SYNTAX_WORDS:
        if words.lower() in message.lower():
            return told
    return "读不懂"


def _fill_whole(text: str, names: Names) -> tuple[str, tuple[Fault, ...]]:
    """A text with statements ({% if %}): Jinja renders it as one, once nothing is wrong with any of its pieces."""
    faults = tuple(_faults_of_pieces(text))
    if faults:
        return "", faults
    try:
        return show(_guard(_compile_whole(text), names)), ()
    except (Missing, Forbidden, _Syntax) as error:
        return "", (_fault(error, -1),)


def _faults_of_pieces(text: str) -> Iterator[Fault]:
    """The statements that are refused, and the holes that cannot be compiled, each at its place."""
    for match in _STATEMENT.finditer(text):
        word = match[1] or match.group()
        if word not in ("if", "elif", "else", "endif") and not word.startswith("end"):
            yield Fault("PW310", match.start(), {"reason": _REFUSED_WORDS.get(word, "这种语句")})
    for match in HOLE.finditer(text):
        try:
            _compile(match[1].strip() or " ")
        except (Forbidden, _Syntax) as error:
            yield _fault(error, match.start())


_STATEMENT = re.compile(r"\{%[-+]?\s*(\w*)|\{#")
_REFUSED_WORDS = {
    "{#": "{# #} 会吞掉文字",
    "for": "循环",
    "set": "赋值",
    "macro": "宏",
    "call": "宏",
    "include": "引入别的文件",
    "import": "引入别的文件",
    "from": "引入别的文件",
    "extends": "引入别的文件",
}
_ALLOWED = frozenset(
    ["Template", "Output", "TemplateData", "If", "Name", "Const", "Getattr", "Getitem", "Call", "Filter", "Test", "Compare", "Operand", "And", "Or", "Not", "Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Neg", "Pos", "Concat", "CondExpr", "List", "Tuple"]
)
_REFUSED = {"Pow": "乘方"}


def _refuse(tree: Any) -> None:
    """Raises Forbidden for anything outside the small grammar."""
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        name = type(node).__name__
        if name not in _ALLOWED:
            raise Forbidden(_REFUSED.get(name, "这种语句"))
        if name == "Const" and isinstance(node.value, str) and len(node.value) > MAX_EXPRESSION:
            raise Forbidden("算式太长")
        if name == "Const" and isinstance(node.value, float) and not abs(node.value) < MAX_FLOAT:
            raise Forbidden("数太大")


@functools.cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import nodes
    from jinja2.runtime import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment
    from jinja2.visitor import NodeTransformer

    class Undefined(StrictUndefined):
        __slots__ = ()

        def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
            if self._undefined_name is None:
                raise Forbidden("写了 if 没有写 else，条件不成立时不知道写什么")
            raise Missing(self._undefined_name)

        __str__ = __iter__ = __bool__ = __len__ = __add__ = __radd__ = __mul__ = __sub__ = __eq__ = __ne__ = (
            _fail_with_undefined_error
        )
        __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __hash__ = _fail_with_undefined_error

    class Joined(NodeTransformer):
        """a ~ b as [a, b] | join(''), whose length is bounded."""

        def visit_Concat(self, node: nodes.Concat, *args: Any) -> nodes.Node:  # noqa: N802 (jinja2 asks for this name)
            self.generic_visit(node)
            pieces = nodes.List(node.nodes, lineno=node.lineno)
            made = nodes.Filter(pieces, "join", [nodes.Const("")], [], None, None, lineno=node.lineno)
            return made.set_environment(environment)

    class Sandbox(SandboxedEnvironment):
        intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%"))

        def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
            return super()._generate(Joined().visit(source), *args, **kwargs)

        def getattr(self, obj: Any, attribute: str) -> Any:
            if isinstance(obj, Undefined):
                obj._fail_with_undefined_error()
            return _field_of(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            return self.getattr(obj, argument) if isinstance(argument, str) else self.getattr(obj, show(argument))

        def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
            if isinstance(obj, Undefined):
                obj._fail_with_undefined_error()
            if not isinstance(obj, Function) or kwargs:
                raise Forbidden("调用程序")
            return obj.call(*args)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            for side in (left, right):
                if isinstance(side, Undefined):
                    side._fail_with_undefined_error()
            return _calculate(operator, left, right)

    environment = Sandbox(undefined=Undefined, autoescape=False, cache_size=0, finalize=show)
    environment.filters = {"join": _join, "default": _default}
    environment.tests = {name: environment.tests[name] for name in ("defined", "undefined", "none", "eq", "ne", "gt", "ge", "lt", "le", "in")}
    environment.globals.clear()
    return environment


def _calculate(operator: str, left: object, right: object) -> object:
    """Exact arithmetic on figures; texts can only be joined, with +."""
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return _join([left, right], "")
    for side in (left, right):
        if isinstance(side, Operand):
            return side.calculate(operator, left, right)
    a, b = figure_of(left), figure_of(right)
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    if operator == "/":
        return a / b
    return a // b if operator == "//" else a % b


def figure_of(value: object) -> Decimal:
    """The figure that a value of an expression stands for. Raises Forbidden where it is none."""
    if isinstance(value, float):  # a decimal written in the hole itself: 0.5
        return Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        if isinstance(value, Lookup):
            return figure_of(value.look_up("数"))
        raise Forbidden(f"“{show(value)[:12]}”不是数，不能算")
    return Decimal(value)


def _join(values: Any, separator: Any = "、") -> str:
    if not isinstance(values, (list, tuple)):
        return show(values)
    between = show(separator)
    shown = [show(value) for value in values]
    if sum(len(each) + len(between) for each in shown) > MAX_TEXT:
        raise Forbidden(_TOO_LONG)
    return between.join(shown)


def _default(value: Any, fallback: Any = "") -> Any:
    return value if show(value) else fallback
