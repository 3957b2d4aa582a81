"""From the tree of an outline file to a typed outline: every key looked at, every slip a finding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from planwriter.findings.catalogue import finding, make_finding, near
from planwriter.findings.finding import Finding, Result
from planwriter.language import regions
from planwriter.model import Frame, Outline, Paragraph, Part, Region, Text
from planwriter.outline.blocks import OpenPicture, OpenWorkbook, Reader
from planwriter.outline.frame import read_attachments, read_frame
from planwriter.outline.kind import Kind, find_kind
from planwriter.outline.numbering import read_numbering
from planwriter.outline.targets import is_year, lost_targets, read_assertions, read_targets, targets_node
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence
from planwriter.source.schema import check_shape, meant_keys, texts, word_at

if TYPE_CHECKING:
    from planwriter.outline.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a workspace says for every outline in it: nodes of its planwriter.yaml by their names in code."""

    nodes: dict[str, Node] = field(default_factory=dict)


def read_outline(
    tree: Mapping,
    kinds: tuple[Kind, ...],
    defaults: Defaults | None = None,
    open_workbook: OpenWorkbook | None = None,
    open_picture: OpenPicture | None = None,
    row: Row | None = None,
) -> Result[tuple[Outline, Kind] | None]:
    """The outline that `tree` holds and its kind, with all findings on its keys and values.

    None where so much is wrong that no outline can be made of it. `defaults` stand in for keys the outline leaves out;
    `open_workbook` opens the workbooks it names, `open_picture` its pictures; `row` is that of the table it is read for.
    """
    findings: list[Finding] = []
    kind, known = _kind_of(tree, kinds, findings)
    if kind is None:
        return Result(None, tuple(findings))
    schema = _schema_of(kind, kinds, known)
    given = dict((defaults or Defaults()).nodes)
    excused = [key for key, rules in schema.items() if rules["meta"]["name"] in given or key in tree.lost]
    relaxed = {**schema, **{key: {**schema[key], "required": False} for key in excused}}
    got = check_shape(tree, relaxed, "提纲", findings)
    got = {**{name: node for name, node in given.items() if name != "levels"}, **got}
    reader = Reader(findings, open_workbook, open_picture)
    region = read_region(got.get("region"), findings)
    years = _read_years(got, tree, schema, kind, findings, strict=known)
    numbering = kind.numbering
    if isinstance(got.get("numbering"), Mapping):
        numbering = read_numbering(cast(Mapping, got["numbering"]), numbering, findings)
    targets = targets_node(got.get("targets"), reader)
    if targets is not None and row is not None:
        from planwriter.outline.rows import lay_targets

        targets = lay_targets(targets, row)
    parts = tuple(_read_part(role, tree, reader) for role in tree.entries if role in kind.roles and role in schema)
    outline = Outline(
        kind=kind.name,
        unit=word_at(got, "unit"),
        region=region or Region(name="", level=""),
        years=years,
        title=_text(got, "title"),
        preface=reader.joined(got.get("preface"), "导语"),
        parts=parts,
        closing=reader.joined(got.get("closing"), "结语"),
        targets=(*read_targets(targets, reader, findings), *lost_targets(tree, got.get("targets"), targets)),
        assertions=read_assertions(got.get("assertions"), findings),
        numbering=numbering,
        native_numbering=word_at(got, "numbering_mode") == "自动" if "numbering_mode" in got else kind.native_numbering,
        duty_note=word_at(got, "duty_note") or kind.duty_note,
        layout=word_at(got, "layout") or kind.layout,
        libraries=tuple(Text(value=item.value, origin=item.span) for item in texts(got["libraries"], findings, "库"))
        if "libraries" in got
        else (),
        places=tuple(
            item.value
            for node in _both(tree, given, "places", "可提地名")
            for item in texts(node, findings, "可提地名")
        ),
        attachments=read_attachments(got.get("attachments"), reader),
        frame=_read_frame(got.get("frame"), tree, reader, years),
        superior=_text(got, "superior"),
        origin=tree.span,
    )
    return Result((outline, kind), tuple(findings))


def _both(tree: Mapping, given: dict[str, Node], name: str, key: str) -> list[Node]:
    """What the workspace and the outline say under a key whose values add up."""
    nodes = (given.get(name), tree.entries.get(key))
    return [node for node in nodes if isinstance(node, Scalar | Sequence)]


def _read_frame(node: Node | None, tree: Mapping, reader: Reader, years: tuple[int, int]) -> Frame | None:
    frame = read_frame(node, reader, years)
    misplaced = tree.torn or not keys.FRAME.keys().isdisjoint(tree.entries)
    return replace(frame, broken=frame.broken or misplaced) if frame else None


