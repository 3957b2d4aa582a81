"""The rows of a table that two sides changed, put together: each cell with its three wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planwriter.compare.matching.grids import match_grids
from planwriter.compare.matching.order import merge_orders
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias

Rows: TypeAlias = "tuple[tuple[str, ...], ...]"


class SideCell(NamedTuple):
    """What a cell was, and what it is on both sides; in a row that one side put in, all three are the same."""

    base: str
    ours: str
    theirs: str


def rows_together(base: Rows, ours: Rows, theirs: Rows) -> tuple[tuple[SideCell, ...], ...] | None:
    """The rows after both sides put in, left out and moved some; None if that does not go together, or the columns changed."""
    if len({len(row) for rows in (base, ours, theirs) for row in rows}) > 1:
        return None
    if any(rows and _are_swapped(base[0], rows[0]) for rows in (ours, theirs)):
        return None
    our_keys, their_keys = list(_known(base, ours)), list(_known(base, theirs))
    count = len(base)
    put_in: dict[tuple[str, ...], list[int]] = {}
    for keys, rows in ((our_keys, ours), (their_keys, theirs)):
        for at, key in enumerate(keys):
            if key >= 0:
                continue
            same = put_in.get(rows[at], []) if keys is their_keys else []
            keys[at] = same.pop(0) if same else count
            count += not same and keys[at] == count
            if keys is our_keys:
                put_in.setdefault(rows[at], []).append(keys[at])
    here, there = dict(zip(our_keys, ours, strict=True)), dict(zip(their_keys, theirs, strict=True))
    order = merge_orders(
        range(len(base)),
        our_keys,
        their_keys,
        changed_by_us={key for key, row in enumerate(base) if key in here and here[key] != row},
        changed_by_them={key for key, row in enumerate(base) if key in there and there[key] != row},
    )
    if order.conflicts:
        return None
    made = []
    for key in order.order:
        mine, other = here.get(key), there.get(key)
        known = base[key] if key < len(base) and mine is not None and other is not None else mine or other or ()
        cells = zip(known, mine or known, other or known, strict=True)
        made.append(tuple(SideCell(*each) for each in cells))
    return tuple(made)


def _are_swapped(old: Sequence[str], new: Sequence[str]) -> bool:
    """True if the heads of the columns stand in another order."""
    return list(old) != list(new) and Counter(old) == Counter(new)


def _known(base: Rows, rows: Rows) -> Iterator[int]:
    """For each row of one side the row of the base that it is, wherever it stands; -1 for a new one."""
    found = {new: old for old, new in match_grids(base, rows).rows}
    taken = set(found.values())
    free: dict[tuple[str, ...], list[int]] = {}
    named: dict[str, list[int]] = {}
    for at, row in enumerate(base):
        if at not in taken:
            free.setdefault(row, []).append(at)
            named.setdefault(row[0] if row else "", []).append(at)
    names = Counter(row[0] if row else "" for at, row in enumerate(rows) if at not in found)
    for at, row in enumerate(rows):
        if at in found:
            yield found[at]
            continue
        same = [each for each in free.get(row, ()) if each not in taken]
        name = row[0] if row else ""
        if not same and name.strip() and names[name] == len(named.get(name, ())) == 1:
            same = [each for each in named[name] if each not in taken]
        taken.update(same[:1])
        yield same[0] if same else -1
