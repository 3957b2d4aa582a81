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
                if first < last:
                    after = pieces[nth + 1][1] if nth + 1 < len(pieces) else len(filling.typed)
                    made.append((first - before, last - before, _typed(filling.typed[at:after])))
    return tuple(made) if made else ()


def _typed(hole: str) -> str:
    """What stands between {{ and }}; text that was left out may follow."""
    if hole.count("}}") != 1 or hole[-2:] != "}}":
        found = HOLE.match(hole)
        hole = found[0] if found else hole
    return hole[2:-2].strip()
