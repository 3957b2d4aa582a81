"""Drafts clauses from wording that recurs in several plans, to be reviewed: names and differing figures become holes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planwriter.checks.figures.reading import WHOLE, unit_at
from planwriter.clauses.clause import Clause, read_clauses
from planwriter.clauses.library import FORMAT
from planwriter.clauses.systems import CLAUSE_LEVELS, plan_level, systems_of
from planwriter.curation.check.duplicates import alike
from planwriter.curation.check.form import check_form
from planwriter.curation.check.parameters import check_parameters
from planwriter.curation.check.wording import check_places, own_names
from planwriter.curation.lift import (
    Lifted,
    LiftedPiece,
    Replaceable,
    lift,
    quoted,
    quoted_in_flow,
    section_lines,
    with_texts,
)
from planwriter.curation.printed import printed_text
from planwriter.curation.search.subject import subject_words
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.model import Level, Outline, Section
from planwriter.model.walk import walk
from planwriter.outline.kind import Kind
from planwriter.source import keys
from planwriter.source.load import load_list
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace

MAX_BLOCKS = 5_000
"""Further blocks are not compared."""
_FEWEST = 24
"""Shorter blocks are alike by chance."""
_MOST_PLACES = 5
_MOST_TAGS = 4
_NOT_WORDS = regex(r"[^\w□]")
_NEAR = 6
"""The characters around a figure by which it is found again in another wording."""
_ENDS = "，；。\n"
_BOUNDS = (
    "不低于",
    "不少于",
    "不超过",
    "超过",
    "达到",
    "达",
    "控制在",
    "提高到",
    "提升到",
    "下降到",
    "增至",
    "至少",
    "保持在",
    "约",
)
_AFTER = ("以上", "以内", "以下", "左右", "的")
_BY_ITSELF = frozenset("名人位所家座间栋台辆册门节期批篇支组户件只个项场次处套条")
"""Units with which a count can be left out, or replaced by 一批."""
_BATCH = "一批"


class PlanSource(NamedTuple):
    """A plan in which wording is looked for: its name, outline and kind."""

    shown: str
    outline: Outline
    kind: Kind


class _Block(NamedTuple):
    """A block of a plan, cut into fixed and replaceable pieces."""

    source: int
    line: int
    chapter: str
    role: str
    lifted: Lifted
    plain: str


def harvest(sources: Sequence[PlanSource], known: Sequence[Clause]) -> Result[str]:
    """A topic file with a clause for each wording that recurs in at least two of the plans; "" if there is none.

    Wording like that of a known clause is left out and told. What a person must still add or check stands in comments.
    """
    found = Findings()
    blocks = list(_blocks(sources))
    groups = [group for group in _groups(blocks) if len({each.source for each in group}) > 1]
    if not groups:
        found.append(finding("PW760", Pos(sources[0].shown if sources else ""), count=len(sources)))
        return found.result("")
    same = _known(groups, known)
    taken: set[str] = set()
    drafts = []
    for group in groups:
        first = group[0]
        title = first.lifted.block.title.value if first.lifted.block.title else first.plain[:12]
        place = Pos(sources[first.source].shown, first.line)
        if id(group) in same:
            reason = f"条款库里已有相近的“{same[id(group)]}”"
            count = len({each.source for each in group})
            found.append(finding("PW761", place, title=title, count=count, reason=reason))
            continue
        drafts.append(_draft(group, sources, taken))
    return found.result(_HEAD + "\n".join(drafts) if drafts else "")


_HEAD = (
    "# 从几份文件里反复出现的写法提出来的条款，是草稿。逐条看过、补齐依据和来源、删去注释以后，放进条款库（格式 2），\n"
    "# 再运行 planwriter library check。\n\n"
)


def _blocks(sources: Sequence[PlanSource]) -> Iterator[_Block]:
    """The numbered blocks of the plans that have a text and no blocks inside, with their names and figures found."""
    count = 0
    for nth, source in enumerate(sources):
        for part in source.outline.parts:
            for visit in walk(part.blocks):
                block = visit.block
                if not isinstance(block, Section) or block.children or not block.text or not block.title:
                    continue
                if len(block.text.value) < _FEWEST or count >= MAX_BLOCKS:
                    continue
                count += 1
                made = lift(source.outline, source.kind, block).value
                if made is None:
                    continue
                parents = [each for each in visit.parents if isinstance(each, Section) and each.title]
                chapter = next((each.title.value for each in parents if each.level is Level.CHAPTER and each.title), "")
                line = block.origin.pos.line if block.origin else 0
                plain = "".join("□" if piece.candidate else piece.text for pieces in made.texts for piece in pieces)
                yield _Block(nth, line, chapter, part.role, made, _NOT_WORDS.sub("", plain))


def _groups(blocks: list[_Block]) -> list[list[_Block]]:
    """The blocks whose wording is alike, each group with the one first that is most like the others."""
    head = list(range(len(blocks)))

    def top(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    likes: Counter[int] = Counter()
    for one, other, likeness in alike([each.plain for each in blocks]):
        head[max(top(one), top(other))] = min(top(one), top(other))
        likes[one] += round(likeness * 100)
        likes[other] += round(likeness * 100)
    members: dict[int, list[int]] = {}
    for at in range(len(blocks)):
        members.setdefault(top(at), []).append(at)
    ordered = (sorted(group, key=lambda at: (-likes[at], at)) for group in members.values())
    return [[blocks[at] for at in group] for group in ordered]


def _known(groups: list[list[_Block]], known: Sequence[Clause]) -> dict[int, str]:
    """The clause that each group is like already, by the identity of the group."""
    texts = [
        _NOT_WORDS.sub("", each.title + printed_text(each).replace("10", "□").replace("□□", "□")) for each in known
    ]
    found: dict[int, str] = {}
    for one, other, _ in alike([*texts, *(group[0].plain for group in groups)]):
        if one < len(texts) <= other:
            found.setdefault(id(groups[other - len(texts)]), known[one].identifier)
    return found


def _draft(group: list[_Block], sources: Sequence[PlanSource], taken: set[str]) -> str:
    """The clause of a group as an entry of a topic file, below comments on where it stands and what is to be done."""
    first = group[0]
    lifted = _with_parameters(group)
    source = sources[first.source]
    texts = tuple(_with_parts(pieces) for pieces in lifted.texts)
    identifier = _identifier(first, taken)
    block = replace(with_texts(lifted.block, iter(texts)), duty=None)
    parameters = [each for each in lifted.candidates if each.type]
    lines = [f"- 条款: {quoted(identifier)}", *section_lines(block, "  ")]
    lines += ["  参数:"] * bool(parameters)
    for each in parameters:
        about = quoted_in_flow(_about(each, lifted))
        unit = f", 单位: {quoted_in_flow(each.unit)}" if each.unit and each.type != "百分数" else ""
        lines.append(f"    {quoted_in_flow(each.name)}: {{类型: {each.type}, 说明: {about}{unit}}}")
    lines += _applies([sources[each.source].outline for each in group])
    lines.append(f"  标签: [{', '.join(map(quoted_in_flow, _tags(first)))}]")
    given = ", ".join(f"{quoted_in_flow(each.name)}: {each.literal}" for each in parameters)
    lines.append(f"  示例: {{参数: {{{given}}}}}")
    yaml = "\n".join(lines) + "\n"
    return "".join(f"# {each}\n" for each in _comments(group, sources, yaml, source.outline)) + yaml


def _about(parameter: Replaceable, lifted: Lifted) -> str:
    """What a parameter stands for: the words around it, without the names of the plan's place."""
    about = parameter.about
    for each in lifted.candidates:
        if not each.type:
            about = about.replace(each.literal, "")
    return about.strip("×") or parameter.name


