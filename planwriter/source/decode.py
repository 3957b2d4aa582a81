"""The text of the bytes of a file, and what a file is that is no text."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Replacement, Result
from planwriter.start.patterns import re, regex


def decode(data: bytes, name: str) -> Result[str]:
    """The text of `data`, with \\n as line ends and without a byte order mark.

    A different encoding than UTF-8 is a finding that names it; the text is still read, so that its other faults are found too.
    """
    findings: tuple[Finding, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text, encoding = _guess(data)
        place = Pos(name)
        if not encoding:  # a few wrong bytes in a file that is UTF-8 otherwise
            encoding = "夹了别的编码的字，或者有字节损坏"
            before = data[: error.start].decode("utf-8")
            place = Pos(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        codec = next((codec for codec, shown in CODECS.items() if encoding.endswith(shown)), "")
        remedy = (Replacement(place, codec, "utf-8"),) if codec and _is_lossless(data, codec) else ()
        findings = (finding("PW102", place, remedy=remedy, encoding=encoding),)
    return Result(text.replace("\r\n", "\n").replace("\r", "\n"), findings)


CODECS = {"gb18030": "GB18030（GBK）", "utf-16": "UTF-16"}
"""The encodings that are recognized for certain, with their names in the writer's words."""
_KEYED = regex(r"^\s*(?:-\s+)*(?:文种|单位|地区|年度|起止|标题|重点任务|章|条|文|条款)\s*[:：]", re.M)


def _is_lossless(data: bytes, codec: str) -> bool:
    """True if the text in that encoding is that of an outline or a library, and can be turned back into the same bytes."""
    try:
        text = data.decode(codec)
        return text.encode(codec) == data and len(_KEYED.findall(text)) > 1
    except UnicodeError:
        return False


def _guess(data: bytes) -> tuple[str, str]:
    """`data` as text, and its encoding in the writer's words; empty if nearly all of it is UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), f"看来是 {CODECS['utf-16']}"
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 < sum(1 for mark in text if mark > "\x7f"):
        return text.removeprefix("\ufeff"), ""
    if b"\0" in data:
        odd, even = data[1::2].count(0), data[::2].count(0)
        if abs(odd - even) * 20 > len(data):  # nearly every line end and mark of ASCII has a zero byte beside it
            return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace"), f"看来是 {CODECS['utf-16']}"
    for encoding, shown in (("gb18030", CODECS["gb18030"]), ("big5", "Big5")):
        try:
            return data.decode(encoding), f"看来是 {shown}"
        except UnicodeDecodeError:
            continue
    return text, "认不出是哪一种"


_STARTS = (
    (b"%PDF", "一份 PDF"),
    (b"\x89PNG", "一张图片"),
    (b"\xff\xd8\xff", "一张图片"),
    (b"GIF8", "一张图片"),
    (b"\xd0\xcf\x11\xe0", "旧的 Office 文件（.doc、.xls），或加了密码的文件"),
)


def other_kind(data: bytes) -> str:
    """What a file is that is not a text, by its first bytes; "" if it may be one."""
    if data.startswith(b"PK\x03\x04"):
        kinds = ((b"word/", "一份 Word 文档（.docx）"), (b"xl/", "一个工作簿（.xlsx）"))
        return next((kind for mark, kind in kinds if mark in data), "一个压缩包")
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")
