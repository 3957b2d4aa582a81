"""Finds laws cited without 《》, and document numbers that are not written as GB/T 9704 asks (PW538)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Dated, OwnWords, Slip
from planwriter.start.patterns import re, regex

_LAW = regex(r"(?<![《〈\0])中华人民共和国[\u4e00-\u9fff]{2,16}?(?:法典|法|条例)(?=[，。；、和与及的等规要]|\n|\Z)")
_NUMBER = regex(
    r"[\[【（(［〔](?P<year>20\d\d)[\]】）)］〕] ?第?0{0,4}(?P<number>[1-9]\d{0,4})号(?![楼线院井厂地])(?<=[\u4e00-\u9fff])"
)
_ORGAN = regex(r"[\u4e00-\u9fff]{1,8}\Z")
_LONGEST_ORGAN = 8


def odd_document_names(own: OwnWords) -> Iterator[Dated]:
    """The slips of one text; a number of a later year is one only in plans that end before."""
    for found in _LAW.finditer(own.terms) if "中华人民共和国" in own.terms else ():
        law = found.group()
        what = f"“{law}”没有用书名号"
        yield Dated(Slip(*found.span(), "PW538", what, f"改成《{law}》。", f"《{law}》", "law"))
    for found in _NUMBER.finditer(own.text):
        yield from _number(own.text, found)


def _number(text: str, found: re.Match[str]) -> Iterator[Dated]:
    organ = _ORGAN.search(text[max(0, found.start() - _LONGEST_ORGAN) : found.start()])
    if organ is None:
        return
    written, right = found.group(), f"〔{found['year']}〕{found['number']}号"
    shown = f"{organ.group()[-4:]}{written}"
    if written != right:
        how = "多了“第”、“0”或者空格" if written[0] + written[5] == "〔〕" else "年份没有用六角括号"
        advice = f"改成“{right}”。"
        yield Dated(Slip(*found.span(), "PW538", f"发文字号“{shown}”{how}", advice, right, how))
    year = int(found["year"])
    what = f"发文字号“{shown}”的年份在计划之后"
    yield Dated(Slip(*found.span(), "PW538", what, "核对原件的年份。", kind="future"), before=year)
