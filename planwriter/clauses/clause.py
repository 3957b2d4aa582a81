"""The clauses and the manifest of a library, read from the trees of their files."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Findings, Result, Severity, Span
from planwriter.language import regions
from planwriter.language.dates import iso_date
from planwriter.model import LEVEL_WORDS, Argument, Block, Paragraph, Section, Text
from planwriter.model.walk import TextRole, walk_texts
from planwriter.outline.blocks import Reader
from planwriter.outline.values import make_text, read_arguments, read_paragraphs, text_of
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.overlay import overlay
from planwriter.source.schema import check_shape, texts, word_at, words_at
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field, replace
from planwriter.start.typing import cast

_FIRST_DAY = "1949-10-01"
"""The first day of wording for which only the last is said (有效至)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter that a clause declares; `default` is None if the user of the clause must give it."""

    name: str
    type: str
    about: str = ""
    default: Text | None = None
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    scope: str = ""
    """口径: what is counted, and over which time."""
    source: str = ""
    """来源: where its value is found (a statistical report, a target of the superior)."""
    usual: str = ""
    """常见: the range in which it usually lies."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another wording of a clause. `children` are None if those of the clause itself stay."""

    name: str
    text: Text
    children: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample use of the clause, and the text that it must give; "" if it does not say."""

    arguments: tuple[tuple[Text, Argument], ...]
    variant: str
    text: str


class Validity(NamedTuple):
    """The first and the last day on which a clause's wording is valid (有效期), each written 2024-01-01."""

    first: str
    last: str

    def covers_some_of(self, first_year: int, last_year: int) -> bool:
        """True if the wording is valid on some day of these years."""
        return self.first <= f"{last_year}-12-31" and self.last >= f"{first_year}-01-01"

    def __str__(self) -> str:
        return f"{self.first} 至 {self.last}" if self.first != _FIRST_DAY else f"到 {self.last} 为止"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Reusable wording: a block, or the text of one paragraph, with typed parameters and the conditions of its use."""

    identifier: str
    block: Block
    parameters: tuple[Parameter, ...] = ()
    variants: tuple[Variant, ...] = ()
    systems: tuple[str, ...] = ()
    """The fields of administration (系统) whose bureaus may use it; empty if any may."""
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    basis: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    validity: Validity | None = None
    successors: tuple[str, ...] = ()
    """替代: the clauses to use once it no longer fits."""
    group: str = ""
    """同组: two clauses of one group do not belong into one plan."""
    lead_functions: tuple[str, ...] = ()
    """主办: by function, not by the name of a department."""
    support_functions: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    """成果: the documents that show afterwards that it was done."""
    usual_deadline: str = ""
    format: int = 1
    """The format of its library: from 2 on, parts of its text may be left out, and a clause that does not fit is an error."""
    sample: Sample | None = None
    base: Text | None = None
    """The clause that it is based on (基于). It contains only the differences until it is laid over its base."""
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

    def variant(self, name: str) -> Variant | None:
        """The wording with this name; None if there is none."""
        return next((each for each in self.variants if each.name == name), None)

    def worded(self, name: str) -> Block:
        """The clause's block in one of its wordings; the block itself if there is none with this name."""
        variant, block = self.variant(name), self.block
        if variant is None or not isinstance(block, Section | Paragraph):
            return block
        if isinstance(block, Paragraph):
            return replace(block, text=variant.text)
        children = block.children if variant.children is None else variant.children
        return replace(block, text=variant.text if variant.text.value else None, children=children)

    def texts(self) -> Iterator[tuple[Text, TextRole]]:
        """Every text of the clause with its role: those of its block, its variants, the defaults of its parameters.

        The sample is not included: it only shows what these texts give.
        """
        yield from ((visit.text, visit.role) for visit in walk_texts((self.block,)))
        for variant in self.variants:
            yield variant.text, TextRole.VARIANT
            yield from ((visit.text, visit.role) for visit in walk_texts(variant.children or ()))
        yield from ((each.default, TextRole.DEFAULT) for each in self.parameters if each.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What library.yaml says about a library."""

    name: str
    version: str
    publisher: str = ""
    level: str = ""
    about: str = ""
    licence: str = ""
    needs: str = ""
    format: int = 1


def read_manifest(tree: Mapping, version: str) -> Result[Manifest | None]:
    """The manifest of a library; a finding if it needs a different planwriter than `version`, a warning for an unknown 级别."""
    found = Findings()
    got = found.take(check_shape(tree, keys.LIBRARY, "library.yaml"))
    if found:
        return found.result(None)
    needs = word_at(got, "needs")
    if needs and not fits(version, needs):
        found.append(finding("PW315", got["needs"].span, library=word_at(got, "name"), wanted=needs, have=version))
    level = word_at(got, "level")
    if regions.rank_named(level) is None:
        allowed = "、".join(regions.LIBRARY_LEVELS)
        unknown = finding("PW204", got["level"].span, key="级别", value=level, allowed=allowed)
        found.append(replace(unknown, severity=Severity.WARNING))  # its clauses are usable, as if without a level
    manifest = Manifest(
        name=word_at(got, "name"),
        version=word_at(got, "version"),
        publisher=word_at(got, "publisher"),
        level=level,
        about=word_at(got, "about"),
        licence=word_at(got, "licence"),
        needs=needs,
        format=int(word_at(got, "format") or 1),
    )
    return found.result(manifest)


def fits(version: str, wanted: str) -> bool:
    """True if `version` satisfies `wanted`, such as ">=0.1, <2"; one that cannot be read is not satisfied."""
    from planwriter.language.versions import loose_version, parse_requirement

    requirement = parse_requirement(wanted)
    return requirement is not None and requirement.allows(loose_version(version))


def read_clauses(tree: Node | None, name: str, form: int = 1) -> Result[tuple[Clause, ...]]:
    """The clauses of a topic file of a library in the format `form`, and the findings on them."""
    if tree is None:
        return Result(())
    if not isinstance(tree, Sequence):
        advice = "条款文件是一个列表，每个条款以“- 条款: 主题/名称”开头。"
        shown = kind_word(tree)
        return Result((), (finding("PW203", tree.span, key=name, expected="列表", found=shown, advice=advice),))
    found = Findings()
    clauses = []
    for item in tree.items:
        if isinstance(item, Scalar) and not item.value:
            continue  # an entry that could not be parsed
        if not isinstance(item, Mapping):
            shown, advice = kind_word(item), "每个条款以“- 条款: 主题/名称”开头。"
            found.append(finding("PW203", item.span, key=name, expected="条款", found=shown, advice=advice))
            continue
        read = _read_clause(item, form)
        if "基于" not in item.entries:  # else it is checked together with its base
            found += read.findings
        if read.value is not None:
            clauses.append(read.value)
    return found.result(tuple(clauses))


def _read_clause(node: Mapping, form: int) -> Result[Clause | None]:
    found = Findings()
    take = found.take
    identifier_node = node.entries.get("条款")
    shown = identifier_node.value if isinstance(identifier_node, Scalar) else "条款"
    got = take(check_shape(node, keys.CLAUSE, f"条款“{shown}”"))
    identifier = word_at(got, "identifier")
    if not identifier:
        return found.result(None)
    base = text_of(got.get("base"))
    block = take(_read_block(node, got))
    if block is None and base is None:
        found.append(finding("PW224", node.keys["条款"].span))
        return found.result(None)
    applies_node = got.get("applies")
    applies = take(check_shape(applies_node, keys.APPLIES, "适用")) if isinstance(applies_node, Mapping) else {}
    clause = Clause(
        identifier=identifier,
        block=block or Paragraph(text=Text(value="")),
        parameters=take(_read_parameters(got.get("parameters"))),
        variants=take(_read_variants(got.get("variants"), form)),
        systems=take(words_at(applies, "systems")),
        kinds=take(words_at(applies, "kinds")),
        levels=take(words_at(applies, "levels")),
        years=take(_read_years(applies.get("years"))),
        basis=take(words_at(got, "basis")),
        tags=take(words_at(got, "tags")),
        validity=take(_read_validity(got.get("validity"), got.get("valid_until"), identifier)),
        successors=take(words_at(got, "successors")),
        group=word_at(got, "group"),
        lead_functions=take(words_at(got, "lead_functions")),
        support_functions=take(words_at(got, "support_functions")),
        results=take(words_at(got, "results")),
        usual_deadline=word_at(got, "usual_deadline"),
        format=form,
        sample=take(_read_sample(got.get("sample"))),
        base=base,
        node=node,
        applies_origin=_span(got.get("applies")),
        validity_origin=_span(got.get("validity") or got.get("valid_until")),
        sample_origin=_span(got.get("sample")),
        origin=node.keys["条款"].span,
    )
    return found.result(clause)


_OF_ONE_WORDING = ("示例", "变体")
"""The keys that belong to a clause's text; a clause with a different text does not take them over."""


def _without_unknown(above: Mapping, below: Mapping, identifier: str) -> Result[Mapping]:
    """A clause without its changes to parameters that its base does not have; new ones, with a 类型, stay."""
    own, known = above.entries.get("参数"), below.entries.get("参数")
    names = tuple(known.entries) if isinstance(known, Mapping) else ()
    if not isinstance(own, Mapping):
        return Result(above)
    found = Findings()
    unknown = {
        name
        for name, value in own.entries.items()
        if name not in names and isinstance(value, Mapping) and "类型" not in value.entries
    }
    for name in sorted(unknown):
        advice = f"{near(name, names)}要添一个新参数，写上它的“类型”。"
        found.append(finding("PW305", own.keys[name].span, clause=identifier, name=name, advice=advice))
    if not unknown:
        return Result(above)
    return found.result(above.with_entry("参数", own.without(unknown)))


def extend_clause(clause: Clause, bases: list[Clause]) -> Result[Clause]:
    """A clause laid over its bases, the direct one first, and the findings on the result.

    Block, parameters, 适用 and so on are taken over key by key; sample and variants only if the text stays the same. The result is
    of the newest of their formats.
    """
    nodes = [each.node for each in (clause, *bases) if each.node is not None]
    whole = nodes.pop()
    found = Findings()
    while nodes:
        above = found.take(_without_unknown(nodes.pop(), whole, clause.identifier))
        without = [key for key in _OF_ONE_WORDING if "文" in above.entries or "内容" in above.entries]
        heads = LEVEL_WORDS if any(word in above.entries for word in LEVEL_WORDS) else ()
        whole = overlay(whole, above, without=(*without, *heads)).without(("基于",))
    made = found.take(_read_clause(whole, max(each.format for each in (clause, *bases))))
    return found.result(replace(made, base=clause.base) if made else clause)


def _span(node: Node | None) -> Span | None:
    return node.span if node is not None else None


def _read_block(node: Mapping, got: dict[str, Node]) -> Result[Block | None]:
    """The block of a clause; None if it has none."""
    heads = [key for key in node.entries if key in LEVEL_WORDS]
    if heads:
        section = Reader().section(got, node, heads[0])
        return Result(section.value, section.findings)
    text = read_paragraphs(got.get("text"), "文")
    return Result(Paragraph(text=text.value) if text.value else None, text.findings)


def _read_parameters(node: Node | None) -> Result[tuple[Parameter, ...]]:
    found = Findings()
    parameters = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        if not isinstance(value, Mapping):
            shown, advice = kind_word(value), f"写成 {name}: {{类型: 整数, 说明: ……, 默认: ……}}。"
            found.append(finding("PW203", value.span, key=name, expected="一组“键: 值”", found=shown, advice=advice))
            continue
        got = found.take(check_shape(value, keys.PARAMETER, f"参数“{name}”"))
        default = got.get("default")
        parameters.append(
            Parameter(
                name=name,
                type=word_at(got, "type") or "文本",
                about=word_at(got, "about"),
                default=make_text(default) if isinstance(default, Scalar) else None,
                unit=word_at(got, "unit"),
                minimum=Decimal(word_at(got, "minimum")) if "minimum" in got else None,
                maximum=Decimal(word_at(got, "maximum")) if "maximum" in got else None,
                choices=found.take(words_at(got, "choices")),
                scope=word_at(got, "scope"),
                source=word_at(got, "source"),
                usual=word_at(got, "usual"),
                origin=cast(Mapping, node).keys[name].span,
            )
        )
    return found.result(tuple(parameters))


def _read_variants(node: Node | None, form: int) -> Result[tuple[Variant, ...]]:
    found = Findings()
    variants = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        if form > 1 and isinstance(value, Mapping):
            got = found.take(check_shape(value, keys.VARIANT, f"变体“{name}”"))
            children = found.take(Reader().blocks(got["children"])) if "children" in got else ()
            text = found.take(read_paragraphs(got.get("text"), "文"))
            empty = Text(value="", origin=value.span)
            variants.append(Variant(name=name, text=text or empty, children=children))
            continue
        text = found.take(read_paragraphs(value, name))
        if text is not None:
            variants.append(Variant(name=name, text=text, children=() if form > 1 else None))
    return found.result(tuple(variants))


def _read_years(node: Node | None) -> Result[tuple[int, int] | None]:
    if not isinstance(node, Sequence):
        return Result(None)
    found = Findings()
    given = found.take(texts(node, "年度"))
    years = [item.value for item in given if item.value.isascii() and item.value.isdigit()]
    if len(years) == 2:
        return found.result((int(years[0][:9]), int(years[1][:9])))
    problem, advice = "“年度”应当是首末两个年份", "例如 年度: [2023, 2027]。"
    found.append(finding("PW212", node.span, problem=problem, advice=advice))
    return found.result(None)


def _read_validity(node: Node | None, until: Node | None, identifier: str) -> Result[Validity | None]:
    """The 有效期 of a clause, or its 有效至, which names only the last day."""
    place = node or until
    if place is None or not isinstance(place, Sequence if node else Scalar):
        return Result(None)
    found = Findings()
    given = (
        [item.value for item in found.take(texts(place, "有效期"))]
        if isinstance(place, Sequence)
        else [_FIRST_DAY, place.value if isinstance(place, Scalar) else ""]
    )
    days = [iso_date(each) for each in given]
    if len(days) != 2 or not all(days):
        reason = "应当是首末两天，年、月、日写全" if node else "“有效至”应当是一天，年、月、日写全"
        found.append(finding("PW358", place.span, clause=identifier, reason=reason))
        return found.result(None)
    first, last = (day for day in days if day)
    if first > last:
        found.append(finding("PW358", place.span, clause=identifier, reason="首日比末日晚"))
        return found.result(None)
    return found.result(Validity(first, last))


def _read_sample(node: Node | None) -> Result[Sample | None]:
    if not isinstance(node, Mapping):
        return Result(None)
    found = Findings()
    got = found.take(check_shape(node, keys.SAMPLE, "示例"))
    text = found.take(read_paragraphs(got.get("text"), "文本"))
    arguments = found.take(read_arguments(got.get("arguments")))
    return found.result(Sample(arguments=arguments, variant=word_at(got, "variant"), text=text.value if text else ""))
