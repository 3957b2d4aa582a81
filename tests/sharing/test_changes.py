"""The changes between two versions, and the version number that they require."""

import pytest

from planwriter.clauses.clause import Clause
from planwriter.language.versions import Version, parse_version
from planwriter.sharing.changes import Change, Demand, compare, demanded, least_version
from planwriter.sharing.contents import read_contents
from planwriter.sharing.notes import render_notes
from planwriter.sharing.release import make_release, pack_library, previous_version
from tests.sharing.packages import CLAUSE, SECOND, library, opened, packed

BASE = """\
- 条款: 教师/师德
  条: 加强师德建设
  文: 每年宣讲{{ 参数.场次 }}场。确保全员参加。{{ 参数.办法 }}{{ 参数.比例 }}
  参数:
    场次: {类型: 整数, 默认: 5, 最小: 1, 最大: 9}
    办法: {类型: 选项, 可选: [甲, 乙], 默认: 甲}
    比例: {类型: 百分数}
  变体: {简: 每年宣讲。}
  适用: {文种: [工作要点, 实施方案], 级别: [县], 年度: [2023, 2027]}
  依据: [教师法]
  标签: [师德]
  示例: {参数: {比例: 90}, 文本: 每年宣讲5场。}
"""


def _clauses(text: str) -> tuple[Clause, ...]:
    read = read_contents({"甲.yaml": text.encode()}, "库")
    assert read.findings == ()
    return read.value


def _changes(old: str, new: str) -> tuple[Change, ...]:
    return compare(_clauses(old), _clauses(new))


@pytest.mark.parametrize(
    ("old", "new", "demand", "words"),
    [
        ("加强师德建设\n  文: 每年", "加强师德建设\n  文: 每一年", Demand.PATCH, "改了文字"),
        ("[教师法]", "[教师法, 教育法]", Demand.PATCH, "改了依据"),
        ("[师德]", "[师德, 教师]", Demand.PATCH, "改了标签"),
        ("5场。}\n", "6场。}\n", Demand.PATCH, "改了示例"),
        ("每年宣讲。}", "每年都宣讲。}", Demand.PATCH, "改了变体“简”的文字"),
        ("{简: 每年宣讲。}", "{简: 每年宣讲。, 繁: 年年宣讲。}", Demand.MINOR, "新增变体“繁”"),
        ("{简: 每年宣讲。}", "{短: 每年宣讲。}", Demand.MAJOR, "删去了变体“简”"),
        ("  条: 加强", "  款: 加强", Demand.MAJOR, "层级从条改成款"),
        ("全员参加。{{", "全员参加。{{ 指标.入园率 }}{{", Demand.MAJOR, "要求提纲里有指标“入园率”"),
        ("    比例:", "    备注: {类型: 文本}\n    比例:", Demand.MAJOR, "新增必须给出的参数“备注”"),
        ("    比例:", "    备注: {类型: 文本, 默认: 无}\n    比例:", Demand.MINOR, "新增参数“备注”，默认无"),
        ("    比例: {类型: 百分数}\n", "", Demand.MAJOR, "删去了参数“比例”"),
        ("    比例:", "    占比:", Demand.MAJOR, "参数“比例”改名为“占比”"),
        ("类型: 整数", "类型: 小数", Demand.MAJOR, "参数“场次”的类型从整数改成小数"),
        ("默认: 5, ", "", Demand.MAJOR, "参数“场次”不再有默认值，必须给出"),
        ("默认: 5", "默认: 6", Demand.MINOR, "参数“场次”的默认值从5改为6"),
        ("最小: 1", "最小: 2", Demand.MAJOR, "参数“场次”的范围收窄：最小改为2"),
        ("最小: 1", "最小: 0", Demand.MINOR, "参数“场次”的范围放宽：最小改为0"),
        (", 最大: 9", "", Demand.MINOR, "参数“场次”的范围放宽：最大不限了"),
        ("最大: 9", "最大: 8", Demand.MAJOR, "参数“场次”的范围收窄：最大改为8"),
        ("{类型: 百分数}", "{类型: 百分数, 最小: 0, 最大: 50}", Demand.MAJOR, "参数“比例”的范围收窄：最大改为50"),
        ("[甲, 乙]", "[甲]", Demand.MAJOR, "参数“办法”不能再选“乙”"),
        ("[甲, 乙]", "[甲, 乙, 丙]", Demand.MINOR, "参数“办法”还可以选“丙”"),
        ("类型: 整数,", "类型: 整数, 说明: 场数,", Demand.PATCH, "参数“场次”改了说明或单位"),
        ("[工作要点, 实施方案]", "[工作要点]", Demand.MAJOR, "适用的文种收窄为工作要点"),
        ("文种: [工作要点, 实施方案], ", "", Demand.MINOR, "适用的文种放宽为不限"),
        ("级别: [县]", "级别: [县, 市]", Demand.MINOR, "适用的级别放宽为县、市"),
        ("级别: [县]", "级别: [市]", Demand.MAJOR, "适用的级别收窄为市"),
        ("[2023, 2027]", "[2023, 2030]", Demand.MINOR, "适用的年度放宽为2023－2030"),
        ("[2023, 2027]", "[2024, 2030]", Demand.MAJOR, "适用的年度收窄为2024－2030"),
    ],
)
def test_each_change_is_reported_and_weighed(old: str, new: str, demand: Demand, words: str) -> None:
    assert old in BASE
    changes = _changes(BASE, BASE.replace(old, new, 1))
    assert (demand, words) in [(each.demand, each.words) for each in changes]
    assert demanded(changes) is demand


