"""Finds what was left to be filled in: ____, ××, 【待补】, 【95%】, 〔待定〕, TODO, {{ … }} (PW216)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.start.patterns import regex

_LETTER = r"[^\W\da-zA-Z_]"  # Chinese characters and a few more: a range of code points takes 1 ms to compile
_LATER = r"(?:待[定补填核查]|待(?:补充|填写|填报|核实|核定|确认|完善|明确|更新)|暂缺|填写|略|此处\w{0,8})"
_UNSET = (
    r"【(?!(?:19|20)\d\d】)\d[\d.年月日万亿]*[^\d【】，。]{0,4}】"
    rf"|(?<={_LETTER})【[一二三四五六七八九十百千万两]+[^【】，。]{{0,3}}】"
)
"""Matches a figure that a draft marks because nobody set it: 【95%】."""
_ONE = r"(?<![A-Za-z\d.×*＊\s）)])(?:[XxＸ](?=[个名所家场次项人万亿元年月日号期支份批](?![数素染]|次方))|×(?=[年月日号](?![数限份期])))"
"""Matches a single sign for a number: X个, ×年×月; no X光, and no sign of multiplication."""
_MANY = r"(?<![\d×])×{2,}(?![\d×])|(?<![A-Za-z\d])(?:[Xx]{3,}|Ｘ{2,})(?![A-Za-z\dＸ])"
"""Matches signs for a number wherever they stand: 0871-××××××××; no masked number, as 138××××0012."""
_ASKED = r"【\w{1,8}[股科室局办处委](?:核实?|补充?|填写?|提供|确认|审核?)】"
"""Matches a note to a colleague: 【财务股核】."""
_NOBODY = r"[（(](?:责任|牵头|配合|主办|承办)(?:单位|部门|股室|科室|处室|人)[：:]\s{0,8}[）)]"
"""Matches a duty that nobody has: （责任单位：）."""
_PLACEHOLDER = regex(
    rf"(?<![A-Za-z])_+|_+(?![A-Za-z])|[×xX＊*]{{2,12}}(?={_LETTER})|(?<={_LETTER})(?:×{{2,}}|X{{2,}}|x{{2,}}|[*＊]{{2,}})|(?<![A-Za-z*])\*(?=[%％.．万亿元人名个所家次项年月日处套场])"
    rf"|某某|[【〔［]\s*[】〕］]|{_UNSET}|（\s*）|\(\s*\)|[（(【〔［\[]{_LATER}[）)】〕］\]]|TODO|TBD|FIXME|待补充|待填写|[?？]{{2,}}|(?<![一二○◯])[○◯]{{2,12}}(?={_LETTER})|{_ONE}|{_MANY}|{_ASKED}|{_NOBODY}"
)
_SIGNS = (
    *("_", "*", "＊", "×", "x", "X", "Ｘ", "某某", "【", "〔待", "〔暂", "〔填", "〔略", "〔此", "〔〕", "〔 ", "［", "（）", "（ ", "()", "( "),
    *("（待", "(待", "（暂", "(暂", "（填", "(填", "（略", "(略", "（此处", "(此处", "[待", "[暂", "[填", "[略", "[此", "TODO", "TBD", "FIXME", "待补充", "待填写", "??", "？？"),
    *("○○", "◯◯", "〔\u3000", "（\u3000", "(\u3000", "（\n", "(\n"),
*("：）", ":）", ":)", "：)", "： ）", "：\u3000）", ":\u3000）"),
)  # fmt: skip
"""One of these is in each text with a blank; a quick search for them saves compiling the pattern."""
_FIRST = frozenset(sign[0] for sign in _SIGNS)
_HOLE = regex(r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}")


def leftovers(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the blanks in a text."""
    if not _FIRST.isdisjoint(text) and any(map(text.__contains__, _SIGNS)):
        yield from (found.span() for found in _PLACEHOLDER.finditer(text))


def holes(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of `{{ … }}` in a finished text, in which nothing may be left to be filled in."""
    if "{{" in text or "{%" in text:
        yield from (found.span() for found in _HOLE.finditer(text))


def around(text: str, start: int, end: int) -> str:
    """A blank with the characters beside it, as a finding shows it."""
    return text[max(0, start - 4) : min(end, start + 12) + 4].replace("\n", "")
