"""A clause is added at the end of a file, or of the file of its topic in a library."""

from __future__ import annotations

from pathlib import Path

from planwriter.app.added_clause import add_to_file, add_to_library

CLAUSE = "- 条款: 教师队伍/师德宣讲\n  条: 开展师德宣讲\n  文: 每学期组织宣讲。\n"
FIRST = "# 本县的\n- 条款: 教师队伍/师德师风\n  条: 加强师德\n  文: 完善考核。\n"


def test_a_clause_is_added_behind_those_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "教师.yaml"
    path.write_text(FIRST, "utf-8")
    made = add_to_file(CLAUSE, "教师队伍/师德宣讲", str(path))
    assert (made.value, made.findings) == (str(path), ())
    text = path.read_text("utf-8")
    assert text.startswith(FIRST) and text.endswith(CLAUSE)


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = tmp_path / "新.yaml"
    assert add_to_file(CLAUSE, "教师队伍/师德宣讲", str(path)).value == str(path)
    assert path.read_text("utf-8").endswith(CLAUSE)


def test_a_library_has_a_file_for_each_topic(tmp_path: Path) -> None:
    (tmp_path / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    (tmp_path / "教师.yaml").write_text(FIRST, "utf-8")
    assert add_to_library(CLAUSE, "教师队伍/师德宣讲", str(tmp_path)).value == str(tmp_path / "教师.yaml")
    again = add_to_library(CLAUSE, "教师队伍/师德宣讲", str(tmp_path))
    assert again.value is None and [each.code for each in again.findings] == ["PW313"]


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    made = add_to_library(CLAUSE, "教师队伍/师德宣讲", str(tmp_path / "没有"))
    assert made.value is None and [each.code for each in made.findings] == ["PW302"]
    assert list(tmp_path.iterdir()) == []
