"""What `render` says of the .docx that its own replaces, or must not replace."""

from __future__ import annotations

from planwriter.cli.show import say
from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planwriter.app.session import Session


def tell_changes(before: bytes, now: bytes, outline: str, *, listed: bool) -> None:
    """Says how the .docx that was just made differs from the one that it replaced; with `listed` sentence by sentence."""
    from planwriter.app.roundtrip.changes import changes_since

    made = changes_since(before, now, read=listed)
    if made is None:
        return
    if not made.edits:
        say("与上次生成的相比，文字没有变。")
        return
    from planwriter.app.roundtrip.counts import counts_line

    say(f"与上次生成的相比：{counts_line(made)}。")
    if listed:
        from planwriter.app.roundtrip.counts import outline_lines
        from planwriter.cli.edits import show_edits

        show_edits(made.edits, outline_lines(made), outline, limit=0)


def tell_refused(session: Session, outline: str, target: str, unit: str) -> None:
    """Lists what was edited by hand in the .docx that was not overwritten, and what to do."""
    from planwriter.app.roundtrip.status import plan_status
    from planwriter.cli.status import show_status

    made = plan_status(session, outline, target, unit)
    if made.value is not None and made.value.hand is not None and made.value.hand.edits:
        show_status(made.value, err=True)
