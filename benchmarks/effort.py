"""How much is measured: the number of rounds and the sizes of the inputs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """The rounds and sizes of all races; the defaults are those of figures to be published."""

    rounds: int = 15
    """Rounds of whole processes."""
    few_rounds: int = 3
    """Rounds of work that takes seconds."""
    growth_rounds: int = 5
    documents: int = 100
    """Documents made in one process."""
    rows: tuple[int, int] = (300, 3_000)
    """Rows of `--each`: the first number for the rate, both for the memory."""
    pdfs: tuple[int, ...] = (20, 100)
    paragraphs: tuple[int, ...] = (100, 2_000, 10_000, 20_000)
    clauses: tuple[int, ...] = (100_000,)
    """Clauses in the library that is searched."""
    searches: int = 1_000
    compared: int = 40
    """The searches whose results are compared with those of a scan."""


FULL = Effort()
QUICK = Effort(
    rounds=2,
    few_rounds=1,
    growth_rounds=2,
    documents=10,
    rows=(10, 40),
    pdfs=(2,),
    paragraphs=(100, 300, 1_000),
    clauses=(5_000,),
    searches=100,
    compared=20,
)
"""To see that everything runs."""
