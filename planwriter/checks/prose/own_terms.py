"""The terms of a workspace (用语.yaml): what it says and does not say, and words that the lists must leave alone (PW533)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple

LISTED = frozenset(("PW521", "PW524", "PW525", "PW526", "PW527", "PW528", "PW531"))
"""The findings that a word of the workspace may be spared."""


class OwnTerms(NamedTuple):
    """Pairs of a wrong form and the right one, and the words that may be used whatever the lists say."""

    wrong: tuple[tuple[str, str], ...] = ()
    allowed: tuple[str, ...] = ()

    def slips(self, text: str) -> Iterator[Slip]:
        """The wrong forms in a text, but not where they are a part of an allowed word or of the right form."""
        for wrong, right in self.wrong:
            at = text.find(wrong)
            while at >= 0:
                end = at + len(wrong)
                if not self._is_within(text, at, end, (right, *self.allowed)):
                    what = f"“{wrong}”在用语.yaml 里应当写成“{right}”"
                    yield Slip(at, end, "PW533", what, f"改成“{right}”。", right, wrong)
                at = text.find(wrong, end)

    def spares(self, text: str, slip: Slip) -> bool:
        """True if a slip lies within a word that the workspace allows."""
        return slip.code in LISTED and self._is_within(text, slip.start, slip.end, self.allowed)

    @staticmethod
    def _is_within(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
        for word in words:
            at = text.find(word, max(0, end - len(word)), start + len(word))
            if 0 <= at <= start:
                return True
        return False


NO_TERMS = OwnTerms()
