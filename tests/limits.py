"""Commands of planwriter in a process that may use two seconds of CPU and 300 MB beyond what it takes to start."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT

_CHILD = """
import resource, sys
import click, json, planwriter.cli, planwriter.findings.report
used = resource.getrusage(resource.RUSAGE_SELF)
begun = int(used.ru_utime + used.ru_stime) + 1
resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (begun + SECONDS,) * 2)
planwriter.cli.main(sys.argv[1:])
"""


def run_limited(
    folder: Path, *arguments: str, seconds: int = 2, megabytes: int = 300
) -> subprocess.CompletedProcess[str]:
    """What became of one command, run in `folder`; a process that is stopped at a limit has a negative return code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [
        sys.executable,
        "-c",
        _CHILD.replace("SECONDS", str(seconds)).replace("MEGABYTES", str(megabytes)),
        *arguments,
    ]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
