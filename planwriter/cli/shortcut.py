"""The commonest commands, recognized without click, whose import takes a fifth of a short run.

They are `check 提纲`, `render 提纲` and `render 提纲 -o 文件`. Everything else is left to click, and what is done here is what
click would do.
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
    match typed:
        case ["check" | "render", name]:
            names = [name]
        case ["render", name, "-o", output]:
            names = [name, output]
        case _:
            return False
    return all(each and not each.startswith("-") and _SPECIAL.isdisjoint(each) for each in names)


def run(typed: Sequence[str]) -> int:
    """Runs a command that `fits`; ends the process, or returns its exit code if the work was given up."""
    command, name, *option = typed
    try:
        if command == "check":
            runs.check(expanded([name]), [name])
        else:
            runs.render(expanded([name]), [name], option[1] if option else None, runs.Wanted())
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
