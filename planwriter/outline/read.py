"""From the tree of an outline file to a typed outline: every key is checked, and every mistake is a finding."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding, make_finding, near
from planwriter.findings.finding import Finding, Findings, Result
from planwriter.language import regions
from planwriter.language.unit_names import unit_names
from planwriter.model import Attachment, Block, Frame, Outline, Part, Region, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.blocks import Reader
from planwriter.outline.frame import read_attachments, read_frame
from planwriter.outline.kind import Kind, find_kind
from planwriter.outline.numbering import read_numbering
from planwriter.outline.targets import is_year, lost_targets, read_assertions, read_targets, targets_node
from planwriter.outline.values import make_text, read_paragraphs, read_texts, text_of
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, meant_keys, word_at
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field, replace
from planwriter.start.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from planwriter.outline.pictures import OpenPicture
    from planwriter.outline.rows import Row
    from planwriter.outline.tables import OpenWorkbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """The defaults of a workspace for its outlines: nodes of its planwriter.yaml, by their names in code."""

    nodes: dict[str, Node] = field(default_factory=dict)


def read_outline(
    tree: Mapping,
    kinds: tuple[Kind, ...],
    defaults: Defaults | None = None,
    open_workbook: OpenWorkbook | None = None,
    open_picture: OpenPicture | None = None,
    row: Row | None = None,
    memo: Memo = NO_MEMO,
) -> Result[tuple[Outline, Kind] | None]:
    """The outline in `tree` and its kind, with all findings on its keys and values; None if there are no kinds.

    `defaults` replace keys that the outline leaves out. `open_workbook` opens the workbooks that it names, and
    `open_picture` its pictures. `row` is the row of a sheet for which the outline is read (`--each`).
    """
    found = Findings()
    take = found.take
    kind, known = take(_kind_of(tree, kinds))
    if kind is None:
        return found.result(None)
    schema = _schema_of(kind, kinds, known)
    given = dict((defaults or Defaults()).nodes)
    excused = [key for key, rules in schema.items() if rules["meta"]["name"] in given or key in tree.lost]
    relaxed = {**schema, **{key: {**schema[key], "required": False} for key in excused}}
    got = take(check_shape(tree, relaxed, "提纲"))
    got = {**{name: node for name, node in given.items() if name != "levels"}, **got}
    region = take(read_region(got.get("region")))
    if known:
        found += _check_period(tree, schema, kind)
    years = take(_read_years(got, kind, strict=known))
    numbering = kind.numbering
    if isinstance(got.get("numbering"), Mapping):
        numbering = take(read_numbering(cast(Mapping, got["numbering"]), numbering))
    targets = take(targets_node(got.get("targets"), open_workbook, years[0]))
    if targets is not None and row is not None:
        from planwriter.outline.rows import lay_targets

        targets = lay_targets(targets, row)
    roles = tuple(role for role in tree.entries if role in kind.roles and role in schema)
    typed = (node for role in roles for node in (tree.keys[role], tree.entries[role]))
    body = memo.once(_read_body, open_workbook, open_picture, got.get("attachments"), *typed, by=(roles, memo))
    outline = Outline(
        kind=kind.name,
        unit=take(_name(got.get("unit"), "单位")),
        region=region or Region(name="", level=""),
        years=years,
        title=memo.once(text_of, got.get("title")),
        label=memo.once(text_of, got.get("label")),
        preface=take(memo.once(_read_around, got.get("preface"), by=("导语",))),
        parts=tuple(map(take, body.parts)),
        closing=take(memo.once(_read_around, got.get("closing"), by=("结语",))),
        targets=(*take(read_targets(targets, memo)), *lost_targets(tree, got.get("targets"), targets)),
        assertions=take(read_assertions(got.get("assertions"))),
        numbering=numbering,
        native_numbering=word_at(got, "numbering_mode") == "自动" if "numbering_mode" in got else kind.native_numbering,
        duty_note=word_at(got, "duty_note") or kind.duty_note,
        layout=word_at(got, "layout") or kind.layout,
        libraries=take(read_texts(got.get("libraries"), "库")),
        places=tuple(
            place.value
            for node in _both(tree, given, "places", "可提地名")
            for place in take(read_texts(node, "可提地名"))
        ),
        unit_list=tuple(
            name for text in take(read_texts(given.get("unit_list"), "责任单位名单")) for name in unit_names(text.value)
        ),
        functions=take(_read_functions(given.get("functions"))),
        attachments=take(body.attachments),
        frame=take(_read_frame(got.get("frame"), tree, years, memo)),
        superior=text_of(got.get("superior")),
        origin=tree.span,
    )
    return found.result((outline, kind))


def _read_functions(node: Node | None) -> Result[tuple[tuple[str, Text], ...]]:
    """The department that has each function (职能: {财务: 计财股}), by function."""
    found = Findings()
    functions = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        if isinstance(value, Scalar):
            functions.append((name, make_text(value)))
        else:
            expected, advice = "科室的名称", f"写成 {name}: 计财股。"
            found.append(
                finding("PW203", value.span, key=name, expected=expected, found=kind_word(value), advice=advice)
            )
    return found.result(tuple(functions))


def _both(tree: Mapping, given: dict[str, Node], name: str, key: str) -> list[Node]:
    """The nodes of the workspace and of the outline under a key whose values add up."""
    nodes = (given.get(name), tree.entries.get(key))
    return [node for node in nodes if isinstance(node, Scalar | Sequence)]


def _read_around(key: str, node: Node | None) -> Result[Text | None]:
    return read_paragraphs(node, key)


def _frame_of(years: tuple[int, int], node: Node | None) -> Result[Frame | None]:
    return read_frame(node, years)


def _read_frame(node: Node | None, tree: Mapping, years: tuple[int, int], memo: Memo) -> Result[Frame | None]:
    read = memo.once(_frame_of, node, by=(years,))
    frame = read.value
    misplaced = tree.torn or not keys.FRAME.keys().isdisjoint(tree.entries)
    if not misplaced:
        return read
    return Result(replace(frame, broken=frame.broken or misplaced) if frame else None, read.findings)


def misnamed_parts(tree: Mapping, kind: Kind) -> tuple[str, ...]:
    """The parts of the skeleton that the outline seems to have under a wrong key, which is reported separately."""
    return tuple(meant_keys(tree, _schema_of(kind, (kind,), True)).intersection(kind.roles))


def _kind_of(tree: Mapping, kinds: tuple[Kind, ...]) -> Result[tuple[Kind | None, bool]]:
    """The kind that the outline names, and True; else a kind for the same period and False, to check the rest."""
    found = Findings()
    node = tree.entries.get("文种")
    if isinstance(node, Scalar) and not node.empty:
        kind = find_kind(node.value, kinds)
        if kind is not None:
            return Result((kind, True))
        names = [name for each in kinds for name in (each.name, *each.aliases)]
        found.append(finding("PW205", node.span, kind=node.value, advice=near(node.value, names)))
    alike = (kind for kind in kinds if kind.multi_year == ("起止" in tree.entries))
    return found.result((next(alike, kinds[0] if kinds else None), False))


def _schema_of(kind: Kind, kinds: tuple[Kind, ...], known: bool) -> keys.Schema:
    """The outermost keys: the format's own and the parts of the kind's skeleton, which may be left empty."""
    parts = tuple((part.role, part.synonyms) for each in ((kind,) if known else kinds) for part in each.skeleton)
    made = _SCHEMAS.get(parts)
    if made is None:
        made = _SCHEMAS[parts] = dict(keys.OUTLINE)
        for role, synonyms in parts:
            meta = {"name": f"part:{role}", "expected": None, "synonyms": synonyms}
            made[role] = {"type": ["string", "sequence"], "nullable": True, "meta": meta}
    return made


_SCHEMAS: dict[tuple[tuple[str, tuple[str, ...]], ...], keys.Schema] = {}


class _Body(NamedTuple):
    parts: tuple[Result[Part], ...]
    attachments: Result[tuple[Attachment, ...]]


def _read_body(
    roles: tuple[str, ...],
    memo: Memo,
    open_workbook: OpenWorkbook | None,
    open_picture: OpenPicture | None,
    attachments: Node | None,
    *typed: Node,
) -> _Body:
    """The blocks of an outline; `typed` holds the key and the value of each part in turn."""
    reader = Reader(open_workbook, open_picture, memo)
    parts = tuple(_read_part(*each, reader) for each in zip(roles, typed[::2], typed[1::2], strict=True))
    return _Body(parts, read_attachments(attachments, reader))


def _read_part(role: str, key: Node, node: Node, reader: Reader) -> Result[Part]:
    blocks = reader.blocks(node)
    return Result(reader.memo.once(_part, key, blocks.value, by=(role,)), blocks.findings)


def _part(role: str, key: Node, blocks: tuple[Block, ...]) -> Part:
    return Part(role=role, blocks=blocks, origin=key.span)


def read_region(node: Node | None) -> Result[Region | None]:
    """The region that a 地区 value names; its level follows from the ending of its name if it is not given."""
    found = Findings()
    if isinstance(node, Scalar):
        name, level, superior, span = found.take(_name(node, "地区")), "", "", node.span
    elif isinstance(node, Mapping):
        got = found.take(check_shape(node, keys.REGION, "地区"))
        name, level, superior = (
            found.take(_name(got.get("name"), "地区")),
            word_at(got, "level"),
            word_at(got, "superior"),
        )
        if not name:
            return found.result(None)
        span = got["level"].span if level else got["name"].span
    else:
        return Result(None)
    if level and not regions.level_named(level):
        found.append(finding("PW204", span, key="级别", value=level, allowed="、".join(regions.LEVELS)))
        return found.result(None)
    level = regions.level_named(level) if level else regions.level_of(name)
    if not level:
        found.append(finding("PW214", span, name=name))
        return found.result(None)
    return found.result(Region(name=name, level=level, superior=superior))


def _name(node: Node | None, key: str) -> Result[str]:
    """The name of a unit or a region, without a mark at its end, which is reported; empty if there is none."""
    typed = node.value if isinstance(node, Scalar) else ""
    name = typed.rstrip(_ENDS)
    if not name or name == typed or node is None:
        return Result(typed)
    mark = typed[len(name) :]
    what, remedy = f"“{key}”里不用写“{mark}”：这里不加标点", node.span.replaced_within(typed, len(name), len(typed), "")
    return Result(name, (finding("PW235", node.span, what=what, advice=f"删去“{mark}”。", remedy=remedy),))


_ENDS = "。．，、；：,.;: "


def _check_period(tree: Mapping, schema: keys.Schema, kind: Kind) -> Iterator[Finding]:
    """Findings if the outline lacks the key of the kind's period, 年度 or 起止, or has the other one."""
    wanted, other = ("起止", "年度") if kind.multi_year else ("年度", "起止")
    example = "起止: [2026, 2028]" if kind.multi_year else "年度: 2026"
    if other in tree.entries:
        problem, advice = f"{kind.name}用“{wanted}”，不用“{other}”", f"改成“{example}”之类。"
        yield finding("PW212", tree.keys[other].span, problem=problem, advice=advice)
    elif wanted not in {*tree.entries, *tree.lost, *meant_keys(tree, schema)}:
        key = tree.keys.get("文种")
        place, advice = key.span if key else tree.span, f"写“{example}”之类。"
        yield finding("PW202", place, where="提纲", key=wanted, advice=advice)


