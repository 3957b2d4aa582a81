"""Pairs of plans and their redlines. No test by itself."""

from __future__ import annotations

from planwriter.compare.matching.match import match_items
from planwriter.compare.tracked.redline import Redlined, redline
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionTable
from planwriter.findings.finding import Finding
from planwriter.start.named_tuple import NamedTuple
from tests.compare.office import rendered, word
from tests.compare.variations import varied
from tests.random_documents import random_document
from tests.revisions import lines, resolved, troubles


class Pair(NamedTuple):
    """The file of the old plan, the new plan, and the redline."""

    data: bytes
    new: PlanVersion
    made: Redlined
    findings: tuple[Finding, ...]
    counted: bool
    """True if Word counts the labels."""


def redlined(data: bytes, old: PlanVersion, new: PlanVersion) -> tuple[Redlined, tuple[Finding, ...]]:
    """A redline by nobody in particular."""
    made = redline(data, old, new, match_items(old.items, new.items), author="planwriter")
    assert made.value is not None, made.findings
    return made.value, made.findings


def random_pair(seed: int, *, far: bool = False) -> Pair:
    """A plan and a later draft of it, or `far` another plan altogether."""
    first = random_document(seed)
    second = random_document(seed + 1000) if far else varied(first, seed)
    data = rendered(first)
    new = version_of_plan(second, "新.yaml")
    made, findings = redlined(data, word(data), new)
    return Pair(data, new, made, findings, first.native_numbering)


def words(version: PlanVersion, *, counted: bool = False) -> list[str]:
    """What a reader sees, item by item; without the labels that Word counts."""
    made = []
    for item in version.items:
        if isinstance(item, VersionTable):
            # LibreOffice puts a joiner into empty cells of rows that are put in
            rows = ["|".join(cell.strip().replace("\u200d", "") for cell in row) for row in item.rows]
            made.append("\n".join(rows))
        else:
            label = item.label if isinstance(item, VersionLine) and not counted else ""
            made.append((label + item.text).replace("\n", "").strip())
    return made


def check_pair(pair: Pair) -> bool:
    """Fails if accepting or rejecting is not exact; False if something could not be written, which is said."""
    data = pair.made.data
    assert troubles(data) == []
    assert lines(resolved(data, accept=False)) == lines(pair.data)
    accepted = words(word(resolved(data, accept=True)), counted=pair.counted)
    assert words(word(data), counted=pair.counted) == accepted
    if pair.made.left:
        assert len(pair.findings) == pair.made.left
        assert all("图片不能写成修订" in each.message for each in pair.findings)
        return False
    assert accepted == words(pair.new, counted=pair.counted)
    return True
