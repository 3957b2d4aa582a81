"""Writes a rendered .docx with the comments of an older one: what `render --keep-comments` does and says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planwriter.app import outputs
from planwriter.app.journal.base_copies import note_render
from planwriter.app.roundtrip.kept import with_kept_comments
from planwriter.cli.show import say, show_rendered
from planwriter.compare.opinions.kept_comments import KeptComments
from planwriter.findings.finding import Finding, has_errors

Write: TypeAlias = Callable[[bytes], tuple[Finding, ...]]


def render_with_comments(
    data: bytes, findings: tuple[Finding, ...], target: str, path: str, old: str, write: Write
) -> tuple[Finding, ...]:
    """Writes the .docx `data` of the outline `path` to `target`, with the comments in the file `old`; shows what is to be said.

    `findings` are those on the outline; they are returned with all others. `write` writes it unless it would overwrite edits.
    """
    made = with_kept_comments(old, data, target)
    findings += made.findings
    done = False
    if made.value is not None:
        new = made.value.kept.data
        written = outputs.write_output(target, new, None, force=False) if made.value.may_replace else write(new)
        findings += written
        done = not has_errors(written)
        if done and target != "-":
            note_render(path, target, new)
    show_rendered(path, target, findings, done)
    if made.value is not None and done and target != "-":
        say(_told(made.value.kept))
    return findings


def _told(kept: KeptComments) -> str:
    """How many comments are in the new file, and where."""
    if not kept.kept:
        return "旧稿里没有别人的批注。"
    parts = [f"{kept.in_place} 条在原处"] if kept.in_place else []
    if kept.at_block:
        parts.append(f"{kept.at_block} 条的话改过了，挂在原来的那一段上")
    if kept.displaced:
        parts.append(f"{kept.displaced} 条的段落没有了，挂在前面的标题上或文末")
    ours = f"；audit 写的 {kept.ours} 条没有带过来" if kept.ours else ""
    return f"旧稿里的 {kept.kept} 条批注都带过来了：{'，'.join(parts)}{ours}。"
