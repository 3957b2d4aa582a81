"""A workspace in which commands of the library are typed."""

import shlex
from pathlib import Path

import pytest

from planwriter.cli import main
from tests.app.libraries import lock_of


class Bureau:
    """A workspace, and commands that are run in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a command of the library says."""
        with pytest.raises(SystemExit) as ended:
            main(["library", *arguments])
        said = self._capsys.readouterr()
        assert (ended.value.code or 0) == code, said.out + said.err
        return said.out + said.err

    def type(self, command: str, *more: str) -> str:
        """Runs a command that a message printed."""
        words = shlex.split(command)
        assert words[:2] == ["planwriter", "library"]
        return self.run(*words[2:], *more)

    @property
    def version(self) -> str:
        """The version of the library in use."""
        there = lock_of(str(self.folder / "planwriter.yaml")).find("通用")
        return there.version if there else ""
