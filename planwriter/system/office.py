"""LibreOffice as a separate process: found on this machine, run in a temporary folder and profile, with a time limit."""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from planwriter.start.named_tuple import NamedTuple

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

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""The settings of a profile: no macros, nothing fetched, links never updated."""


class Conversion(NamedTuple):
    """What LibreOffice makes of what."""

    ending: str
    """The ending of the files that it reads."""
    reads: str
    """The filter that reads them; with "" it tells by itself what a file is."""
    to: str
    writes: str
    """The ending and the filter of the files that it writes."""
    begins: bytes
    """What each of them begins with."""
    shown: str
    """What they are, in the writer's words."""


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


def absence() -> str:
    """That there is no LibreOffice, in the writer's words, with what was searched for."""
    named = os.environ.get(VARIABLE, "").strip()
    return f"环境变量 {VARIABLE} 写的“{named}”不是能运行的程序" if named else "这台电脑上没有找到 LibreOffice"


class Office:
    """A LibreOffice with a temporary folder, which converts groups of files one after the other.

    The profile is kept from one group to the next, which saves most of the time that LibreOffice needs to start. A context
    manager; entering it and converting raise OSError.
    """

    def __init__(self, program: str, conversion: Conversion) -> None:
        self._program, self._conversion = program, conversion
        self._folder = tempfile.TemporaryDirectory(prefix="planwriter-", ignore_cleanup_errors=True)
        self._groups = self._profiles = 0
        self.reason = ""
        """Why files of the last group are missing, in the writer's words."""
        self.sound = True
        """True if LibreOffice went through the whole last group: a file that is missing concerns its own document alone."""

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def convert(
        self, group: Sequence[bytes], time_limit: float, stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, bytes]]:
        """Yields the number in `group` and what LibreOffice wrote of each file as soon as it is finished.

        LibreOffice is ended if it takes longer than `time_limit` seconds for one document, or once `stopped` returns True.
        """
        self._groups += 1
        folder = Path(self._folder.name, f"group{self._groups}")
        folder.mkdir()
        for number, data in enumerate(group):
            (folder / f"{number}.{self._conversion.ending}").write_bytes(data)
        command = [
            *(self._program, f"-env:UserInstallation={self._profile().as_uri()}"),
            *("--headless", "--norestore", "--nologo"),
            *([f"--infilter={self._conversion.reads}"] if self._conversion.reads else []),
            *("--convert-to", f"{self._conversion.to}:{self._conversion.writes}", "--outdir", str(folder)),
            *(str(folder / f"{number}.{self._conversion.ending}") for number in range(len(group))),
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

    def _profile(self) -> Path:
        """The folder of the profile, with settings by which a document runs no macro and fetches nothing."""
        profile = Path(self._folder.name, f"profile{self._profiles}")
        settings = profile / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(_SETTINGS, "utf-8")
        return profile

    def _finished(
        self, process: subprocess.Popen[bytes], folder: Path, time_limit: float, stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, bytes]]:
        """Yields the files while the process runs; one is finished once a later one is begun, or the process has ended well."""
        seen, until = -1, time.monotonic() + time_limit
        while process.poll() is None:
            if stopped():
                return
            if time.monotonic() > until:
                self.reason = f"{time_limit:g} 秒还没有做完，已经停掉"
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GLANCE)
            there = self._numbers(folder)
            if there and there[-1] > seen:
                seen, until = there[-1], time.monotonic() + time_limit
            yield from self._taken(folder, there[:-1])
        self.sound = process.returncode == 0
        there = self._numbers(folder)
        yield from self._taken(folder, there if self.sound else there[:-1])
        why = f"退出码 {process.returncode}" if process.returncode else f"没有写出 {self._conversion.shown}"
        said = _last_line((folder / "log").read_bytes())
        self.reason = f"{why}，它说：{said}" if said else why

    def _numbers(self, folder: Path) -> list[int]:
        """The numbers of the files in a folder, in order."""
        found = folder.glob(f"*.{self._conversion.to}")
        return sorted(int(path.stem) for path in found if path.stem.isdecimal())

    def _taken(self, folder: Path, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Takes finished files out of the folder; what does not begin as it must is dropped."""
        for number in numbers:
            path = folder / f"{number}.{self._conversion.to}"
            made = path.read_bytes()
            path.unlink()
            if made.startswith(self._conversion.begins):
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
