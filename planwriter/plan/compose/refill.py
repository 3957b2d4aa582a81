"""Puts new figures into a composed block, if nothing else about it can have changed.

A block takes nothing from the targets but what its holes show. So what the other characters are, where a clause's parameters
stand, and what was told, is noted once, in a `Recipe`; the block for other figures is then made from these alone. It is made
only if nothing is to be said about it: where a value does not fit, or repeats the words around it, the block is composed in full.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from planwriter.checks.doubled import doubled_words
from planwriter.clauses.parameters import MAX_ARGUMENT, argument_value, meant_percent
from planwriter.fill import Marks, Piece, value_of
from planwriter.fill.plain import MAX_TEXT, Forbidden, Missing, Names, NameTable, Unreadable, show
from planwriter.model import Argument, Block, Box, Filling, Paragraph, Picture, Section, Table, Text, Use
from planwriter.model.walk import DUTY, rebuild, walk_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace
from planwriter.start.typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from planwriter.clauses.clause import Parameter

_TARGETS, _PARAMETERS = "指标", "参数"


class Filled(NamedTuple):
    """A text as typed, what it was filled to, and the pieces of it; None if it was filled as a whole."""

    typed: Text
    made: Text
    pieces: tuple[Piece, ...] | None


class GivenValue(NamedTuple):
    """A parameter of a clause and what the use of the clause gives for it; `usual` is what the clause's example gives."""

    parameter: Parameter
    argument: Argument
    usual: str


class FillTrace:
    """How a block was composed: what was filled in, and what the clause that it uses was given."""

    __slots__ = ("filled", "given", "is_plain", "names")

    def __init__(self) -> None:
        self.filled: list[Filled] = []
        self.given: list[GivenValue] = []
        self.names: Names = {}
        """The names of the clause's texts; none without a clause."""
        self.is_plain = True
        """False if there was more than that, such as a clause inside the clause."""

    def enter(self, names: Names, *, is_inner: bool) -> None:
        """Notes the names of a clause's texts; `is_inner` is True for a clause inside a clause."""
        self.names = names
        self.is_plain = self.is_plain and not is_inner

    def fill(self, typed: Text, made: Text, pieces: tuple[Piece, ...] | None) -> None:
        """Notes what a text was filled to."""
        self.filled.append(Filled(typed, made, pieces))

    def give(self, parameter: Parameter, argument: Argument, usual: str) -> None:
        """Notes what a parameter was given."""
        self.given.append(GivenValue(parameter, argument, usual))


class _Part(NamedTuple):
    """A piece of a text: what it shows, or where that is found."""

    shown: str
    """What it always shows."""
    read: int
    """For a hole that shows targets: the index among all these holes; else -1."""
    piece: Piece | None
    """For a hole that shows parameters that may be given other values."""
    at: int
    is_hole: bool


_Parts: TypeAlias = "tuple[_Part, ...]"


class _Step(NamedTuple):
    """A text of the block as it was filled at first, its parts, and which of them show what nobody set."""

    made: Text
    typed: str
    parts: _Parts
    unset: tuple[int, ...]


class _GivenAnew(NamedTuple):
    """A parameter whose value shows targets, and the texts given for it: as typed, and their parts."""

    parameter: Parameter
    usual: str
    texts: tuple[tuple[str, _Parts], ...]
    is_list: bool

    def is_new(self) -> bool:
        """True if a target shows in it."""
        return any(part.read >= 0 for _, parts in self.texts for part in parts)


class Recipe(NamedTuple):
    """How the blocks are made from what the holes that read targets show."""

    reads: tuple[Piece, ...]
    """These holes."""
    given: tuple[_GivenAnew, ...]
    steps: tuple[_Step, ...]
    names: dict[str, object]
    """What the texts of a clause are filled from, without the targets and the parameters."""
    values: Mapping[str, object]
    """The values of the parameters of the clause at first."""
    blocks: tuple[Block, ...]
    """The blocks at first."""
    characters: int
    """How many characters are counted for the texts that always stay the same."""


class Refilled(NamedTuple):
    """Blocks, and how many characters are counted for them."""

    blocks: tuple[Block, ...]
    characters: int


class _NotPlain(Exception):
    """The block is not made of the values of its holes alone."""


