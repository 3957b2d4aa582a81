"""From the tree of an outline file to a typed outline: every key looked at, every slip a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from planwriter.findings.catalogue import finding, make_finding, near
from planwriter.findings.finding import Finding, Result, Span
from planwriter.language import regions
from planwriter.model import Figure, Frame, Outline, Paragraph, Part, Region, Share, Target, Text
from planwriter.outline.blocks import OpenPicture, OpenWorkbook, Reader
from planwriter.outline.frame import read_attachments, read_frame
from planwriter.outline.kind import Kind, find_kind, read_numbering
from planwriter.sheets.sheet import ENDINGS
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import FIGURE, check_shape, meant_keys, texts, word_at

if TYPE_CHECKING:
    from planwriter.outline.rows import Row
    from planwriter.targets.sheet import SheetTargets

_CITED = re.compile(r"指标\.(\w+)")
_FIGURE_HINTS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


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
        targets=(*_read_targets(targets, reader, findings), *_lost_targets(tree, got.get("targets"), targets)),
        assertions=_read_assertions(got.get("assertions"), findings),
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
    years = [int(item.value) for item in node.items if isinstance(item, Scalar) and _is_year(item.value)]
    advice = "写首末两年，例如“起止: [2026, 2028]”。"
    if len(years) != len(node.items) or len(years) != 2:
        findings.append(finding("PW212", node.span, problem="“起止”应当是两个四位数的年份", advice=advice))
        return 0, 0
    if years[0] >= years[1]:
        findings.append(finding("PW212", node.span, problem="“起止”的首年要早于末年", advice=advice))
        return 0, 0
    return years[0], years[1]


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit() and 1949 <= int(value) <= 2100


def targets_node(node: Node | None, reader: Reader) -> Mapping | None:
    """The mapping of targets that 指标 holds, or that of the workbook it names; None where there is none."""
    if isinstance(node, Mapping) and not is_workbook(node):
        return node
    book = targets_book(node, reader)
    return book.mapping if book else None


def is_workbook(node: Node | None) -> bool:
    """True where 指标 names a workbook: by its file name, or as {文件: 指标.xlsx, 工作表: 二季度}."""
    file = node.entries.get("文件") if isinstance(node, Mapping) else node
    return isinstance(file, Scalar) and not file.empty and (file is node or file.value.lower().endswith(ENDINGS))


def targets_book(node: Node | None, reader: Reader) -> SheetTargets | None:
    """The targets in the workbook that 指标 names; None where it names none, or none that can be read."""
    if node is None or not is_workbook(node):
        return None
    from planwriter.targets.sheet import choose_sheet, targets_in

    got: dict[str, Node] = {"file": node}
    if isinstance(node, Mapping):
        got = check_shape(node, keys.TARGET_BOOK, "指标", reader.findings)
    file, wanted = got["file"], got.get("sheet")
    assert isinstance(file, Scalar)
    sheets = reader.sheets_of(file, "指标", "一组“指标名: 数值”")
    if sheets is None:
        return None
    chosen = reader.sheet_named(wanted, file, sheets) if isinstance(wanted, Scalar) else choose_sheet(sheets)
    if chosen is None and wanted is None:
        reader.add(
            "PW122",
            file,
            file=file.value,
            what="没有内容",
            advice="填好表再生成；planwriter targets export 写出一份样表。",
        )
    return targets_in(chosen, reader.findings) if chosen else None


def _read_targets(node: Node | None, reader: Reader, findings: list[Finding]) -> tuple[Target, ...]:
    if not isinstance(node, Mapping):
        return ()
    made = []
    for key, value in node.entries.items():
        if key in keys.OUTLINE and not _has_figure(
            value
        ):  # an outer key with spaces before it; what follows is its own
            advice = f"“{key}”前面多了空格，去掉，与“指标”对齐；它下面的各行也跟着左移。"
            findings.append(finding("PW201", node.keys[key].span, where="指标", key=key, advice=advice))
            break
        made.append(_read_target(key, value, node.keys[key].span, reader, findings))
    return tuple(made)


def _has_figure(node: Node) -> bool:
    """True where a value may be that of a target."""
    return isinstance(node, Mapping) or (isinstance(node, Scalar) and FIGURE.match(node.value) is not None)


def _lost_targets(tree: Mapping, typed: Node | None, read: Mapping | None) -> tuple[Target, ...]:
    """What may have been targets among the entries that could not be read: nothing is said where they are cited."""
    known = {*keys.OUTLINE_KEYS, *(read.entries if read else ())}
    lost = list(tree.lost)
    if read is None and is_workbook(typed):
        lost += _CITED.findall(tree.span.source.text)
    for key, node in tree.entries.items():
        if (
            isinstance(node, Mapping) and key not in keys.OUTLINE_KEYS
        ):  # 指标 under a wrong name, or one of them too far out
            lost += (key, *node.entries)
    return tuple(Target(key=key, broken=True) for key in dict.fromkeys(lost) if key not in known)


_QUOTES = "“”‘’＂＇「」"


def _read_target(key: str, node: Node, origin: Span, reader: Reader, findings: list[Finding]) -> Target:
    if not isinstance(node, Mapping):
        empty = isinstance(node, Scalar) and node.empty
        value, unit = (None, "") if empty else _figure(node, key, "数值", findings)
        return Target(key=key, value=value, unit=unit, broken=value is None and not empty, origin=origin)
    where = f"指标“{key}”"
    before = len(findings)
    got = check_shape(node, keys.TARGET, where, findings)
    value, typed_unit = _figure(got["value"], key, "数值", findings) if "value" in got else (None, "")
    unit = word_at(got, "unit")
    if unit and not unit.isascii() and unit.strip(_QUOTES) != unit:
        allowed = f"{unit.strip(_QUOTES)}，或者加英文引号：'{unit.strip(_QUOTES)}'"
        findings.append(finding("PW204", got["unit"].span, key="单位", value=unit, allowed=allowed))
        unit = unit.strip(_QUOTES)
    if unit and typed_unit:
        findings.append(finding("PW222", got["value"].span, where=where, unit=typed_unit))
    formula = got.get("formula")
    return Target(
        key=key,
        name=word_at(got, "name"),
        value=value,
        unit=unit or typed_unit,
        bound=word_at(got, "bound"),
        baseline=_read_baseline(got.get("baseline"), key, unit or typed_unit, findings),
        years=_read_steps(got.get("years"), key, unit or typed_unit, findings),
        shares=_read_shares(got.get("shares"), key, findings),
        duty=reader.duty(got),
        nature=word_at(got, "nature"),
        basis=tuple(scalar.value for scalar in texts(got["basis"], findings, "依据")) if "basis" in got else (),
        formula=Text(value=formula.value, origin=formula.span) if isinstance(formula, Scalar) else None,
        broken=node.torn or len(findings) > before,
        unit_origin=got["unit"].span if unit else None,
        origin=origin,
    )


def _figure(node: Node, target: str, key: str, findings: list[Finding]) -> tuple[Figure | None, str]:
    """The figure of a value such as 95, 96.50 or 95%, and the unit typed behind it."""
    from decimal import Decimal

    value = node.value if isinstance(node, Scalar) else ""
    match = FIGURE.match(value)
    unit = value[match.end() :].strip() if match else ""
    if match and len(unit) <= 6 and not any(mark.isdigit() or mark in ",.，．、。:-" for mark in unit):
        return Figure(value=Decimal(match.group()), origin=node.span), unit
    advice = "写阿拉伯数字，例如 95 或 96.50；单位写在“单位”里。"
    plain = value.translate(_FIGURE_HINTS).replace(",", "")
    if FIGURE.fullmatch(plain):
        advice = f"写成 {plain}。"
    shown = value if isinstance(node, Scalar) else kind_word(node)
    findings.append(finding("PW410", node.span, name=target, key=key, value=shown, advice=advice))
    return None, ""


def _same_unit(typed: str, unit: str, node: Node, target: str, findings: list[Finding]) -> bool:
    """True where the unit typed behind a yearly figure, if any, is that of the target: nothing is converted."""
    if typed and typed != unit:
        reason = f"这里写的是“{typed}”，指标的单位是“{unit}”" if unit else f"这里写了“{typed}”，指标却没有写单位"
        advice = "各年和基期的数都用指标的单位，只写数字。"
        findings.append(finding("PW414", node.span, name=target, reason=reason, advice=advice))
    return not typed or typed == unit


def _read_baseline(node: Node | None, target: str, unit: str, findings: list[Finding]) -> tuple[int, Figure] | None:
    if not isinstance(node, Mapping):
        return None
    got = check_shape(node, keys.BASELINE, f"指标“{target}”的基期", findings)
    if "year" not in got or "value" not in got:
        return None
    value, typed_unit = _figure(got["value"], target, "基期", findings)
    if not _same_unit(typed_unit, unit, got["value"], target, findings):
        return None
    return None if value is None else (int(word_at(got, "year")), value)


def _read_steps(node: Node | None, target: str, unit: str, findings: list[Finding]) -> tuple[tuple[int, Figure], ...]:
    if not isinstance(node, Mapping):
        return ()
    steps: list[tuple[int, Figure]] = []
    for key, value_node in node.entries.items():
        year = key.removesuffix("年")
        if not _is_year(year):
            advice = "写成 {2026: 94, 2027: 95}。"
            findings.append(
                finding(
                    "PW203", node.keys[key].span, key="分年", expected="四位数的年份", found=f"“{key}”", advice=advice
                )
            )
            continue
        value, typed_unit = _figure(value_node, target, f"{year}年", findings)
        if not _same_unit(typed_unit, unit, value_node, target, findings):
            continue
        if any(year == str(step) for step, _ in steps):
            findings.append(finding("PW109", node.keys[key].span, key=f"{year}年"))
        elif value is not None:
            steps.append((int(year), value))
    return tuple(sorted(steps, key=lambda step: step[0]))


def _read_shares(node: Node | None, target: str, findings: list[Finding]) -> tuple[Share, ...]:
    if not isinstance(node, Mapping):
        return ()
    shares = []
    for name, value_node in node.entries.items():
        value, unit = _figure(value_node, target, name, findings)
        if value is not None:
            shares.append(Share(name=name, figure=value, unit=unit))
    return tuple(shares)


def _read_assertions(node: Node | None, findings: list[Finding]) -> tuple[Text, ...]:
    if node is None or (isinstance(node, Scalar) and node.empty):
        return ()
    return tuple(Text(value=item.value, origin=item.span) for item in texts(node, findings, "核验"))
