"""Chapters sorted into 总体要求, 重点任务 and 保障措施; paragraphs before and behind them."""

import pytest

from planwriter.app.session import Session
from planwriter.importing.parts import Divided, divide
from planwriter.importing.script import Script
from planwriter.importing.structure import SectionEntry, read_entries
from planwriter.importing.texts import Origins
from planwriter.outline.kind import find_kind
from tests.importing.making import lines_of

KINDS = Session().built_in_kinds().value


def divided(text: str, kind: str = "实施方案") -> Divided:
    lines = lines_of(text)
    found = find_kind(kind, KINDS)
    assert found is not None
    return divide(read_entries(lines, Origins(Script(name="旧", lines=tuple(lines)))), found)


def roles(made: Divided) -> dict[str, list[str]]:
    return {
        role: [each.title for each in entries if isinstance(each, SectionEntry)] for role, entries in made.parts.items()
    }


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("总体要求 主要任务 保障措施", (1, 1, 1)),
        ("指导思想 工作目标 建设新校 组织领导", (2, 1, 1)),
        ("扩大资源 建强队伍 强化组织保障，推动任务落实", (0, 2, 1)),
        ("扩大资源 建强队伍 聚焦治理能力，强化执行落实", (0, 2, 1)),
        ("总体目标 扩大资源 建强队伍", (1, 2, 0)),
        ("指导思想：坚持育人为本，办好每一所学校。 扩大资源 工作要求：抓好落实。", (1, 1, 1)),
        ("扩大资源 建强队伍", (0, 2, 0)),
        ("总体要求 建设新校 时间安排 工作要求 监督考核", (1, 2, 2)),
    ],
)
def test_chapters_go_to_the_parts_by_their_titles(titles: str, expected: tuple[int, int, int]) -> None:
    names = titles.split()
    text = "".join(f"{label}、{title}\n各学校抓好落实。\n" for label, title in zip("一二三四五", names, strict=False))
    found = roles(divided(text))
    assert tuple(len(found.get(role, [])) for role in ("总体要求", "重点任务", "保障措施")) == expected
    assert [title for role in found.values() for title in role if title] == [name for name in names if "：" not in name]


def test_a_paragraph_that_demands_is_the_first_part_if_no_chapter_is() -> None:
    made = divided(
        "2026年，全县教育工作的总体要求是：坚持育人为本。\n一、建园\n建三所。\n二、招聘\n招十人。\n", "工作要点"
    )
    assert made.preface == [] and len(made.parts["总体要求"]) == 1


def test_a_paragraph_that_introduces_the_plan_is_the_preface() -> None:
    made = divided("为办好教育，制定本方案。\n一、总体要求\n育人为本。\n二、主要任务\n建园。\n")
    assert [leaf.text for leaf in made.preface] == ["为办好教育，制定本方案。"]


def test_paragraphs_for_the_whole_plan_are_its_closing() -> None:
    made = divided("一、建园。建成三所。\n二、招聘教师。招聘十名。\n各学校要结合实际抓好落实。\n")
    assert [leaf.text for leaf in made.closing] == ["各学校要结合实际抓好落实。"]
    kept = divided("一、建园。建成三所。\n二、招聘教师。招聘十名。\n其中音体美教师四名。\n")
    assert kept.closing == []


def test_paragraphs_alone_are_tasks() -> None:
    made = divided("建园。\n招聘。\n")
    assert made.preface == [] and len(made.parts["重点任务"]) == 2


def test_nothing_is_lost_and_nothing_moves() -> None:
    text = "导语。\n一、总体要求\n甲。\n二、任务\n乙。\n三、保障\n丙。\n各校落实。\n"
    made = divided(text)
    entries = [*made.preface, *(entry for part in made.parts.values() for entry in part), *made.closing]
    assert [entry.line for entry in entries][:4] == [1, 2, 4, 6]


def test_what_is_made_the_main_point_of_a_demand_does_not_introduce_the_plan() -> None:
    text = "2026年，全县教育工作稳中求进，以促公平、提质量为重点，办好每一所学校。\n一、扩大资源\n各校抓好落实。\n"
    assert not divided(text, "工作要点").preface
    led = "为扩大资源、提高质量，结合实际，现将工作安排如下。\n一、扩大资源\n各校抓好落实。\n"
    assert divided(led, "工作要点").preface


@pytest.mark.parametrize(
    ("paragraphs", "preface"),
    [
        (["为办好教育，制定本方案。", "以省委全会精神为指导，办好每一所学校。"], 1),
        (["以省委全会精神为指导，办好每一所学校。", "各学校要抓好落实。"], 0),
        (["为落实以省委全会精神为指导的要求，结合实际，制定本方案。"], 1),
        (["以省委全会精神为指导，为办好教育，制定本方案。"], 0),
        (["2026年，办好每一所学校。"], 0),
        (["2026年，办好每一所学校。", "各学校要抓好落实。"], 2),
    ],
)
def test_what_states_the_demands_begins_them_unless_it_leads_to_the_plan(paragraphs: list[str], preface: int) -> None:
    made = divided("\n".join((*paragraphs, "一、主要任务", "办好学校。", "二、保障措施", "抓好落实。")))
    assert [each.text for each in made.preface] == paragraphs[:preface]
