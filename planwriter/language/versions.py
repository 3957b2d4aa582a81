"""Semantic versions, and requirements on them as people write them: ^1.2, ~1.2, ">=1.2, <2", 1.2.3, *.

This is semver.org 2.0.0 without build metadata, with which different things could have the same version.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_NUMBER = r"(0|[1-9]\d{0,8})"
_STAGE = r"(?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*)"
_PRE = rf"(?:-({_STAGE}(?:\.{_STAGE}){{0,7}}))?"
_VERSION = regex(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}{_PRE}", re.ASCII)
_WISH = regex(rf"(\^|~|>=|<=|==|<|>|=|)\s*{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}{_PRE})?)?", re.ASCII)
_FINAL = ((2, 0, ""),)
_MAX_TEXT = 200


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version, ordered by precedence: a pre-release (1.2.0-rc.1) comes before its release."""

    major: int
    minor: int = 0
    patch: int = 0
    stage: tuple[tuple[int, int, str], ...] = _FINAL
    """The parts of a pre-release, in a form ordered as in semver 11.4: numbers before words, all before a release."""

    @property
    def numbers(self) -> tuple[int, int, int]:
        """Major, minor, patch."""
        return self.major, self.minor, self.patch

    @property
    def is_pre_release(self) -> bool:
        """True for 1.2.0-rc.1 and the like."""
        return self.stage != _FINAL

    def __str__(self) -> str:
        stage = ".".join(word if rank else str(number) for rank, number, word in self.stage)
        return ".".join(map(str, self.numbers)) + (f"-{stage}" if self.is_pre_release else "")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A set of accepted versions. A pre-release is accepted only if a bound is a pre-release of the same three numbers."""

    text: str
    bounds: tuple[tuple[str, Version], ...] = ()
    """Pairs of a sign (>= > <= <) and a version, all of which must hold."""

    def allows(self, version: Version) -> bool:
        """True if `version` meets the requirement."""
        if version.is_pre_release and not any(
            bound.is_pre_release and bound.numbers == version.numbers for _, bound in self.bounds
        ):
            return False
        return all(_holds(sign, version, bound) for sign, bound in self.bounds)

    def __str__(self) -> str:
        return self.text


ANY = Requirement("*")


def parse_version(text: str) -> Version | None:
    """Parses a version with all three numbers (1.2.0, 1.2.0-rc.1); None if `text` is not one."""
    match = _VERSION.fullmatch(text) if len(text) <= _MAX_TEXT else None
    return _version(match[1], match[2], match[3], match[4]) if match else None


def loose_version(text: str) -> Version:
    """The first three numbers in any text as a version; missing numbers are 0."""
    numbers = [int(part[:9]) for part in re.findall(r"\d+", text[:_MAX_TEXT], re.ASCII)[:3]]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return Version(major, minor, patch)


def parse_requirement(text: str) -> Requirement | None:
    """Parses a requirement, which may be typed with full-width signs; None if `text` is not one.

    ^1.2 means >=1.2, <2 (^0.2 means >=0.2, <0.3); ~1.2 means >=1.2, <1.3; 1.2 means any 1.2.x; 1.2.3 means this version; *
    means any version.
    """
    typed = unicodedata.normalize("NFKC", text[: _MAX_TEXT + 1]).replace("≥", ">=").replace("≤", "<=").strip()
    if typed == "*":
        return ANY
    bounds: list[tuple[str, Version]] = []
    for wish in typed.split(","):
        match = _WISH.fullmatch(wish.strip()) if len(typed) <= _MAX_TEXT else None
        if match is None:
            return None
        bounds += _bounds(match)
    return Requirement(typed, tuple(bounds))


def parse_wanted(text: str) -> tuple[str, Requirement] | None:
    """The name and the requirement of NAME@^1.2; a name alone accepts any version. None if `text` cannot be parsed."""
    name, at, wish = text.strip().partition("@")
    requirement = parse_requirement(wish) if at else ANY
    return (name.strip(), requirement) if name.strip() and requirement else None


def best(versions: Iterable[Version], requirement: Requirement) -> Version | None:
    """The highest of `versions` that meets the requirement; None if none does."""
    return max((each for each in versions if requirement.allows(each)), default=None)


def _version(major: str, minor: str | None, patch: str | None, stage: str | None) -> Version:
    parts = (
        tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in stage.split(".")) if stage else _FINAL
    )
    return Version(int(major), int(minor or 0), int(patch or 0), parts)


def _bounds(match: re.Match[str]) -> list[tuple[str, Version]]:
    sign, version = match[1], _version(match[2], match[3], match[4], match[5])
    typed = sum(part is not None for part in match.groups()[1:4])
    if sign in (">=", "<=", ">", "<"):
        return [(sign, version)]
    if sign == "^":
        zeros = next((at for at, number in enumerate(version.numbers) if number), 3)
        return [(">=", version), ("<", _raised(version, min(zeros, typed - 1)))]
    if sign == "~":
        return [(">=", version), ("<", _raised(version, min(typed - 1, 1)))]
    return [(">=", version), ("<=", version) if typed == 3 else ("<", _raised(version, typed - 1))]


def _raised(version: Version, at: int) -> Version:
    """The version with the number at `at` (0 major, 1 minor, 2 patch) increased by one and the numbers after it 0."""
    major, minor, patch = version.numbers
    return (Version(major + 1), Version(major, minor + 1), Version(major, minor, patch + 1))[at]


def _holds(sign: str, version: Version, bound: Version) -> bool:
    if sign == ">=":
        return version >= bound
    if sign == "<=":
        return version <= bound
    return version > bound if sign == ">" else version < bound
