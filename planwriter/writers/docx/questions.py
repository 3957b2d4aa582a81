"""What was asked in a .docx: the conflicts that stand in it as tracked changes, so that what became of them is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.start.patterns import regex
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive
from planwriter.system.zip_repack import repacked
from planwriter.writers.docx.package import CUSTOM_PART, property_xml

_NAME = "planwriter-asked"
_MOST = 2000
_ASKED = regex(
    rb'<property\b[^<>]{0,400}\bname="planwriter-asked"[^<>]{0,400}>\s{0,99}<(?:\w{1,9}:)?lpwstr>([0-9a-f \s-]{0,99999})</'
    rb"(?:\w{1,9}:)?lpwstr>\s{0,99}</property>"
)
_PAIR = regex(r"([0-9a-f]{16})-([0-9a-f]{16})")
_NUMBER = regex(rb'\bpid="(\d{1,9})"')


def with_questions(data: bytes, asked: Sequence[tuple[str, str]]) -> bytes:
    """The .docx with these questions, each with its case; unchanged if it has no properties of its own."""
    archive = open_zip(data, DOCX)
    part = archive.get(CUSTOM_PART) or b""
    part = _ASKED.sub(b"", part)
    end = part.rfind(b"</Properties>")
    if end < 0:
        return data
    number = max((int(each) for each in _NUMBER.findall(part)), default=1) + 1
    words = " ".join(f"{question}-{case}" for question, case in asked[:_MOST])
    made = part[:end] + property_xml(number, _NAME, words).encode() + part[end:]
    return repacked(archive, {CUSTOM_PART: made})


def questions_of(data: bytes) -> dict[str, str]:
    """The questions that were asked in a .docx, and their cases."""
    try:
        part = open_zip(data, DOCX).get(CUSTOM_PART) or b""
    except BadArchive:
        return {}
    found = _ASKED.search(part)
    return dict(_PAIR.findall(found[1].decode("ascii"))) if found else {}
