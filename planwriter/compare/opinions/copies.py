"""Whether a returned file is a copy of the plan, and what it shows of the plan: all or a part, and whose changes."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.compare.edits.hand_edits import HandEdits, hand_edits
from planwriter.compare.matching.match import MatchedBy, match_items
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine
from planwriter.plan.flow import TITLE
from planwriter.readers.docx.read import read_docx

_FEW = 5
"""Of so many missing paragraphs it is not concluded that only a part of the plan came back."""
_MAX_RUN = 3
"""In an excerpt, so many paragraphs that are gone between two that are there were deleted."""
_MAX_LETTER = 2_000
"""A longer file is no letter."""


def plan_title(version: PlanVersion) -> str:
    """The title of a plan on one line, without blanks."""
    lines = (each for each in version.items if isinstance(each, VersionLine) and each.role == TITLE)
    return "".join("".join(each.text.split()) for each in lines)


def share_of_file(compared: HandEdits) -> float:
    """The share of a file's characters that stand in paragraphs of the plan."""
    items = compared.edited.items
    whole = sum(len(each.text) for each in items)
    known = sum(
        len(items[new].text) for new, pair in compared.matching.pairs.items() if pair.how is not MatchedBy.PLACE
    )
    return known / whole if whole else 0.0


def share_kept(old: Sequence[VersionItem], new: Sequence[VersionItem]) -> float:
    """The share of an earlier state's characters whose paragraphs are still in the plan."""
    whole = sum(len(each.text) for each in old)
    pairs = match_items(old, new).pairs.values()
    return sum(len(old[each.old].text) for each in pairs if each.how is not MatchedBy.PLACE) / whole if whole else 0.0


def letter_says(version: PlanVersion) -> str:
    """What a letter says of its opinions; "" for a long file, or one that says nothing of them."""
    texts = [each.text for each in version.items]
    if sum(map(len, texts)) > _MAX_LETTER:
        return ""
    said = [
        one.strip() for each in texts for one in each.replace("；", "。").split("。") if "意见" in one or "同意" in one
    ]
    clear = next((each for each in said if "无" in each or "没有" in each or "同意" in each), said[-1] if said else "")
    return clear[-60:]


def missing_paragraphs(compared: HandEdits, data: bytes, shown: str) -> set[int]:
    """The paragraphs of the plan that are not in the file because only a part of the plan is in it."""
    kept = compared.matching.new_of_old
    base = compared.base.items
    gone = [at for at in range(len(base)) if at not in kept]
    if len(gone) <= max(_FEW, len(base) * 3 // 10):
        return set()
    original = version_of_word(data, shown, view="original", base=compared.base).value
    marked = hand_edits(compared.base, original).matching.new_of_old if original is not None else {}
    left = {at for at in gone if at not in marked}
    runs: list[list[int]] = []
    for at in sorted(left):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    deleted = (run for run in runs if len(run) <= _MAX_RUN and run[0] > 0 and run[-1] < len(base) - 1)
    left.difference_update(at for run in deleted for at in run)
    return left if len(left) > _FEW else set()


def authors_by_paragraph(data: bytes) -> dict[int, set[str]]:
    """Who has tracked changes in a .docx, by the numbers of its paragraphs."""
    made: dict[int, set[str]] = {}
    for paragraph in read_docx(data).paragraphs:
        found = {run.revision.author for run in paragraph.runs if run.revision is not None and run.revision.author}
        if found:
            made[paragraph.number] = found
    return made
