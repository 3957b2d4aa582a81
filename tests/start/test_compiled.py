"""The file of compiled patterns."""

from __future__ import annotations

import functools
import marshal
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planwriter.start import patterns
from planwriter.start.compiled import arguments_of
from tests.support import ROOT


@functools.cache
def _made() -> dict[tuple[Any, int], Any]:
    """The table as a process makes it that has no other patterns."""
    program = (
        "import marshal, sys; from planwriter.start.compiled import table; marshal.dump(table(), sys.stdout.buffer)"
    )
    made = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    return marshal.loads(made.stdout)  # type: ignore[no-any-return]


def test_the_file_has_the_patterns_of_all_modules() -> None:
    assert len(_made()) > 200
    if not Path(patterns.COMPILED).exists():
        pytest.skip("this version of Python has no file, and compiles")
    assert patterns.read_table() == _made(), "run `make docs`"


def test_what_is_made_from_it_equals_what_re_compiles() -> None:
    for pattern, flags in _made():
        made, compiled = patterns.compiled(pattern, flags), re.compile(pattern, flags)
        assert made == compiled  # the same program, flags and text
        assert (made.groups, made.groupindex) == (compiled.groups, compiled.groupindex)


@pytest.mark.parametrize("pattern", ["(?P<year>\\d+)年|月(日)?", b"a*[^b-z]", "(?i)Word"])
def test_the_arguments_make_the_pattern(pattern: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "compiled"
    file.write_bytes(marshal.dumps({(pattern, 0): arguments_of(pattern, 0)}))
    monkeypatch.setattr(patterns, "COMPILED", str(file))
    monkeypatch.setattr(patterns, "_table", functools.cache(patterns.read_table))
    monkeypatch.setattr(re, "compile", None)
    made = patterns.compiled.__wrapped__(pattern, 0)
    monkeypatch.undo()
    assert made == re.compile(pattern)
    text: Any = b"xaax" if isinstance(pattern, bytes) else "WORD 2026年，月日"
    assert [(each.span(), each.groupdict()) for each in made.finditer(text)] == [
        (each.span(), each.groupdict()) for each in re.finditer(pattern, text)
    ]
