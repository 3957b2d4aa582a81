"""What changed from one version of a library to the next, and how far the version number must rise for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from planwriter.clauses.clause import Clause, Parameter
from planwriter.language.sentences import sentence_changes
from planwriter.language.versions import Version
from planwriter.model import Argument, Block, Table, Use
from planwriter.model.walk import DUTY, NAMES, TextRole, block_texts, walk
from planwriter.start.enums import IntEnum
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, replace

_ALIKE = 0.85
_MAX_PAIRS = 10_000
_TARGET = regex(r"指标\.(\w+)")
_WHOLE = Decimal(0), Decimal(100)


class Demand(IntEnum):
    """How far a version number must rise: PATCH 1.2.3 → 1.2.4, MINOR → 1.3.0, MAJOR → 2.0.0."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it demands, the clause (after the change, where there is one), and a sentence's worth of words."""

    demand: Demand
    clause: str
    words: str
    wordings: tuple[tuple[str, str], ...] = ()
    """Sentences before and after; "" where one is new or gone."""


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Change, ...]:
    """The changes from one version's clauses to the next one's, the gravest first, then in the order of the clauses."""
    old = {clause.identifier: clause for clause in before}
    new = {clause.identifier: clause for clause in after}
    gone = [clause for name, clause in old.items() if name not in new]
    come = [clause for name, clause in new.items() if name not in old]
    renamed = _renamed(gone, come)
    changes: list[Change] = []
    for clause in gone:
        to = renamed.get(clause.identifier)
        words = f"改名为“{to}”" if to else "删去了"
        changes.append(Change(Demand.MAJOR, clause.identifier, words))
    origins = {to: old[name] for name, to in renamed.items()}
    for name, clause in new.items():
        first = old.get(name) or origins.get(name)
        changes += _clause_changes(first, clause) if first else [Change(Demand.MINOR, name, f"新增：{clause.title}")]
    return tuple(sorted(changes, key=lambda each: -each.demand))


def demanded(changes: Sequence[Change]) -> Demand | None:
    """The gravest demand of the changes; None where there are none."""
    return max((each.demand for each in changes), default=None)


def least_version(before: Version, demand: Demand | None) -> Version:
    """The lowest version that may follow `before`.

    While the first number is 0 the second takes its part, as ^0.2 reads it: what breaks outlines raises the second
    number, anything else the third. What follows a pre-release may be its release.
    """
    major, minor, patch = before.numbers
    if major == 0 and demand is not None:
        demand = Demand.MINOR if demand is Demand.MAJOR else Demand.PATCH
    if demand is Demand.MAJOR:
        return Version(major) if before.is_pre_release and not (minor or patch) else Version(major + 1)
    if demand is Demand.MINOR:
        return Version(major, minor) if before.is_pre_release and not patch else Version(major, minor + 1)
    return Version(major, minor, patch if before.is_pre_release else patch + 1)


def _renamed(gone: list[Clause], come: list[Clause]) -> dict[str, str]:
    """Old identifiers to new ones of clauses whose texts are nearly the same; the most alike first, each once."""
    if len(gone) * len(come) > _MAX_PAIRS:
        return {}
    texts = {clause.identifier: _pairs_of_letters(clause) for clause in (*gone, *come)}
    alike = ((_likeness(texts[one.identifier], texts[other.identifier]), one, other) for one in gone for other in come)
    pairs = sorted((-each, one.identifier, other.identifier) for each, one, other in alike if each >= _ALIKE)
    made: dict[str, str] = {}
    for _, name, to in pairs:
        if name not in made and to not in made.values():
            made[name] = to
    return made


