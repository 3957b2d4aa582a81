"""The command line: parses arguments, calls `app`, shows the results. It contains no rules."""

from __future__ import annotations

import sys

from planwriter.cli import shortcut
from planwriter.cli.show import echo, say, tell_interrupted
from planwriter.system import interrupts
from planwriter.system.streams import NoStream


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code.

    0: fine; 1: errors; 2: wrong usage; 3: warnings, with --strict; 4: cannot read or write; 5: an error in planwriter.
    """
    _ready_streams()
    typed = sys.argv[1:] if arguments is None else arguments
    code: object
    try:
        code = shortcut.run(typed) if shortcut.fits(typed) else _with_click(arguments)
    except OSError as error:
        from planwriter.system.reasons import reason_of

        say(f"读写出错：{reason_of(error)}。", err=True)
        code = 4
    except (MemoryError, RecursionError):
        code = _too_much(typed)
    except Exception as error:  # a library may have taken an interrupt for an error of its own
        code = tell_interrupted() if interrupts.heard() else _our_fault(error)
    sys.exit(code if isinstance(code, int) else 0)


def _with_click(arguments: list[str] | None) -> object:
    from planwriter.cli import group

    return group.run(arguments)


def _ready_streams() -> None:
    """Puts something in the place of standard streams that are not there or closed, and lets no character fail on the rest."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, NoStream())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.stdin is not None and sys.stdin.closed:
        sys.stdin = None


def _too_much(arguments: list[str]) -> int:
    """Shows that the files are too much for this program and this machine; returns the exit code."""
    import gc
    import os

    gc.collect()  # what the command held is free now
    from planwriter.findings.catalogue import finding
    from planwriter.findings.finding import Pos
    from planwriter.findings.report import EXIT_ERRORS, format_human

    named = next((each for each in arguments if os.path.isfile(each)), "planwriter")
    echo(format_human([finding("PW125", Pos(named))]), err=True, nl=False)
    return EXIT_ERRORS


def _our_fault(error: Exception) -> int:
    """Shows an internal error as one finding with the last place in planwriter's code, for a bug report."""
    import traceback

    from planwriter.findings.catalogue import finding
    from planwriter.findings.finding import Pos
    from planwriter.findings.report import format_human

    frames = traceback.extract_tb(error.__traceback__)
    where = next((f"{frame.name}:{frame.lineno}" for frame in reversed(frames) if "planwriter" in frame.filename), "?")
    what = f"{type(error).__name__}（{where}）{str(error)[:200]}"
    echo(format_human([finding("PW901", Pos("planwriter"), what=what)]), err=True, nl=False)
    return 5
