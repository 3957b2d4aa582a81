"""The commonest commands, recognized without click, whose import takes a fifth of a short run.

They are `check 提纲…`, `render 提纲… -o 文件` and `render 提纲 --each 表 -o 文件夹`, with or without `-o`. Everything else is left to
click, and what is done here is what click would do.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

from planwriter.cli import runs
from planwriter.cli.show import WrongUse, echo, expanded, say, tell_interrupted, with_pointer
from planwriter.system.streams import NoStream

_SPECIAL = frozenset("*?[~$%")
"""A name with one of these characters is left to click, which expands it on Windows."""


def fits(typed: Sequence[str]) -> bool:
    """True if the arguments are one of the commands above, without options that are not."""
    command = typed[0] if typed else ""
    names, options = _parted(typed)
    if command not in ("check", "render") or not names:
        return False
    if (options and command == "check") or ("--each" in options and len(names) > 1):
        return False
    words = (*names, *options.values())
    return all(each and not each.startswith("-") and _SPECIAL.isdisjoint(each) for each in words)


def _parted(typed: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The names of files behind a command, and the options with a value behind them."""
    names, options = list(typed[1:]), {}
    while len(names) > 2 and names[-2] in ("-o", "--each") and names[-2] not in options:
        *names, option, value = names
        options[option] = value
    return names, options


def run(typed: Sequence[str]) -> int:
    """Runs a command that `fits`; ends the process, or returns its exit code if the work was given up."""
    command = typed[0]
    names, options = _parted(typed)
    output, rows = options.get("-o"), options.get("--each")
    try:
        paths = expanded(names)
        if command == "check":
            runs.check(paths, names)
        elif rows is not None:
            runs.render_rows(paths[0], rows, output, runs.Wanted())
        else:
            runs.render(paths, names, output, runs.Wanted())
    except (EOFError, KeyboardInterrupt):
        echo(err=True)
        return tell_interrupted()
    except WrongUse as wrong:
        say(with_pointer(str(wrong), f"planwriter {command}"), err=True)
        return 2
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        sys.stdout = sys.stderr = NoStream()  # the reader is gone, so nothing is left to be flushed
        return 1
    return 0
