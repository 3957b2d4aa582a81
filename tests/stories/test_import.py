"""Published plans, our examples and variants of both, imported and rendered to text again: nothing is lost.

The published plans stand beside the repository (../shared); without them their tests are skipped. `pytest -s` shows the
table of what was recovered.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


# anything

_LABELS = [
    "一、",
    "二、",
    "三、",
    "十一、",
    "（一）",
    "（二）",
    "(三)",
    "（四）、",
    "1.",
    "2.",
    "3．",
    "4、",
    "10.",
    "（1）",
    "(2)",
    "1）",
    "2)",
    "①",
    "②",
    "㉒",
    "第一章\u3000",
    "第二章\u3000",
    "第一部分\u3000",
    "第二部分：",
    "第一条\u3000",
    "第二条\u3000",
    "一是",
    "二是",
    "第一，",
    "第二，",
    "⒈",
    "⑵",
    "㈠",
    "1.1\u3000",
    "A.",
    "●",
    "-",
    "一、二、三产业",
    "1.5万",
    "2026年",
]
_PIECES = [
    *(
        "总体要求",
        "保障措施",
        "加强领导",
        "加强领导。",
        "加强领导。各校落实责任，确保到位。",
        "抓好以下工作；",
        "办好每一所学校：",
    ),
    *(
        "（责任单位：学前股、计财股；完成时限：2026年12月）",
        "建园。建成三所。（责任单位：学前股；配合单位：县财政局）",
        "到2026年",
    ),
    *(
        "附件",
        "附件1",
        "附件2：",
        "附件：1.名单",
        "2.指标表",
        "附件：名单",
        "名单",
        "青山县教育局",
        "2026年3月5日",
        "二〇二六年三月五日",
    ),
    *(
        "（此件公开发布）",
        "各乡镇中心学校，局属各学校：",
        "青教发〔2026〕3号",
        "青山县教育局文件",
        "抄送：云岭市教育局。",
        "秘密★1年",
        "特急",
    ),
    *(
        "青山县教育局2026年工作要点",
        "青山县校园安全行动方案",
        "青山县教育局关于印发《青山县教育局2026年工作要点》的通知",
    ),
    *(
        "青山县教育局办公室　2026年3月6日印发",
        "表1 指标",
        "年\t数",
        "2026\t3",
        "专栏1 重点工程",
        "{{ 年度 }}",
        "{%x%}",
        "“双减”《办法》(试行)",
    ),
    *(
        "'单引号': \"双\" #井号",
        "内容：",
        "文: 甲",
        "- 甲",
        "目　录",
        "张某某　组长",
        "？",
        "。",
        "、",
        "：",
        "null",
        "~",
        "好" * 45 + "。坏" * 9,
    ),
]
LINES = st.lists(st.tuples(st.sampled_from(["", "", *_LABELS]), st.sampled_from(_PIECES)), min_size=1, max_size=14)


@settings(max_examples=150)
@given(LINES)
def test_whatever_the_lines_are_nothing_is_lost(pairs: list[tuple[str, str]]) -> None:
    text = "\n".join(label + piece for label, piece in pairs)
    plans, findings = imported(text)
    made = "".join(map(printed, plans))
    assert one_spelling(made) == one_spelling(text) or "PW701" in [each.code for each in findings]
    assert not {"PW702", "PW712"} & {each.code for each in findings}


def one_spelling(text: str) -> str:
    """The characters of a text, those of labels in one spelling."""
    return re.sub(r"(?<=\d)[、.]", ".", bare(text))


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
