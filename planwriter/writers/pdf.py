"""Converts a .docx to PDF with LibreOffice, run as a separate process with a time limit and a temporary profile.

Unlike the other writers it reads the environment and uses the disk.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.start.patterns import regex
from planwriter.system.reasons import reason_of

VARIABLE = "PLANWRITER_SOFFICE"
"""The environment variable with the path of LibreOffice's program, for when it is not found otherwise."""
TIME_LIMIT = 120.0
"""In seconds; a plan takes two to ten."""
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


def docx_to_pdf(data: bytes, *, time_limit: float = TIME_LIMIT) -> Result[bytes | None]:
    """The PDF that LibreOffice makes of the .docx `data`: the same bytes for the same input, LibreOffice and fonts.

    PW805 if there is no LibreOffice, PW806 if it fails or takes longer than `time_limit` seconds. Each run has a temporary
    folder and profile, so that runs disturb neither each other nor an open LibreOffice.
    """
    program = find_soffice()
    if program is None:
        named = os.environ.get(VARIABLE, "").strip()
        what = f"环境变量 {VARIABLE} 写的“{named}”不是能运行的程序" if named else "这台电脑上没有找到 LibreOffice"
        return Result(None, (finding("PW805", Pos("PDF"), reason=what),))
    try:
        with tempfile.TemporaryDirectory(prefix="planwriter-", ignore_cleanup_errors=True) as folder:
            made = _convert(program, data, Path(folder), time_limit)
    except OSError as error:
        made = reason_of(error)
    if isinstance(made, str):
        return Result(None, (finding("PW806", Pos("PDF"), reason=made),))
    return Result(settle(made))


def _convert(program: str, data: bytes, folder: Path, time_limit: float) -> bytes | str:
    """The PDF as LibreOffice wrote it, or the reason (in Chinese) why there is none."""
    source, target, log = folder / "plan.docx", folder / "plan.pdf", folder / "log"
    source.write_bytes(data)
    command = [
        *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)),
    ]
    with log.open("wb") as output:
        code = _run(command, output.fileno(), folder, time_limit)
    if code is None:
        return f"{time_limit:g} 秒还没有做完，已经停掉"
    if code == 0 and target.is_file():
        made = target.read_bytes()
        if made.startswith(b"%PDF-"):
            return made
    told = log.read_bytes()[-4000:].decode("utf-8", "replace").split("\n")
    last = next((line.strip()[:120] for line in reversed(told) if line.strip()), "")
    why = f"退出码 {code}" if code else "没有写出 PDF"
    return f"{why}，它说：{last}" if last else why


def _run(command: list[str], output: int, folder: Path, time_limit: float) -> int | None:
    """The exit code of a program; None if it exceeded the time limit and was stopped with all its child processes."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        env={**os.environ, "TZ": "UTC", "SOURCE_DATE_EPOCH": "315532800"},
        start_new_session=True,
        creationflags=flags,
    )
    try:
        return process.wait(time_limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            _stop(process)


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
