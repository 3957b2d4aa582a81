"""Libraries in order of priority: the first clause counts, and a clause may state only what differs from its base."""

import pytest

from planwriter.clauses.library import Library, open_files
from planwriter.clauses.stack import LibraryStack, near_clause

CITY = """\
- 条款: 教师/师德
  条: 加强师德建设
  文: "{{ 全域 }}开展师德宣讲{{ 参数.场次 }}场。"
  参数: {场次: {类型: 整数, 说明: 每年场次, 默认: 5}}
  变体: {简: 加强师德建设。}
  示例: {参数: {场次: 6}, 文本: 全县开展师德宣讲6场。}
  标签: [师德]
- 条款: 教师/培训
  条: 加强教师培训
  文: 抓好培训。
"""


def library(name: str, clauses: str) -> Library:
    manifest = f"名称: {name}\n版本: 1.0.0\n".encode()
    return open_files({"library.yaml": manifest, "教师.yaml": clauses.encode()}, name)


def stack(*clauses: str) -> LibraryStack:
    """The county's library before the city's."""
    return LibraryStack([library(f"库{number}", each) for number, each in enumerate((*clauses, CITY))])


def test_the_nearest_library_supplies_a_clause_and_shadows_the_remaining_ones() -> None:
    resolved = stack("- {条款: 教师/师德, 条: 抓师德, 文: 县里的。}\n").resolve("教师/师德")
    assert resolved is not None
    assert (resolved.clause.text, resolved.library.shown) == ("县里的。", "库0")
    assert [(each.shown, clause.title) for each, clause in resolved.hidden] == [("库1", "加强师德建设")]


def test_a_clause_of_a_farther_library_is_found_through_nearer_ones() -> None:
    resolved = stack("- {条款: 教师/师德, 条: 抓师德, 文: 县里的。}\n").resolve("教师/培训")
    assert resolved is not None and resolved.library.shown == "库1" and not resolved.hidden
    assert stack("").resolve("教师/没有") is None


def test_a_clause_based_on_the_one_it_hides_changes_only_what_it_says() -> None:
    made = stack("- {条款: 教师/师德, 基于: 教师/师德, 参数: {场次: {默认: 8}}}\n")
    resolved = made.resolve("教师/师德")
    assert resolved is not None and not made.findings
    clause = resolved.clause
    assert (clause.title, clause.tags, clause.text[:2]) == ("加强师德建设", ("师德",), "{{")
    (parameter,) = clause.parameters
    assert parameter.default is not None
    assert (parameter.name, parameter.type, parameter.default.value) == ("场次", "整数", "8")
    assert clause.sample is not None and clause.variants
    assert [library.shown for library, _ in resolved.bases] == ["库1"] and not resolved.hidden


def test_a_changed_text_takes_neither_the_sample_nor_the_variants_of_the_old_one() -> None:
    clause = stack("- {条款: 教师/师德, 基于: 教师/师德, 文: 另一段话。}\n").find("教师/师德")
    assert clause is not None
    assert (clause.text, clause.sample, clause.variants) == ("另一段话。", None, ())


def test_a_changed_level_replaces_that_of_the_base() -> None:
    clause = stack("- {条款: 教师/师德, 基于: 教师/师德, 款: 抓师德}\n").find("教师/师德")
    assert clause is not None and (clause.level_word, clause.title) == ("款", "抓师德")


def test_bases_go_on_through_libraries_and_to_clauses_of_other_names() -> None:
    made = stack(
        "- {条款: 教师/师德, 基于: 教师/师德, 标签: [近]}\n",
        "- {条款: 教师/师德, 基于: 教师/旧师德, 条: 新标题}\n- {条款: 教师/旧师德, 条: 旧标题, 文: 旧话。}\n",
    )
    resolved = made.resolve("教师/师德")
    assert resolved is not None and not made.findings
    assert (resolved.clause.title, resolved.clause.text, resolved.clause.tags) == ("新标题", "旧话。", ("近",))
    assert [base.identifier for _, base in resolved.bases] == ["教师/师德", "教师/旧师德"]


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ("- {条款: 教师/甲, 基于: 教师/没有, 文: 话。}\n", "PW301"),
        ("- {条款: 教师/甲, 基于: 教师/甲, 文: 话。}\n", "PW301"),
        ("- {条款: 教师/甲, 基于: 教师/乙}\n- {条款: 教师/乙, 基于: 教师/甲}\n", "PW307"),
        ("- {条款: 教师/甲, 基于: 教师/师德, 参数: {场次: {默认: 8, 上限: 9}}}\n", "PW201"),
        ("- {条款: 教师/甲, 基于: 教师/师德, 参数: {地点: {默认: 8}}}\n", "PW305"),
    ],
)
def test_a_base_that_does_not_hold_is_reported_where_it_stands(clauses: str, code: str) -> None:
    made = stack(clauses)
    made.find("教师/甲")
    assert [each.code for each in made.findings] == [code]
    assert made.findings[0].pos.file == "库0/教师.yaml" and made.findings[0].pos.line


def test_the_library_behind_all_others_is_opened_when_a_clause_is_asked_for() -> None:
    opened = []

    def last() -> Library:
        opened.append(True)
        return library("最后", CITY)

    made = LibraryStack([], last)
    assert not made.opened and not opened
    assert made.find("教师/培训") is not None
    assert opened == [True] and [each.shown for each in made.opened] == ["最后"]


def test_a_library_is_checked_with_the_clauses_that_its_own_are_based_on() -> None:
    from planwriter.app.session import Session
    from planwriter.curation.check import check_library

    kinds = Session().kinds().value
    near = library("县库", "- {条款: 教师/师德, 基于: 教师/师德, 参数: {场次: {默认: 8}}}\n")
    assert check_library(near, (library("市库", CITY),), kinds=kinds) == ()
    assert [each.code for each in check_library(near, (), kinds=kinds)] == ["PW301"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("财政/预算", "是不是“财政/预算执行”“财政/零基预算”？"),
        ("财政/行执算预", "是不是“财政/预算执行”"),
        ("财政/国库", "“财政”里有：预算执行、零基预算、三保。"),
        ("财经/三保", "是不是“财政/三保”？"),
        ("没有/没见过的", "找一找：planwriter library search 没见过的。"),
    ],
)
def test_a_clause_that_is_missing_has_those_of_its_topic_named(typed: str, hint: str) -> None:
    known = [f"民政/第{n}条" for n in range(20)] + ["财政/预算执行", "财政/零基预算", "财政/三保"]
    assert near_clause(typed, known).startswith(hint)
