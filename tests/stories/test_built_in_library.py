"""The built-in library: every clause renders its sample, declares the names that it uses, and names no place."""

import re
from pathlib import Path

import pytest

from planwriter.app.session import Session
from planwriter.checks.gazetteer import find_places
from planwriter.clauses.clause import Clause, fits
from planwriter.clauses.library import open_folder
from planwriter.clauses.walk import clause_texts
from planwriter.curation.check import check_library
from planwriter.curation.check.samples import check_sample, sample_text
from planwriter.model import Section, Text, Use

LIBRARY = Session().built_in()
CLAUSES = LIBRARY.clauses()
KINDS = Session().kinds().value
_HOLE = re.compile(r"参数\.(\w+)")
TOPICS = [
    "党建",
    "德育",
    "学前教育",
    "义务教育",
    "普通高中",
    "职业教育",
    "特殊教育",
    "教师队伍",
    "校园安全",
    "双减",
    "教育信息化",
    "学生资助",
    "教育督导",
    "项目建设",
    "招生考试",
    "语言文字",
    "保障",
    "总体要求",
    "卫生健康",
    "农业农村",
    "文化旅游",
    "市场监管",
    "生态环境",
    "民政",
    "人社",
    "住房城乡",
    "交通运输",
    "应急",
]


def test_the_library_is_sound_and_large_enough() -> None:
    assert LIBRARY.findings == []
    assert LIBRARY.manifest is not None and LIBRARY.manifest.name
    assert len(CLAUSES) >= 80
    assert {clause.identifier.split("/")[0] for clause in CLAUSES} >= set(TOPICS)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_gives_its_sample(clause: Clause) -> None:
    assert clause.sample is not None
    assert sample_text(clause, LIBRARY.find, KINDS) == clause.sample.text
    assert check_sample(clause, LIBRARY.find, KINDS) == []


def test_the_library_passes_the_check_of_libraries() -> None:
    assert check_library(LIBRARY, kinds=KINDS, own=("青山县", "云岭市"), on="2026-01-01") == ()


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_declares_what_it_uses_and_uses_what_it_declares(clause: Clause) -> None:
    texts = [text.value for text in clause_texts(clause.block)] + [text.value for _, text in clause.variants]
    passed = [
        argument.value
        for child in (clause.block.children if isinstance(clause.block, Section) else ())
        if isinstance(child, Use)
        for _, argument in child.arguments
        if isinstance(argument, Text)
    ]
    used = {name for text in [*texts, *passed] for name in _HOLE.findall(text)}
    assert used == {parameter.name for parameter in clause.parameters}


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_names_no_place_and_is_punctuated_in_chinese(clause: Clause) -> None:
    for text in [*clause_texts(clause.block), *(text for _, text in clause.variants)]:
        assert find_places(text.value) == () and "青山县" not in text.value and "云岭市" not in text.value
        assert not re.search(
            r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text.value.replace("{{", "").replace("}}", "")
        )


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
