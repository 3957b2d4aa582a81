"""Published plans, our examples and variants of both, imported and rendered to text again: nothing is lost.

The published plans stand beside the repository (../shared); without them their tests are skipped. `pytest -s` shows the
table of what was recovered.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.importing.assemble import Way
from planwriter.model import Document, Section
from planwriter.model.walk import DUTY, walk, walk_texts
from planwriter.writers.text import render_text
from tests.importing.making import NOTICE, PLAN, SESSION, counts, imported, levels, only, printed, roles
from tests.importing.variants import LEFT_OUT, VARIANTS
from tests.support import EXAMPLES, ROOT, plan_file

SHARED = ROOT.parent / "shared"
REAL, SEEDS, PLANS = (sorted((SHARED / folder).glob("*.txt")) for folder in ("real", "seeds", "plans"))
PUBLISHED = [*REAL, *SEEDS, *PLANS]
needs_plans = pytest.mark.skipif(not PUBLISHED, reason="the published plans (../shared) are not here")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def bare(text: str) -> str:
    """The characters of a text, without blanks; marks of all widths are the same."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split())


def recovered(text: str) -> tuple[str, list[Way]]:
    """What the outlines of a text print together, and how each was made; fails if one has an error as a draft."""
    plans, _ = imported(text)
    return "".join(map(printed, plans)), [plan.imported.way for plan in plans]


@needs_plans
@pytest.mark.parametrize("path", PUBLISHED, ids=name_of)
def test_a_published_plan_is_printed_again(path: Path) -> None:
    text = path.read_text("utf-8")
    made, ways = recovered(text)
    assert bare(made) == bare(text)
    assert Way.PLAIN not in ways


COUNTS = {
    "linyi-2018": (4, 6, 32, 0),
    "zhengan-2021": (7, 0, 31, 0),
    "licheng-2022": (6, 0, 28, 0),
    "city-2023-fragment": (0, 5, 13, 0),
    "action-plan-1": (3, 13, 28, 0),
    "action-plan-2": (5, 22, 0, 0),
}


@needs_plans
@pytest.mark.parametrize("path", [path for path in (*REAL, *SEEDS) if path.stem in COUNTS], ids=name_of)
def test_the_sections_of_a_published_plan_are_counted(path: Path) -> None:
    assert counts(only(path.read_text("utf-8"))) == COUNTS[path.stem]


@needs_plans
@pytest.mark.parametrize("path", REAL, ids=name_of)
def test_the_parts_are_those_of_the_outline_typed_by_hand(path: Path) -> None:
    typed = plan_file(str(path.with_suffix(".yaml")), draft=True).outline
    assert typed is not None
    expected = {
        part.role: [block.title.value for block in part.blocks if isinstance(block, Section) and block.title]
        for part in typed.parts
    }
    assert roles(only(path.read_text("utf-8"))) == expected


@needs_plans
def test_the_notice_of_licheng_is_a_frame() -> None:
    (path,) = [path for path in REAL if path.stem == "licheng-2022"]
    frame = only(path.read_text("utf-8")).imported.outline.frame
    assert frame is not None and frame.is_notice and frame.date is not None and frame.note is not None
    assert (frame.date.value, len(frame.recipients), len(frame.signatures)) == ("2022年3月29日", 3, 1)


@needs_plans
def test_five_plans_under_one_notice_are_five_outlines() -> None:
    (path,) = [path for path in PLANS if path.stem.startswith("055")]
    plans, _ = imported(path.read_text("utf-8"))
    assert len(plans) == 5 and plans[0].imported.outline.frame is not None


@needs_plans
@pytest.mark.parametrize("name", [*VARIANTS])
def test_variants_of_published_plans_are_recovered(name: str) -> None:
    """At least 95 in 100 of each variant come back whole; all without an error."""
    whole: list[bool] = []
    ways: Counter[str] = Counter()
    for path in (*REAL, *PLANS):
        text = path.read_text("utf-8").strip("\n")
        made, used = recovered(VARIANTS[name](text))
        wanted = text if name in LEFT_OUT else VARIANTS[name](text)
        whole.append(bare(made) == bare(wanted))
        ways.update(way.name for way in used)
    print(f"{name:24} {sum(whole)}/{len(whole)} {dict(ways)}")
    assert sum(whole) >= 0.95 * len(whole)


@pytest.mark.parametrize("name", [*VARIANTS])
def test_variants_of_our_own_text_are_whole(name: str) -> None:
    text = (NOTICE + PLAN).strip("\n")
    made, _ = recovered(VARIANTS[name](text))
    assert bare(made) == bare(text if name in LEFT_OUT else VARIANTS[name](text))


SAME_LEVELS = [
    "(一) 1、", "1．", "labels with blanks", "第一章", "broken at 30", "broken at 40, indented", "blank lines",
    "indented, Windows", "web debris", "page numbers", "on one line",
]  # fmt: skip


@pytest.mark.parametrize("name", SAME_LEVELS)
def test_variants_have_the_levels_of_the_text(name: str) -> None:
    text = (NOTICE + PLAN).strip("\n")
    assert levels(only(VARIANTS[name](text))) == levels(only(text))


@pytest.mark.parametrize("name", ["第一部分 一、", "（1）", "1）", "①", "一是", "第一，", "1. over （1）"])
def test_variants_with_other_series_have_as_many_sections(name: str) -> None:
    assert sum(counts(only(VARIANTS[name](PLAN)))) == sum(counts(only(PLAN)))


# our examples


@functools.cache
def example(path: Path) -> Document:
    document = plan_file(str(path)).document
    assert document is not None
    return document


def sections(document: Document) -> list[tuple[int, str, str]]:
    """The level, label and title of each section."""
    found = [visit.block for part in document.parts for visit in walk(part.blocks)]
    return [
        (int(each.level), each.label, each.title.value if each.title else "")
        for each in found
        if isinstance(each, Section)
    ]


def units(document: Document) -> list[str]:
    """The units and deadlines of the sections, in reading order."""
    texts = (visit for part in document.parts for visit in walk_texts(part.blocks))
    return [visit.text.value for visit in texts if visit.role in DUTY]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_rendered_to_text_is_imported_as_the_same_document(path: Path) -> None:
    document = example(path)
    text = render_text(document)
    made = only(text)
    assert bare(printed(made)) == bare(text)
    again = plans.plan_bytes(SESSION, made.yaml.encode(), "新.yaml", draft=True).document
    assert again is not None
    assert sections(again) == sections(document)
    assert again.title == document.title
    assert (again.frame is None) == (document.frame is None)
    assert [each.title.value for each in again.attachments] == [each.title.value for each in document.attachments]
    assert units(again) == units(document)
