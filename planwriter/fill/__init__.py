"""Fills in the `{{ … }}` of texts from plain data.

A text is split into literal pieces and holes. A hole that is only a name (指标.入园率.值) is looked up directly, one of names and
arithmetic is evaluated by `arithmetic`, and any other in the sandbox. Each hole is evaluated separately, so that a fault has the position of its hole.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from itertools import islice

from planwriter.fill.optional import printed_stretches, without
from planwriter.fill.plain import MAX_TEXT, TOO_LONG, Forbidden, Missing, Names, Unreadable, field_of, show
from planwriter.fill.written_names import odd_names_in, with_subscripts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.start.typing import TypeAlias

MAX_EXPRESSIONS = 2_000
MAX_FAULTS = 20
"""How many faults of one text are reported."""
HOLE = regex(r"\{\{((?:[^{}'\"]|'[^']*'|\"[^\"]*\"|\{(?!\{)|\}(?!\}))*)\}\}")
_UNPAIRED = regex(r"\{\{|\}\}")
_PATH = regex(r"[^\W\d]\w*(?:\.\w+|\['[^'\\]+'\]|\[\"[^\"\\]+\"\])*")
_STEP = regex(r"(\w+)|\['([^']*)'\]|\[\"([^\"]*)\"\]")
_WORDS = frozenset(("true", "false", "none", "True", "False", "None", "not", "and", "or", "if", "else", "in", "is"))
_STATEMENT = regex(r"\{%[-+]?\s*(\w*)|\{#")
_STATEMENT_OR_HOLE = regex(r"(?s)\{[{%].*?[%}]\}")
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


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a hole could not be filled: a code of the catalogue with its values, and the position of the hole."""

    code: str
    at: int
    """The index in the text; -1 if the fault concerns the text as a whole."""
    values: dict[str, object]
    missing: Missing | None = None


class Piece(NamedTuple):
    """A part of a text (literal characters, or the expression of a hole) and the index at which it begins."""

    literal: str
    expression: str
    path: tuple[str, ...]
    at: int


def split_at_last(text: str, *marks: str) -> tuple[str, str]:
    """A text up to the end of the last of `marks`, and the rest, in which no pattern that ends with one need be looked for."""
    at = max(text.rfind(mark) + len(mark) if mark in text else 0 for mark in marks)
    return text[:at], text[at:]


@functools.lru_cache(maxsize=16384)
def split(text: str, odd: tuple[str, ...] = ()) -> tuple[Piece, ...] | None:
    """The pieces of a text; None if it contains Jinja statements and must be rendered as a whole.

    `odd` are the names that are matched as written (`written_names`).
    """
    pieces = []
    at = 0
    for match in HOLE.finditer(text):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()], "", (), at))
        expression = with_subscripts(match[1].strip(), odd)
        simple = _PATH.fullmatch(expression) and expression not in _WORDS and expression.isprintable()
        pieces.append(Piece("", expression or " ", _steps(expression) if simple else (), match.start()))
        at = match.end()
    pieces.append(Piece(text[at:], "", (), at))
    return None if any("{%" in piece.literal or "{#" in piece.literal for piece in pieces) else tuple(pieces)


def _in_statements(text: str, odd: tuple[str, ...]) -> str:
    """The text with the odd names in its holes and statements as subscripts."""
    head, rest = split_at_last(text, "}}", "%}") if odd else ("", text)
    return _STATEMENT_OR_HOLE.sub(lambda part: with_subscripts(part.group(), odd), head) + rest


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if "[" not in path else tuple(a or b or c for a, b, c in _STEP.findall(path))


