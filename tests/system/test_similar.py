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
    ],
)
def test_the_file_that_was_meant_is_named(typed: str, there: str, tmp_path: Path) -> None:
    (tmp_path / there).touch()
    read = read_file(str(tmp_path / typed), typed)
    assert [each.message for each in read.findings] == [f"读不到文件：没有这个文件；旁边有“{there}”，是不是它。"]


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
