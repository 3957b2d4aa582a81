"""The characters of a line that were filled in, and what was typed for them."""

from __future__ import annotations

from planwriter.fill import HOLE
from planwriter.plan.flow import Printed
from planwriter.start.typing import TypeAlias

Filled: TypeAlias = "tuple[int, int, str]"
"""Characters from the first number to before the second, and what was typed for them between {{ and }}."""


def filled_in(texts: tuple[Printed, ...], before: int = 0) -> tuple[Filled, ...]:
    """What was filled in in these texts of a line, in its order; counted after the `before` characters of a label."""
    made: list[Filled] = []
    for begin, end, text, offset, _ in texts:
        filling = text.filling
        if filling is None or (len(filling.pieces) == 1 and not filling.pieces[0][2]):
            continue
        pieces, by = filling.pieces, begin - offset - filling.offset
        for nth, (start, at, is_hole) in enumerate(pieces):
            if is_hole:
                stop = pieces[nth + 1][0] + by if nth + 1 < len(pieces) else end
                first, last = max(start + by, begin), min(stop, end)
                hole = HOLE.match(filling.typed, at) if first < last else None
                if hole is not None:
                    made.append((first - before, last - before, hole[1].strip()))
    return tuple(made) if made else ()