def _read_years(got: dict[str, Node], kind: Kind, *, strict: bool) -> Result[tuple[int, int]]:
    """The first and the last year of the plan, zeros if they are not known; if `strict`, the kind's span is checked."""
    if not kind.multi_year:
        year = got.get("year")
        first = int(year.value) if isinstance(year, Scalar) else 0
        return Result((first, first))
    found = Findings()
    first, last = found.take(_read_span(got.get("years")))
    if kind.span and first and last - first + 1 != kind.span and strict and not _says_span(got, first, last):
        values = {"first": first, "last": last, "span": last - first + 1, "kind": kind.name, "wanted": kind.span}
        found.append(make_finding("PW213", got["years"].span, dict[str, object](values)))
    return found.result((first, last))


def _says_span(got: dict[str, Node], first: int, last: int) -> bool:
    """True if the title that is typed names these years itself, so that no slip can be meant: 五年行动方案（2021—2025年）."""
    title = got.get("title")
    shown = title.value if isinstance(title, Scalar) else ""
    return str(first) in shown and str(last) in shown and "三年" not in shown


def _read_span(node: Node | None) -> Result[tuple[int, int]]:
    if not isinstance(node, Sequence):
        return Result((0, 0))
    years = [int(item.value) for item in node.items if isinstance(item, Scalar) and is_year(item.value)]
    advice = "写首末两年，例如“起止: [2026, 2028]”。"
    if len(years) != len(node.items) or len(years) != 2:
        problem = "“起止”应当是两个四位数的年份"
    elif years[0] >= years[1]:
        problem = "“起止”的首年要早于末年"
    else:
        return Result((years[0], years[1]))
    return Result((0, 0), (finding("PW212", node.span, problem=problem, advice=advice),))
