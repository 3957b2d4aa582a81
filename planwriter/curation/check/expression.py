"""Checks single expressions of clauses: collocations (PW370), duties as rates (PW376), own honours (PW377), powers of others (PW378)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.collocations import faulty_collocations
from planwriter.checks.wording import literal_text
from planwriter.clauses.clause import Clause
from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import Finding
from planwriter.model.walk import NAMES, TextRole
from planwriter.start.patterns import regex

_LEFT_OUT = NAMES.union((TextRole.DEFAULT, TextRole.CELL, TextRole.ARGUMENT))
_STOPS = "。；！？\n"
_REACH = 300
"""So many characters before or behind an expression are read for the rest of its sentence."""

_RATE = regex(
    r"((?:按期|按时|限时|依法|及时)办结率|(?:定期|法定|强制)?检验率|检定率|持证(?:上岗)?率|依法公开率|亮证率|依法纳税率|合规率)"
    r"[^，。；\n]{0,14}?(\d+(?:\.\d+)?|\{\{[^{}\n]{1,60}\}\})\s*[%％]"
)
_HONOUR = regex(
    r"(?:创建|评选|评定|打造|命名|认定|选树|创成)[^，。；\n]{0,14}?"
    r"(?:示范|特色|样板|标杆|星级|优秀|先进)性?(?:学校|校园|校|幼儿园|基地|园区|单位|村|社区|窗口|班组|机关|企业|项目|街区|工地)"
    r"|(?:建设|培育|遴选|推出)[^，。；\n]{0,12}?(?:示范性?(?:学校|校|幼儿园|基地|单位)|特色(?:学校|校)|基地校|样板校)"
)
_ABOVE = regex(
    r"国家|全国|省|部级|市级|上级|申报|申请|推荐|推报|报送|迎接|复核|已命名|已创建|命名的|评定的|认定的|创建的|批准|清单|名单|办法|标准|目录|不(?:再|得|搞|以|另)|严禁|"
    r"取消|清理|撤销|从严控制"
)
"""Words by which the honour is that of a superior, or is not given."""
_OTHERS = {
    "组织部门": "组织", "组织部": "组织", "编办": "组织", "机构编制部门": "组织",
    "财政部门": "财政", "财政局": "财政", "公安机关": "公安", "公安部门": "公安", "税务部门": "税务", "人民法院": "法院",
}  # fmt: skip
"""Bodies that decide for themselves, with the field whose clauses are their own."""
_GOVERNMENT = r"\{\{ ?(?:政府|党委) ?\}\}"
_DECIDES = "统筹|专题研究|每半年|每季度|每月|每年|履行|落实|解决|保障|安排|出台|拨付|列支|化解|负责(?!人|同志)|划拨|召开|调度|配备|核定|提高|建立"
_BY_OTHERS = regex(rf"由(?:{_GOVERNMENT}|(?:{'|'.join(_OTHERS)}))(?:[^，。；\n]{{0,6}}?)(?:{_DECIDES})")
_OTHERS_ACT = regex(
    rf"(?:^|(?<=[，。；\n]))(?:{_GOVERNMENT}|(?:{'|'.join(_OTHERS)}))(?:应当?|要|须|每|对|将|负责)?[^，。；\n]{{0,4}}?(?:{_DECIDES})"
)
_PARTS = "提请 会同 配合 推动 督促 协调 报请 协助 建议 联合 商请 争取 经批准 经本级 经{{ 提交 对接 移送 移交 告知 报{{ 报本级"
_WITH = tuple(_PARTS.split())
"""Words by which an office takes part in what others decide."""


def check_expression(clause: Clause) -> Iterator[Finding]:
    """The findings on the expressions of a clause."""
    for text, role in clause.texts():
        if role in _LEFT_OUT or text.origin is None:
            continue
        for each in faulty_collocations(literal_text(text.value)):
            place, shown = text.origin.within(text.value, each.start, each.end), text.value[each.start : each.end]
            words = {"verb": each.verb, "noun": each.noun, "instead": each.instead}
            yield make_finding("PW370", place, {**words, "clause": clause.identifier, "shown": shown})
        if clause.format < 2:
            continue
        for code, start, end in _doubtful(text.value, clause):
            place = text.origin.within(text.value, start, end)
            yield finding(code, place, clause=clause.identifier, shown=text.value[start:end])


def _doubtful(text: str, clause: Clause) -> Iterator[tuple[str, int, int]]:
    """What an office should not promise: the code, and where it stands."""
    for match in _RATE.finditer(text) if "率" in text else ():
        if match[2].startswith("{") or float(match[2]) < 100:
            yield "PW376", *match.span()
    for match in _HONOUR.finditer(text):
        if not _ABOVE.search(_sentence(text, *match.span())):
            yield "PW377", *match.span()
    for pattern in (_BY_OTHERS, _OTHERS_ACT):
        for match in pattern.finditer(text):
            if not _is_their_own(match.group(), clause) and not any(
                word in _before(text, match.start()) for word in _WITH
            ):
                yield "PW378", *match.span()


def _is_their_own(shown: str, clause: Clause) -> bool:
    """True if the body that acts is the one for which the clause is written."""
    return any(field in clause.systems for body, field in _OTHERS.items() if body in shown)


def _sentence(text: str, start: int, end: int) -> str:
    ends = [at for at in (text.find(mark, end, end + _REACH) for mark in _STOPS) if at >= 0]
    return text[_begin(text, start) : min(ends, default=end + _REACH)]


def _before(text: str, start: int) -> str:
    return text[_begin(text, start) : start]


def _begin(text: str, start: int) -> int:
    low = max(0, start - _REACH)
    return max(low, *(text.rfind(mark, low, start) + 1 for mark in _STOPS))
