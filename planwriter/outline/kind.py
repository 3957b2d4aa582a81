"""A kind of plan (文种), read from its folder: title pattern, skeleton, numbering, layout."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result
from planwriter.model import Numbering, Text
from planwriter.outline.numbering import DEFAULT_NUMBERING, read_numbering
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Sequence, kind_word
from planwriter.source.schema import check_shape, texts, word_at, words_at
from planwriter.start.records import dataclass
from planwriter.start.typing import cast


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonPart:
    """One part of the skeleton: its name, whether it is required, its allowed forms, and its required content."""

    role: str
    required: bool
    forms: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    demands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The required content: for each item, words of which one must be in a title or begin a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of plan. `folder` is the name of its folder in templates/."""

    name: str
    aliases: tuple[str, ...]
    title: Text
    multi_year: bool
    span: int
    """How many years the plan must cover; 0 if the kind does not say."""
    skeleton: tuple[SkeletonPart, ...]
    numbering: Numbering
    native_numbering: bool
    """True if Word counts the labels itself (编号方式: 自动), unless an outline says otherwise."""
    layout: str
    duty_note: str
    about: str
    folder: str
    starters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Starters for some units only: for each starter, words of which one is in the name of such a unit."""

    def starter_for(self, unit: str) -> str:
        """The file in the kind's folder from which `planwriter new` makes a unit's outline."""
        fitting = (name for name, words in self.starters if any(word in unit for word in words))
        return f"starter-{name}.yaml" if (name := next(fitting, "")) else "starter.yaml"

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the skeleton's parts, in order."""
        return tuple(part.role for part in self.skeleton)


def read_kind(tree: Mapping, folder: str) -> Result[Kind | None]:
    """The kind described by a kind.yaml, and the findings on the file; None if it cannot be used."""
    found = Findings()
    got = found.take(check_shape(tree, keys.KIND, "文种"))
    skeleton = found.take(_read_skeleton(got.get("skeleton")))
    numbering = DEFAULT_NUMBERING
    if isinstance(got.get("numbering"), Mapping):
        numbering = found.take(read_numbering(cast(Mapping, got["numbering"]), numbering))
    if found or not skeleton:
        return found.result(None)
    kind = Kind(
        name=word_at(got, "name"),
        aliases=found.take(words_at(got, "aliases", "别名")),
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
        starters=found.take(_read_starters(got.get("starters"))),
    )
    return found.result(kind)


def _read_skeleton(node: Node | None) -> Result[tuple[SkeletonPart, ...]]:
    found = Findings()
    parts = []
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Mapping):
            shown, advice = kind_word(item), "写成 - 部分: 名称。"
            found.append(finding("PW203", item.span, key="骨架", expected="列表", found=shown, advice=advice))
            continue
        got = found.take(check_shape(item, keys.SKELETON_PART, "骨架"))
        demands = got.get("demands")
        part = SkeletonPart(
            role=word_at(got, "role"),
            required=word_at(got, "required") != "否",
            forms=found.take(words_at(got, "forms")) or keys.FORMS,
            synonyms=found.take(words_at(got, "synonyms")),
            demands=found.take(_words_by_name(demands, "要求")) if isinstance(demands, Mapping) else (),
        )
        parts.append(part)
    return found.result(tuple(parts))


def _words_by_name(node: Mapping, key: str) -> Result[tuple[tuple[str, tuple[str, ...]], ...]]:
    found = Findings()
    read = {name: found.take(texts(words, key)) for name, words in node.entries.items()}
    return found.result(tuple((name, tuple(each.value for each in words)) for name, words in read.items()))


def _read_starters(node: Node | None) -> Result[tuple[tuple[str, tuple[str, ...]], ...]]:
    """The starters by their names, which are parts of file names and so contain no special characters."""
    if not isinstance(node, Mapping):
        return Result(())
    found = Findings()
    for name, words in node.entries.items():
        if not name.isalnum():
            found.append(finding("PW204", words.span, key="样板", value=name, allowed="不带符号的名字"))
    named = found.take(_words_by_name(node, "样板"))
    return found.result(tuple((name, words) for name, words in named if name.isalnum()))


def find_kind(name: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind of that name, alias or folder; None if there is none."""
    for kind in kinds:
        if name == kind.name or name in kind.aliases or name == kind.folder:
            return kind
    return None
