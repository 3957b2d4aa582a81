"""Finds 的 for 地 before a verb and for 得 behind one: 扎实的推进工作, 做的不够 (PW537)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip, beside
from planwriter.start.patterns import regex

_BEFORE_A_VERB = regex(
    r"(?:\A|(?<=[，。；：\n要应须]))(?:扎实|切实|认真|大力|稳步|有序|不断|逐步|进一步|深入|坚决|全力|主动|扎扎实实|持续|及时)(?P<of>的)"
    r"(?:推进|推动|开展|落实|做好|抓好|完成|加强|提高|提升|解决|实施|组织|贯彻|执行|建设|参与|配合|促进|改善|增强|发挥|履行|把|将)"
    r"(?![^，。；、\n]{0,8}(?:作用|机制|力量|力度|体系|措施|举措|局面|态势|势头|氛围|环境|制度|责任感|精神|态度|作风|过程|中(?=[，。]))(?:[，。；、\n]|\Z))"
)
_BEHIND_A_VERB = regex(
    r"(?:做|抓|干|办|管|学|讲|落实|完成|开展|推进|执行|准备|组织)(?P<of>的)(?:很|更|更加|非常|比较|较为|还|十分)?"
    r"(?:扎实|到位|细致|不够|不实|不细|出色|彻底|圆满|有声有色|井井有条)(?=[，。；、）\n]|\Z)"
)


def wrong_particles(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    for pattern, right in ((_BEFORE_A_VERB, "地"), (_BEHIND_A_VERB, "得")):
        for found in pattern.finditer(text):
            start, end = found.span("of")
            what = f"“的”应当是“{right}”“{beside(text, start, end, 4)}”"
            yield Slip(start, end, "PW537", what, f"改成“{right}”。", right, right)
