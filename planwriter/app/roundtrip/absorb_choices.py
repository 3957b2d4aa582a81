"""What a writer decided of what is not certain when hand edits are taken back."""

from __future__ import annotations

from collections.abc import Mapping

from planwriter.start.records import dataclass, field
from planwriter.start.typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from typing import Literal


Numbers: TypeAlias = "Literal['指标', '这里', '问']"
"""Where a figure that was edited by hand goes if the outline cites a target there: into the target, only there, or it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsorbChoices:
    """What was decided of what is not certain."""

    numbers: Numbers = "问"
    figures: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """For single figures: 指标, 这里 or 不改, by key and number in the item."""
    theirs: frozenset[tuple[int, int]] = frozenset()
    """The conflicts in which the wording of the file is taken."""
    ours: frozenset[tuple[int, int]] = frozenset()
    """The conflicts in which it was chosen to leave the outline as it is."""
    again: bool = False
    """True if what was decided before is asked again."""
    without_record: bool = False
    """True if the file is held against the outline as it stands, whatever it was made from."""
    deletes: bool = False
    """True if more than a third of the outline may be deleted, and a file be taken that hardly comes from it."""


NO_CHOICES = AbsorbChoices()
