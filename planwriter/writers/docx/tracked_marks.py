"""The marks of tracked changes and of the comments on them: unique numbers, authors, and a date only if one is given."""

from __future__ import annotations

from planwriter.readers.docx.comment_part import NewComment
from planwriter.readers.docx.pieces import RunPiece
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.patterns import regex
from planwriter.writers.docx.markup import text_attribute, text_xml

_NUMBER = regex(rb"(?<![\w.-])(?:[\w.-]{1,99}:)?id\s*=\s*[\"']\s*(\d{1,9})\s*[\"']")
_OWN_NUMBER = regex(rb"(?<![\w.-])([\w.-]{1,99}:id\s*=\s*[\"'])[^\"']{0,40}")
_NAMED = regex(rb"(?<![\w.-])(?:[\w.-]{1,99}:)?name\s*=\s*[\"']planwriter-move-(\d{1,9})[\"']")
_DATE = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")
_HIGHEST = 1 << 30
_FORM_CHANGE = regex(
    rb"<((?:[\w.-]{1,99}:)?)rPrChange(?:\s[^<>]*)?>.*?</\1rPrChange>|<(?:[\w.-]{1,99}:)?rPrChange\s[^<>]*/>", 16
)
NO_DATE = "1970-01-01T00:00:00Z"
"""The date of a move's range, which must have one, when none is given."""


class Marker:
    """Makes marks for one text. `space` is its namespace; with `plain` changes are made without marks."""

    def __init__(self, data: bytes, prefix: bytes, space: str, first_comment: int, date: str, *, plain: bool) -> None:
        if date and not _DATE.fullmatch(date):
            raise ValueError(date)
        if prefix != b"w:" and b"xmlns:w=" in data:
            raise UnreadableDocx("正文里前缀 w: 另有所指")
        self.prefix, self.plain, self.date = prefix, plain, date
        self.declared = "" if prefix == b"w:" else f' xmlns:w="{space}"'
        self.comments: list[NewComment] = []
        self._first_comment = first_comment
        self._last = max((number for each in _NUMBER.findall(data) if (number := int(each)) < _HIGHEST), default=0)
        self._moves = max((int(each) for each in _NAMED.findall(data)), default=0)

    def number(self) -> int:
        """The next number that no mark has."""
        self._last += 1
        return self._last

    def attributes(self, author: str) -> str:
        """Number, author and date of a change."""
        date = f' w:date="{self.date}"' if self.date else ""
        return f'{self.declared} w:id="{self.number()}" w:author="{text_attribute(author)}"{date}'

    def start(self, kind: str, author: str) -> bytes:
        """The start tag of a change: ins, del, moveFrom, moveTo."""
        return f"<w:{kind}{self.attributes(author)}>".encode()

    def end(self, kind: str) -> bytes:
        """Its end tag."""
        return f"</w:{kind}>".encode()

    def sign(self, kind: str, author: str) -> bytes:
        """A change of a paragraph's end, or of a row."""
        return f"<w:{kind}{self.attributes(author)}/>".encode()

    def move_name(self) -> str:
        """The name of the next move."""
        self._moves += 1
        return f"planwriter-move-{self._moves}"

    def move_range(self, kind: str, name: str, author: str) -> tuple[bytes, bytes]:
        """Where the range of a move (moveFrom, moveTo) begins and ends."""
        number = self.number()
        head = f'{self.declared} w:id="{number}" w:author="{text_attribute(author)}" w:date="{self.date or NO_DATE}"'
        return (
            f'<w:{kind}RangeStart{head} w:name="{name}"/>'.encode(),
            f'<w:{kind}RangeEnd{self.declared} w:id="{number}"/>'.encode(),
        )

    def renumbered(self, raw: bytes) -> bytes:
        """A start tag with a number of its own."""
        return bytes(_OWN_NUMBER.sub(lambda match: match[1] + b"%d" % self.number(), raw, count=1))

    def comment(self, author: str, words: str) -> tuple[bytes, bytes]:
        """The start of a comment's range, and its end with what refers to the comment."""
        number = self._first_comment + len(self.comments)
        self.comments.append(NewComment(author, tuple(words.split("\n")), self.date))
        start, end, reference = (
            f'<w:{name}{self.declared} w:id="{number}"/>'
            for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        return start.encode(), f"{end}<w:r{self.declared}>{reference}</w:r>".encode()

    def run(self, text: str, form: bytes) -> bytes:
        """A run of that text; `form` are its properties as they stand elsewhere."""
        return f"<w:r{self.declared}>".encode() + form + text_xml(text).encode() + b"</w:r>"


def bare(form: bytes) -> bytes:
    """The properties of a run without a tracked change of them."""
    return bytes(_FORM_CHANGE.sub(b"", form)) if b"rPrChange" in form else form


_DELETED = {"t": b"delText", "instrText": b"delInstrText"}


def as_deleted(run: RunPiece, prefix: bytes) -> bytes:
    """A run as it stands in w:del, where texts have other names."""
    bits = b"".join(_renamed(each.raw, each.name, prefix) for each in run.bits)
    return b"".join((run.opening, run.form, bits, run.closing))


def _renamed(raw: bytes, name: str, prefix: bytes) -> bytes:
    new = _DELETED.get(name)
    if new is None:
        return raw
    old = prefix + name.encode()
    raw = b"<" + prefix + new + raw[len(old) + 1 :]
    end = b"</" + old
    at = raw.rfind(end)
    return raw if at < 0 else raw[:at] + b"</" + prefix + new + raw[at + len(end) :]
