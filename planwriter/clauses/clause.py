"""A clause library, read from its folder: its manifest and its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple, cast

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Result, Severity, Span
from planwriter.language import regions
from planwriter.language.dates import iso_date
from planwriter.model import LEVEL_WORDS, Argument, Block, Paragraph, Section, Text
from planwriter.model.walk import Role, walk_texts
from planwriter.outline.blocks import Reader
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.overlay import overlay
from planwriter.source.schema import check_shape, texts, word_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter that a clause declares; `default` is None where the user of the clause must give it."""

    name: str
    type: str
    about: str = ""
    default: Text | None = None
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A use of the clause and the text it must give."""

    arguments: tuple[tuple[Text, Argument], ...]
    variant: str
    text: str


class Validity(NamedTuple):
    """From the first to the last day on which a clause's wording holds (有效期), each written 2024-01-01."""

    first: str
    last: str

    def covers_some_of(self, first_year: int, last_year: int) -> bool:
        """True where the wording holds on some day of these years."""
        return self.first <= f"{last_year}-12-31" and self.last >= f"{first_year}-01-01"

    def __str__(self) -> str:
        return f"{self.first} 至 {self.last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Reusable phrasing: a block, or the text of one paragraph, with typed parameters and what is known of its use."""

    identifier: str
    block: Block
    parameters: tuple[Parameter, ...] = ()
    variants: tuple[tuple[str, Text], ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    basis: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    validity: Validity | None = None
    sample: Sample | None = None
    base: Text | None = None
    """The clause that it is based on (基于): it says only what differs, and is whole once it is laid over that."""
    node: Mapping | None = field(default=None, compare=False, repr=False)
    applies_origin: Span | None = field(default=None, compare=False, repr=False)
    validity_origin: Span | None = field(default=None, compare=False, repr=False)
    sample_origin: Span | None = field(default=None, compare=False, repr=False)
    origin: Span | None = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> str:
        """The title of the clause's block, or the beginning of its text."""
        if isinstance(self.block, Section) and self.block.title:
            return self.block.title.value
        return self.text[:20]

    @property
    def level_word(self) -> str:
        """The level of the clause's block (章, 节, 条, 款), or 段 for a paragraph."""
        return self.block.level.word if isinstance(self.block, Section) else "段"

    @property
    def text(self) -> str:
        """The clause's own text, without that of its children."""
        if isinstance(self.block, Section):
            return self.block.text.value if self.block.text else ""
        return self.block.text.value if isinstance(self.block, Paragraph) else ""

    def texts(self) -> Iterator[tuple[Text, Role]]:
        """Every text of the clause with its role: those of its block, its variants, the defaults of its parameters.

        The sample is not included: it only shows what these texts give.
        """
        yield from ((visit.text, visit.role) for visit in walk_texts((self.block,)))
        yield from ((text, Role.VARIANT) for _, text in self.variants)
        yield from ((each.default, Role.DEFAULT) for each in self.parameters if each.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What library.yaml says of a library."""

    name: str
    version: str
    publisher: str = ""
    level: str = ""
    about: str = ""
    licence: str = ""
    needs: str = ""


def read_manifest(tree: Mapping, version: str) -> Result[Manifest | None]:
    """The manifest of a library; a finding when it asks for a planwriter other than `version`, a warning for an unknown 级别."""
    findings: list[Finding] = []
    got = check_shape(tree, keys.LIBRARY, "library.yaml", findings)
    if findings:
        return Result(None, tuple(findings))
    needs = word_at(got, "needs")
    if needs and not fits(version, needs):
        findings.append(finding("PW315", got["needs"].span, library=word_at(got, "name"), wanted=needs, have=version))
    level = word_at(got, "level")
    if regions.rank_named(level) is None:
        allowed = "、".join(regions.LIBRARY_LEVELS)
        unknown = finding("PW204", got["level"].span, key="级别", value=level, allowed=allowed)
        findings.append(replace(unknown, severity=Severity.WARNING))  # its clauses can be used, as those of no level
    manifest = Manifest(
        name=word_at(got, "name"),
        version=word_at(got, "version"),
        publisher=word_at(got, "publisher"),
        level=level,
        about=word_at(got, "about"),
        licence=word_at(got, "licence"),
        needs=needs,
    )
    return Result(manifest, tuple(findings))


def fits(version: str, wanted: str) -> bool:
    """True where `version` satisfies `wanted`, such as ">=0.1, <2"; a wish that cannot be read is not satisfied."""
    from planwriter.language.versions import loose_version, parse_requirement

    requirement = parse_requirement(wanted)
    return requirement is not None and requirement.allows(loose_version(version))


def read_clauses(tree: Node | None, name: str) -> Result[tuple[Clause, ...]]:
    """The clauses of a topic file, and what is wrong with them."""
    findings: list[Finding] = []
    if tree is None:
        return Result((), ())
    if not isinstance(tree, Sequence):
        advice = "条款文件是一个列表，每个条款以“- 条款: 主题/名称”开头。"
        return Result(
            (), (finding("PW203", tree.span, key=name, expected="列表", found=kind_word(tree), advice=advice),)
        )
    clauses = []
    for item in tree.items:
        if isinstance(item, Scalar) and not item.value:
            continue  # what could not be parsed
        if not isinstance(item, Mapping):
            advice = "每个条款以“- 条款: 主题/名称”开头。"
            findings.append(
                finding("PW203", item.span, key=name, expected="条款", found=kind_word(item), advice=advice)
            )
            continue
        clause = _read_clause(item, findings)
        if clause is not None:
            clauses.append(clause)
    return Result(tuple(clauses), tuple(findings))


def _read_clause(node: Mapping, findings: list[Finding]) -> Clause | None:
    identifier_node = node.entries.get("条款")
    shown = identifier_node.value if isinstance(identifier_node, Scalar) else "条款"
    if "基于" in node.entries:
        findings = []  # what is missing may stand in its base: told when it is laid over that
    got = check_shape(node, keys.CLAUSE, f"条款“{shown}”", findings)
    identifier = word_at(got, "identifier")
    if not identifier:
        return None
    reader = Reader(findings)
    base = reader.text(got.get("base"))
    block = _clause_block(node, got, reader)
    if block is None and base is None:
        findings.append(finding("PW224", node.keys["条款"].span))
        return None
    applies_node = got.get("applies")
    applies = check_shape(applies_node, keys.APPLIES, "适用", findings) if isinstance(applies_node, Mapping) else {}
    return Clause(
        identifier=identifier,
        block=block or Paragraph(text=Text(value="")),
        parameters=_read_parameters(got.get("parameters"), findings),
        variants=_read_variants(got.get("variants"), reader),
        kinds=_words(applies, "kinds", findings),
        levels=_words(applies, "levels", findings),
        years=_read_years(applies.get("years"), findings),
        basis=_words(got, "basis", findings),
        tags=_words(got, "tags", findings),
        validity=_read_validity(got.get("validity"), identifier, findings),
        sample=_read_sample(got.get("sample"), reader, findings),
        base=base,
        node=node,
        applies_origin=_span(got.get("applies")),
        validity_origin=_span(got.get("validity")),
        sample_origin=_span(got.get("sample")),
        origin=node.keys["条款"].span,
    )


_OF_ONE_WORDING = ("示例", "变体")
"""What speaks of a clause's own text, and is not taken over where that is another."""


def _without_unknown(above: Mapping, below: Mapping, identifier: str, findings: list[Finding]) -> Mapping:
    """A clause without what it says of parameters that the one below it does not have, unless it declares them whole."""
    own, known = above.entries.get("参数"), below.entries.get("参数")
    names = tuple(known.entries) if isinstance(known, Mapping) else ()
    if not isinstance(own, Mapping):
        return above
    unknown = {
        name
        for name, value in own.entries.items()
        if name not in names and isinstance(value, Mapping) and "类型" not in value.entries
    }
    for name in sorted(unknown):
        advice = f"{near(name, names)}要添一个新参数，写上它的“类型”。"
        findings.append(finding("PW305", own.keys[name].span, clause=identifier, name=name, advice=advice))
    if not unknown:
        return above
    return above.with_entry("参数", own.without(unknown))


def extend_clause(clause: Clause, bases: list[Clause]) -> tuple[Clause, tuple[Finding, ...]]:
    """A clause laid over those that it is based on, nearest first, with what is wrong with the whole.

    A block, a parameter, an 适用 and so on is taken over key by key; where the text changes, sample and variants are not.
    """
    nodes = [each.node for each in (clause, *bases) if each.node is not None]
    whole = nodes.pop()
    findings: list[Finding] = []
    while nodes:
        above = _without_unknown(nodes.pop(), whole, clause.identifier, findings)
        without = [key for key in _OF_ONE_WORDING if "文" in above.entries or "内容" in above.entries]
        heads = LEVEL_WORDS if any(word in above.entries for word in LEVEL_WORDS) else ()
        whole = overlay(whole, above, without=(*without, *heads)).without(("基于",))
    made = _read_clause(whole, findings)
    return replace(made, base=clause.base) if made else clause, tuple(findings)


def _span(node: Node | None) -> Span | None:
    return node.span if node is not None else None


def _clause_block(node: Mapping, got: dict[str, Node], reader: Reader) -> Block | None:
    heads = [key for key in node.entries if key in LEVEL_WORDS]
    if heads:
        return reader.section_of(got, node, heads[0])
    text = reader.joined(got.get("text"), "文")
    return Paragraph(text=text) if text else None


def _read_parameters(node: Node | None, findings: list[Finding]) -> tuple[Parameter, ...]:
    parameters = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        if not isinstance(value, Mapping):
            advice = f"写成 {name}: {{类型: 整数, 说明: ……, 默认: ……}}。"
            findings.append(
                finding("PW203", value.span, key=name, expected="一组“键: 值”", found=kind_word(value), advice=advice)
            )
            continue
        got = check_shape(value, keys.PARAMETER, f"参数“{name}”", findings)
        default = got.get("default")
        parameters.append(
            Parameter(
                name=name,
                type=word_at(got, "type") or "文本",
                about=word_at(got, "about"),
                default=Text(value=default.value, origin=default.span) if isinstance(default, Scalar) else None,
                unit=word_at(got, "unit"),
                minimum=Decimal(word_at(got, "minimum")) if "minimum" in got else None,
                maximum=Decimal(word_at(got, "maximum")) if "maximum" in got else None,
                choices=_words(got, "choices", findings),
                origin=cast(Mapping, node).keys[name].span,
            )
        )
    return tuple(parameters)


def _read_variants(node: Node | None, reader: Reader) -> tuple[tuple[str, Text], ...]:
    variants = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        text = reader.joined(value, name)
        if text is not None:
            variants.append((name, text))
    return tuple(variants)


def _read_years(node: Node | None, findings: list[Finding]) -> tuple[int, int] | None:
    if not isinstance(node, Sequence):
        return None
    years = [item.value for item in texts(node, findings, "年度") if item.value.isascii() and item.value.isdigit()]
    if len(years) != 2:
        findings.append(
            finding("PW212", node.span, problem="“年度”应当是首末两个年份", advice="例如 年度: [2023, 2027]。")
        )
        return None
    return int(years[0][:9]), int(years[1][:9])


def _read_validity(node: Node | None, identifier: str, findings: list[Finding]) -> Validity | None:
    if not isinstance(node, Sequence):
        return None
    days = [iso_date(item.value) for item in texts(node, findings, "有效期")]
    if len(days) != 2 or not all(days):
        findings.append(finding("PW358", node.span, clause=identifier, reason="应当是首末两天，年、月、日写全"))
        return None
    first, last = (day for day in days if day)
    if first > last:
        findings.append(finding("PW358", node.span, clause=identifier, reason="首日比末日晚"))
        return None
    return Validity(first, last)


def _read_sample(node: Node | None, reader: Reader, findings: list[Finding]) -> Sample | None:
    if not isinstance(node, Mapping):
        return None
    got = check_shape(node, keys.SAMPLE, "示例", findings)
    if "text" not in got:
        return None
    text = reader.joined(got["text"], "文本")
    arguments = reader.arguments(got.get("arguments"))
    return Sample(arguments=arguments, variant=word_at(got, "variant"), text=text.value if text else "")


def _words(got: dict[str, Node], name: str, findings: list[Finding]) -> tuple[str, ...]:
    return tuple(scalar.value for scalar in texts(got[name], findings, name)) if name in got else ()
