"""Finds sentences that break off: 为了。 同时。 不少于， (PW536)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip, beside
from planwriter.start.patterns import regex

_WORDS = "为了?|通过|根据|按照|依据|围绕|由|在|对|把|将|从|向|与|和|及|以及|同时|此外|另外|因此|并|并且|而且|但|但是|其中|以便|使|让"
_ALONE = regex(rf"(?:\A|(?<=[。；，！？\n]))(?P<word>{_WORDS})(?=[。；！？])|(?<=[。；，])(?P<last>{_WORDS})(?=\n|\Z)")
_WITHOUT_FIGURE = regex(
    r"(?:不少于|不低于|不超过|不高于|不小于|不大于|(?:提高|增加|提升|下降|降低|压缩|缩短|控制|稳定|保持)(?:到|至|在)(?<!保持到))(?=[，。；]|\n|\Z)"
)
_WITHOUT_OBJECT = regex(
    r"(?:(?<=[，；。])(?:制定|印发|加强|确保|做好|抓好|贯彻|建立|健全|实现|促进|提高|提升|完善|强化)|(?:\A|(?<=[，；。\n]))(?:切实|进一步|认真|大力|全面)(?:加强|做好|推动|贯彻|建立|强化))(?=[。；])"
)


def broken_off(text: str) -> Iterator[Slip]:
    """The slips of a text of prose, in which quotations are blanked."""
    for found in _ALONE.finditer(text):
        word = found["word"] or found["last"]
        yield _slip(text, found.span(), f"“{word}”后面没有话了")
    for found in _WITHOUT_FIGURE.finditer(text):
        yield _slip(text, found.span(), f"“{found.group()}”后面没有数")
    for found in _WITHOUT_OBJECT.finditer(text):
        yield _slip(text, found.span(), f"“{found.group()}”后面没有写明是什么")


def _slip(text: str, span: tuple[int, int], what: str) -> Slip:
    shown = beside(text, *span, 6)
    return Slip(*span, "PW536", f"{what}：“{shown}”", "没写完的写完；多出来的删去。", kind="broken")
