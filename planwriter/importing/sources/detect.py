"""What kind of file something is: told by its first bytes and what it contains; its name decides only between texts."""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive

_SAVE = "用 WPS 或 Word 打开，另存为 .docx，再导入。"


class SourceKind(NamedTuple):
    """A kind of file: what it is called, and the module that reads it, "" if none does; then what a writer can do."""

    shown: str
    module: str
    advice: str = _SAVE


TEXT = SourceKind("文本文件", "text")
MARKDOWN = SourceKind("Markdown 文件", "text")
WORD = SourceKind("Word 文档（.docx）", "word")
OLD_WORD = SourceKind("旧的 Word 文档（.doc）", "office")
RICH_TEXT = SourceKind("RTF 文件", "office")
OPEN_TEXT = SourceKind("OpenDocument 文档（.odt）", "office")
WEB = SourceKind("网页", "web")
PDF = SourceKind("PDF", "pdf", "用 WPS 打开 PDF，转成 Word，再导入；或把文字复制到 .txt 里。")
OFD = SourceKind("OFD 文件", "", "用 OFD 阅读器打开，复制文字存成 .txt，或转成 Word，再导入。")
WORKBOOK = SourceKind(
    "工作簿", "", "任务清单另存为 .xlsx 再导入，计划正文另存为 .docx；指标用 planwriter targets import。"
)
SLIDES = SourceKind("演示文稿", "", "把文字复制到 .docx 里，再导入。")
ARCHIVE = SourceKind("压缩包", "", "先解压，再导入里面的文件。")
PICTURE = SourceKind("图片", "", "用 WPS 或 Word 识别成文字，另存为 .docx，再导入。")
LOCKED = SourceKind("加了密码的文件", "", "用 WPS 或 Word 打开，去掉密码，另存为 .docx，再导入。")
PROGRAM = SourceKind("程序", "", "检查是不是选错了文件。")

_STARTS = (
    (b"{\\rtf", RICH_TEXT),
    *((start, PICTURE) for start in (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
    *((start, ARCHIVE) for start in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"PK\x05\x06")),
    (b"MZ\x90\x00", PROGRAM),
    (b"\x7fELF", PROGRAM),
)
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", OLD_WORD),
    ("PowerPoint Document", SLIDES),
    ("Workbook", WORKBOOK),
    ("Book", WORKBOOK),
)
"""The streams of a compound file (OLE2), by which it is told what it is."""
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_HTML = regex(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b")
_TAGS = regex(rb"<(?:p|div|span|table|br|meta|a|font|section|article)\b[^<]*>")
_MIME = regex(rb"(?:from|mime-version|date|subject|content-type)\s*:", 2)
_BY_NAME = {".md": MARKDOWN, ".markdown": MARKDOWN, ".htm": WEB, ".html": WEB, ".xhtml": WEB, ".shtml": WEB}
_HEAD = 4096


def kind_of_file(data: bytes, name: str) -> SourceKind:
    """What kind a file is. A .wps or .doc is what its bytes say: an old Word document, a .docx, a web page."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for stream, kind in _STREAMS if _entry(stream) in data), OLD_WORD)
    if b"%PDF-" in data[:1024]:
        return PDF
    return _of_text(data, name)


def _entry(stream: str) -> bytes:
    """A stream's name as the directory of a compound file has it, with the end of its field."""
    return f"{stream}\0".encode("utf-16-le")


def _in_archive(data: bytes) -> SourceKind:
    """What a zip archive is, by the names of its entries; a damaged one is left to the reader of .docx."""
    try:
        archive = open_zip(data, DOCX)
    except BadArchive:
        damaged = next((kind for mark, kind in ((b"word/", WORD), (b"xl/", WORKBOOK)) if mark in data), ARCHIVE)
        return OFD if b"OFD.xml" in data and damaged is ARCHIVE else damaged
    names = tuple(archive)
    if "OFD.xml" in names:
        return OFD
    if "mimetype" in names and b"application/vnd.oasis.opendocument" in data[:200]:
        return OPEN_TEXT if b"opendocument.text" in data[:200] else WORKBOOK
    for folder, kind in (("word/", WORD), ("xl/", WORKBOOK), ("ppt/", SLIDES)):
        if any(each.startswith(folder) for each in names):
            return kind
    return WORD if "[Content_Types].xml" in names else ARCHIVE


def _of_text(data: bytes, name: str) -> SourceKind:
    """What kind of text a file is; a saved web page may also be packed like a letter (.mht)."""
    named = _BY_NAME.get("." + name.rpartition(".")[2].lower(), TEXT)
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    head = head.lstrip(_BLANKS).lower()
    if _HTML.search(head) is not None and head.startswith(b"<"):
        return WEB
    if named is WEB and _TAGS.search(head) is not None:
        return WEB
    if _MIME.match(head) is not None and b"multipart/related" in head:
        return WEB
    return TEXT if named is WEB else named
