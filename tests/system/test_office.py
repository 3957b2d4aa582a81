"""LibreOffice is found and run; `tests/writers/test_pdf` has more on how it is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planwriter.system import office
from planwriter.system.office import Conversion, Office, find_soffice

posix = pytest.mark.skipif(os.name != "posix", reason="the programs in LibreOffice's place are shell scripts")
_SIGN = Conversion("old", "Old Filter", "new", "New Filter", b"NEW", "新格式")


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def converted(folder: Path, script: str, *group: bytes) -> tuple[list[tuple[int, bytes]], str]:
    with Office(program(folder, script), _SIGN) as running:
        return list(running.convert(group, 10, lambda: False)), running.reason


@posix
def test_the_program_is_found_by_name_on_path_and_in_the_usual_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.delenv(office.VARIABLE, raising=False)
    usual, on_path, named = (tmp_path / name for name in ("libreoffice7.4", "path", "named"))
    for folder in (usual, on_path, named):
        folder.mkdir()
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "libreoffice*" / "soffice"),))
    third = program(usual, "")
    assert find_soffice() == third
    second = program(on_path, "")
    assert find_soffice() == second
    first = program(named, "")
    monkeypatch.setenv(office.VARIABLE, first)
    assert find_soffice() == first


@posix
def test_files_are_converted_by_the_filters_that_are_named(tmp_path: Path) -> None:
    script = f'printf "%s\\n" "$@" > "{tmp_path}/said"; for each; do case $each in *.old) printf NEW > "${{each%.old}}.new";; esac; done'
    made, _ = converted(tmp_path, script, b"one", b"two")
    assert made == [(0, b"NEW"), (1, b"NEW")]
    said = (tmp_path / "said").read_text("utf-8").split("\n")
    assert "--infilter=Old Filter" in said and "new:New Filter" in said


@posix
def test_what_does_not_begin_as_it_must_is_not_taken(tmp_path: Path) -> None:
    made, reason = converted(tmp_path, 'for last; do :; done; printf no > "${last%.old}.new"', b"one")
    assert made == [] and reason == "没有写出 新格式"


@posix
def test_the_profile_forbids_macros_and_fetching_before_it_is_used_first(tmp_path: Path) -> None:
    script = f'cat "${{1#-env:UserInstallation=file://}}/user/registrymodifications.xcu" > "{tmp_path}/settings"'
    converted(tmp_path, script, b"one")
    settings = (tmp_path / "settings").read_text("utf-8")
    assert "DisableMacrosExecution" in settings and "BlockUntrustedRefererLinks" in settings
