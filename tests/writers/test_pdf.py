"""PDF by LibreOffice: the real one if it is installed, and replacements that hang, fail or write nothing."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

import pytest

from planwriter.system import office
from planwriter.writers import stamp
from planwriter.writers.pdf import docx_to_pdf, settle
from tests.support import render
from tests.writers.framed import DOCUMENTS

real = pytest.mark.libreoffice
posix = pytest.mark.skipif(os.name != "posix", reason="the programs in LibreOffice's place are shell scripts")
_PDF = (
    b"%PDF-1.6\n1 0 obj\n<</CreationDate(D:20260305101112Z')>>\nendobj\nxref\n0 1\ntrailer\n<</Size 2\n/ID [ <0123456789ABCDEF0123456789ABCDEF>\n"
    b"<0123456789ABCDEF0123456789ABCDEF> ]\n/DocChecksum /0123456789ABCDEF0123456789ABCDEF\n>>\nstartxref\n60\n%%EOF\n"
)


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary folders; it is empty again after every run."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def failure(data: bytes = b"docx", time_limit: float = 10) -> tuple[str, str]:
    made = docx_to_pdf(data, time_limit=time_limit)
    assert made.value is None
    (found,) = made.findings
    return found.code, found.message


@posix
def test_without_libreoffice_the_finding_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "no*"),))
    (found,) = docx_to_pdf(b"").findings
    assert found.code == "PW805" and "没有找到 LibreOffice" in found.message
    assert "输出为PDF" in found.hint and office.VARIABLE in found.hint


def test_a_program_named_wrongly_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "/没有/soffice")
    code, message = failure()
    assert code == "PW805" and "/没有/soffice" in message


@posix
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo '源文件打不开' >&2; exit 77", "退出码 77，它说：源文件打不开"),
        ("exit 0", "没有写出 PDF"),
        ('for last; do :; done; echo no > "${last%.docx}.pdf"', "没有写出 PDF"),
    ],
)
def test_a_program_that_fails_is_a_finding(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    monkeypatch.setenv(office.VARIABLE, program(tmp_path, script))
    code, message = failure()
    assert code == "PW806" and told in message
    assert os.listdir(place) == []


@posix
def test_a_program_that_cannot_be_run_is_a_finding(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "soffice"
    path.write_bytes(b"\x7fELF")
    path.chmod(0o755)
    monkeypatch.setenv(office.VARIABLE, str(path))
    assert failure()[0] == "PW806"
    assert os.listdir(place) == []


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "alive"
    script = f'(while :; do date +%s%N > "{note}"; sleep 0.05; done) & sleep 600'
    monkeypatch.setenv(office.VARIABLE, program(tmp_path, script))
    started = time.monotonic()
    code, message = failure(time_limit=0.6)
    assert code == "PW806" and "0.6 秒还没有做完" in message
    assert time.monotonic() - started < 300
    assert os.listdir(place) == []
    time.sleep(0.2)
    before = note.read_text("utf-8")
    time.sleep(0.3)
    assert note.read_text("utf-8") == before, "what it started runs on"


@posix
def test_each_run_has_a_folder_and_a_profile_of_its_own(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.pdf").write_bytes(_PDF)
    script = f'echo "$1" >> "{tmp_path}/profiles"; for last; do :; done; cp "{tmp_path}/made.pdf" "${{last%.docx}}.pdf"'
    monkeypatch.setenv(office.VARIABLE, program(tmp_path, script))
    results: list[bytes | None] = []
    runs = [threading.Thread(target=lambda: results.append(docx_to_pdf(b"docx").value)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    profiles = (tmp_path / "profiles").read_text("utf-8").split()
    assert len(set(profiles)) == 4 and all(profile.startswith("-env:UserInstallation=file:///") for profile in profiles)
    assert results == [settle(_PDF)] * 4
    assert os.listdir(place) == []


def test_dates_and_identifiers_are_settled_at_the_same_length() -> None:
    other = _PDF.replace(b"20260305101112", b"20270406111213").replace(b"0123456789ABCDEF", b"FEDCBA9876543210")
    assert settle(other) == settle(_PDF) != _PDF
    assert len(settle(_PDF)) == len(_PDF)
    assert settle(_PDF.replace(b"Size 2", b"Size 3"))[-150:] != settle(_PDF)[-150:], (
        "another document has another identifier"
    )
    assert settle(b"%PDF-1.6 without anything") == b"%PDF-1.6 without anything"


@real
def test_two_renderings_give_equal_bytes_and_leave_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(DOCUMENTS["everything"], "pdf")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.sleep(1.1)
    second = render(DOCUMENTS["everything"], "pdf")
    assert first.value is not None and first.value.startswith(b"%PDF-") and not first.findings
    assert first.value == second.value
    assert b"D:19800101000000" in first.value
    assert stamp.is_untouched(first.value) is True
    assert os.listdir(place) == []


@real
def test_the_pdf_is_sound_and_holds_the_text(tmp_path: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    data = render(DOCUMENTS["everything"], "pdf").value
    assert data is not None
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    shown = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)
    assert shown.stderr == b""
    assert "扩大资源" in shown.stdout.decode() and "普惠性幼儿园覆盖率" in shown.stdout.decode()
