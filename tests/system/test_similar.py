"""A missing file's name leads to the file that was meant, and to no other."""

from pathlib import Path

import pytest

from planwriter.system.files import read_file
from planwriter.system.similar import similar_files


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("要点.yaml", "要点.yaml.txt"),
        ("要点.yaml", "要点.yml"),
        ("要点.yaml", "要点.yaml.yaml"),
        ("要点.yaml", "要点.txt"),
        ("要点.yaml", "要点 .yaml"),
        ("要点2026.yaml", "要点２０２６.yaml"),
        ("要点.yaml", "要点.YAML"),
        ("要点.yaml", "要点。yaml"),
        ("要点(1).yaml", "要点（1）.yaml"),
        ("要点 2.yaml", "要点2.yaml"),
        ("要点", "要点.yaml"),
        ("要点.yaml.txt", "要点.yaml"),
        ("指标.xlsx", "指标.xlsx.xlsx"),
        ("指标.xlsx", "指标　.xlsx"),
        ("“要点.yaml”", "要点.yaml"),
    ],
)
def test_the_file_that_was_meant_is_named(typed: str, there: str, tmp_path: Path) -> None:
    (tmp_path / there).touch()
    read = read_file(str(tmp_path / typed), typed)
    quoting = "（名字里有空格的，两边加英文双引号）" if " " in there else ""
    assert [each.message for each in read.findings] == [
        f"读不到文件：没有这个文件；旁边有“{there}”，是不是它{quoting}。"
    ]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("要点.yaml", "要点2.yaml"),
        ("要点.yaml", "要点.docx"),
        ("要点.yaml", "要点（改前 1）.yaml"),
        ("指标.xlsx", "指标.csv"),
        ("2026.1.yaml", "2026.2.yaml"),
        ("要点.yaml", "计划.yaml.txt"),
    ],
)
def test_a_different_file_is_not_named(typed: str, there: str, tmp_path: Path) -> None:
    (tmp_path / there).touch()
    assert similar_files(str(tmp_path / typed)) == ()


def test_at_most_three_are_named_and_a_missing_folder_has_none(tmp_path: Path) -> None:
    for name in ("要点.yml", "要点.txt", "要点.yaml.txt", "要点 .yaml"):
        (tmp_path / name).touch()
    assert len(similar_files(str(tmp_path / "要点.yaml"))) == 3
    assert similar_files(str(tmp_path / "没有" / "要点.yaml")) == ()


@pytest.mark.parametrize("typed", ["要点", "（定稿）.yaml"])
def test_a_name_with_a_space_that_was_typed_without_quotes_is_named(typed: str, tmp_path: Path) -> None:
    (tmp_path / "要点 （定稿）.yaml").touch()
    assert similar_files(str(tmp_path / typed)) == ("要点 （定稿）.yaml",)


def test_of_a_name_without_an_ending_the_outline_comes_first(tmp_path: Path) -> None:
    for name in ("要点.docx", "要点.yaml"):
        (tmp_path / name).touch()
    assert similar_files(str(tmp_path / "要点")) == ("要点.yaml",)


def test_a_folder_leads_to_the_outlines_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "计划").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "里面有" not in read_file("计划").findings[0].message
    (tmp_path / "计划" / "要点.yaml").touch()
    assert (
        read_file("计划").findings[0].message
        == "读不到文件：这是文件夹，不是文件；里面有“计划/要点.yaml”，写文件的名字。"
    )
