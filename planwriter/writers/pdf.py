"""Converts .docx files to PDF with LibreOffice, run as a separate process with a time limit and a temporary profile.

Unlike the other writers it reads the environment and uses the disk.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.patterns import regex
from planwriter.system.reasons import reason_of

VARIABLE = "PLANWRITER_SOFFICE"
"""The environment variable with the path of LibreOffice's program, for when it is not found otherwise."""
TIME_LIMIT = 120.0
"""In seconds, for one document; a plan takes two to ten."""
_GLANCE = 0.05
"""How often a running LibreOffice is looked at, in seconds."""
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"%ProgramFiles%\LibreOffice\program\soffice.exe",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.exe",
    r"%LocalAppData%\Programs\LibreOffice\program\soffice.exe",
)


def find_soffice() -> str | None:
    """The path of LibreOffice's program: from PLANWRITER_SOFFICE, else on PATH, else in a usual folder; None if not found."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return shutil.which(os.path.expanduser(named))
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    for place in _PLACES:
        for path in sorted(glob.glob(os.path.expandvars(os.path.expanduser(place))), reverse=True):
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def docx_to_pdf(
    data: bytes, *, time_limit: float = TIME_LIMIT, stopped: Callable[[], bool] = lambda: False
) -> Result[bytes | None]:
    """The PDF that LibreOffice makes of the .docx `data`: the same bytes for the same input, LibreOffice and fonts.

    PW805 if there is no LibreOffice, PW806 if it fails, takes longer than `time_limit` seconds, or is `stopped`. Each run has a
    temporary folder and profile, so that runs disturb neither each other nor an open LibreOffice.
    """
    program = find_soffice()
    if program is None:
        return Result(None, (no_office(),))
    try:
        with Office(program) as office:
            made = [pdf for _, pdf in office.convert([data], time_limit, stopped)]
    except OSError as error:
        return Result(None, (finding("PW806", Pos("PDF"), reason=reason_of(error)),))
    if not made:
        return Result(None, (finding("PW806", Pos("PDF"), reason=office.reason),))
    return Result(settle(made[0]))


@functools.lru_cache(maxsize=1)
def office_version() -> str:
    """What LibreOffice says of its version; "" if there is none, or it says nothing within a minute."""
    program = find_soffice()
    if program is None:
        return ""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return _last_line(told)


def no_office() -> Finding:
    """The finding that there is no LibreOffice, and where it was searched for."""
    named = os.environ.get(VARIABLE, "").strip()
    what = f"环境变量 {VARIABLE} 写的“{named}”不是能运行的程序" if named else "这台电脑上没有找到 LibreOffice"
    return finding("PW805", Pos("PDF"), reason=what)


class Office:
    """A LibreOffice with a temporary folder, which converts groups of .docx files one after the other.

    The profile is kept from one group to the next, which saves most of the time that LibreOffice needs to start. A context
    manager; entering it and converting raise OSError.
    """

    def __init__(self, program: str) -> None:
        self._program = program
        self._folder = tempfile.TemporaryDirectory(prefix="planwriter-", ignore_cleanup_errors=True)
        self._groups = self._profiles = 0
        self.reason = ""
        """Why the last group has not all its PDFs, in the writer's words."""
        self.sound = True
        """True if LibreOffice went through the whole last group: a PDF that is missing concerns its own document alone."""

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def convert(
        self, group: Sequence[bytes], time_limit: float, stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, bytes]]:
        """Yields the number in `group` and the PDF, as LibreOffice wrote it, of each .docx as soon as it is finished.

        LibreOffice is ended if it takes longer than `time_limit` seconds for one document, or once `stopped` returns True.
        """
        self._groups += 1
        folder = Path(self._folder.name, f"group{self._groups}")
        folder.mkdir()
        for number, data in enumerate(group):
            (folder / f"{number}.docx").write_bytes(data)
        profile = Path(self._folder.name, f"profile{self._profiles}")
        command = [
            *(self._program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"),
            *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)),
            *(str(folder / f"{number}.docx") for number in range(len(group))),
        ]
        self.sound, self.reason = False, "已经停掉"
        log = folder / "log"
        with log.open("wb") as output:
            process = _start(command, output.fileno(), folder)
        try:
            yield from self._finished(process, folder, time_limit, stopped)
        finally:
            if process.poll() is None:
                _stop(process)
            if not self.sound:
                self._profiles += 1  # the old one may be damaged
            shutil.rmtree(folder, ignore_errors=True)

    def _finished(
        self, process: subprocess.Popen[bytes], folder: Path, time_limit: float, stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, bytes]]:
        """Yields the PDFs while the process runs; one is finished once a later one is begun, or the process has ended well."""
        seen, until = -1, time.monotonic() + time_limit
        while process.poll() is None:
            if stopped():
                return
            if time.monotonic() > until:
                self.reason = f"{time_limit:g} 秒还没有做完，已经停掉"
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GLANCE)
            there = _numbers(folder)
            if there and there[-1] > seen:
                seen, until = there[-1], time.monotonic() + time_limit
            yield from _taken(folder, there[:-1])
        self.sound = process.returncode == 0
        there = _numbers(folder)
        yield from _taken(folder, there if self.sound else there[:-1])
        why = f"退出码 {process.returncode}" if process.returncode else "没有写出 PDF"
        said = _last_line((folder / "log").read_bytes())
        self.reason = f"{why}，它说：{said}" if said else why


