"""What surrounds the compared text of a .docx, in words: pages, headers, footers, notes, the content of its pictures."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.package import open_archive
from planwriter.start.digests import sha256

_LONGEST = 300
"""Of a longer header or note, its start is told."""
_MOST = 200


def around(document: WordDocument, data: bytes, contents: int, comments: int) -> tuple[str, ...]:
    """Lines of the form 页脚：— 1 —, each once: what is told apart before the colon, how it is behind it.

    `contents` is the number of lines in tables of contents, `comments` that of the comments that are not in the text.
    """
    made = dict.fromkeys((*_pages(document), *_sides(document), *_pictures(data)))
    if contents:
        made[f"目录：{contents} 行"] = None
    if comments:
        made[f"不在正文里的批注：{comments} 条"] = None
    return tuple(made)[:_MOST]


def _pages(document: WordDocument) -> Iterator[str]:
    for each in document.sections:
        top, bottom, left, right = map(_mm, (each.top, each.bottom, each.left, each.right))
        margins = f"页边距上 {top}、下 {bottom}、左 {left}、右 {right} 毫米"
        yield f"页面：纸张 {_mm(each.width)}×{_mm(each.height)} 毫米，{margins}"


def _mm(twips: int) -> int:
    return round(twips * 25.4 / 1440)


def _sides(document: WordDocument) -> Iterator[str]:
    """Headers, footers and notes that hold anything; the same in several sections is one."""
    for each in document.sides:
        place = each.place.partition("节")[2] or each.place
        words = "　".join(one.words for one in each.paragraphs if one.words)
        if "文本框" not in place and (words or any(one.drawn for one in each.paragraphs)):
            yield f"{place}：{words[:_LONGEST]}{'…' * (len(words) > _LONGEST)}"


def _pictures(data: bytes) -> Iterator[str]:
    """The number of the picture files, and a mark that changes with their bytes."""
    entries = [each for each in open_archive(data).entries if "/media/" in each.name]
    if entries:
        known = sorted(f"{each.crc} {each.size}" for each in entries)
        yield f"图片：{len(entries)} 个文件，校验码 {sha256(' '.join(known).encode())[:8]}"