def shown_by(recipe: Recipe, names: Names) -> tuple[str, ...] | None:
    """What the holes show that read targets; None if one of them cannot be filled."""
    try:
        return tuple([show(value_of(piece, names)) for piece in recipe.reads])
    except (Missing, Forbidden, Unreadable):
        return None


def refill(shown: tuple[str, ...], recipe: Recipe) -> Refilled | None:
    """The blocks if the holes that read targets show this; None if there is something to say about it."""
    try:
        return _refill(shown, recipe)
    except (Missing, Forbidden, Unreadable, _NotPlain):
        return None


def _refill(shown: tuple[str, ...], recipe: Recipe) -> Refilled:
    size, names = recipe.characters, recipe.names
    if recipe.given:
        values = dict(recipe.values)
        for parameter, usual, texts, is_list in recipe.given:
            given = []
            for typed, parts in texts:
                value, _ = _put_in(typed, parts, shown, {})
                given.append(value)
                size += max(len(value), len(typed)) if parts else 0
            values[parameter.name] = _checked(parameter, usual, tuple(given) if is_list else given[0])
        names = {**names, _PARAMETERS: NameTable(_PARAMETERS, values)}
    new = {}
    for made, typed, parts, unset in recipe.steps:
        value, marks = _put_in(typed, parts, shown, names)
        size += max(len(value), len(typed))
        assert made.filling is not None
        ends = [*(start for start, _, _ in marks[1:]), len(value)] if unset else ()
        stretches = tuple([(marks[nth][0], ends[nth]) for nth in unset])
        filling = Filling(typed=typed, pieces=tuple(marks), causes=made.filling.causes, unset=stretches)
        new[id(made)] = Text(value=value, origin=made.origin, filling=filling)
    return Refilled(rebuild(recipe.blocks, functools.partial(_exchanged, new)), size)


def _checked(parameter: Parameter, usual: str, given: str | tuple[str, ...]) -> object:
    """The value of a parameter that fits."""
    value, problem = argument_value(parameter, given)
    if problem or sum(map(len, given)) > MAX_ARGUMENT or meant_percent(parameter, value, usual):
        raise _NotPlain
    return value


def _put_in(typed: str, parts: _Parts, shown: tuple[str, ...], names: Names) -> tuple[str, Marks]:
    """A filled text, and the places of its pieces."""
    if not parts:
        return typed, []
    out: list[str] = []
    marks: Marks = []
    size = 0
    for always, read, piece, at, is_hole in parts:
        marks.append((size, at, is_hole))
        each = shown[read] if read >= 0 else always if piece is None else show(value_of(piece, names))
        out.append(each)
        size += len(each)
    value = "".join(out)
    if size > MAX_TEXT or any(doubled_words(typed, value, marks)):
        raise _NotPlain
    return value, marks