def _comments(group: list[_Block], sources: Sequence[PlanSource], yaml: str, outline: Outline) -> Iterator[str]:
    places = [f"{sources[each.source].shown}:{each.line}" for each in group]
    count = len({each.source for each in group})
    rest = f"等 {len(places)} 处" if len(places) > _MOST_PLACES else ""
    yield f"在 {count} 份文件里：{'、'.join(places[:_MOST_PLACES])}{rest}"
    yield "待补：依据；每个参数的口径和来源；核对编号、标签和适用范围"
    for each in _faults(yaml, outline):
        yield f"待改：{each.message}"


def _faults(yaml: str, outline: Outline) -> Iterator[Finding]:
    """What the check of a library would find in a drafted clause."""
    tree = load_list(yaml.encode(), "", keys.LIBRARY_KEYS)
    read = read_clauses(tree.value, "", FORMAT)
    yield from (*tree.findings, *read.findings)
    own = own_names(None, (outline.unit, outline.region.name, outline.region.superior))
    for clause in read.value:
        yield from (*check_places(clause, own), *check_form(clause), *check_parameters(clause))


def _with_parameters(group: list[_Block]) -> Lifted:
    """The first block of a group; figures that are the same everywhere are fixed, and the others are parameters."""
    first = group[0]
    others = [_figures(each.lifted) for each in group[1:]]

    def fixed(at: int, pieces: tuple[LiftedPiece, ...], nth: int) -> LiftedPiece:
        piece = pieces[nth]
        if piece.candidate is None or not piece.candidate.type:
            return piece
        key = _around(at, pieces, nth)
        seen = [each[key] for each in others if key in each]
        return LiftedPiece(piece.text) if seen and set(seen) == {piece.text} else piece

    texts = tuple(
        tuple(fixed(at, pieces, nth) for nth in range(len(pieces))) for at, pieces in enumerate(first.lifted.texts)
    )
    return replace(first.lifted, texts=texts)


