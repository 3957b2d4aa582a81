"""A kind of plan (文种), read from its folder: title pattern, skeleton, numbering, layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result
from planwriter.language.numerals import LabelStyle, parse_label_style
from planwriter.model import LEVEL_WORDS, Level, LevelNumbering, Numbering, Text
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, texts, word_at, words_at

_DEFAULT_NUMBERING: Numbering = (
    LevelNumbering(style=LabelStyle("", "一", "、"), restart=0, run_in=False),
    LevelNumbering(style=LabelStyle("（", "一", "）"), restart=1, run_in=True),
    LevelNumbering(style=LabelStyle("", "1", "."), restart=0, run_in=True),
    LevelNumbering(style=LabelStyle("（", "1", "）"), restart=3, run_in=True),
)


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
    numbering = _DEFAULT_NUMBERING
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


def read_numbering(node: Mapping, base: Numbering, findings: list[Finding]) -> Numbering:
    """`base` with what a 编号 mapping changes in it."""
    got = check_shape(node, keys.NUMBERING, "编号", findings)
    levels = list(base)
    for index, level_word in enumerate(LEVEL_WORDS):
        if level_word in got:
            levels[index] = _read_level(got[level_word], level_word, levels[index], findings)
    starts = got.get("start")
    if isinstance(starts, Mapping):
        for level_word, value in check_shape(starts, keys.STARTS, "起始", findings).items():
            index = LEVEL_WORDS.index(level_word)
            if isinstance(value, Scalar):
                levels[index] = replace(levels[index], start=int(value.value))
    return cast(Numbering, tuple(levels))


def _read_level(node: Node, level_word: str, base: LevelNumbering, findings: list[Finding]) -> LevelNumbering:
    if isinstance(node, Scalar):
        style = read_style(node, findings)
        return base if style is None else replace(base, style=style)
    if not isinstance(node, Mapping):
        return base
    got = check_shape(node, keys.LEVEL_NUMBERING, f"编号的“{level_word}”", findings)
    style_node = got.get("style")
    if isinstance(style_node, Scalar):
        base = replace(base, style=read_style(style_node, findings) or base.style)
    restart = word_at(got, "restart")
    if restart:
        restart_level = 0 if restart == "全文" else LEVEL_WORDS.index(restart) + 1
        if restart_level >= LEVEL_WORDS.index(level_word) + 1:
            span = got["restart"].span
            allowed = "、".join(("全文", *LEVEL_WORDS[: LEVEL_WORDS.index(level_word)]))
            findings.append(finding("PW204", span, key="连续", value=restart, allowed=allowed))
        else:
            base = replace(base, restart=restart_level)
    if word_at(got, "title_style"):
        base = replace(base, run_in=word_at(got, "title_style") == "接排")
    return replace(base, start=int(word_at(got, "start"))) if word_at(got, "start") else base


def read_style(node: Scalar, findings: list[Finding]) -> LabelStyle | None:
    """The label style that a sample such as “1、” stands for; a finding and None where it is none."""
    try:
        return parse_label_style(node.value)
    except ValueError:
        findings.append(finding("PW220", node.span, value=node.value))
        return None


def find_kind(name: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind of that name, alias or folder."""
    for kind in kinds:
        if name == kind.name or name in kind.aliases or name == kind.folder:
            return kind
    return None


def level_of(level_word: str) -> Level:
    """The level that 章, 节, 条 or 款 stands for."""
    return Level(LEVEL_WORDS.index(level_word) + 1)
