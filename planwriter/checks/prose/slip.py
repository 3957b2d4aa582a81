"""A slip in a text: what a rule found, and what should stand there."""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple


class Slip(NamedTuple):
    """The characters from `start` to before `end` of a text, and what is wrong with them."""

    start: int
    end: int
    code: str
    what: str
    advice: str
    new: str | None = None
    """What to write instead, if there is only one answer."""
    kind: str = ""
    """What slips of one code have in common if they are reported together."""
