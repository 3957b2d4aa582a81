"""A script made clean: invisible characters and debris of web pages left out, broken lines joined, run-together lines split.

No other character is added, changed or lost: `same_text` proves it for every script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.importing.glued_head import split_head
from planwriter.importing.labels import read_label
from planwriter.importing.run_together import split_lines
from planwriter.importing.script import Script, ScriptLine
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_INVISIBLE = regex(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = regex("[\n\x0b\x0c\r\x85\u2028\u2029]+")
_ODD_BLANKS = str.maketrans(
    dict.fromkeys("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " ")
)


def clean_script(script: Script) -> Result[Script]:
    """The script without blank lines, invisible characters and debris, each of its lines one paragraph.

    What was left out, other than blanks, is a finding.
    """
    lines = [piece for line in script.lines for piece in _pieces(line)]
    kept, dropped = _without_debris(lines)
    lines = split_head(split_lines(_joined(kept)))
    return Result(replace(script, lines=tuple(lines)), tuple(_left_out(script, dropped)))


def visible(text: str) -> str:
    """A text without invisible characters, odd blanks made plain ones."""
    return _INVISIBLE.sub("", text).translate(_ODD_BLANKS)


def _pieces(line: ScriptLine) -> Iterator[ScriptLine]:
    """The lines of a paragraph without those that are blank; its flags belong to the first."""
    if line.rows:
        width = max(map(len, line.rows))
        rows = tuple((*(visible(cell).strip() for cell in row), *[""] * (width - len(row))) for row in line.rows)
        if any(cell for row in rows for cell in row):
            yield replace(line, rows=rows)
        return
    first = True
    for part, piece in enumerate(_LINE_ENDS.split(visible(line.text))):
        if piece.strip() or (first and line.label and line.text.strip() == ""):
            if first:
                yield replace(line, text=piece.rstrip(), page_break=line.page_break or "\x0c" in line.text)
            else:
                yield replace(line, text=piece.rstrip(), label="", page_break=False, part=part)
            first = False


# debris

_HEAD_DEBRIS = regex(
    r"您?(?:现在|当前)?(?:的)?(?:所在)?(?:的)?位置(?:是)?\s*[：:>＞].*|首页\s*[>＞»/|].*|(?:网站|返回)首页|无障碍(?:浏览|阅读)?|长者(?:模式|版)|繁體版?"
    r"|(?:信息)?索\s*引\s*号\s*[：:].*|(?:点击|浏览|阅读|访问)(?:次数|量|数|人数)\s*[：:].*|【?字(?:体|号)\s*(?:[：:]|[【\[（(]).*|[【\[（(]?\s*(?:大|中|小)(?:[\s|/]*(?:大|中|小)){2}\s*[】\]）)]?"
    r"|分享(?:到|至).{0,30}|打印(?:本页|此页)|【?打印】?.{0,20}关闭.{0,10}|(?:保护视力|视力保护)色.*|语音播报|\d{4}-\d\d?-\d\d?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s*来源[：:].*"
    r"|发布(?:日期|时间)\s*[：:].{6,30}(?:来源|浏览|点击|作者|字体|字号).*"
)
"""Matches lines that only a web page has before its text."""
_HEAD_ENTRY = regex(
    r"(?:English|[\[【]\s*(?:索引号|发文机构|发文机关|主题分类|成文日期|发布日期|发布机构|标题|名称|文号|发文字号|有效性|主题词)\s*[\]】].*"
    r"|(?:主题|信息|公开|体裁)?分\s*类\s*[：:].*|主题词\s*[：:].*|(?:发布|成文|生成|公开|发文|印发|生效|废止|更新|发布于)(?:日期|时间)\s*[：:].*"
    r"|(?:发文|发布|公开|制发|信息来源|来文)(?:机构|机关|单位|主体)\s*[：:].*|(?:信息)?来\s*源\s*[：:].*|(?:文章)?作者\s*[：:].*|(?:点击|浏览|阅读|访问)\s*[：:].*"
    r"|(?:发文字号|文\s*号|名\s*称|标\s*题|公文种类|文件编号|统一(?:登记|编)号|有效性|时效性?|公开(?:方式|形式|属性)|文件状态|是否有效)\s*[：:].*|字[体号]"
    r"|(?:分享|转发)(?:\s*[：:].{0,30})?|打印|收藏|纠错|(?:打印|收藏|纠错|分享)(?:[\s|/]+(?:打印|收藏|纠错|分享|关闭))+|\d{4}-\d\d?-\d\d?(?:\s+\d\d?:\d\d(?::\d\d)?)?)"
)
"""Matches lines that a web page has there, and that a document can have, too."""
_SITE = regex(r".{2,16}(?:网站|政府网|门户网|信息网|教育网)")
_SITE_LINES = 3
"""The name of a site is told as such so far from the beginning."""
_BARE_KEY = regex(
    r"[\[【]?\s*(?:(?:信息)?索\s*引\s*号|(?:主题|信息|公开|体裁)?分\s*类|主题词|(?:发文|发布|制发|公开)(?:机构|机关|单位|主体)|(?:发布|成文|生成|公开|发文)(?:日期|时间)|发文字号|文\s*号|有效性|公开(?:方式|形式|属性)|来\s*源)\s*[：:\]】]"
)
"""Matches a key whose value is the next line."""
_MAX_VALUE = 40
_TAIL_DEBRIS = regex(
    r"(?:扫一扫.*|分享(?:到|至)\s*[：:]?.{0,40}|(?:【|\[)(?:打印|关闭|收藏|返回|TOP|顶部)(?:本页|此页|窗口|页面|顶部)?(?:】|\])(?:[\s|/]*(?:【|\[)?(?:打印|关闭|收藏|返回|顶部)(?:本页|此页|窗口|页面|顶部)?(?:】|\])?)*"
    r"|(?:打印|关闭|返回|收藏)(?:本页|此页|窗口|页面|顶部)|(?:上|下)一篇\s*[：:].*|.{0,20}版权所有.*|.{0,40}ICP备.*|.{0,30}公网安备.*|Copyright.{0,80}|网站标识码\s*[：:]?.*"
    r"|网站声明.{0,40}|(?:初审|复审|终审)\s*[：:].{0,20}|【纠错】|我要纠错|您访问的链接即将离开.*|建议使用.{0,40}分辨率.*|(?:保护视力|视力保护)色.*|(?:浏览|阅读|访问|点击)(?:次数|量|数)\s*[：:]\s*\d*.{0,4})"
)
"""Matches lines that only a web page has behind its text."""
_TAIL_ENTRY = regex(
    r"(?:分享(?:\s*[：:].{0,40})?|打印|关闭|收藏|返回|TOP|顶部|纠错|(?:打印|收藏|纠错|分享|关闭|返回)(?:[\s|/]+(?:打印|收藏|纠错|分享|关闭|返回))+|(?:上|下)一(?:条|页)\s*[：:].*"
    r"|相关(?:附件|链接|文档|新闻|解读|阅读|信息|稿件|文章)\s*[：:]?.{0,60}|.{2,60}\.(?:pdf|docx?|xlsx?|wps|ofd)|(?:政策|文字|图片|图文|视频)解读\s*[：:]?.{0,60}|解读\s*[：:].*|网站地图\s*[：:]?.*"
    r"|(?:主办|承办|技术支持|维护)(?:单位)?\s*[：:].{2,60}|联系我们.{0,40}|(?:责任)?编辑\s*[：:].{0,20}|(?:审核|校对|录入)\s*[：:].{0,20}|(?:信息)?来源\s*[：:].{0,30}|发布(?:时间|日期)\s*[：:].{0,30})"
)
"""Matches lines that a web page has there, and that a document can have, too."""
_ENTRIES = 4
"""So many lines of the second sort before a text are the entries of a web page."""
_PAGE = regex(
    r"[-—–－─·.\s]{1,6}\d{1,4}[-—–－─·.\s]{1,6}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}"
)
_OF_PAGES = regex(r"\d{1,4}\s*/\s*\d{1,4}")
_BARE_NUMBER = regex(r"\d{1,4}")
_PAGE_LENGTH = 150
"""The fewest characters of a page."""
_NUMBER_HEADS = frozenset(("序号", "序 号", "编号", "No.", "项次"))
_HEAD_LINES = 60
_TAIL_LINES = 40


class _Sorted(NamedTuple):
    kept: list[ScriptLine]
    dropped: list[ScriptLine]


def _without_debris(lines: list[ScriptLine]) -> _Sorted:
    """The lines without page numbers, and without what web pages have before the title and after the last paragraph.

    A line that a document can have, too (来源：, 主办：), is left out only beside one that only a web page has.
    """
    head, tail = range(_head_end(lines)), range(_tail_start(lines), len(lines))
    sure = [
        at for at in head if _is_debris(lines[at], _HEAD_DEBRIS) or (at < _SITE_LINES and _is_debris(lines[at], _SITE))
    ]
    sure += [at for at in tail if _is_debris(lines[at], _TAIL_DEBRIS)]
    entries = [at for at in head if _is_debris(lines[at], _HEAD_ENTRY)]
    gone = {*_page_numbers(lines), *sure}
    if sure or len(entries) >= _ENTRIES:
        gone |= {*entries, *(at for at in tail if _is_debris(lines[at], _TAIL_ENTRY))}
        gone |= {at + 1 for at in head if at in gone and at + 1 in head and _is_value(lines, at + 1)}
    return _Sorted(
        [line for at, line in enumerate(lines) if at not in gone],
        [line for at, line in enumerate(lines) if at in gone],
    )


def _is_value(lines: list[ScriptLine], at: int) -> bool:
    """True if a line is the value of the key before it."""
    text = lines[at].text.strip()
    return _is_debris(lines[at - 1], _BARE_KEY) and len(text) <= _MAX_VALUE and text[-1:] not in _SENTENCE_END


def _is_debris(line: ScriptLine, *patterns: re.Pattern[str]) -> bool:
    text = line.text.strip()
    return not line.rows and not line.label and any(pattern.fullmatch(text) for pattern in patterns)


def _head_end(lines: list[ScriptLine]) -> int:
    """The index of the first line that begins the document: one that is labelled, or long."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if (
            line.rows
            or line.label
            or line.style
            or (len(line.text) > 80 and not _is_debris(line, _HEAD_DEBRIS, _HEAD_ENTRY))
        ):
            return at
        if read_label(line.text) and not _is_debris(line, _HEAD_DEBRIS, _HEAD_ENTRY):
            return at
    return min(len(lines), _HEAD_LINES)


