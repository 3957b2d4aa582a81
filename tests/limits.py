"""Commands of planwriter in a process that may use two seconds of CPU and 300 MB of data."""

import subprocess
from pathlib import Path

from tests.commands import run


def run_limited(
    folder: Path, *arguments: str, seconds: int = 2, megabytes: int = 300
) -> subprocess.CompletedProcess[str]:
    """What became of one command, run in `folder`; a process that is stopped at a limit has a negative return code.

    Some 40 MB are in use when it starts.
    """
    return run(folder, *arguments, limits=(seconds, megabytes))
