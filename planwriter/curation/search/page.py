"""A clause as a page for people: its text filled in for the workspace, its parameters, and its uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.clauses.clause import Clause, Parameter
from planwriter.clauses.parameters import argument_value, required_parameters
from planwriter.curation.search.entry import title_of
from planwriter.curation.search.text import plain
from planwriter.fill import fill
from planwriter.fill.optional import cuts, optional_parts
from planwriter.fill.plain import NameTable
from planwriter.findings.finding import Pos
from planwriter.findings.report import place
from planwriter.model import Argument, Block, Box, Paragraph, Picture, Region, Section, Text, Use
from planwriter.model import Table as TableBlock
from planwriter.model.walk import walk, walk_texts
from planwriter.plan.compose.compose import base_names
from planwriter.plan.flow import duty_note
from planwriter.source import keys
from planwriter.source.load import load_list
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple
from planwriter.system.files import Found

_OPEN = ("年度", "上年", "起年", "止年")
"""The names whose values come from an outline, not from the workspace."""


def clause_page(clause: Clause, library: str, unit: str, region: Region | None, uses: Iterable[Pos]) -> str:
    """The page of a clause; 〔…〕 replaces a value that neither the workspace nor a default provides."""
    names = _names(clause, unit, region)
    lines = [f"{clause.identifier}　〔{clause.level_word}〕{_title(clause, names)}", f"  条款库：{library}"]
    if clause.origin:
        lines.append(f"  写在：{place(clause.origin.pos)}")
    lines += ["  文字：", *(f"    {line}" for line in _lines(clause.block, names))]
    if clause.format > 1 and any(optional_parts(visit.text.value) for visit in walk_texts((clause.block,))):
        bare = _lines(clause.block, names.with_only(required_parameters(clause, clause.block)))
        lines += ["  不给参数时：", *(f"    {line}" for line in bare)]
    for variant in clause.variants:
        lines.append(f"  变体 {variant.name}：")
        lines += (f"    {line}" for line in names.filled(variant.text).split("\n") if variant.text.value)
        lines += (f"    {line}" for block in variant.children or () for line in _lines(block, names, is_top=False))
    lines += [f"  参数 {parameter.name}：{_about(clause, parameter)}" for parameter in clause.parameters]
    lines += [f"  适用：{told}" for told in [_applies(clause)] if told]
    facts = (
        ("主办", clause.lead_functions),
        ("配合", clause.support_functions),
        ("成果", clause.results),
        ("常用时限", (clause.usual_deadline,) if clause.usual_deadline else ()),
        ("同组", (clause.group,) if clause.group else ()),
        ("替代", clause.successors),
        ("依据", clause.basis),
        ("标签", clause.tags),
    )
    lines += [f"  {head}：{'、'.join(words)}" for head, words in facts if words]
    used = [place(pos) for pos in uses]
    lines += ["  用在：" + ("" if used else "这里的提纲还没有用过"), *(f"    {each}" for each in used)]
    needed = [
        parameter.name
        for parameter in clause.parameters
        if parameter.default is None and not _can_lack(clause, parameter)
    ]
    lines.append(f"  用法：- 用: {clause.identifier}")
    if needed:
        lines.append("          参数: {" + ", ".join(f"{name}: ……" for name in needed) + "}")
    return "\n".join(lines) + "\n"


def _can_lack(clause: Clause, parameter: Parameter) -> bool:
    """True if the clause reads without a value of the parameter."""
    return clause.format > 1 and parameter.name not in required_parameters(clause, clause.block)


def find_uses(identifier: str, found: Iterable[Found]) -> Iterator[Pos]:
    """The places where outlines and clauses use a clause; only files that contain its identifier are parsed."""
    wanted = identifier.encode()
    for each in found:
        if wanted in each.data:
            tree = load_list(each.data, each.shown, keys.LIBRARY_KEYS).value
            yield from (use.span.pos for use in _uses(tree) if use.value == identifier)


def _uses(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _uses(item)
    elif isinstance(node, Mapping):
        used = node.entries.get("用")
        if isinstance(used, Scalar):
            yield used
        for value in node.entries.values():
            yield from _uses(value)


def _title(clause: Clause, names: _Filler) -> str:
    has_title = isinstance(clause.block, Section) and clause.block.title
    return names.filled(Text(value=clause.title)) if has_title else title_of(clause)


def _names(clause: Clause, unit: str, region: Region | None) -> _Filler:
    names = base_names(unit, region or Region(name="", level=""), (0, 0))
    given = {name: value for name, value in names.items() if value and name not in _OPEN}
    if region is None:
        given = {"单位": unit} if unit else {}
    parameters = {parameter.name: _default(parameter, given) for parameter in clause.parameters}
    known = {**{name: f"〔{name}〕" for name in names}, **given, "参数": NameTable("参数", parameters)}
    return _Filler(known, clause.format, frozenset(parameters))


def _default(parameter: Parameter, names: dict[str, object]) -> object:
    if parameter.default is None:
        return f"〔{parameter.name}〕"
    filled, faults = fill(parameter.default.value, names)
    return argument_value(parameter, plain(parameter.default.value) if faults else filled)[0]


class _Filler(NamedTuple):
    """Fills in the texts of a clause as far as their names are known."""

    names: dict[str, object]
    form: int
    """The format of the clause: from 2 on, its texts have parts that may be left out."""
    given: frozenset[str]
    """The parameters that have a value."""

    def filled(self, text: Text) -> str:
        unprinted = cuts(text.value, self.given) if self.form > 1 else ()
        shown, faults = fill(text.value, self.names, None, unprinted)
        return plain(text.value) if faults else shown

    def with_only(self, given: frozenset[str]) -> _Filler:
        """The filler in which only the parameters `given` have values."""
        shown = {name: f"〔{name}〕" for name in given}
        return _Filler({**self.names, "参数": NameTable("参数", shown)}, self.form, given)


def _lines(top: Block, names: _Filler, *, is_top: bool = True) -> Iterator[str]:
    """The lines of a block; those of the blocks inside it are indented further."""
    for block, parents in walk((top,)):
        inset = "  " * len(parents)
        for line in _own_lines(block, names, is_top=is_top and not parents):
            yield inset + line


def _own_lines(block: Block, names: _Filler, *, is_top: bool) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from names.filled(block.text).split("\n")
    elif isinstance(block, Section):
        if block.title and not is_top:
            yield f"〔{block.level.word}〕{names.filled(block.title)}"
        if block.text:
            yield from names.filled(block.text).split("\n")
    elif isinstance(block, Box):
        yield f"〔专栏〕{names.filled(block.title)}"
    elif isinstance(block, Use):
        variant = [f"变体: {block.variant.value}"] if block.variant else []
        given = [f"{name.value}: {_given(value, names)}" for name, value in block.arguments]
        own = (block.rewrite.title, block.rewrite.text) if block.rewrite else ()
        rewritten = [f"改写: {names.filled(text)}" for text in own if text]
        yield f"（{'，'.join((f'用: {block.clause.value}', *variant, *given, *rewritten))}）"
    else:
        if isinstance(block, Picture):
            yield f"（图：{'、'.join(name.value for name in block.targets) or '带分年的全部指标'}）"
        if block.caption:
            yield names.filled(block.caption)
        if isinstance(block, TableBlock):
            yield from ("　".join(names.filled(cell) for cell in row) for row in block.rows)
    if isinstance(block, (Paragraph, Section, Use)):
        note = duty_note(block.duty)
        yield from (names.filled(Text(value=note)),) if note else ()


def _given(value: Argument, names: _Filler) -> str:
    return "、".join(names.filled(text) for text in (value if isinstance(value, tuple) else (value,)))


def _about(clause: Clause, parameter: Parameter) -> str:
    told = [parameter.about, f"{parameter.type}{f'，单位 {parameter.unit}' if parameter.unit else ''}"]
    if parameter.choices:
        told.append("可选 " + "、".join(parameter.choices))
    told += [
        f"{word} {bound:f}"
        for word, bound in (("不小于", parameter.minimum), ("不大于", parameter.maximum))
        if bound is not None
    ]
    told += [
        f"{word} {value}"
        for word, value in (("口径：", parameter.scope), ("来源：", parameter.source), ("常见", parameter.usual))
        if value
    ]
    if parameter.default is not None:
        told.append(f"默认 {parameter.default.value}")
    else:
        told.append("可以不给" if _can_lack(clause, parameter) else "必须给出")
    return "；".join(each for each in told if each)


def _applies(clause: Clause) -> str:
    years = f"{clause.years[0]}—{clause.years[1]}年" if clause.years else ""
    told = ("、".join(clause.systems), "、".join(clause.kinds), "、".join(clause.levels), years)
    validity = str(clause.validity) if clause.validity else ""
    return "；".join(each for each in (*told, validity) if each)