def _tail_start(lines: list[ScriptLine]) -> int:
    """The index behind the last line that is a part of the document."""
    at = first = len(lines)
    while at and len(lines) - at < _TAIL_LINES:
        at -= 1
        if _is_debris(lines[at], _TAIL_DEBRIS, _TAIL_ENTRY):
            first = at
        elif lines[at].rows or len(lines[at].text) > 60 or lines[at].text.strip()[-1:] in "。；！":
            break
    return first


def _page_numbers(lines: list[ScriptLine]) -> set[int]:
    """The indices of lines that are page numbers: with dashes, or bare ones that count up."""
    sure = [
        at for at, line in enumerate(lines) if not line.rows and not line.label and _PAGE.fullmatch(line.text.strip())
    ]
    parts = [at for at, line in enumerate(lines) if _is_debris(line, _OF_PAGES)]
    sure += parts if len({lines[at].text.partition("/")[2].strip() for at in parts}) == 1 < len(parts) else []
    bare = [
        at
        for at, line in enumerate(lines)
        if not line.rows and not line.label and _BARE_NUMBER.fullmatch(line.text.strip())
    ]
    numbers = [int(lines[at].text.strip()) for at in bare]
    counts_up = len(bare) > 2 and all(after == before + 1 for before, after in pairwise(numbers))
    is_spread = len(bare) > 1 and bare[-1] - bare[0] > 4 * len(bare)
    apart = (
        counts_up
        and is_spread
        and all(sum(len(line.text) for line in lines[one:two]) >= _PAGE_LENGTH for one, two in pairwise(bare))
    )
    return {*sure, *(bare if apart and not _counts_rows(lines, bare[0]) else ())}


