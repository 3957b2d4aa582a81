"""用语.yaml, the terms of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.own_terms import read_own_terms
from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from tests.support import LEAD, TAIL

_PLAN = f"文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n{LEAD}重点任务:\n  - 章: 抓好宣传\n    内容:\n      - 条: 宣传报道\n        文: 请县电视台报道，会同县水务局建立台帐。\n{TAIL}"


def _workspace(folder: Path, terms: str) -> str:
    (folder / "planwriter.yaml").write_text("", encoding="utf-8")
    (folder / "用语.yaml").write_text(terms, encoding="utf-8")
    return str(folder / "planwriter.yaml")


def test_the_terms_of_a_workspace_are_used(tmp_path: Path) -> None:
    path = _workspace(tmp_path, "用语:\n  - 对的说法: 县融媒体中心\n    错的说法: [县电视台]\n可用的词: [台帐]\n")
    (tmp_path / "要点.yaml").write_text(_PLAN, encoding="utf-8")
    found = plan_file(Session(path), str(tmp_path / "要点.yaml")).findings
    assert [(each.code, bool(each.remedy)) for each in found if each.code >= "PW520"] == [("PW533", True)]


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ("用语:\n  - 对的说法: 甲\n", ["PW202"]),
        ("用语:\n  - 县融媒体中心\n", ["PW534"]),
        ("用语:\n  - 对的说法: 甲\n    错的说法: [甲, 乙]\n", ["PW534"]),
        ("用词: []\n", ["PW201"]),
        ("用语:\n", []),
        ("可用的词: [甲]\n", []),
    ],
)
def test_what_is_wrong_in_the_file_is_told(terms: str, codes: list[str], tmp_path: Path) -> None:
    assert [each.code for each in read_own_terms(_workspace(tmp_path, terms)).findings] == codes


def test_without_a_file_there_are_no_terms(tmp_path: Path) -> None:
    assert read_own_terms(None).value.wrong == () == read_own_terms(str(tmp_path / "planwriter.yaml")).value.wrong