def _pairs_of_letters(clause: Clause) -> Counter[str]:
    text = "\n".join(lines_of((clause.block,)))
    return Counter(text[at : at + 2] for at in range(len(text)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two texts' pairs of letters: 1 for the same text, and its cost grows with their length only."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _clause_changes(old: Clause, new: Clause) -> Iterator[Change]:
    """What changed in one clause."""
    name = new.identifier
    if old.level_word != new.level_word:
        yield Change(Demand.MAJOR, name, f"层级从{old.level_word}改成{new.level_word}")
    kept = {variant.name for variant in old.variants}
    added = _targets(new, kept) - _targets(old, kept)
    if added:
        yield Change(Demand.MAJOR, name, f"要求提纲里有指标{_quoted(sorted(added))}")
    wordings = sentence_changes("\n".join(lines_of((old.block,))), "\n".join(lines_of((new.block,))))
    if wordings:
        yield Change(Demand.PATCH, name, "改了文字", wordings)
    elif old.block != new.block:
        yield Change(Demand.PATCH, name, "改了排法（编号、接排、责任等）")
    for demand, words in (*_parameter_changes(old, new), *_applicability_changes(old, new)):
        yield Change(demand, name, words)
    yield from _variant_changes(old, new)
    for word, same in (
        ("依据", old.basis == new.basis),
        ("标签", old.tags == new.tags),
        ("示例", old.sample == new.sample),
    ):
        if not same:
            yield Change(Demand.PATCH, name, f"改了{word}")


def _parameter_changes(old: Clause, new: Clause) -> Iterator[tuple[Demand, str]]:
    was = {each.name: each for each in old.parameters}
    now = {each.name: each for each in new.parameters}
    come = [each for name, each in now.items() if name not in was]
    for name, parameter in was.items():
        if name in now:
            yield from ((demand, f"参数“{name}”{words}") for demand, words in _one_parameter(parameter, now[name]))
            continue
        to = next((each for each in come if replace(each, name=name) == parameter), None)
        if to:
            come.remove(to)
        yield Demand.MAJOR, f"参数“{name}”改名为“{to.name}”" if to else f"删去了参数“{name}”"
    for parameter in come:
        if parameter.default is None:
            yield Demand.MAJOR, f"新增必须给出的参数“{parameter.name}”"
        else:
            yield Demand.MINOR, f"新增参数“{parameter.name}”，默认{parameter.default.value}"


def _one_parameter(old: Parameter, new: Parameter) -> Iterator[tuple[Demand, str]]:
    if old.type != new.type:
        yield Demand.MAJOR, f"的类型从{old.type}改成{new.type}"
    if old.default and not new.default:
        yield Demand.MAJOR, "不再有默认值，必须给出"
    elif old.default != new.default:
        before = f"从{old.default.value}改" if old.default else ""
        yield Demand.MINOR, f"的默认值{before}为{new.default.value if new.default else ''}"
    if old.type == new.type:
        yield from _range_changes(_range(old), _range(new))
    lost, more = (
        [each for each in old.choices if each not in new.choices],
        [each for each in new.choices if each not in old.choices],
    )
    if lost and new.choices:
        yield Demand.MAJOR, f"不能再选{_quoted(lost)}"
    if more and old.choices:
        yield Demand.MINOR, f"还可以选{_quoted(more)}"
    if (old.about, old.unit) != (new.about, new.unit):
        yield Demand.PATCH, "改了说明或单位"


def _range(parameter: Parameter) -> tuple[Decimal | None, Decimal | None]:
    """Least and greatest; a percentage without either goes from 0 to 100."""
    bounds = parameter.minimum, parameter.maximum
    return _WHOLE if parameter.type == "百分数" and bounds == (None, None) else bounds


def _range_changes(
    old: tuple[Decimal | None, Decimal | None], new: tuple[Decimal | None, Decimal | None]
) -> Iterator[tuple[Demand, str]]:
    for word, sign, was, now in (("最小", 1, old[0], new[0]), ("最大", -1, old[1], new[1])):
        if was == now:
            continue
        narrower = now is not None and (was is None or (now - was) * sign > 0)
        to = f"改为{now:f}" if now is not None else "不限了"
        yield (Demand.MAJOR, f"的范围收窄：{word}{to}") if narrower else (Demand.MINOR, f"的范围放宽：{word}{to}")


def _applicability_changes(old: Clause, new: Clause) -> Iterator[tuple[Demand, str]]:
    for word, was, now in (("文种", old.kinds, new.kinds), ("级别", old.levels, new.levels)):
        if set(was) != set(now):
            narrower = bool(now) and (not was or not set(was) <= set(now))
            yield _applies(word, narrower, "、".join(now))
    if old.years != new.years:
        first, last = new.years or (0, 0)
        narrower = new.years is not None and (old.years is None or first > old.years[0] or last < old.years[1])
        yield _applies("年度", narrower, f"{first}－{last}" if new.years else "")


def _applies(word: str, narrower: bool, now: str) -> tuple[Demand, str]:
    demand = Demand.MAJOR if narrower else Demand.MINOR
    return demand, f"适用的{word}{'收窄' if narrower else '放宽'}为{now or '不限'}"


def _variant_changes(old: Clause, new: Clause) -> Iterator[Change]:
    was = {variant.name: variant.text.value for variant in old.variants}
    now = {variant.name: variant.text.value for variant in new.variants}
    for name, text in was.items():
        if name not in now:
            yield Change(Demand.MAJOR, new.identifier, f"删去了变体“{name}”")
        elif now[name] != text:
            yield Change(Demand.PATCH, new.identifier, f"改了变体“{name}”的文字", sentence_changes(text, now[name]))
    for name in now:
        if name not in was:
            yield Change(Demand.MINOR, new.identifier, f"新增变体“{name}”")


def _targets(clause: Clause, variants: set[str]) -> set[str]:
    """The targets that an outline must have for the clause: for its own texts, and for the variants of these names."""
    texts = [text.value for text, role in clause.texts() if role not in NAMES and role is not TextRole.VARIANT]
    texts += (variant.text.value for variant in clause.variants if variant.name in variants)
    keys = {text.value for text, role in clause.texts() if role is TextRole.TARGET_KEY}
    return keys.union(_TARGET.findall("\n".join(texts)))


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """What blocks say, line by line: titles, texts, captions, rows of cells, the uses of clauses with what they are given.

    Who answers for them and by when is not included.
    """
    for block, _ in walk(blocks):
        if isinstance(block, Use):
            given = "，".join(f"{name.value}：{_given(value)}" for name, value in block.arguments)
            variant = f"（{block.variant.value}）" if block.variant else ""
            yield f"用“{block.clause.value}”{variant}" + (f"，{given}" if given else "")
            continue
        for text, role in block_texts(block):
            if role is TextRole.TARGET_KEY:
                yield f"图：指标.{text.value}"
            elif role is not TextRole.CELL and role not in DUTY:
                yield text.value
        if isinstance(block, Table):
            yield from (" ".join(cell.value for cell in row) for row in block.rows)


def _given(value: Argument) -> str:
    return "、".join(text.value for text in value) if isinstance(value, tuple) else value.value


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words)
