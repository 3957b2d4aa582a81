"""Turns a block of an outline into a clause: finds its names and numbers, replaces them, and writes the YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from planwriter.clauses.clause import read_clauses
from planwriter.curation.check.samples import SAMPLE_REGION, SAMPLE_YEAR
from planwriter.curation.check.wording import check_places, own_names
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, has_errors
from planwriter.model import Block, Outline, Paragraph, Part, Section, Text
from planwriter.model.walk import DUTY, rebuild, walk, walk_texts
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import base_names, compose_outline
from planwriter.plan.flow import Line, flow
from planwriter.source import keys
from planwriter.source.load import load_list
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, replace

_NAMES = ("单位", "地区", "上级", "党委", "政府", "全域", "我域")
_NUMBER = r"(?<![\d.第〔A-Za-z])(?P<number>(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?)(?![\d.月日号时A-Za-z])(?=(?P<measure>%|[\u4e00-\u9fff]?))"
_QUOTED = r"《[^》]*》|〔[^〕]*〕"
_PLAIN = regex(r"[\u4e00-\u9fff“《（][^\n:#'\"\\，。]*(?:[，。][^\n:#'\"\\]*)?")
_FLOW_PLAIN = regex(r"\w(?:[\w×%、，。]*[\w×、，。])?")


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A stretch of a block that differs between districts: a name, or a number that becomes a parameter."""

    literal: str
    name: str
    """The name in the hole: 单位, 年度 …, or that of the parameter."""
    type: str = ""
    """The parameter's type; empty for a name."""
    unit: str = ""
    about: str = ""

    @property
    def hole(self) -> str:
        """The hole that replaces the literal."""
        return f"{{{{ 参数.{self.name} }}}}" if self.type else f"{{{{ {self.name} }}}}"


@dataclass(frozen=True, slots=True)
class LiftedPiece:
    """A stretch of a text: fixed, or with a candidate for replacement."""

    text: str
    candidate: Replaceable | None = None


@dataclass(frozen=True, slots=True)
class Lifted:
    """A block with its texts cut into pieces, in the order of `walk_texts`."""

    block: Section
    texts: tuple[tuple[LiftedPiece, ...], ...]

    @property
    def candidates(self) -> tuple[Replaceable, ...]:
        """The replaceable stretches, each once."""
        return tuple(dict.fromkeys(piece.candidate for pieces in self.texts for piece in pieces if piece.candidate))


def find_block(outline: Outline, item: str) -> Section | None:
    """The 章, 节, 条 or 款 with that 标识 or title, or the innermost one at a line number; None if there is none."""
    sections = [each for part in outline.parts for each in _sections(part)]
    named = [each for each in sections if item in (each.identifier, each.title.value if each.title else "")]
    if named or not (item.isascii() and item.isdigit()):
        return named[0] if named else None
    line = int(item[:9])
    begun = [each for each in sections if each.origin and each.origin.pos.line <= line]
    source = begun[-1].origin.source if begun and begun[-1].origin else None
    return begun[-1] if begun and (source is None or line <= len("\n".join(source.lines).splitlines())) else None


def _sections(part: Part) -> Iterator[Section]:
    return (visit.block for visit in walk(part.blocks) if isinstance(visit.block, Section))


def is_in(part: Part, section: Section) -> bool:
    """True if a section is inside a part."""
    return any(each is section for each in _sections(part))


def lift(outline: Outline, kind: Kind, block: Section) -> Result[Lifted | None]:
    """The block with its holes filled, its texts cut at names and numbers.

    Its units, 标识 and 编号 belong to the plan and are left out. None, with findings, if it contains what no clause can.
    """
    place = block.origin.pos if block.origin else Pos("")
    if not all(isinstance(visit.block, (Section, Paragraph)) for visit in walk((block,))):
        reason = "里面有“用”、专栏、表或图"
        return Result(None, (finding("PW321", block.origin or place, reason=reason),))
    (bare,) = rebuild((block,), _bare)
    composed = compose_outline(_alone(outline, bare), kind)
    if has_errors(composed.findings):
        return Result(None, composed.findings)
    (filled,) = composed.value.document.parts[0].blocks
    assert isinstance(filled, Section)
    values = [visit.text.value for visit in walk_texts((filled,)) if visit.role not in DUTY]
    if any("{" in value or "}" in value for value in values):  # would merge with the braces of a hole
        return Result(None, (finding("PW321", block.origin or place, reason="文字里有花括号"),))
    taken: dict[str, int] = {}
    names = _names_of(outline)
    return Result(Lifted(filled, tuple(tuple(_pieces(value, names, taken)) for value in values)))


def _bare(block: Block) -> Block:
    """A block without what belongs only to its plan."""
    if isinstance(block, Section):
        return replace(block, duty=None, numbering=None, identifier="")
    return replace(block, duty=None) if isinstance(block, Paragraph) else block