def _counts_rows(lines: list[ScriptLine], first: int) -> bool:
    """True if the numbers that begin at `first` are those of a table whose cells are lines."""
    return any(line.text.strip() in _NUMBER_HEADS for line in lines[max(0, first - 30) : first])


def _left_out(script: Script, dropped: list[ScriptLine]) -> Iterator[Finding]:
    """A finding for each run of lines that were left out."""
    run: list[ScriptLine] = []
    for line in dropped:
        if run and line.number > run[-1].number + 1:
            yield _dropped(script, run)
            run = []
        run.append(line)
    if run:
        yield _dropped(script, run)


_MAX_SHOWN = 20
"""So many characters of a line are shown."""


def _dropped(script: Script, run: list[ScriptLine]) -> Finding:
    texts = [line.text.strip() for line in run[:4]]
    shown = "／".join(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…" for text in texts) + (
        "……" if len(run) > 4 else ""
    )
    return finding("PW701", Pos(script.name, run[0].number), what=shown)


# broken lines

_MIN_WRAPPED, _MAX_WRAPPED = 12, 90
_SENTENCE_END = "。！？；：…”）)!?;:"
_WRAPPED_SHARE = 0.5


def _joined(lines: list[ScriptLine]) -> list[ScriptLine]:
    """The lines, those joined that a program broke at the edge of a page."""
    width = _page_width(lines)
    if not width:
        return lines
    made: list[ScriptLine] = []
    last = ScriptLine()
    for line in lines:
        if made and _goes_on(last, line, width):
            gap = " " if _is_latin(last.text[-1:]) and _is_latin(line.text[:1]) else ""
            made[-1] = replace(made[-1], text=made[-1].text + gap + line.text)
        else:
            made.append(line)
        last = line
    return made


def _is_latin(mark: str) -> bool:
    return mark.isascii() and mark.isalpha()


def _page_width(lines: list[ScriptLine]) -> int:
    """The length at which the lines of a script were broken; 0 if they were not."""
    lengths = sorted(len(line.text.strip()) for line in lines if not line.rows)
    if len(lengths) < 8:
        return 0
    widest = lengths[len(lengths) * 19 // 20]
    if not _MIN_WRAPPED <= widest <= _MAX_WRAPPED or lengths[-1] > widest * 1.3 + 4:
        return 0
    full = sum(1 for length in lengths if length >= widest * 0.85)
    broken = sum(
        1 for line in lines if not line.rows and len(line.text) >= widest * 0.8 and line.text[-1] not in _SENTENCE_END
    )
    return widest if full >= len(lengths) * _WRAPPED_SHARE and broken * 3 >= full else 0


def _goes_on(before: ScriptLine, line: ScriptLine, width: int) -> bool:
    """True if a line is the rest of the paragraph that the line before it is a part of."""
    if before.rows or line.rows or line.label or line.style or before.style or line.page_break:
        return False
    if line.text[:1] in " \u3000\t" or len(before.text.strip()) < width * 0.8:
        return False
    label = read_label(line.text)
    return label is None or label.doubtful
