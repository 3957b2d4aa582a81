"""Old Word files, RTF and OpenDocument texts as scripts: LibreOffice makes a .docx of them, which is then read."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.importing.script import Script
from planwriter.importing.sources import word
from planwriter.importing.sources.detect import kind_of_file
from planwriter.system.office import TIME_LIMIT, Conversion, Office, absence, find_soffice
from planwriter.system.reasons import reason_of

_DOCX = ("docx", "MS Word 2007 XML", b"PK", ".docx")
_DOC = Conversion("doc", "MS Word 97", *_DOCX)
_FORMS = (
    (b"{\\rtf", Conversion("rtf", "Rich Text Format", *_DOCX)),
    (b"PK", Conversion("odt", "writer8", *_DOCX)),
    (b"\xd0\xcf\x11\xe0", _DOC),
)
"""What LibreOffice reads, by the first bytes, with the filter for it, so that it does not guess."""


def read(data: bytes, name: str, *, time_limit: float = TIME_LIMIT) -> Result[Script | None]:
    """The script of a .doc, .rtf or .odt, whatever its name is; None and a finding if it cannot be read."""
    kind = kind_of_file(data, name).shown
    program = find_soffice()
    if program is None:
        return Result(None, (finding("PW724", Pos(name), kind=kind, reason=absence()),))
    form = next((form for start, form in _FORMS if data.startswith(start)), _DOC)
    try:
        with Office(program, form) as office:
            made = [docx for _, docx in office.convert([data], time_limit, lambda: False)]
            reason = office.reason
    except OSError as error:
        made, reason = [], reason_of(error)
    if not made:
        return Result(None, (finding("PW725", Pos(name), kind=kind, reason=reason),))
    script = word.read(made[0], name)
    if form.ending == "rtf" and script.value is not None and any(line.label for line in script.value.lines):
        return Result(script.value, (*script.findings, finding("PW731", Pos(name))))
    return script
