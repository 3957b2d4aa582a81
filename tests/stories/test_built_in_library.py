"""The built-in library: every clause renders its sample, declares the names that it uses, and names no place."""

import re
from collections import Counter
from pathlib import Path

import pytest

from planwriter.app.session import Session
from planwriter.checks.gazetteer import find_places
from planwriter.clauses.bases import bases_of
from planwriter.clauses.clause import Clause, fits
from planwriter.clauses.library import open_folder
from planwriter.clauses.parameters import required_parameters
from planwriter.curation.check import check_library
from planwriter.fill.optional import cuts, without
from planwriter.model import Text
from planwriter.model.walk import walk_texts
from tests.each import assert_each
from tests.support import LEAD, TAIL, plan, render

LIBRARY = Session().built_in()
CLAUSES = LIBRARY.clauses()
KINDS = Session().kinds().value
_HOLE = re.compile(r"参数\.(\w+)")
LEAST = {
    "发展改革": 15, "工业和信息化": 15, "科技": 15, "园区": 15, "商务": 15, "财政": 15, "国资": 15, "金融": 15, "审计": 15,
    "统计": 15, "人社": 15, "医保": 15, "自然资源": 15, "林草": 15, "水利": 15, "农业农村": 15, "住房城乡": 15, "城管": 15,
    "交通运输": 15, "应急": 15, "市场监管": 15, "生态环境": 15, "卫生健康": 15, "民政": 15, "退役军人": 15, "文化旅游": 15,
    "公安": 15, "司法": 15, "政务服务": 15, "乡镇": 30, "机关党建": 20, "机关政务": 20, "总体要求": 30, "保障": 40, "学校": 30,
}  # fmt: skip
"""How many clauses each topic has at least: every bureau fifteen of its own, a township thirty."""


def test_the_library_is_sound_and_has_clauses_for_every_bureau() -> None:
    assert LIBRARY.findings == []
    assert LIBRARY.manifest is not None and LIBRARY.manifest.format == 2
    counts = Counter(clause.identifier.split("/")[0] for clause in CLAUSES)
    assert len(CLAUSES) >= 1000
    assert {topic: counts[topic] for topic, least in LEAST.items() if counts[topic] < least} == {}


def test_the_library_passes_the_check_of_libraries() -> None:
    assert check_library(LIBRARY, kinds=KINDS, own=("青山县", "云岭市")) == ()


def test_no_basis_is_out_of_force_and_each_confirmed_one_says_where() -> None:
    bases = bases_of(LIBRARY).value
    assert [key for key, basis in bases.items() if basis.is_repealed("2026-11-30")] == []
    assert [key for key, basis in bases.items() if basis.checked and len(basis.seen_in) < 1] == []
    cited = {key for clause in CLAUSES for key in clause.basis}
    assert cited == set(bases)


def test_at_least_a_third_of_the_clauses_have_a_short_wording() -> None:
    short = [each for clause in CLAUSES for each in clause.variants if each.name == "简"]
    assert len(short) >= len(CLAUSES) / 3
    lengths = [len(without(each.text.value, cuts(each.text.value, frozenset()))) for each in short]
    assert sum(30 <= length <= 90 for length in lengths) >= 0.95 * len(lengths)


# every wording, in a plan of a unit that may use it, under every rule

Group = tuple[str, tuple[int, int], str]
_PLANS = {
    "县": "文种: {kind}\n单位: 青山县人民政府\n地区: 青山县\n",
    "市": "文种: {kind}\n单位: 云岭市人民政府\n地区: 云岭市\n",
    "乡镇": "文种: {kind}\n单位: 柳林镇人民政府\n地区: {{名称: 柳林镇, 上级: 青山县}}\n",
    "校": "文种: {kind}\n单位: 青山县第一中学\n地区: 青山县\n",
}
_ALLOWED = frozenset(("PW210", "PW323", "PW440", "PW512"))
"""Findings on a plan of clauses alone: several on one matter, in one style, and no goals of its own."""


def _group(clause: Clause) -> Group:
    level = next((each for each in ("县", "市", "乡镇", "校") if not clause.levels or each in clause.levels), "县")
    return level, clause.years or (2026, 2026), (*clause.kinds, "工作要点")[0]


