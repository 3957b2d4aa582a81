"""The figures of a library by topic file, for `library check --report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planwriter.checks.prose.style import sentences, spread
from planwriter.clauses.bases import bases_of
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import Library
from planwriter.clauses.systems import CLAUSE_LEVELS
from planwriter.curation.printed import printed_text
from planwriter.start.named_tuple import NamedTuple

_NUMBERS = ("整数", "小数", "百分数")
WHOLE = "合计"


class TopicFigures(NamedTuple):
    """The figures of a topic file, or of a whole library; shares are between 0 and 1."""

    name: str
    clauses: int
    topics: int
    """How many subjects (the part of an identifier before /) its clauses are about."""
    with_figure: float
    shortest: int
    """The length that a tenth of the texts do not reach."""
    median: int
    longest: int
    """The length that a tenth of the texts pass."""
    spread: float
    """The coefficient of variation of length."""
    three_sentences: float
    with_short: float
    with_level: float
    bases: int
    """How many laws and papers its clauses refer to."""
    oldest: str
    """The day on which one of these was looked up longest ago; "" if none was."""
    never: int
    """How many of them were never looked up."""


def library_figures(library: Library) -> tuple[TopicFigures, ...]:
    """The figures of each topic file with clauses, and those of the whole library last."""
    topics = {name: library.topic(name) for name in library.topics()}
    checked = {key: basis.checked for key, basis in bases_of(library).value.items()}  # read with the topics
    rows = [_figures(name, clauses, checked) for name, clauses in topics.items() if clauses]
    everything = [clause for clauses in topics.values() for clause in clauses]
    return (*rows, _figures(WHOLE, everything, checked)) if rows else ()


def _figures(name: str, clauses: Sequence[Clause], checked: dict[str, str]) -> TopicFigures:
    texts = [text for text in map(printed_text, clauses) if text]
    lengths = sorted(map(len, texts)) or [0]
    cited = {key for clause in clauses for key in clause.basis}
    days = sorted(day for day in (checked.get(key, "") for key in cited) if day)
    names = [{variant.name for variant in clause.variants} for clause in clauses]
    return TopicFigures(
        name,
        len(clauses),
        len({clause.identifier.partition("/")[0] for clause in clauses}),
        _share(any(each.type in _NUMBERS for each in clause.parameters) for clause in clauses),
        lengths[len(lengths) // 10],
        lengths[len(lengths) // 2],
        lengths[len(lengths) * 9 // 10],
        spread(lengths),
        _share(len(sentences(text)) == 3 for text in texts),
        _share("简" in own for own in names),
        _share(not own.isdisjoint(CLAUSE_LEVELS) for own in names),
        len(cited),
        days[0] if days else "",
        len(cited) - len(days),
    )


def _share(true: Iterable[bool]) -> float:
    told = list(true)
    return sum(told) / len(told) if told else 0.0


HEADS = (
    *(
        "文件",
        "条款",
        "主题",
        "带数",
        "短",
        "中",
        "长",
        "离散系数",
        "三句",
        "有简",
        "分级",
        "依据",
        "最早核对",
        "未核对",
    ),
)


def report_rows(figures: Sequence[TopicFigures]) -> list[tuple[str, ...]]:
    """The figures as the cells of a table, under `HEADS`."""
    return [
        (
            *(each.name, str(each.clauses), str(each.topics), f"{each.with_figure:.0%}"),
            *(str(each.shortest), str(each.median), str(each.longest), f"{each.spread:.2f}"),
            *(f"{each.three_sentences:.0%}", f"{each.with_short:.0%}", f"{each.with_level:.0%}"),
            *(str(each.bases), each.oldest or "—", str(each.never)),
        )
        for each in figures
    ]


def report_values(figures: Sequence[TopicFigures]) -> list[dict[str, object]]:
    """The figures for a program, by name."""
    return [
        {
            **dict(zip(("file", "clauses", "topics"), each[:3], strict=True)),
            "with_figure": round(each.with_figure, 3),
            "length": {
                "p10": each.shortest,
                "median": each.median,
                "p90": each.longest,
                "spread": round(each.spread, 3),
            },
            "three_sentences": round(each.three_sentences, 3),
            "with_short": round(each.with_short, 3),
            "with_level": round(each.with_level, 3),
            "bases": {"count": each.bases, "oldest_check": each.oldest or None, "never_checked": each.never},
        }
        for each in figures
    ]
