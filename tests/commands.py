"""Commands of planwriter, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT


def run(folder: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The result of one command, run in `folder` with additional environment variables."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}
    command = [sys.executable, "-m", "planwriter", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", input=stdin, check=False
    )
