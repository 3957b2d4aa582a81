"""Converts .docx files to PDF with LibreOffice (`system/office`), the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.patterns import regex
from planwriter.system.office import TIME_LIMIT, Conversion, Office, absence, find_soffice
from planwriter.system.reasons import reason_of

TO_PDF = Conversion("docx", "", "pdf", "writer_pdf_Export", b"%PDF-", "PDF")


def docx_to_pdf(
    data: bytes, *, time_limit: float = TIME_LIMIT, stopped: Callable[[], bool] = lambda: False
) -> Result[bytes | None]:
    """The PDF that LibreOffice makes of the .docx `data`: the same bytes for the same input, LibreOffice and fonts.

    PW805 if there is no LibreOffice, PW806 if it fails, takes longer than `time_limit` seconds, or is `stopped`. Each run has a
    temporary folder and profile, so that runs disturb neither each other nor an open LibreOffice.
    """
    program = find_soffice()
    if program is None:
        return Result(None, (no_office(),))
    try:
        with Office(program, TO_PDF) as office:
            made = [pdf for _, pdf in office.convert([data], time_limit, stopped)]
    except OSError as error:
        return Result(None, (finding("PW806", Pos("PDF"), reason=reason_of(error)),))
    if not made:
        return Result(None, (finding("PW806", Pos("PDF"), reason=office.reason),))
    return Result(settle(made[0]))


def no_office() -> Finding:
    """The finding that there is no LibreOffice, and where it was searched for."""
    return finding("PW805", Pos("PDF"), reason=absence())


# the same bytes every time

_DATE = regex(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}")
_XMP_DATE = regex(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_ID = regex(rb"(/ID\s*\[\s*<)[0-9A-Fa-f]{32}(>\s*<)[0-9A-Fa-f]{32}(?=>)")
_CHECKSUM = regex(rb"(/DocChecksum\s*/)[0-9A-Fa-f]{32}")


def settle(pdf: bytes) -> bytes:
    """Makes a PDF reproducible: its dates become fixed ones and its identifiers its digest, each of the same length.

    LibreOffice (7.4) ignores SOURCE_DATE_EPOCH here.
    """
    pdf = _DATE.sub(rb"\g<1>19800101000000", pdf)
    pdf = _XMP_DATE.sub(rb"\g<1>1980-01-01T00:00:00", pdf)
    at = max(pdf.rfind(b"/ID"), 0)
    start = pdf.rfind(b"trailer", 0, at)
    start = start if start >= 0 else at
    head, tail = pdf[:start], pdf[start:]
    blank = _identified(tail, b"0" * 32)
    return head + _identified(tail, hashlib.sha256(head + blank).hexdigest()[:32].upper().encode())


def _identified(tail: bytes, identifier: bytes) -> bytes:
    tail = _ID.sub(rb"\g<1>" + identifier + rb"\g<2>" + identifier, tail)
    return _CHECKSUM.sub(rb"\g<1>" + identifier, tail)