def _uses(clause: Clause, wording: str, *, is_filled: bool) -> str:
    needed = required_parameters(clause, clause.worded(wording))
    given = [
        f"{key.value}: '{value.value}'"
        for key, value in (clause.sample.arguments if clause.sample else ())
        if isinstance(value, Text) and (key.value in (_named(clause, wording) if is_filled else needed))
    ]
    variant = f"        变体: {wording}\n" if wording else ""
    arguments = f"        参数: {{{', '.join(given)}}}\n" if given else ""
    return f"      - 用: {clause.identifier}\n{variant}{arguments}"


def _named(clause: Clause, wording: str) -> set[str]:
    texts = (visit.text.value for visit in walk_texts((clause.worded(wording),)))
    return {name for text in texts for name in _HOLE.findall(text)}


def _plan(group: Group, clauses: list[tuple[Clause, str]], *, is_filled: bool) -> str:
    level, years, kind = group
    spans = next(each.multi_year for each in KINDS if each.name == kind)
    when = f"起止: [{years[0]}, {years[0] + 2}]\n" if spans else f"年度: {years[0]}\n"
    used = "".join(_uses(clause, wording, is_filled=is_filled) for clause, wording in clauses)
    return f"{_PLANS[level].format(kind=kind)}{when}{LEAD}重点任务:\n  - 章: 抓好各项工作\n    内容:\n{used}{TAIL}"


@pytest.mark.parametrize("is_filled", [True, False], ids=["with", "without"])
@pytest.mark.parametrize("topic", sorted(LIBRARY.topics()))
def test_every_wording_reads_well_with_and_without_its_figures(topic: str, is_filled: bool) -> None:
    groups: dict[Group, list[tuple[Clause, str]]] = {}
    for clause in LIBRARY.topic(topic):
        if clause.level_word in ("条", "段"):
            for wording in ("", *(each.name for each in clause.variants)):
                level, years, kind = _group(clause)
                level = wording if wording in _PLANS else level
                groups.setdefault((level, years, kind), []).append((clause, wording))
    for group, clauses in groups.items():
        made = plan(_plan(group, clauses, is_filled=is_filled))
        told = [(each.code, each.message) for each in made.findings if each.code not in _ALLOWED]
        assert told == []
        shown = render(made.document, "text").value if made.document else b""
        assert shown is not None and not re.search(r"[〔〕](?!\d)|｜|【|\{\{", shown.decode())


def test_a_clause_declares_what_it_uses_and_uses_what_it_declares() -> None:
    def check(clause: Clause) -> None:
        used = {name for text, _ in clause.texts() for name in _HOLE.findall(text.value)}
        assert used == {parameter.name for parameter in clause.parameters}

    assert_each(check, CLAUSES, lambda clause: clause.identifier)


def test_a_clause_names_no_place_and_is_punctuated_in_chinese() -> None:
    def check(clause: Clause) -> None:
        for text, _ in clause.texts():
            assert find_places(text.value) == () and "青山县" not in text.value and "云岭市" not in text.value
            assert not re.search(
                r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text.value.replace("{{", "").replace("}}", "")
            )

    assert_each(check, CLAUSES, lambda clause: clause.identifier)


@pytest.mark.parametrize(
    ("wanted", "fit"),
    [
        (">=0.1", True),
        (">=0.1, <1", True),
        ("==0.1.0", True),
        (">=2", False),
        ("<0.1", False),
        ("新版", False),
        ("0.1", True),
    ],
)
def test_a_library_can_ask_for_a_version(wanted: str, fit: bool) -> None:
    assert fits("0.1.0", wanted) is fit


def test_a_topic_file_that_cannot_be_read_is_reported_and_its_clauses_are_not_called_missing(tmp_path: Path) -> None:
    (tmp_path / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    (tmp_path / "甲.yaml").write_text("- {条款: 甲/一, 条: 题, 文: 话。}\n", "utf-8")
    (tmp_path / "乙.yaml").symlink_to(tmp_path / "没有")
    library = open_folder(str(tmp_path), "县库")
    assert [(each.code, each.pos.file) for each in library.findings] == [("PW101", "县库/乙.yaml")]
    assert library.find("甲/一") and library.unread("乙/一")
