"""Hand edits of a clause's text: its parameters change if only they were edited, else the use gets own words (改写)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from planwriter.compare.absorb.line_parts import EditedText
from planwriter.compare.absorb.outline_nodes import OutlineBlock, OutlineMap
from planwriter.compare.absorb.retyping import InsideClause, TypedEdit, Unabsorbable, retyped_text, touched_holes
from planwriter.model import Paragraph, Text
from planwriter.model.walk import TextRole
from planwriter.plan.flow import Line, Printed
from planwriter.source.changes import Change, Lay, Path, SetText
from planwriter.source.edit import Value
from planwriter.source.nodes import Mapping as MappingNode
from planwriter.source.nodes import Scalar
from planwriter.start.digests import sha256
from planwriter.start.patterns import regex
from planwriter.start.typing import TypeAlias

_PARAMETER = regex(r"\{\{\s*参数\s*\.\s*(\w+)\s*\}\}")


ClauseValues: TypeAlias = "Callable[[str, str, str, str], Mapping[str, str] | None]"
"""For the name of a clause, the variant asked for, a title and a text: the values of its parameters that print them."""


def use_changes(
    outline: OutlineMap,
    block: OutlineBlock,
    texts: Sequence[EditedText],
    values_of: ClauseValues,
    *,
    in_own_words: bool,
) -> Iterator[Change]:
    """The changes of a use (用) for edited texts of its clause; `in_own_words` by 改写 in any case. Raises Unabsorbable."""
    if not texts:
        return
    own = _own_texts(outline, block)
    for each in texts:
        if not any(each.printed.text is printed.text for printed in own):
            raise InsideClause("这一段在条款里面，要改先把“用”换成自己写的块")
    typed_here = [each for each in texts if outline.is_typed(each.printed.text)]
    yield from _typed_changes(outline, typed_here)
    others = [each for each in texts if each not in typed_here]
    if not others:
        return
    values = None
    if not in_own_words:
        values = _argument_values(outline, block, others) or _printing_values(outline, block, own, others, values_of)
    if values is not None:
        yield Lay(block.path, {"参数": values})
        return
    yield Lay(block.path, {"改写": _rewrite(outline, block, own, others)})


def _own_texts(outline: OutlineMap, block: OutlineBlock) -> list[Printed]:
    """The title and the paragraphs of the clause itself, without those of the blocks in it."""
    first = outline.items[block.lines[0]]
    found: list[Printed] = []
    for at in block.lines:
        item = outline.items[at]
        if not isinstance(item, Line) or item.block is None:
            continue
        is_own = item.block is first.block
        if isinstance(item.block, Paragraph) and isinstance(first.block, Paragraph):
            is_own = _begin(item.block.text) == _begin(first.block.text)
        if is_own:
            found += [each for each in item.texts if each.role in (TextRole.TITLE, TextRole.TEXT)]
    return found


def _begin(text: Text) -> tuple[str, int]:
    return (text.origin.source.name, text.origin.start) if text.origin else ("", -1)


def _typed_changes(outline: OutlineMap, texts: Sequence[EditedText]) -> Iterator[Change]:
    """The changes of own words that are there already."""
    by_text: dict[int, list[EditedText]] = {}
    for each in texts:
        by_text.setdefault(id(each.printed.text), []).append(each)
    for group in by_text.values():
        text = group[0].printed.text
        path = outline.path_of(text)
        if path is None or not isinstance(outline.node(path), Scalar) or (text.filling and text.filling.offset):
            raise Unabsorbable("改写的话有几段，改的是哪一段不一定")
        yield SetText(path, retyped_text(text, sorted(edit for each in group for edit in each.edits)))


def _argument_values(outline: OutlineMap, block: OutlineBlock, texts: Sequence[EditedText]) -> dict[str, Value] | None:
    """The new values of the clause's parameters; None if more than these was edited."""
    values: dict[str, str] = {}
    for each in texts:
        text = each.printed.text
        inside = 0
        for hole, edits in touched_holes(text, each.edits):
            parameter = _PARAMETER.fullmatch(hole.typed)
            if parameter is None or any(edit.start < hole.start or edit.end > hole.end for edit in edits):
                return None
            inside += len(edits)
            new = _edited(text.value[hole.start : hole.end], hole.start, edits).strip()
            if (
                not new
                or values.setdefault(parameter[1], new) != new
                or not _can_be_set(outline, block.path, parameter[1])
            ):
                return None
        if inside != len(each.edits):
            return None
    return {**values} if values else None


