"""A .docx edited by hand, as a person does it in Word or WPS, and what programs do to it when they save it."""

from __future__ import annotations

import base64
import copy
import io
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from tests.pages import soffice

_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A white point as PNG."""
_DATE = "2026-03-02T09:00:00Z"
_LEAVES = (qn("w:t"), qn("w:br"), qn("w:tab"))
_RECORD = re.compile(rb'<property\b[^<>]*\bname="planwriter-record"[^<>]*>.*?</property>', re.S)
_BOOKMARK = re.compile(rb"<w:bookmark(?:Start|End)\b[^<>]*/>")


class Hand:
    """A hand that edits a .docx. Places are found by a text that stands in one paragraph of the document only."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self._revision = 9000

    def save(self) -> bytes:
        """The edited file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def paragraph(self, text: str) -> Any:
        """The only paragraph, in the text or in a table, that contains the text."""
        found = [each for each in self.document.element.body.iter(qn("w:p")) if text in _text(each)]
        assert len(found) == 1, (text, len(found))
        return found[0]

    def replace(self, old: str, new: str, *, within: str = "", font: str = "", bold: bool = False) -> None:
        """Selects characters and types others; with a font, what is typed looks as if it were pasted from elsewhere."""
        first, last = self._cut(self.paragraph(within or old), old)
        if new:
            run = _run_like(first, new)
            if font or bold:
                _set_face(run, font, bold=bold)
            first.addprevious(run)
        _take_out(first, last)

    def track(self, old: str, new: str, *, within: str = "", author: str = "县政府办") -> None:
        """The same with tracked changes on."""
        first, last = self._cut(self.paragraph(within or old), old)
        if new:
            inserted = self._change("w:ins", author)
            inserted.append(_run_like(first, new))
            last.addnext(inserted)
        deleted = self._change("w:del", author)
        first.addprevious(deleted)
        for run in _from(first, last):
            for leaf in run.iter(qn("w:t")):
                leaf.tag = qn("w:delText")
                leaf.set(qn("xml:space"), "preserve")
            deleted.append(run)

    def delete(self, text: str, *, exactly: bool = False) -> None:
        """Deletes the paragraph with its end; of several that contain the text, the one that says just that."""
        said = [each for each in self.document.element.body.iter(qn("w:p")) if exactly and _text(each) == text]
        paragraph = said[0] if said else self.paragraph(text)
        paragraph.getparent().remove(paragraph)

    def track_deletion(self, text: str, *, author: str = "县政府办") -> None:
        """Deletes the paragraph with tracked changes on."""
        paragraph = self.paragraph(text)
        for run in list(paragraph.iter(qn("w:r"))):
            deleted = self._change("w:del", author)
            run.addprevious(deleted)
            for leaf in run.iter(qn("w:t")):
                leaf.tag = qn("w:delText")
            deleted.append(run)
        form = paragraph.get_or_add_pPr()
        mark = form.find(qn("w:rPr"))
        if mark is None:
            mark = OxmlElement("w:rPr")
            form.append(mark)
        mark.insert(0, self._change("w:del", author))

    def add_after(self, text: str, new: str, *, like: str = "", font: str = "") -> None:
        """Types a paragraph behind the one with `text`, in the style of that one or of the one with `like`."""
        source = self.paragraph(like or text)
        made = OxmlElement("w:p")
        form = source.find(qn("w:pPr"))
        if form is not None:
            made.append(copy.deepcopy(form))
        run = OxmlElement("w:r")
        leaf = OxmlElement("w:t")
        leaf.text = new
        run.append(leaf)
        if font:
            _set_face(run, font)
        made.append(run)
        self.paragraph(text).addnext(made)

    def move(self, text: str, after: str) -> None:
        """Cuts a paragraph and pastes it behind another; its bookmarks move along."""
        self.paragraph(after).addnext(self.paragraph(text))

    def swap(self, one: str, other: str) -> None:
        """Two paragraphs change their places."""
        first, second = self.paragraph(one), self.paragraph(other)
        place: Any = OxmlElement("w:p")
        first.addprevious(place)
        second.addprevious(first)
        place.addprevious(second)
        place.getparent().remove(place)

    def split(self, text: str) -> None:
        """Enter is pressed before `text`."""
        paragraph = self.paragraph(text)
        first, _ = self._cut(paragraph, text)
        made = OxmlElement("w:p")
        form = paragraph.find(qn("w:pPr"))
        if form is not None:
            made.append(copy.deepcopy(form))
        while first is not None:
            after = first.getnext()
            made.append(first)
            first = after
        paragraph.addnext(made)

    def break_line(self, text: str) -> None:
        """Shift+Enter is pressed before `text`."""
        first, _ = self._cut(self.paragraph(text), text)
        run = _run_like(first, "")
        run.append(OxmlElement("w:br"))
        first.addprevious(run)

    def break_page(self, text: str, *, apart: bool = False) -> None:
        """Ctrl+Enter is pressed before a paragraph; the break may stand in a paragraph of its own."""
        paragraph = self.paragraph(text)
        run = OxmlElement("w:r")
        line = OxmlElement("w:br")
        line.set(qn("w:type"), "page")
        run.append(line)
        if apart:
            made = OxmlElement("w:p")
            made.append(run)
            paragraph.addprevious(made)
        else:
            _runs(paragraph)[0].addprevious(run)

    def break_section(self, text: str) -> None:
        """A section break is put in before a paragraph; the pages of both sections are alike."""
        body = self.document.element.body
        made: Any = OxmlElement("w:p")
        made.get_or_add_pPr().append(copy.deepcopy(body.find(qn("w:sectPr"))))
        self.paragraph(text).addprevious(made)

    def picture_after(self, text: str) -> None:
        """A picture is pasted as a paragraph behind another."""
        made = self.document.add_paragraph()
        made.add_run().add_picture(io.BytesIO(_PICTURE))
        self.paragraph(text).addnext(made._p)

    def head_pages(self, text: str) -> None:
        """A text is typed into the header of the pages."""
        header = self.document.sections[0].header
        header.is_linked_to_previous = False
        header.paragraphs[0].text = text

    def type_cell(self, old: str, new: str) -> None:
        """Types another text into the only cell that holds exactly `old`."""
        cells = [each for each in self.document.element.body.iter(qn("w:tc")) if _text(each) == old]
        assert len(cells) == 1, (old, len(cells))
        paragraph = next(cells[0].iter(qn("w:p")))
        first, last = self._cut(paragraph, old)
        first.addprevious(_run_like(first, new))
        _take_out(first, last)

    def delete_row(self, text: str) -> None:
        """Deletes the only row of a table that has a cell with this text."""
        row = self._row(text)
        row.getparent().remove(row)

    def move_row(self, text: str, after: str) -> None:
        """Puts a row of a table behind another."""
        self._row(after).addnext(self._row(text))

    def _row(self, text: str) -> Any:
        rows = [row for row in self.document.element.body.iter(qn("w:tr")) if text in map(_text, row.iter(qn("w:tc")))]
        assert len(rows) == 1, (text, len(rows))
        return rows[0]

    def table(self, text: str) -> Any:
        """The only table that has a cell with this text."""
        tables = [
            each for each in self.document.element.body.iter(qn("w:tbl")) if text in map(_text, each.iter(qn("w:tc")))
        ]
        assert len(tables) == 1, (text, len(tables))
        return tables[0]

    def delete_table(self, text: str) -> None:
        """Deletes a table."""
        table = self.table(text)
        table.getparent().remove(table)

    def format(self, text: str, *, within: str = "", font: str = "", bold: bool = True) -> None:
        """Sets the look of characters by hand."""
        first, last = self._cut(self.paragraph(within or text), text)
        for run in _from(first, last):
            _set_face(run, font, bold=bold)

    def comment(self, text: str, said: str, *, author: str = "财政局") -> None:
        """Writes a comment on characters."""
        first, last = self._cut(self.paragraph(text), text)
        runs = [Run(run, self.document) for run in (first, last)]
        made = self.document.add_comment(runs, text=said, author=author, initials=author[:1])
        made._comment_elm.set(qn("w:date"), _DATE)

    def _cut(self, paragraph: Any, text: str) -> tuple[Any, Any]:
        """The first and the last of the runs that hold the only occurrence of a text, with nothing else in them."""
        whole = _text(paragraph)
        assert whole.count(text) == 1, (text, whole)
        start = whole.index(text)
        _split_at(paragraph, start + len(text))
        _split_at(paragraph, start)
        at, first, last = 0, None, None
        for run in _runs(paragraph):
            size = len(_text(run))
            if size and at >= start and at + size <= start + len(text):
                first, last = (run if first is None else first), run
            at += size
        assert first is not None
        assert "".join(_text(run) for run in _from(first, last)) == text
        return first, last

    def _change(self, name: str, author: str) -> Any:
        made = OxmlElement(name)
        self._revision += 1
        for key, value in (("id", str(self._revision)), ("author", author), ("date", _DATE)):
            made.set(qn(f"w:{key}"), value)
        return made


def _text(element: Any) -> str:
    """The characters that are there if all tracked changes are accepted."""
    leaves = (each for each in element.iter(*_LEAVES))
    return "".join((each.text or "") if each.tag == qn("w:t") else "\n" for each in leaves)


def _runs(paragraph: Any) -> list[Any]:
    return [each for each in paragraph.iter(qn("w:r")) if next(each.iter(*_LEAVES), None) is not None]


def _split_at(paragraph: Any, index: int) -> None:
    """Splits the run that holds the characters on both sides of an index."""
    at = 0
    for run in _runs(paragraph):
        text = _text(run)
        if at < index < at + len(text):
            leaves = [each for each in run if each.tag in _LEAVES]
            assert len(leaves) == 1
            other = copy.deepcopy(run)
            for each, part in ((run, text[: index - at]), (other, text[index - at :])):
                leaf = each.find(qn("w:t"))
                leaf.text = part
                leaf.set(qn("xml:space"), "preserve")
            run.addnext(other)
            return
        at += len(text)


def _run_like(run: Any, text: str) -> Any:
    made = OxmlElement("w:r")
    form = run.find(qn("w:rPr"))
    if form is not None:
        made.append(copy.deepcopy(form))
    if text:
        leaf = OxmlElement("w:t")
        leaf.text = text
        leaf.set(qn("xml:space"), "preserve")
        made.append(leaf)
    return made


def _from(first: Any, last: Any) -> list[Any]:
    """The runs from one to another of the same paragraph."""
    paragraph = first.getparent()
    while paragraph.tag != qn("w:p"):
        paragraph = paragraph.getparent()
    runs = list(paragraph.iter(qn("w:r")))
    return runs[runs.index(first) : runs.index(last) + 1]


def _take_out(first: Any, last: Any) -> None:
    for run in _from(first, last):
        run.getparent().remove(run)


def _set_face(run: Any, font: str, *, bold: bool = False) -> None:
    form = run.find(qn("w:rPr"))
    if form is None:
        form = OxmlElement("w:rPr")
        run.insert(0, form)
    if font:
        fonts = OxmlElement("w:rFonts")
        for key in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{key}"), font)
        form.append(fonts)
    if bold:
        form.append(OxmlElement("w:b"))


# what programs do


def retouched(data: bytes) -> bytes:
    """As a word processor saves a file: runs split and numbered by session, words marked, languages set; nothing a reader sees."""
    document = docx.Document(io.BytesIO(data))
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p"))):
        paragraph.set(qn("w:rsidR"), f"00A{number % 4096:05X}")
        for run in _runs(paragraph):
            leaves = [each for each in run if each.tag in _LEAVES]
            if len(leaves) == 1 and leaves[0].tag == qn("w:t") and len(leaves[0].text or "") > 3:
                other = copy.deepcopy(run)
                text = leaves[0].text
                for each, part in ((run, text[:2]), (other, text[2:])):
                    leaf = each.find(qn("w:t"))
                    leaf.text = part
                    leaf.set(qn("xml:space"), "preserve")
                other.set(qn("w:rsidR"), "00B70001")
                run.addnext(other)
                error = OxmlElement("w:proofErr")
                error.set(qn("w:type"), "spellStart")
                run.addnext(error)
            form = run.find(qn("w:rPr"))
            if form is None:
                form = OxmlElement("w:rPr")
                run.insert(0, form)
            language = OxmlElement("w:lang")
            language.set(qn("w:eastAsia"), "zh-CN")
            form.append(language)
    document.core_properties.last_modified_by = "办公室"
    if "列表段落 1" not in document.styles:
        document.styles.add_style("列表段落 1", 1)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def resaved(data: bytes) -> bytes:
    """Opened and saved by python-docx."""
    stream = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(stream)
    return stream.getvalue()


def through_office(*files: bytes, ending: str = "docx") -> list[bytes]:
    """Each file opened and saved by LibreOffice, all by one process; for tests marked libreoffice."""
    program = soffice()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, f"{number}.docx") for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            name.write_bytes(data)
        out = Path(folder, "out")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", ending, "--outdir", str(out), *map(str, names)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [(out / name.name).with_suffix(f".{ending}").read_bytes() for name in names]


def without_marks(data: bytes) -> bytes:
    """All bookmarks lost."""
    return _changed(data, "word/document.xml", lambda part: _BOOKMARK.sub(b"", part))


def without_record(data: bytes) -> bytes:
    """The record lost."""
    return _changed(data, "docProps/custom.xml", lambda part: _RECORD.sub(b"", part))


def _changed(data: bytes, name: str, change: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, change(part) if entry.filename == name else part)
    return stream.getvalue()