def _exchanged(new: Mapping[int, Text], block: Block) -> Block:
    """A block with other texts in place of those with these identities."""
    if isinstance(block, Section):
        title, text = new.get(id(block.title), block.title), new.get(id(block.text), block.text)
        return block if title is block.title and text is block.text else replace(block, title=title, text=text)
    if isinstance(block, Paragraph):
        text = new.get(id(block.text))
        if text is None:
            return block
        if not text.value or text.value != text.value.strip() or "\n" in text.value:  # none, or several paragraphs
            raise _NotPlain
        return replace(block, text=text)
    if isinstance(block, Box):
        return replace(block, title=new[id(block.title)]) if id(block.title) in new else block
    if isinstance(block, Table):
        rows = tuple(tuple(new.get(id(cell), cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows, caption=new.get(id(block.caption), block.caption))
    assert isinstance(block, Picture | Use)
    return block


def recipe_of(trace: FillTrace, blocks: tuple[Block, ...], characters: int) -> Recipe | None:
    """How to make the blocks for other values; None if there is more to it than to put these in.

    Nothing was said when the blocks were composed, and so many characters were counted for them.
    """
    try:
        return _recipe(trace, blocks, characters) if trace.is_plain else None
    except _NotPlain:
        return None


def _recipe(trace: FillTrace, blocks: tuple[Block, ...], characters: int) -> Recipe:
    reads: _Reads = {}
    arguments = {id(text) for each in trace.given for text in _texts_of(each.argument)}
    parts = {id(each.typed): _parts(each, reads, frozenset()) for each in trace.filled if id(each.typed) in arguments}
    given = tuple(made for each in trace.given if (made := _given_anew(each, parts)).is_new())
    moving = frozenset(each.parameter.name for each in given)
    filled = [each for each in trace.filled if id(each.typed) not in arguments]
    steps = tuple(step for each in filled for step in _steps(each, reads, moving))
    _check_placed(steps, blocks)
    names = {name: value for name, value in trace.names.items() if name not in (_TARGETS, _PARAMETERS)}
    table = trace.names.get(_PARAMETERS)
    values = table.values if isinstance(table, NameTable) else {}
    recipe = Recipe(tuple([piece for _, piece, _ in reads.values()]), given, steps, names, values, blocks, 0)
    first = refill(tuple([shown for _, _, shown in reads.values()]), recipe)
    if first is None or first.blocks != blocks:
        raise _NotPlain
    return recipe._replace(characters=characters - first.characters)


_Reads: TypeAlias = "dict[str, tuple[int, Piece, str]]"
"""The holes that read targets, by their expressions: the number of each, and what it shows at first."""


def _texts_of(argument: Argument) -> tuple[Text, ...]:
    return (argument,) if isinstance(argument, Text) else argument


def _given_anew(given: GivenValue, parts: Mapping[int, _Parts]) -> _GivenAnew:
    texts = tuple((text.value, parts.get(id(text), ())) for text in _texts_of(given.argument))
    return _GivenAnew(given.parameter, given.usual, texts, not isinstance(given.argument, Text))


def _steps(filled: Filled, reads: _Reads, moving: frozenset[str]) -> Iterator[_Step]:
    """The step for a text that shows a target, or a parameter that does."""
    parts = _parts(filled, reads, moving)
    if any(each.read >= 0 or each.piece for each in parts):
        yield _Step(filled.made, filled.typed.value, parts, tuple(_unset_parts(filled.made)))


def _parts(filled: Filled, reads: _Reads, moving: frozenset[str]) -> _Parts:
    """The parts of a text; the holes that read targets are noted in `reads`."""
    filling, value = filled.made.filling, filled.made.value
    if filled.pieces is None or filling is None:
        raise _NotPlain
    ends = [*(start for start, _, _ in filling.pieces[1:]), len(value)]
    made = []
    for piece, (start, at, is_hole), end in zip(filled.pieces, filling.pieces, ends, strict=True):
        reader, read = None, -1
        if _TARGETS in piece.expression:
            if _PARAMETERS in piece.expression:
                raise _NotPlain
            read, _, _ = reads.setdefault(piece.expression, (len(reads), piece, value[start:end]))
        elif _PARAMETERS in piece.expression:
            reader = piece if moving and not (piece.path and moving.isdisjoint(piece.path)) else None
        elif piece.expression and not piece.path:
            raise _NotPlain
        made.append(_Part(value[start:end], read, reader, at, is_hole))
    return tuple(made)


def _unset_parts(text: Text) -> Iterator[int]:
    """Which pieces of a filled text show what nobody set."""
    assert text.filling is not None
    pieces = text.filling.pieces
    ends = [*(start for start, _, _ in pieces[1:]), len(text.value)]
    stretches = [(start, end) for (start, _, is_hole), end in zip(pieces, ends, strict=True) if is_hole]
    if len({*stretches}) < len(stretches) or not {*text.filling.unset} <= {*stretches}:
        raise _NotPlain
    for nth, ((start, _, is_hole), end) in enumerate(zip(pieces, ends, strict=True)):
        if is_hole and (start, end) in text.filling.unset:
            yield nth


def _check_placed(steps: tuple[_Step, ...], blocks: tuple[Block, ...]) -> None:
    """Raises _NotPlain unless each text that is filled stands in the blocks, as title, text or cell."""
    wanted = {id(step.made) for step in steps}
    found = [visit for visit in walk_texts(blocks) if id(visit.text) in wanted]
    if len({id(visit.text) for visit in found}) < len(wanted) or any(visit.role in DUTY for visit in found):
        raise _NotPlain