def test_nothing_changed_is_no_change() -> None:
    assert _changes(BASE, "# 说明\n" + BASE) == () and demanded(()) is None


def test_clauses_come_go_and_change_their_names() -> None:
    assert [(each.demand, each.clause, each.words) for each in _changes(CLAUSE, SECOND)] == [
        (Demand.MAJOR, "教师/师德", "删去了"),
        (Demand.MINOR, "校园/食堂", "新增：办好食堂"),
    ]
    renamed = _changes(
        CLAUSE + SECOND, CLAUSE.replace("教师/师德", "教师/师德师风").replace("全员参加", "全员都参加") + SECOND
    )
    assert [(each.demand, each.clause, each.words) for each in renamed] == [
        (Demand.MAJOR, "教师/师德", "改名为“教师/师德师风”"),
        (Demand.PATCH, "教师/师德师风", "改了文字"),
    ]


def test_the_sentences_that_changed_are_shown_before_and_after() -> None:
    (change,) = _changes(SECOND, SECOND.replace("陪餐。", "每餐陪餐。做好记录。"))
    assert change.wordings == (("学校负责人陪餐。", "学校负责人每餐陪餐。做好记录。"),)
    bundle = opened(packed(library("1.2.1")))
    assert render_notes(bundle.manifest, "1.2.0", (change,)) == (
        "# 教育条款 1.2.1\n\n和 1.2.0 相比：1 处文字和其他改动。\n\n## 文字和其他改动\n\n"
        "- 校园/食堂：改了文字\n  - 原：学校负责人陪餐。\n  - 改为：学校负责人每餐陪餐。做好记录。\n"
    )


def test_foreign_texts_are_no_markdown() -> None:
    (change,) = _changes(SECOND, SECOND.replace("陪餐。", "陪餐*[x](http://x)<b>。"))
    notes = render_notes(opened(packed()).manifest, "1.0.0", (change,))
    assert "\\*\\[x\\](http://x)\\<b\\>" in notes


@pytest.mark.parametrize(
    ("before", "demand", "wanted"),
    [
        ("1.2.3", Demand.MAJOR, "2.0.0"),
        ("1.2.3", Demand.MINOR, "1.3.0"),
        ("1.2.3", Demand.PATCH, "1.2.4"),
        ("1.2.3", None, "1.2.4"),
        ("0.2.3", Demand.MAJOR, "0.3.0"),
        ("0.2.3", Demand.MINOR, "0.2.4"),
        ("0.2.3", Demand.PATCH, "0.2.4"),
        ("2.0.0-rc.1", Demand.MAJOR, "2.0.0"),
        ("1.3.0-rc.1", Demand.MINOR, "1.3.0"),
        ("1.3.0-rc.1", Demand.MAJOR, "2.0.0"),
        ("1.2.4-rc.1", Demand.PATCH, "1.2.4"),
    ],
)
def test_a_version_rises_as_far_as_the_change_demands(before: str, demand: Demand | None, wanted: str) -> None:
    version = parse_version(before)
    assert version is not None and str(least_version(version, demand)) == wanted


def test_a_version_follows_the_highest_that_is_not_higher() -> None:
    out = [Version(1, 2), Version(1, 3), Version(2)]
    assert previous_version(out, Version(1, 2, 1)) == Version(1, 2)
    assert previous_version(out, Version(1, 3)) == Version(1, 3)
    assert previous_version(out, Version(0, 9)) == Version(1, 2)
    assert previous_version([], Version(1)) is None


def _released(version: str, clauses: str, before: str = "1.2.0", name: str = "教育条款") -> list[str]:
    bundle = pack_library(library(version, clauses, name), "库").value
    assert bundle is not None
    made = make_release(bundle, "库", opened(packed(library(before))))
    return [each.code for each in made.findings]


def test_a_release_whose_number_is_too_small_is_refused() -> None:
    assert _released("1.3.0", CLAUSE) == ["PW337"] and _released("2.0.0", CLAUSE) == [] == _released(
        "2.0.0-rc.1", CLAUSE
    )
    more = CLAUSE + SECOND + SECOND.replace("食堂", "宿舍")
    assert _released("1.2.1", more) == ["PW337"] and _released("1.3.0", more) == []
    assert _released("1.1.9", CLAUSE + SECOND) == ["PW337"] and _released("1.2.1", CLAUSE + SECOND) == []
    assert _released("1.2.0", CLAUSE + SECOND + "# 说明\n") == ["PW338"] and _released("1.2.0", CLAUSE + SECOND) == []
    assert _released("0.3.0", CLAUSE, "0.2.0") == [] and _released("0.2.1", CLAUSE, "0.2.0") == ["PW337"]
    assert _released("2.0.0", CLAUSE, name="别的条款") == ["PW212"]


def test_thousands_of_clauses_are_compared_soon() -> None:
    old = "".join(f"- 条款: 甲/{number}\n  文: {'认真落实' * 30}{number}。\n" for number in range(1_500))
    assert len(_changes(old, old.replace("甲/", "乙/"))) == 3_000
    few = "".join(f"- 条款: 甲/{number}\n  文: {chr(0x4E00 + number) * 9_000}。\n" for number in range(90))
    assert {each.words[:3] for each in _changes(few, few.replace("甲/", "乙/"))} == {"改名为"}
    many = f"- 条款: 甲/一\n  文: {'好。' * 9_000}\n"
    assert len(_changes(many, many.replace("好。\n", "很好。\n"))) == 1