def _alone(outline: Outline, block: Block) -> Outline:
    """The outline with a single block as its content."""
    parts = (Part(role="重点任务", blocks=(block,)),)
    return replace(outline, title=Text(value="题"), preface=None, closing=None, parts=parts, attachments=(), frame=None)


def _names_of(outline: Outline) -> dict[str, str]:
    """The names that holes can have, by their text; the first of several with equal text."""
    values = base_names(outline.unit, outline.region, outline.years)
    first, last = outline.years
    found = {str(values[name]): name for name in reversed(_NAMES) if len(str(values[name])) > 1}
    if first and last != first:
        found |= {f"{last}年": "止年", f"{first}年": "起年"}
    elif first:
        found |= {f"{first - 1}年": "上年", f"{first}年": "年度"}
    return found


def _pieces(text: str, names: dict[str, str], taken: dict[str, int]) -> Iterator[LiftedPiece]:
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    at = 0
    for match in re.finditer(f"(?P<name>{known or '(?!)'})|(?P<quoted>{_QUOTED})|{_NUMBER}", text, re.ASCII):
        if match["quoted"]:
            continue
        if match.start() > at:
            yield LiftedPiece(text[at : match.start()])
        at = match.end()
        if match["name"]:
            literal = match["name"]
            if names[literal].endswith("年度") or names[literal] in ("上年", "起年", "止年"):
                literal, at = literal[:-1], at - 1  # 年 stays
            yield LiftedPiece(literal, Replaceable(literal, names[match["name"]]))
        else:
            yield LiftedPiece(
                match["number"], _parameter(match["number"], match["measure"], text[: match.start()], taken)
            )
    if at < len(text):
        yield LiftedPiece(text[at:])


def _parameter(number: str, measure: str, before: str, taken: dict[str, int]) -> Replaceable:
    if measure == "%" and Decimal(number) <= 100:
        kind, name = "百分数", "比例"
    elif measure == "年" and re.fullmatch(r"(?:19|20)\d\d", number, re.ASCII):
        kind, name = "年份", "年份"
    else:
        kind, name = ("小数" if "." in number else "整数"), (f"{measure}数" if measure not in ("", "%") else "数")
    taken[name] = taken.get(name, 0) + 1
    own = name if taken[name] == 1 else f"{name}{taken[name]}"
    lead = re.split(r"[，。；、：\n]", before)[-1][-16:]
    return Replaceable(number, own, kind, measure, f"{lead}×{measure}" if lead else "")


def choose(lifted: Lifted, keep: Iterable[str], named: Iterable[tuple[str, str]]) -> Lifted:
    """The block without the candidates in `keep`; `named` has pairs of a parameter's new name and its number."""
    kept = set(keep)
    wanted = list(named)
    names: dict[Replaceable, str] = {}
    for candidate in lifted.candidates:
        given = next((each for each in wanted if candidate.type and each[1] == candidate.literal), None)
        if given:
            wanted.remove(given)
            names[candidate] = given[0]
    given_names = frozenset(names)
    for candidate in lifted.candidates:
        if candidate.type and candidate not in names:
            names[candidate] = _free(candidate.name, set(names.values()))

    def chosen(piece: LiftedPiece) -> LiftedPiece:
        if piece.candidate is None or (
            piece.candidate not in given_names and (piece.text in kept or piece.candidate.name in kept)
        ):
            return LiftedPiece(piece.text)
        return LiftedPiece(piece.text, replace(piece.candidate, name=names.get(piece.candidate, piece.candidate.name)))

    return Lifted(lifted.block, tuple(tuple(map(chosen, pieces)) for pieces in lifted.texts))


def _free(name: str, taken: set[str]) -> str:
    """The name, followed by a number if it is taken."""
    return next(each for each in (name, *(f"{name}{count}" for count in range(2, len(taken) + 3))) if each not in taken)


def clause_yaml(lifted: Lifted, identifier: str, kind: Kind, outline: Outline, tags: tuple[str, ...] = ()) -> str:
    """The clause as an entry of a topic file, with a sample for the invented place."""
    texts = iter(
        "".join(piece.candidate.hole if piece.candidate else piece.text for piece in pieces) for pieces in lifted.texts
    )
    block = with_texts(lifted.block, texts)
    lines = [f"- 条款: {quoted(identifier)}", *section_lines(block, "  ")]
    parameters = [candidate for candidate in lifted.candidates if candidate.type]
    lines += ["  参数:"] * bool(parameters)
    for each in parameters:
        about = [f"说明: {quoted_in_flow(each.about)}"] * bool(each.about)
        unit = [f"单位: {quoted_in_flow(each.unit)}"] * bool(each.unit)
        lines.append(
            f"    {quoted_in_flow(each.name)}: {{{', '.join([f'类型: {each.type}', *about, f'默认: {each.literal}', *unit])}}}"
        )
    if tags:
        lines.append(f"  标签: [{', '.join(map(quoted_in_flow, tags))}]")
    lines += ["  示例:", *_text_lines("文本", _sample(lifted, outline, kind), "    ")]
    return "\n".join(lines) + "\n"


