"""Plain texts and Markdown: their encoding found out, each line a line of the script, tables told by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Pos, Result
from planwriter.importing.script import MAX_CELLS, MAX_LINES, Script, ScriptLine
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_COMMON = frozenset(
    "的一是在有和人大工作发展教育全面加强推进实施管理建设服务单位责任部门县市区局年月日组织领导目标任务措施保障要点计划方案"
)
"""Frequent characters of official texts, by which encodings are told apart."""
_ALSO_TRADITIONAL = frozenset("發展實單責門區組織領導務點畫會縣學")
_SAMPLE = 200_000
_LIKELY = 0.03
"""The share of frequent characters that any Chinese text has."""
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SHOWN = {
    "gb18030": "GB18030（GBK）",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-8": "UTF-8",
}


class _Decoded(NamedTuple):
    text: str
    encoding: str
    sure: bool


def read(data: bytes, name: str, *, markdown: bool = False) -> Result[Script | None]:
    """The script of a text file."""
    found = Findings()
    decoded = decode_text(data)
    damaged = decoded.text.count("\ufffd")
    if damaged or not decoded.sure:
        damage = f"，有 {damaged} 处读不出来" if damaged else ""
        found.append(
            finding("PW710", Pos(name), encoding=_SHOWN.get(decoded.encoding, decoded.encoding), damage=damage)
        )
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", decoded.text)
    if len(lines) > MAX_LINES:
        found.append(finding("PW709", Pos(name), size=f"{len(lines)} 行", limit=f"{MAX_LINES} 行"))
        return found.result(None)
    typed = (ScriptLine(text=line, number=number) for number, line in enumerate(lines, 1))
    made = tuple(_with_tables(_markdown(typed) if markdown else list(typed)))
    return found.result(Script(name=name, lines=made))


def decode_text(data: bytes) -> _Decoded:
    """The text of a file in whatever encoding it is; `sure` unless it was told by the frequency of characters alone."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _Decoded(data.decode(encoding, "replace"), encoding, sure=True)
    try:
        return _Decoded(data.decode("utf-8"), "utf-8", sure=True)
    except UnicodeDecodeError:
        pass
    sample = data[:_SAMPLE]
    if sample.count(0) * 8 > len(sample):  # UTF-16 without its mark: every second byte of ASCII is 0
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return _Decoded(data.decode("utf-16-le" if little else "utf-16-be", "replace"), "utf-16-le", sure=True)
    ways = []
    for encoding in ("gb18030", "utf-8", "big5hkscs", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        ways.append((_likeness(text[:_SAMPLE]), encoding, text))
    best, encoding, text = max(ways, key=lambda way: way[0])
    if best < _LIKELY:
        encoding, text = _by_statistics(sample, data) or (encoding, text)
    return _Decoded(text, encoding, sure=encoding == "gb18030" and best > _LIKELY and "\ufffd" not in text)


def _by_statistics(sample: bytes, data: bytes) -> tuple[str, str] | None:
    """The encoding that charset-normalizer finds, if it is installed, and the text; None if it finds none."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    found = from_bytes(sample).best()
    return (found.encoding, data.decode(found.encoding, "replace")) if found is not None else None


def _likeness(text: str) -> float:
    """How much a text looks like Chinese prose: the share of frequent characters, less that of wrong ones."""
    letters = [mark for mark in text if mark > "\x7f"]
    if not letters:
        return 0.0
    common = sum(1 for mark in letters if mark in _COMMON or mark in _ALSO_TRADITIONAL)
    wrong = sum(1 for mark in letters if mark == "\ufffd" or "\ue000" <= mark <= "\uf8ff")
    return (common - 5 * wrong) / len(letters)


# tables


def _with_tables(lines: list[ScriptLine]) -> Iterator[ScriptLine]:
    """The lines; several in a row with as many tabs are the rows of a table."""
    at = cells = 0
    while at < len(lines):
        tabs = _tabs(lines[at])
        end = at + 1
        while tabs and end < len(lines) and _tabs(lines[end]) == tabs:
            end += 1
        cells += (end - at) * (tabs + 1)
        if end - at > 1 and cells <= MAX_CELLS:
            rows = tuple(tuple(cell.strip() for cell in line.text.split("\t")) for line in lines[at:end])
            yield replace(lines[at], text="", rows=rows)
            at = end
        else:
            yield lines[at]
            at += 1


def _tabs(line: ScriptLine) -> int:
    """The number of tabs between the cells of a line; 0 for a line that is only indented."""
    return line.text.count("\t") if line.text.strip() and not line.rows and not line.text.startswith("\t") else 0


# Markdown

_HEADING = regex(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = regex(r"\s{0,3}(?:[-*_]\s*){3,}")
_BAR_RULE = regex(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_BULLET = regex(r"\s*[-*+]\s+")
_STRONG = regex(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_ESCAPE = regex(r"\\([\\`*_{}\[\]()#+\-.!|])")
_MAX_HEADING = 500
_LEVELS = ("标题", "章", "节", "条", "款", "款")


def _markdown(lines: Iterator[ScriptLine]) -> list[ScriptLine]:
    """The lines of a Markdown text: headings are styled, marks of emphasis and rules left out, tables told by their bars."""
    made: list[ScriptLine] = []
    typed = list(lines)
    at = 0
    while at < len(typed):
        line = typed[at]
        heading = _HEADING.fullmatch(line.text.rstrip()) if len(line.text) <= _MAX_HEADING else None
        if (
            "|" in line.text
            and at + 1 < len(typed)
            and _BAR_RULE.fullmatch(typed[at + 1].text)
            and "-" in typed[at + 1].text
        ):
            end = at + 2
            while end < len(typed) and "|" in typed[end].text:
                end += 1
            rows = [_bar_cells(each.text) for each in (typed[at], *typed[at + 2 : end])]
            width = max(map(len, rows))
            made.append(replace(line, text="", rows=tuple((*row, *[""] * (width - len(row))) for row in rows)))
            at = end
            continue
        if heading is not None:
            made.append(replace(line, text=_plain(heading[2]), style=_LEVELS[len(heading[1]) - 1]))
        elif not _RULE.fullmatch(line.text):
            bold = line.text.strip().startswith(("**", "__")) and line.text.strip().endswith(("**", "__"))
            made.append(replace(line, text=_plain(_without_bullet(line.text)), bold=bold))
        at += 1
    return made


def _without_bullet(text: str) -> str:
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def _bar_cells(text: str) -> tuple[str, ...]:
    return tuple(_plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", text.strip().strip("|")))


def _plain(text: str) -> str:
    """A text without marks of emphasis and escapes."""
    return _ESCAPE.sub(r"\1", _STRONG.sub(r"\2", text)).removesuffix("  ")
