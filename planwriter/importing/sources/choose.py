"""Which source reads a file: told by its first bytes, else by the ending of its name."""

from __future__ import annotations

import importlib
import importlib.util

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.importing.script import MAX_BYTES, Script
from planwriter.start.named_tuple import NamedTuple

_SAVE = "用 WPS 或 Word 打开，另存为 .docx，再导入。"


class SourceKind(NamedTuple):
    """A kind of file: what it is called, and the module that reads it, "" if none does."""

    shown: str
    module: str
    advice: str = _SAVE


TEXT = SourceKind("文本文件", "text")
MARKDOWN = SourceKind("Markdown 文件", "text")
WORD = SourceKind("Word 文档（.docx）", "word")
OFFICE = SourceKind("旧的 Office 文件", "office")
WEB = SourceKind("网页", "web")
PDF = SourceKind("PDF", "pdf", "用 WPS 打开 PDF，转成 Word，再导入；或把文字复制到 .txt 里。")
OFD = SourceKind("OFD 文件", "", "用 OFD 阅读器打开，复制文字存成 .txt，或转成 Word，再导入。")
WORKBOOK = SourceKind(
    "工作簿", "", "任务清单另存为 .xlsx 再导入，计划正文另存为 .docx；指标用 planwriter targets import。"
)
ARCHIVE = SourceKind("压缩包", "", "先解压，再导入里面的文件。")
PICTURE = SourceKind("图片", "", "用 WPS 或 Word 识别成文字，另存为 .docx，再导入。")
_BY_ENDING = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".htm": WEB,
    ".html": WEB,
    ".xhtml": WEB,
    ".mht": WEB,
    ".docx": WORD,
    ".docm": WORD,
    ".doc": OFFICE,
    ".rtf": OFFICE,
    ".odt": OFFICE,
    ".wps": OFFICE,
    ".pdf": PDF,
    ".ofd": OFD,
    ".xlsx": WORKBOOK,
    ".xls": WORKBOOK,
    ".et": WORKBOOK,
}


def kind_of_file(data: bytes, name: str) -> SourceKind:
    """What kind a file is."""
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    named = _BY_ENDING.get(ending)
    if data.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return WORD
        if b"OFD.xml" in data[:4096] or ending == ".ofd":
            return OFD
        if b"opendocument.text" in data[:200]:
            return OFFICE
        return WORKBOOK if b"xl/" in data else ARCHIVE
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return WORKBOOK if named is WORKBOOK else OFFICE
    if data.startswith(b"{\\rtf"):
        return OFFICE
    if data.lstrip()[:5].startswith(b"%PDF"):
        return PDF
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")) and b"\0" in data[:64]:
        return PICTURE
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (named is WEB and b"<" in head):
        return WEB
    return (
        named
        if named in (TEXT, MARKDOWN, OFD)
        else TEXT
        if b"\0" not in data[:2000] or data[:2] in (b"\xff\xfe", b"\xfe\xff")
        else named or TEXT
    )


def read_script(data: bytes, name: str) -> Result[Script | None]:
    """The script of a file; None, with findings, if it cannot be read."""
    if len(data) > MAX_BYTES:
        size, limit = f"{len(data) / 1024 / 1024:.1f} MB", f"{MAX_BYTES // 1024 // 1024} MB"
        return Result(None, (finding("PW709", Pos(name), size=size, limit=limit),))
    kind = kind_of_file(data, name)
    module = f"planwriter.importing.sources.{kind.module}"
    if not kind.module or importlib.util.find_spec(module) is None:
        return Result(None, (finding("PW708", Pos(name), what=kind.shown, advice=kind.advice),))
    source = importlib.import_module(module)
    if kind is MARKDOWN:
        made: Result[Script | None] = source.read(data, name, markdown=True)
    else:
        made = source.read(data, name)
    return made