def _sample(lifted: Lifted, outline: Outline, kind: Kind) -> str:
    """The text of the clause for the invented place, without labels."""
    names = base_names(f"{SAMPLE_REGION.name}教育局", SAMPLE_REGION, (SAMPLE_YEAR, SAMPLE_YEAR))
    texts = iter(
        "".join(
            str(names[piece.candidate.name]) if piece.candidate and not piece.candidate.type else piece.text
            for piece in pieces
        )
        for pieces in lifted.texts
    )
    block = with_texts(lifted.block, texts)
    document = compose_outline(_alone(outline, block), kind).value.document
    lines = [item.text for item in list(flow(document))[1:] if isinstance(item, Line)]
    if block.title and not block.children:
        lines[0] = lines[0].removeprefix(block.title.value + "。")
    return "\n".join(lines)


def with_texts(section: Section, texts: Iterator[str]) -> Section:
    """The section with its titles and texts replaced by `texts`, in the order of `walk_texts`."""

    def changed(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, text=Text(value=next(texts)))
        assert isinstance(block, Section)
        title = Text(value=next(texts)) if block.title else None
        text = Text(value=next(texts)) if block.text else None
        return replace(block, title=title, text=text)

    (made,) = rebuild((section,), changed)
    assert isinstance(made, Section)
    return made


def section_lines(section: Section, inset: str) -> list[str]:
    """A section as the lines of its YAML, each with this inset."""
    lines = [
        f"{inset}{section.level.word}: {quoted(section.title.value)}"
        if section.title
        else f"{inset}{section.level.word}:"
    ]
    lines += _text_lines("文", section.text.value, inset) if section.text else []
    if section.run_in is not None:
        lines.append(f"{inset}题式: {'接排' if section.run_in else '独行'}")
    lines += [f"{inset}内容:"] * bool(section.children)
    for child in section.children:
        if isinstance(child, Section):
            first, *rest = section_lines(child, f"{inset}    ")
            lines += [f"{inset}  - {first.strip()}", *rest]
        elif isinstance(child, Paragraph):
            lines.append(f"{inset}  - {quoted(child.text.value)}")
    return lines


def _text_lines(key: str, text: str, inset: str) -> list[str]:
    if "\n" not in text:
        return [f"{inset}{key}: {quoted(text)}"]
    return [f"{inset}{key}:", *(f"{inset}  - {quoted(line)}" for line in text.split("\n"))]


def quoted(text: str) -> str:
    """A text as a YAML value: plain if that is safe, else in single quotes."""
    return text if _PLAIN.fullmatch(text) and text == text.strip() else "'" + text.replace("'", "''") + "'"


def quoted_in_flow(text: str) -> str:
    """Like `_quoted`, for a value inside braces or brackets."""
    return text if _FLOW_PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def named_places(yaml: str, shown: str, outline: Outline) -> tuple[Finding, ...]:
    """The findings on a written clause, and on names of the outline's place that it still contains."""
    tree = load_list(yaml.encode(), shown, keys.LIBRARY_KEYS)
    read = read_clauses(tree.value, shown)
    own = own_names(None, (outline.unit, outline.region.name, outline.region.superior))
    found = [*tree.findings, *read.findings]
    for clause in read.value:
        found += check_places(clause, own)
    return tuple(found)


def append(data: bytes, yaml: str, shown: str) -> Result[bytes | None]:
    """A topic file with the clause appended and all else unchanged; None, and findings, if that is impossible."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data.strip() else end if data.endswith(b"\n") else end + end
    made = data + gap + yaml.encode().replace(b"\n", end)
    before, after = (_read(each, shown) if each.strip() else ((), ()) for each in (data, made))
    if len(after[0]) != len(before[0]) + 1 or after[0][:-1] != before[0] or after[1] != before[1]:
        return Result(None, (finding("PW322", Pos(shown), file=shown),))
    if after[0][-1] in before[0]:
        return Result(None, (finding("PW313", Pos(shown), clause=after[0][-1]),))
    return Result(made)


def _read(data: bytes, shown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers of a topic file's clauses, and the codes of its findings."""
    tree = load_list(data, shown, keys.LIBRARY_KEYS)
    read = read_clauses(tree.value, shown)
    return tuple(clause.identifier for clause in read.value), tuple(
        each.code for each in (*tree.findings, *read.findings)
    )