def _printing_values(
    outline: OutlineMap,
    block: OutlineBlock,
    own: Sequence[Printed],
    texts: Sequence[EditedText],
    values_of: ClauseValues,
) -> dict[str, Value] | None:
    """The values of parameters with which the clause prints the edited words: those of parts that were left out, too."""
    edits = {id(each.printed.text): each.edits for each in texts}
    shown = {TextRole.TITLE: "", TextRole.TEXT: ""}
    for part in own:
        if part.offset or part.end - part.start != len(part.text.value) or shown[part.role]:
            return None
        shown[part.role] = _edited(part.text.value, 0, edits.get(id(part.text), ()))
    variant = outline.node((*block.path, "变体"))
    name = variant.value if isinstance(variant, Scalar) else ""
    found = values_of(outline.clause_of(block), name, shown[TextRole.TITLE], shown[TextRole.TEXT])
    node = outline.node((*block.path, "参数"))
    entries = node.entries if isinstance(node, MappingNode) else {}
    if found is None or not entries.keys() <= found.keys():
        return None
    made = {key: value for key, value in found.items() if key not in entries or _can_be_set(outline, block.path, key)}
    now = {key: each.value for key, each in entries.items() if isinstance(each, Scalar)}
    return {key: value for key, value in made.items() if now.get(key) != value} or None


def _can_be_set(outline: OutlineMap, path: Path, name: str) -> bool:
    node = outline.node((*path, "参数", name))
    return node is None or (isinstance(node, Scalar) and "{{" not in node.value)


def _edited(shown: str, start: int, edits: Sequence[TypedEdit]) -> str:
    made, at = [], 0
    for edit in sorted(edits):
        made += [shown[at : edit.start - start], edit.new]
        at = edit.end - start
    return "".join((*made, shown[at:]))


def _rewrite(
    outline: OutlineMap, block: OutlineBlock, own: Sequence[Printed], texts: Sequence[EditedText]
) -> dict[str, Value]:
    """The own words of a use, and the digest of the clause's words."""
    node = outline.node((*block.path, "改写"))
    if node is not None and not isinstance(node, MappingNode):
        raise Unabsorbable("这里已经改写过")
    edits: dict[int, list[TypedEdit]] = {}
    for each in texts:
        edits.setdefault(id(each.printed.text), []).extend(each.edits)
    value: dict[str, Value] = {}
    for role, key in ((TextRole.TITLE, "标题"), (TextRole.TEXT, "文")):
        found = {id(each.text): each.text for each in own if each.role is role}
        if not found.keys() & edits.keys():
            continue
        lines = [
            line
            for number, text in found.items()
            for line in retyped_text(text, sorted(edits.get(number, ()))).split("\n")
            if line.strip()
        ]
        if not lines:
            raise Unabsorbable("没有留下文字")
        value[key] = lines[0] if len(lines) == 1 else lines
    if node is None:
        value["条款原文"] = _digest(own)
    return value


def _digest(own: Sequence[Printed]) -> str:
    """The digest of the clause's words as `plan/compose` takes it."""
    typed = {}
    for role in (TextRole.TITLE, TextRole.TEXT):
        text = next((each.text for each in own if each.role is role), None)
        typed[role] = (text.filling.typed if text.filling else text.value) if text else ""
    return sha256(f"{typed[TextRole.TITLE]}\n{typed[TextRole.TEXT]}".encode())[:8]
