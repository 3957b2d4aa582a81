"""How functions in this folder fail: inner ones raise an exception with a finding, public ones return it in a Result."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from planwriter.findings.catalogue import make_finding
from planwriter.findings.finding import Finding, Pos, Result

P = ParamSpec("P")
T = TypeVar("T")

Progress = Callable[[int, int | None], None]
"""Called with the number of bytes received, and the total number or None if it is unknown."""


class Refused(Exception):
    """A request cannot be fulfilled; `finding` says why."""

    def __init__(self, code: str, shown: str, **values: object) -> None:
        super().__init__(code)
        self.finding: Finding = make_finding(code, Pos(shown), values)


def gives_result(function: Callable[P, T]) -> Callable[P, Result[T | None]]:
    """Wraps a function that may raise Refused so that it returns a Result: None and the finding if it was refused."""

    @functools.wraps(function)
    def wrapped(*arguments: P.args, **options: P.kwargs) -> Result[T | None]:
        try:
            return Result(function(*arguments, **options))
        except Refused as refused:
            return Result(None, (refused.finding,))

    return wrapped


def no_git(shown: str) -> Refused:
    """A refusal of a git repository, from which libraries could be fetched once."""
    advice = (
        "在代码托管网站（码云、GitLab、GitHub 等）的仓库页面下载压缩包（.zip 或 .tar.gz），装下载的文件；"
        "能联网的，也可以直接写压缩包的 https 地址。"
    )
    return Refused("PW340", shown, source=shown, reason="不能再从 git 仓库取条款库", advice=advice)


def too_large(shown: str, what: str, limit: int) -> Refused:
    """The refusal for data larger than `limit` bytes."""
    return Refused("PW343", shown, source=shown, what=what, limit=f"{limit / 1024 / 1024:g} MB")
