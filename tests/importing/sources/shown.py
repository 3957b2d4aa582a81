"""A script as the lines of the text writer. No test by itself."""

from __future__ import annotations

from planwriter.findings.finding import Result
from planwriter.importing.script import Script


def lines(made: Result[Script | None]) -> list[str]:
    """The lines of a script, with the labels that its program counts; tabs between cells; blank lines left out."""
    assert made.value is not None, made.findings
    found: list[str] = []
    for line in made.value.lines:
        if line.rows:
            found += ["\t".join(cell.replace("\n", " ") for cell in row) for row in line.rows]
        elif line.text.strip() or line.label:
            found.append(line.label + line.text)
    return found


def codes(made: Result[Script | None]) -> list[str]:
    return [each.code for each in made.findings]
