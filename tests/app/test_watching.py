"""The rounds of watching an outline."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.session import Session
from planwriter.app.watching import Round, make_round
from planwriter.findings.finding import Finding

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
总体要求: 办好教育。
重点任务:
  - 章: 办好学前教育
    内容:
      - 条: 建设幼儿园
        文: 全年新建5所。
保障措施:
  - 章: 强化保障
    内容:
      - 条: 加强领导
        文: 落实责任。
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "要点.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path / "要点.yaml"


def made(path: Path, before: Round | None = None) -> tuple[Round, list[bytes]]:
    """A round, and what it wrote."""
    written: list[bytes] = []

    def write(data: bytes) -> tuple[Finding, ...]:
        written.append(data)
        return ()

    return make_round(Session, str(path), "text", write, before), written


def test_the_first_round_writes_the_document(path: Path) -> None:
    first, written = made(path)
    assert first.done and len(written) == 1 and first.sentences == ()
    assert str(path) in first.files and first.named == 1 and first.is_current()


def test_what_was_saved_is_seen_and_told_by_sentences(path: Path) -> None:
    first, _ = made(path)
    path.write_text(OUTLINE.replace("5所", "6所"), "utf-8")
    assert not first.is_current()
    second, written = made(path, first)
    assert second.done and len(written) == 1
    assert [(each.before, each.after) for each in second.sentences] == [("全年新建5所。", "全年新建6所。")]


def test_a_round_with_errors_writes_nothing_and_the_next_goes_on(path: Path) -> None:
    first, _ = made(path)
    path.write_text(OUTLINE.replace("年度: 2026", "年度: [").replace("5所", "6所"), "utf-8")
    second, written = made(path, first)
    assert not second.done and written == [] and second.new != () and second.sentences == ()
    path.write_text(OUTLINE.replace("5所", "7所"), "utf-8")
    third, written = made(path, second)
    assert third.done and third.gone == len(second.new) and third.new == ()
    assert [(each.before, each.after) for each in third.sentences] == [("全年新建5所。", "全年新建7所。")]


def test_a_file_that_vanished_is_a_finding_and_its_return_is_seen(path: Path) -> None:
    first, _ = made(path)
    path.unlink()
    assert not first.is_current()
    second, written = made(path, first)
    assert not second.done and written == [] and "PW101" in [each.code for each in second.new]
    assert second.is_current() and str(path) in second.files
    path.write_text(OUTLINE, "utf-8")
    assert not second.is_current()
    third, _ = made(path, second)
    assert third.done and third.sentences == ()


def test_a_workspace_file_that_comes_is_seen(path: Path) -> None:
    first, _ = made(path)
    (path.parent / "planwriter.yaml").write_text("# 设置\n", "utf-8")
    assert not first.is_current()
