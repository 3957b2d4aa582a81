"""A kind of plan (文种), read from its folder: title pattern, skeleton, numbering, layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result
from planwriter.model import Numbering, Text
from planwriter.outline.numbering import DEFAULT_NUMBERING, read_numbering
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Sequence, kind_word
from planwriter.source.schema import check_shape, texts, word_at, words_at


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonPart:
    """One part that the kind asks for: its name, whether it must be there, the forms it takes, and what it must say."""

    role: str
    required: bool
    forms: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    demands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the part must hold, each with the words of which one occurs in a title or the opening of a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of plan. `folder` is the name of its folder in templates/."""

    name: str
    aliases: tuple[str, ...]
    title: Text
    multi_year: bool
    span: int
    """How many years the plan must cover; 0 where the kind does not say."""
    skeleton: tuple[SkeletonPart, ...]
    numbering: Numbering
    native_numbering: bool
    """True where Word counts the labels itself (编号方式: 自动), unless an outline says otherwise."""
    layout: str
    duty_note: str
    about: str
    folder: str
    starters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Starters for some units only, each with the words of which one stands in the name of such a unit."""

    def starter_for(self, unit: str) -> str:
        """The file in the kind's folder that `planwriter new` begins a unit's outline with."""
        fitting = (name for name, words in self.starters if any(word in unit for word in words))
        return f"starter-{name}.yaml" if (name := next(fitting, "")) else "starter.yaml"

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the skeleton's parts, in order."""
        return tuple(part.role for part in self.skeleton)


def read_kind(tree: Mapping, folder: str) -> Result[Kind | None]:
    """The kind described by a kind.yaml, and what is wrong with the file; None where it cannot be used."""
    findings: list[Finding] = []
    got = check_shape(tree, keys.KIND, "文种", findings)
    skeleton = _read_skeleton(got.get("skeleton"), findings)
    numbering = DEFAULT_NUMBERING
    if isinstance(got.get("numbering"), Mapping):
        numbering = read_numbering(cast(Mapping, got["numbering"]), numbering, findings)
    if findings or not skeleton:
        return Result(None, tuple(findings))
    return Result(
        Kind(
            name=word_at(got, "name"),
            aliases=tuple(scalar.value for scalar in texts(got["aliases"], findings, "别名"))
            if "aliases" in got
            else (),
            title=Text(value=word_at(got, "title"), origin=got["title"].span),
            multi_year=word_at(got, "period") == "起止",
            span=int(word_at(got, "span") or 0),
            skeleton=skeleton,
            numbering=numbering,
            native_numbering=word_at(got, "numbering_mode") == "自动",
            layout=word_at(got, "layout") or "gb9704",
            duty_note=word_at(got, "duty_note") or "句末",
            about=word_at(got, "about"),
            folder=folder,
            starters=_read_starters(got.get("starters"), findings),
        ),
        tuple(findings),
    )


def _read_skeleton(node: Node | None, findings: list[Finding]) -> tuple[SkeletonPart, ...]:
    parts = []
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Mapping):
            advice = "写成 - 部分: 名称。"
            findings.append(
                finding("PW203", item.span, key="骨架", expected="列表", found=kind_word(item), advice=advice)
            )
            continue
        got = check_shape(item, keys.SKELETON_PART, "骨架", findings)
        demands = got.get("demands")
        parts.append(
            SkeletonPart(
                role=word_at(got, "role"),
                required=word_at(got, "required") != "否",
                forms=words_at(got, "forms", findings) or keys.FORMS,
                synonyms=words_at(got, "synonyms", findings),
                demands=_words_by_name(demands, "要求", findings) if isinstance(demands, Mapping) else (),
            )
        )
    return tuple(parts)


def _words_by_name(node: Mapping, key: str, findings: list[Finding]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name, tuple(scalar.value for scalar in texts(words, findings, key))) for name, words in node.entries.items()
    )


def _read_starters(node: Node | None, findings: list[Finding]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The starters by their names, which are parts of file names and so hold no signs."""
    if not isinstance(node, Mapping):
        return ()
    for name, words in node.entries.items():
        if not name.isalnum():
            findings.append(finding("PW204", words.span, key="样板", value=name, allowed="不带符号的名字"))
    return tuple((name, words) for name, words in _words_by_name(node, "样板", findings) if name.isalnum())


def find_kind(name: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind of that name, alias or folder."""
    for kind in kinds:
        if name == kind.name or name in kind.aliases or name == kind.folder:
            return kind
    return None
