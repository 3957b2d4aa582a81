"""Completes the official frame (发文) of an outline: what is not given is derived."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.model import Frame, Text
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.start.records import replace


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
            notice_title=filled(frame.notice_title) or derived(f"{' '.join(names)}关于印发{marked}的通知"),
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
