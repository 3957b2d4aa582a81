"""Files made by other programs, and broken files: the audit ends in findings, never in a traceback."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwriter.audit.audit import audit_docx, read_case
from planwriter.audit.flaws import Case
from planwriter.audit.roles import classify
from planwriter.audit.traces import traces
from planwriter.findings.finding import Finding
from planwriter.readers.docx.read import read_docx
from tests.audit.foreign import (
    BROKEN,
    PARAMETERS,
    TEXT,
    by_hand,
    by_libreoffice_from_html,
    by_pandoc,
    by_python_docx,
    parameters,
    soffice,
    tree,
    with_content_controls,
    with_strict_namespace,
    with_tracked_changes,
)
from tests.audit.planting import good, layout
from tests.readers.docx.making import MAIN, body, packed, para


def audit(data: bytes) -> tuple[Finding, ...]:
    return audit_docx(data, "来文.docx", layout())


def codes(data: bytes) -> set[str]:
    return {each.code for each in audit(data)}


# ten programs


@pytest.mark.parametrize("program", PARAMETERS)
def test_a_foreign_file_ends_in_findings(program: Callable[[Path], bytes], tmp_path: Path) -> None:
    found = audit(program(tmp_path))
    assert "PW650" not in {each.code for each in found}
    if program in (with_tracked_changes, with_content_controls):
        assert not found, found
    else:
        assert found


@pytest.mark.parametrize("program", parameters(by_python_docx, by_pandoc, by_libreoffice_from_html, by_hand))
def test_the_labels_and_the_page_number_of_a_foreign_file_are_seen(
    program: Callable[[Path], bytes], tmp_path: Path
) -> None:
    assert {"PW655", "PW668"} <= codes(program(tmp_path))


@pytest.mark.libreoffice
def test_our_file_stays_good_after_libreoffice_saved_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "made.docx").write_bytes(good())
    command = [*soffice(tmp_path), "--outdir", str(tmp_path), str(tmp_path / "in" / "made.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    data = (tmp_path / "made.docx").read_bytes()
    case = read_case(data, "来文.docx", layout())
    assert isinstance(case, Case)
    assert not list(traces(case, "来文.docx"))
    found = audit(data)
    assert not [
        each for each in found if each.code in ("PW651", "PW652", "PW660", "PW661", "PW668", "PW671", "PW672")
    ], found


def test_a_strict_file_is_read_with_its_units() -> None:
    paper = read_docx(with_strict_namespace(Path()))
    assert [each.words for each in paper.paragraphs] == list(TEXT)
    assert paper.sections[0].width == 11906 and paper.sections[0].top == 2098


def test_deletions_are_left_out_and_insertions_read() -> None:
    first, second = (classify(read_docx(data)) for data in (good(), with_tracked_changes(Path())))
    assert [(each.role, each.para.text) for each in first] == [(each.role, each.para.text) for each in second]


def test_lists_that_word_counts_have_their_labels() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, form, shown in (
            (0, "chineseCountingThousand", "%1、"),
            (1, "chineseCounting", "（%2）"),
            (2, "decimal", "%3."),
        )
    )
    numbering = (
        f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    inner = "".join(
        para("字", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>') for depth in (0, 1, 1, 2, 0, 1)
    )
    paper = read_docx(packed(body(inner), numbering=numbering))
    assert [each.label for each in paper.paragraphs] == ["一、", "（一）", "（二）", "1.", "二、", "（一）"]


# broken files


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_in_one_finding(name: str) -> None:
    found = audit(BROKEN[name]())
    assert [each.code for each in found] == ["PW650"], found
    assert "/etc" not in found[0].message and "root:" not in found[0].message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=12))
def test_no_change_of_bytes_breaks_it(at: int, junk: bytes) -> None:
    data = good()
    at %= len(data)
    audit(data[:at] + junk + data[at + len(junk) :])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(tree(), max_size=4))
def test_no_tree_of_known_elements_breaks_it(trees: list[str]) -> None:
    inner = "".join(trees)
    audit(
        packed(
            body(para("题目") + inner),
            styles=f'<w:styles xmlns:w="{MAIN}">{inner}</w:styles>',
            settings=f'<w:settings xmlns:w="{MAIN}">{inner}</w:settings>',
        )
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(
            st.sampled_from("一二三十百、（）().123附件：:《》〔〕[]号年月日抄送印发。，此页无正文 　\t“”0○〇"),
            max_size=14,
        ),
        max_size=12,
    )
)
def test_no_text_breaks_it(lines: list[str]) -> None:
    audit(packed(body("".join(para(line) for line in lines) + para("字"))))


def _centred(text: str) -> str:
    return (
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    )


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (["青山县民政局关于印发《民政", "工作要点》的通知"], ["title", "title", "recipients"]),
        (["青山县民政局工作要点", "（2026年3月）"], ["title", "subtitle", "recipients"]),
    ],
)
def test_a_title_in_the_type_of_the_text_goes_on_over_its_lines(lines: list[str], roles: list[str]) -> None:
    text = "".join(map(_centred, lines)) + para("各乡镇人民政府、街道办事处，局机关各股室：") + para("现印发给你们。")
    assert [each.role for each in classify(read_docx(packed(body(text))))][:3] == roles
