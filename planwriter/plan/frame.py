"""Completes the official frame (发文) of an outline: what is not given is derived."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.language.numerals import chinese_numeral
from planwriter.model import Frame, Text
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.start.records import replace

_MAX_NAMED = 3
"""As many issuers are named in a notice's title; of more, the title names the first and says how many they are."""
_DEPARTMENT_ENDS = ("局", "委", "委员会", "办", "办公室", "部", "厅")


def _together(names: tuple[str, ...]) -> str:
    """The issuers as the title of their notice names them."""
    if len(names) <= _MAX_NAMED:
        return " ".join(names)
    kind = "部门" if all(name.endswith(_DEPARTMENT_ENDS) for name in names) else "单位"
    return f"{names[0]}等{chinese_numeral(len(names))}{kind}"


def complete_frame(frame: Frame, title: str, unit: str, fill: Callable[[Text], Text]) -> Frame:
    """The frame with its texts filled by `fill`; values that are not given are derived from the others."""

    def filled(text: Text | None) -> Text | None:
        return fill(text) if text else None

    def all_filled(texts: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(fill(text) for text in texts)

    def derived(value: str) -> Text:
        return Text(value=value, origin=frame.origin)

    issuers = all_filled(frame.issuers) or ((derived(unit),) if frame.head == "印制" else ())
    names = tuple(each.value.removesuffix(ADDED[TextRole.ISSUER].after) for each in issuers) or (unit,)
    marked = ADDED[TextRole.PLAN_TITLE].around(title.replace("《", "〈").replace("》", "〉"))
    printer, print_date = filled(frame.printer), filled(frame.print_date)
    if frame.has_imprint:
        printer, print_date = printer or derived(f"{unit}办公室"), print_date or filled(frame.date)
    if frame.is_notice:
        default = f"现将{marked}印发给你们，请结合实际认真贯彻落实。"
        frame = replace(
            frame,
            notice_title=filled(frame.notice_title) or derived(f"{_together(names)}关于印发{marked}的通知"),
            notice_body=filled(frame.notice_body) or derived(default),
        )
    return replace(
        frame,
        issuers=issuers,
        number=filled(frame.number),
        approvers=all_filled(frame.approvers),
        recipients=all_filled(frame.recipients),
        signatures=all_filled(frame.signatures) or tuple(derived(name) for name in names if frame.signed),
        date=filled(frame.date),
        note=filled(frame.note),
        copies=all_filled(frame.copies),
        printer=printer,
        print_date=print_date,
    )