def expressions_of(text: str, odd: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What Jinja must compile to fill a text: the holes that are more than a name, or the text as a whole."""
    return _expressions_of(text, odd) if len(text) <= MAX_TEXT and "{" in text else ()


@functools.lru_cache(maxsize=16384)
def _expressions_of(text: str, odd: tuple[str, ...]) -> tuple[str, ...]:
    pieces = split(text, odd)
    return (
        (text,)
        if pieces is None
        else tuple(piece.expression for piece in pieces if piece.expression and not piece.path)
    )


Marks: TypeAlias = "list[tuple[int, int, bool]]"
"""For each piece of a text: its index in the filled text, its index in the text as typed, and whether it is a hole."""


def fill(
    text: str,
    names: Names,
    marks: Marks | None = None,
    unprinted: tuple[tuple[int, int], ...] = (),
    odd: tuple[str, ...] | None = None,
) -> tuple[str, tuple[Fault, ...]]:
    """Returns `text` with its holes filled from `names`, and a fault for each hole that could not be filled.

    The position of each piece is appended to `marks`, unless the text had to be rendered as a whole. The stretches `unprinted`
    are left out. `odd` are the `odd_names_in` the names, if they are known.
    """
    if "{" not in text and "}}" not in text:
        return text, ()
    if len(text) > MAX_TEXT:
        return "", (Fault("PW311", -1, {"what": "带 {{ }} 的文字", "limit": f"{MAX_TEXT} 字"}),)
    odd = odd_names_in(names) if odd is None else odd
    pieces = printed_pieces(text, odd, unprinted)
    if pieces is None:
        return _fill_whole(_in_statements(without(text, unprinted), odd), names)
    out: list[str] = []
    faults: list[Fault] = []
    size = 0
    for piece in pieces:
        if marks is not None:
            marks.append((size, piece.at, bool(piece.expression)))
        if piece.expression:
            try:
                shown = show(value_of(piece, names))
            except (Missing, Forbidden, Unreadable) as error:
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


def printed_pieces(
    text: str, odd: tuple[str, ...] = (), unprinted: tuple[tuple[int, int], ...] = ()
) -> tuple[Piece, ...] | None:
    """The pieces of a text as `split` gives them, without the stretches `unprinted`."""
    pieces = split(text, odd)
    return tuple(_printed(pieces, unprinted)) if pieces and unprinted else pieces


def _printed(pieces: tuple[Piece, ...], unprinted: tuple[tuple[int, int], ...]) -> Iterator[Piece]:
    """The pieces, or parts of them, that are not in the stretches `unprinted`."""
    for piece in pieces:
        if piece.expression:
            if not any(start <= piece.at < end for start, end in unprinted):
                yield piece
            continue
        for start, end in printed_stretches(unprinted, piece.at, piece.at + len(piece.literal)):
            yield Piece(piece.literal[start - piece.at : end - piece.at], "", (), start)


def value_of(piece: Piece, names: Names) -> object:
    """The value that a hole shows. Raises Missing, Forbidden or Unreadable."""
    if not piece.path:
        return _run(piece.expression, names)
    first = piece.path[0]
    if first not in names:
        raise Missing(first, tuple(names))
    value = names[first]
    for name in piece.path[1:]:
        value = field_of(value, name)
    return value


def _run(expression: str, names: Names) -> object:
    """The value of an expression. Raises Missing, Forbidden or Unreadable."""
    from planwriter.fill.arithmetic import FAILURES, read_expression

    plain = read_expression(expression)
    if plain is not None:
        with contextlib.suppress(Missing, Forbidden, *FAILURES):  # the sandbox then says what is wrong
            return plain(names)
    from planwriter.fill.sandbox import run

    return run(expression, names)


def _fault(error: Exception, at: int) -> Fault:
    if isinstance(error, Missing):
        return Fault("PW309", at, {"name": error.name}, error)
    if str(error) == TOO_LONG:
        return Fault("PW311", at, {"what": "填出来的文字", "limit": f"{MAX_TEXT} 字"})
    code = "PW310" if isinstance(error, Forbidden) else "PW308"
    return Fault(code, at, {"reason": str(error)})


def _fill_whole(text: str, names: Names) -> tuple[str, tuple[Fault, ...]]:
    """Fills a text with statements ({% if %}): if none of its pieces has a fault, Jinja renders it as a whole."""
    from planwriter.fill.sandbox import run_whole

    faults = tuple(islice(_faults_of_pieces(text), MAX_FAULTS))
    if faults:
        return "", faults
    try:
        return show(run_whole(text, names)), ()
    except (Missing, Forbidden, Unreadable) as error:
        return "", (_fault(error, -1),)


def _faults_of_pieces(text: str) -> Iterator[Fault]:
    """A fault for each forbidden statement and for each hole that cannot be compiled."""
    from planwriter.fill.sandbox import compile_hole

    for match in _STATEMENT.finditer(text):
        word = match[1] or match.group()
        if word not in ("if", "elif", "else", "endif") and not word.startswith("end"):
            yield Fault("PW310", match.start(), {"reason": _REFUSED_WORDS.get(word, "这种语句")})
    for match in HOLE.finditer(text):
        try:
            compile_hole(match[1].strip() or " ")
        except (Forbidden, Unreadable) as error:
            yield _fault(error, match.start())


def evaluate(expression: str, names: Names) -> object:
    """The value of a single expression over targets, such as a 公式. Raises Missing, Forbidden or SyntaxError."""
    try:
        return _run(with_subscripts(expression, odd_names_in(names), bare=True), names)
    except Unreadable as error:
        raise SyntaxError(str(error)) from None
