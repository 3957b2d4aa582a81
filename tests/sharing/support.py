"""Packages, libraries and a web server for the tests of this room."""

from __future__ import annotations

import contextlib
import http.server
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support import ROOT

NAME = "青山市教育局条款库（试行）"
MANIFEST = "名称: 青山条款库\n版本: 1.2.0\n"
CLAUSES = "- 条款: 校园/食堂\n  条: 办好食堂\n  文: 办好每一所学校的食堂。\n"
FILES = {"library.yaml": MANIFEST.encode(), "校园.yaml": CLAUSES.encode()}


def numbers(version: str) -> tuple[int, ...]:
    """A simple order of versions: by their numbers."""
    return tuple(int(part) for part in version.split("."))


def package(word: str, size: int = 3000) -> bytes:
    """Bytes that stand for a package."""
    return (word * (size // len(word) + 1)).encode()


def library(folder: Path, files: dict[str, bytes] = FILES) -> Path:
    """A library in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@contextlib.contextmanager
def web(folder: Path) -> Iterator[str]:
    """The address of a folder that another process serves with Python's http.server."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield f"http://127.0.0.1:{line.split(' port ')[1].split()[0]}"
        finally:
            process.kill()


class Handler(http.server.BaseHTTPRequestHandler):
    """A hostile server: /loop redirects for ever, /endless sends without end, /short sends less than it declares."""

    def do_GET(self) -> None:
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "/loop" + self.path[5:] + "x")
            self.end_headers()
        elif self.path == "/locked":
            self.send_error(401)
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x" * 10)
        else:
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while True:
                    self.wfile.write(b"x" * 65536)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def python(program: str, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    """A process that runs a program of Python with this source tree."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
