"""How a library reads as a whole: length, sentences, openings, endings, skeletons, titles (PW371 to PW375)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planwriter.checks.prose.style import TITLE_VERBS, closing, commonest, opening, sentences, skeleton, spread
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import MANIFEST_FILE, Library
from planwriter.curation.printed import printed_text
from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import Finding, Pos
from planwriter.model import Section

FEWEST = 20
"""A library with fewer clauses of format 2 is not judged."""
SPREAD, THREE, SAME, SKELETON, TITLES = 0.35, 0.40, 0.15, 0.10, 0.30
"""The least coefficient of variation of length, and the greatest shares."""
_RELATED = 5


def check_style(library: Library, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """The findings on a library as a whole, at its manifest, or at the first of the clauses that are alike."""
    judged = [each for each in clauses if each.format > 1]
    texts = {each.identifier: printed_text(each) for each in judged}
    told = [each for each in judged if texts[each.identifier]]
    if len(told) < FEWEST:
        return
    place, count = Pos(f"{library.shown}/{MANIFEST_FILE}"), len(told)
    varied = spread([len(texts[each.identifier]) for each in told])
    if varied < SPREAD:
        yield finding("PW371", place, count=count, value=f"{varied:.2f}", limit=f"{SPREAD:.2f}")
    three = sum(1 for each in told if len(sentences(texts[each.identifier])) == 3)
    if three > THREE * count:
        yield finding("PW372", place, count=count, share=f"{three / count:.0%}", limit=f"{THREE:.0%}")
    yield from _same("PW373", "开头", SAME, told, texts, opening)
    yield from _same("PW373", "收尾的一句", SAME, told, texts, closing)
    yield from _same("PW374", "", SKELETON, told, texts, skeleton)
    titles = [each.title for each in told if isinstance(each.block, Section) and each.block.title]
    general = sum(1 for title in titles if title.startswith(TITLE_VERBS))
    if general > TITLES * len(titles):
        share = f"{general / len(titles):.0%}"
        yield finding("PW375", place, count=len(titles), share=share, limit=f"{TITLES:.0%}")


def _same(
    code: str, what: str, limit: float, clauses: Sequence[Clause], texts: dict[str, str], read: Callable[[str], str]
) -> Iterator[Finding]:
    """The finding on what is the same in too many clauses, at the first of them."""
    words = {each.identifier: read(texts[each.identifier]) for each in clauses}
    word, same = commonest(words.values())
    alike = [each.origin for each in clauses if words[each.identifier] == word and each.origin is not None]
    if same > limit * len(clauses) and alike:
        related = tuple((each.pos, "这里也是") for each in alike[1 : _RELATED + 1])
        values: dict[str, object] = {
            "count": len(clauses),
            "same": same,
            "share": f"{same / len(clauses):.0%}",
            "limit": f"{limit:.0%}",
        }
        yield make_finding(code, alike[0], {**values, "what": what, "word": word, "skeleton": word}, related)