def _numbers(folder: Path) -> list[int]:
    """The numbers of the PDFs in a folder, in order."""
    return sorted(int(path.stem) for path in folder.glob("*.pdf") if path.stem.isdecimal())


def _taken(folder: Path, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Takes finished PDFs out of the folder; what is no PDF is dropped."""
    for number in numbers:
        path = folder / f"{number}.pdf"
        made = path.read_bytes()
        path.unlink()
        if made.startswith(b"%PDF-"):
            yield number, made


def _last_line(said: bytes) -> str:
    told = said[-4000:].decode("utf-8", "replace").split("\n")
    return next((line.strip()[:120] for line in reversed(told) if line.strip()), "")


def _start(command: list[str], output: int, folder: Path) -> subprocess.Popen[bytes]:
    """Starts a program as the first of a group of processes, so that all of them can be stopped together."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        env={**os.environ, "TZ": "UTC", "SOURCE_DATE_EPOCH": "315532800"},
        start_new_session=True,
        creationflags=flags,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and its child processes: `soffice` is a script around the program that does the work."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# the same bytes every time

_DATE = regex(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}")
_XMP_DATE = regex(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_ID = regex(rb"(/ID\s*\[\s*<)[0-9A-Fa-f]{32}(>\s*<)[0-9A-Fa-f]{32}(?=>)")
_CHECKSUM = regex(rb"(/DocChecksum\s*/)[0-9A-Fa-f]{32}")


def settle(pdf: bytes) -> bytes:
    """Makes a PDF reproducible: its dates become fixed ones and its identifiers its digest, each of the same length.

    LibreOffice (7.4) ignores SOURCE_DATE_EPOCH here.
    """
    pdf = _DATE.sub(rb"\g<1>19800101000000", pdf)
    pdf = _XMP_DATE.sub(rb"\g<1>1980-01-01T00:00:00", pdf)
    at = max(pdf.rfind(b"/ID"), 0)
    start = pdf.rfind(b"trailer", 0, at)
    start = start if start >= 0 else at
    head, tail = pdf[:start], pdf[start:]
    blank = _identified(tail, b"0" * 32)
    return head + _identified(tail, hashlib.sha256(head + blank).hexdigest()[:32].upper().encode())


def _identified(tail: bytes, identifier: bytes) -> bytes:
    tail = _ID.sub(rb"\g<1>" + identifier + rb"\g<2>" + identifier, tail)
    return _CHECKSUM.sub(rb"\g<1>" + identifier, tail)