def _figures(lifted: Lifted) -> dict[tuple[int, str, str], str]:
    """The figures of a block by their text and the characters around them."""
    return {
        _around(at, pieces, nth): piece.text
        for at, pieces in enumerate(lifted.texts)
        for nth, piece in enumerate(pieces)
        if piece.candidate is not None and piece.candidate.type
    }


def _around(at: int, pieces: tuple[LiftedPiece, ...], nth: int) -> tuple[int, str, str]:
    before = pieces[nth - 1].text[-_NEAR:] if nth else ""
    behind = pieces[nth + 1].text[:2] if nth + 1 < len(pieces) else ""
    return at, before, behind


def _with_parts(pieces: tuple[LiftedPiece, ...]) -> str:
    """The text of a clause, each parameter in a part that may be left out (〔…〕), as far as it reads without it."""
    text, holes = "", []
    for piece in pieces:
        hole = piece.candidate.hole if piece.candidate else piece.text
        if piece.candidate and piece.candidate.type:
            holes.append((len(text), len(text) + len(hole), piece.candidate))
        text += hole
    parts: list[tuple[int, int, str]] = []
    for start, end, candidate in holes:
        part = _part(text, start, end, candidate)
        if part is None or "〔" in text[part[0] : part[1]] or "〕" in text[part[0] : part[1]]:
            continue
        while parts and part[0] < parts[-1][1]:
            before = parts.pop()
            part = min(part[0], before[0]), max(part[1], before[1]), ""
        parts.append(part)
    if sum(end - start for start, end, otherwise in parts if not otherwise) >= len(text) - 1:
        return text  # nothing would be left
    made, at = [], 0
    for start, end, otherwise in parts:
        bar = f"｜{otherwise}" if otherwise else ""
        made.append(f"{text[at:start]}〔{text[start:end]}{bar}〕")
        at = end
    return "".join((*made, text[at:]))


def _part(text: str, start: int, end: int, candidate: Replaceable) -> tuple[int, int, str] | None:
    """The stretch that is left out together with a parameter, and what stands there instead; None if nothing can be."""
    unit, behind = unit_at(text, end)
    rest = text[behind:]
    is_count = unit in _BY_ITSELF and unit in WHOLE.union("条") and candidate.type != "百分数"
    if is_count and not text[:start].endswith(_BOUNDS) and not rest.startswith(_AFTER):
        return start, behind, "" if rest[:1] in ("", *"，。；、）") else _BATCH
    if candidate.type == "年份":
        return None
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    if last < len(text) and text[last] in "，；":
        return first, last + 1, ""
    if first and text[first - 1] in "，；":
        return first - 1, last, ""
    return (first, min(last + 1, len(text)), "") if first or last < len(text) - 1 else None


def _applies(outlines: list[Outline]) -> list[str]:
    """适用: the fields and levels of the plans that have the wording."""
    systems = sorted({system for each in outlines for system in systems_of(each.unit)})
    levels = {plan_level(each.unit, each.region.level) for each in outlines}
    named = [level for level in CLAUSE_LEVELS if level in levels]
    said = [f"系统: [{', '.join(systems)}]"] * bool(systems) + [f"级别: [{', '.join(named)}]"] * bool(named)
    return [f"  适用: {{{', '.join(said)}}}"] if said else []


def _tags(block: _Block) -> tuple[str, ...]:
    title = block.lifted.block.title.value if block.lifted.block.title else ""
    words = (*subject_words(title), *subject_words(block.chapter))
    return tuple(dict.fromkeys(words))[:_MOST_TAGS] or (title[:12] or "待定",)


def _identifier(block: _Block, taken: set[str]) -> str:
    """主题/名称 for a clause: the subject of its chapter, or its part, and that of its title; no two are the same."""
    title = block.lifted.block.title.value if block.lifted.block.title else ""
    topic = next(iter(subject_words(block.chapter)), block.role)
    name = "".join(subject_words(title))[:12] or title[:12] or "条款"
    plain = f"{_NOT_WORDS.sub('', topic)}/{_NOT_WORDS.sub('', name)}"
    made = next(each for each in (plain, *(f"{plain}{nth}" for nth in range(2, len(taken) + 3))) if each not in taken)
    taken.add(made)
    return made
