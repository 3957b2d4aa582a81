"""The text of the bytes of a web page: in the encoding that it declares, or taken out of a page saved as one file (.mht)."""

from __future__ import annotations

import binascii
import quopri

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.importing.sources.text import decode_text
from planwriter.start.patterns import regex

_DECLARED = regex(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,20})", 2)
_HEAD = 8192
_BOUNDARIES = 20
"""How many marks between the parts of a file are looked for."""
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"), "gb18030"),
}
"""The codecs of the encodings that pages declare; who declares GB2312 uses all of GBK."""
_PART = regex(rb"^content-type:[ \t]*text/html", 2 | 8)
_CHARSET = regex(rb"charset[ \t]*=[ \t]*[\"']?([A-Za-z0-9_-]{2,20})", 2)
_PACKED = regex(rb"^content-transfer-encoding:[ \t]*([a-z0-9-]{3,20})", 2 | 8)
_BOUNDARY = regex(rb"boundary[ \t]*=[ \t]*\"?([^\"\r\n;]{1,200})", 2)
_MIME = regex(rb"\s*(?:from|mime-version|date|subject|content-type)\s*:", 2)


def page_text(data: bytes, name: str) -> Result[str]:
    """The text of a page, with a finding if its encoding is not certain or bytes are damaged."""
    declared = ""
    if _MIME.match(data[:200]) is not None:
        data, declared = _out_of_mail(data)
    match = _DECLARED.search(data[:_HEAD])
    codec = _CODECS.get(declared.lower(), "") or (_CODECS.get(match[1].decode("ascii").lower(), "") if match else "")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        for each in ("utf-8", codec):
            try:
                return Result(data.decode(each))
            except (UnicodeDecodeError, LookupError):
                continue
    decoded = decode_text(data)
    text = decoded.text if decoded.sure or not codec else data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    if not damaged and decoded.sure:
        return Result(text)
    damage = f"，有 {damaged} 处读不出来" if damaged else ""
    return Result(text, (finding("PW710", Pos(name), encoding=codec or decoded.encoding, damage=damage),))


def _out_of_mail(data: bytes) -> tuple[bytes, str]:
    """The page in a file of several parts, which is its first HTML, and the encoding that its head names."""
    part = _PART.search(data)
    if part is None:
        return data, ""
    start = data.rfind(b"\n\n", 0, part.start())
    start = max(start, data.rfind(b"\r\n\r\n", 0, part.start()), data.rfind(b"\n--", 0, part.start()), 0)
    ends = [at for gap in (b"\r\n\r\n", b"\n\n") if (at := data.find(gap, part.end())) >= 0]
    end = min(ends, default=len(data))
    head, body = data[start:end], data[end:].lstrip(b"\r\n")
    for boundary in dict.fromkeys([*_BOUNDARY.findall(data[:_HEAD]), *_BOUNDARY.findall(head[:_HEAD])][:_BOUNDARIES]):
        at = body.find(b"\n--" + boundary)
        body = body[:at] if at >= 0 else body
    packed, charset = _PACKED.search(head), _CHARSET.search(head)
    how = packed[1].lower() if packed else b""
    if how == b"quoted-printable":
        body = quopri.decodestring(body)
    elif how == b"base64":
        try:
            body = binascii.a2b_base64(body)
        except binascii.Error:
            body = b""
    return body, charset[1].decode("ascii") if charset else ""