def misnamed_parts(tree: Mapping, kind: Kind) -> tuple[str, ...]:
    """The parts of the skeleton that seem to stand in the outline under a wrong key, which has a finding of its own."""
    return tuple(meant_keys(tree, _schema_of(kind, (kind,), True)).intersection(kind.roles))


def _kind_of(tree: Mapping, kinds: tuple[Kind, ...], findings: list[Finding]) -> tuple[Kind | None, bool]:
    """The kind the outline names, and True; or the one most like it, and False, so that the rest can be looked at."""
    node = tree.entries.get("文种")
    if isinstance(node, Scalar) and not node.empty:
        kind = find_kind(node.value, kinds)
        if kind is not None:
            return kind, True
        names = [name for each in kinds for name in (each.name, *each.aliases)]
        findings.append(finding("PW205", node.span, kind=node.value, advice=near(node.value, names)))
    for kind in kinds:
        if kind.multi_year == ("起止" in tree.entries):
            return kind, False
    return (kinds[0], False) if kinds else (None, False)


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


def _read_part(role: str, tree: Mapping, reader: Reader) -> Part:
    node = tree.entries[role]
    if isinstance(node, Scalar):
        lead = () if node.empty else (Paragraph(text=Text(value=node.value, origin=node.span)),)
        return Part(role=role, blocks=lead, origin=tree.keys[role].span)
    return Part(role=role, blocks=reader.blocks(node), origin=tree.keys[role].span)


def _text(got: dict[str, Node], name: str) -> Text | None:
    node = got.get(name)
    return Text(value=node.value, origin=node.span) if isinstance(node, Scalar) else None


def read_region(node: Node | None, findings: list[Finding]) -> Region | None:
    """The region a 地区 value names; its level follows from the name's ending where it is not given."""
    if isinstance(node, Scalar):
        name, level, superior, span = node.value, "", "", node.span
    elif isinstance(node, Mapping):
        got = check_shape(node, keys.REGION, "地区", findings)
        name, level, superior = word_at(got, "name"), word_at(got, "level"), word_at(got, "superior")
        if not name:
            return None
        span = got["level"].span if level else got["name"].span
    else:
        return None
    if level and not regions.level_named(level):
        findings.append(finding("PW204", span, key="级别", value=level, allowed="、".join(regions.LEVELS)))
        return None
    level = regions.level_named(level) if level else regions.level_of(name)
    if not level:
        findings.append(finding("PW214", span, name=name))
        return None
    return Region(name=name, level=level, superior=superior)


def _read_years(
    got: dict[str, Node], tree: Mapping, schema: keys.Schema, kind: Kind, findings: list[Finding], *, strict: bool
) -> tuple[int, int]:
    wanted, other = ("起止", "年度") if kind.multi_year else ("年度", "起止")
    example = "起止: [2026, 2028]" if kind.multi_year else "年度: 2026"
    if strict and other in tree.entries:
        advice = f"改成“{example}”之类。"
        findings.append(
            finding("PW212", tree.keys[other].span, problem=f"{kind.name}用“{wanted}”，不用“{other}”", advice=advice)
        )
    elif strict and wanted not in {*tree.entries, *tree.lost, *meant_keys(tree, schema)}:
        key = tree.keys.get("文种")
        findings.append(
            finding("PW202", key.span if key else tree.span, where="提纲", key=wanted, advice=f"写“{example}”之类。")
        )
    if kind.multi_year:
        first, last = _read_span(got.get("years"), findings)
        if kind.span and first and last - first + 1 != kind.span and strict:
            values = {"first": first, "last": last, "span": last - first + 1, "kind": kind.name, "wanted": kind.span}
            findings.append(make_finding("PW213", got["years"].span, dict[str, object](values)))
        return first, last
    year = got.get("year")
    first = int(year.value) if isinstance(year, Scalar) else 0
    return first, first


def _read_span(node: Node | None, findings: list[Finding]) -> tuple[int, int]:
    if not isinstance(node, Sequence):
        return 0, 0
    years = [int(item.value) for item in node.items if isinstance(item, Scalar) and is_year(item.value)]
    advice = "写首末两年，例如“起止: [2026, 2028]”。"
    if len(years) != len(node.items) or len(years) != 2:
        findings.append(finding("PW212", node.span, problem="“起止”应当是两个四位数的年份", advice=advice))
        return 0, 0
    if years[0] >= years[1]:
        findings.append(finding("PW212", node.span, problem="“起止”的首年要早于末年", advice=advice))
        return 0, 0
    return years[0], years[1]
