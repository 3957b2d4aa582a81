"""Many .docx to PDF: programs in LibreOffice's place that crash, hang or skip a file, and the real one."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

import pytest

from planwriter.findings.finding import Result
from planwriter.system import office
from planwriter.writers import pdf_groups
from planwriter.writers.pdf import docx_to_pdf
from planwriter.writers.pdf_groups import docx_to_pdfs
from tests.support import render
from tests.writers.framed import DOCUMENTS

posix = pytest.mark.skipif(os.name != "posix", reason="the programs in LibreOffice's place are shell scripts")
_OFFICE = """\
echo run >> "{folder}/runs"
for file; do
  case "$file" in *.docx) ;; *) continue ;; esac
  case "$(cat "$file")" in
    crash*) echo "$(cat "$file")" >&2; kill -9 $$ ;;
    hang*) sleep 600 & wait ;;
    skip*) echo "source file could not be loaded" >&2; continue ;;
    slow*) sleep 0.4 ;;
  esac
  {{ printf '%%PDF-1.6 '; cat "$file"; }} > "${{file%.docx}}.pdf"
done
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place; the folder for temporary folders is empty again after every run."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n" + _OFFICE.format(folder=tmp_path), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(office.VARIABLE, str(program))
    return folder


def made(words: list[str], lanes: int = 2, time_limit: float = 10) -> list[Result[bytes | None]]:
    return list(docx_to_pdfs([word.encode() for word in words], lanes=lanes, time_limit=time_limit))


def runs(place: Path) -> int:
    return (place.parent / "runs").read_text("utf-8").count("run")


@posix
@pytest.mark.parametrize(("count", "lanes"), [(1, 2), (2, 2), (7, 3), (20, 2), (3, 8)])
def test_each_document_gets_its_own_pdf_in_order_and_one_program_a_lane(place: Path, count: int, lanes: int) -> None:
    words = [f"document {number}" for number in range(count)]
    assert [each.value for each in made(words, lanes)] == [f"%PDF-1.6 {word}".encode() for word in words]
    assert runs(place) == min(count, lanes)
    assert os.listdir(place) == []


@posix
def test_a_large_batch_is_converted_in_groups_of_a_bounded_size(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_groups, "MAX_GROUP", 3)
    words = [f"{number}" for number in range(20)]
    assert [each.value for each in made(words)] == [f"%PDF-1.6 {word}".encode() for word in words]
    assert runs(place) == 8, "two at a time, and two of one each at the end"


@posix
@pytest.mark.parametrize("bad", ["crash", "hang", "skip"])
def test_the_file_that_a_group_fails_at_is_named_and_the_others_are_made(place: Path, bad: str) -> None:
    """Its finding is that of a single conversion."""
    words = [f"{number}" for number in range(9)]
    words[4] = bad
    results = made(words, lanes=1, time_limit=1)
    alone = docx_to_pdf(bad.encode(), time_limit=1)
    assert [each.value for each in results] == [None if word == bad else f"%PDF-1.6 {word}".encode() for word in words]
    assert alone.value is None and results[4].findings == alone.findings
    assert [each.code for each in alone.findings] == ["PW806"]
    assert os.listdir(place) == []


@posix
def test_several_bad_files_in_one_group_are_each_named(place: Path) -> None:
    words = ["crash", "a", "skip", "crash", "b", "skip", "crash"]
    results = made(words, lanes=1)
    assert [each.value is None for each in results] == [word in ("crash", "skip") for word in words]


@posix
def test_the_time_limit_is_that_of_one_document_not_of_the_group(place: Path) -> None:
    results = made(["slow"] * 5, lanes=1, time_limit=1)
    assert all(each.value == b"%PDF-1.6 slow" for each in results) and runs(place) == 1


@posix
def test_a_request_to_stop_ends_the_programs_and_gives_what_is_finished(place: Path) -> None:
    asked = threading.Event()
    documents = [b"0", b"1", b"2", b"3", b"hang", b"hang", *[b"later"] * 10]
    results, begun = [], time.monotonic()
    for each in docx_to_pdfs(documents, lanes=2, stopped=asked.is_set):
        results.append(each.value)
        if len(results) == 2:
            asked.set()
    assert results == [b"%PDF-1.6 0", b"%PDF-1.6 1"]
    assert time.monotonic() - begun < 300 and os.listdir(place) == []


@posix
def test_who_stops_taking_results_leaves_nothing_running(place: Path) -> None:
    results = docx_to_pdfs([b"0", b"1", b"2", b"3", b"hang", b"hang"], lanes=2)
    assert next(results).value == b"%PDF-1.6 0"
    results.close()  # type: ignore[attr-defined]
    assert os.listdir(place) == []


@posix
def test_without_a_program_every_document_has_the_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "/没有/soffice")
    assert [each.findings[0].code for each in made(["a", "b", "c"])] == ["PW805"] * 3


@pytest.mark.libreoffice
def test_the_bytes_are_those_of_single_conversions() -> None:
    documents = [
        data for name in ["everything", *DOCUMENTS][:4] if (data := render(DOCUMENTS[name], "docx").value) is not None
    ]
    documents.insert(2, b"no .docx at all")
    grouped = list(docx_to_pdfs(documents, lanes=2))
    assert grouped == [docx_to_pdf(data) for data in documents]
    assert sum(each.value is not None for each in grouped) >= 4
