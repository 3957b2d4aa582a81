"""Runs rounds of commands that start at the same moment, each in a process of its own, in a fresh copy of a folder.

The rounds come as JSON on standard input: for each the folder to be copied, the copy to be made, the arguments of the commands,
and after how many seconds they are killed (null: not at all). The exit codes go to standard output. Everything is imported once, before the processes are forked, so that the commands meet at their work.
"""

import json
import os
import shutil
import signal
import sys
import time
import traceback

import filelock  # noqa: F401

from planwriter import cli
from planwriter.app import fix, install, target_edit  # noqa: F401
from planwriter.cli.library import find, publish, trust  # noqa: F401
from planwriter.cli.targets import sheets, values  # noqa: F401
from planwriter.curation import lift  # noqa: F401
from planwriter.sharing import registry, signing  # noqa: F401
from planwriter.system import lock


def _command(arguments: list[str], gate: int) -> int:
    """Runs one command once `gate` is closed; returns its exit code."""
    log = os.open("log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.read(gate, 1)
    try:
        cli.main(arguments)
    except SystemExit as stop:
        sys.stdout.flush()
        sys.stderr.flush()
        return int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
    return 99


def _round(template: str, folder: str, commands: list[list[str]], kill_after: float | None) -> list[int]:
    """The exit codes of commands that start at once in a copy of the folder `template`."""
    shutil.copytree(template, folder)
    os.chdir(folder)
    os.environ["PLANWRITER_CONFIG"] = os.path.join(folder, "config")
    waiting, gate = os.pipe()
    children = []
    for arguments in commands:
        child = os.fork()
        if child == 0:
            os.close(gate)
            os._exit(_command(arguments, waiting))
        children.append(child)
    os.close(waiting)
    os.close(gate)
    if kill_after is not None:
        time.sleep(kill_after)
        for child in children:
            os.kill(child, signal.SIGKILL)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


if __name__ == "__main__":
    lock.WAIT = float(sys.argv[1])
    print(json.dumps([_round(*each) for each in json.load(sys.stdin)]))
