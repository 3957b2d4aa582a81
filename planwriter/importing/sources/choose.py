"""Reads a file of any kind that can be imported, with the source for its kind."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.importing.script import MAX_BYTES, Script
from planwriter.importing.sources.detect import MARKDOWN, kind_of_file


def read_script(data: bytes, name: str) -> Result[Script | None]:
    """The script of a file; None, with findings, if it cannot be read."""
    if len(data) > MAX_BYTES:
        size, limit = f"{len(data) / 1024 / 1024:.1f} MB", f"{MAX_BYTES // 1024 // 1024} MB"
        return Result(None, (finding("PW709", Pos(name), size=size, limit=limit),))
    kind = kind_of_file(data, name)
    if kind.module == "text":
        from planwriter.importing.sources.text import read as read_text

        return read_text(data, name, markdown=kind is MARKDOWN)
    if kind.module == "word":
        from planwriter.importing.sources.word import read as read_word

        return read_word(data, name)
    if kind.module == "office":
        from planwriter.importing.sources.office import read as read_office

        return read_office(data, name)
    if kind.module == "web":
        from planwriter.importing.sources.web import read as read_web

        return read_web(data, name)
    if kind.module == "pdf":
        from planwriter.importing.sources.pdf import read as read_pdf

        return read_pdf(data, name)
    return Result(None, (finding("PW708", Pos(name), what=kind.shown, advice=kind.advice),))
