"""The one module that uses cerberus: checks a mapping against a schema of `keys`; its errors are Chinese findings."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Collection, Iterator
from itertools import chain, islice

from planwriter.findings.catalogue import finding, near, nearest
from planwriter.findings.finding import MAX_FINDINGS, Finding, Result, Span
from planwriter.language.numerals import YEAR_DIGITS
from planwriter.source.keys import Schema
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from cerberus import Validator

MIN_YEAR, MAX_YEAR = 1949, 2100
_YEAR = regex(r"(\d{4})年?度?", re.ASCII)
_NOTE = regex(r"[#＃]|//")
FIGURE = regex(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_TYPE_WORDS = {"string": "文字", "sequence": "列表", "mapping": "一组“键: 值”"}


@functools.cache
def _validator_class() -> type[Validator]:
    import cerberus  # only when something is wrong

    class OutlineValidator(cerberus.Validator):  # type: ignore[misc]
        types_mapping: ClassVar = {
            "string": cerberus.TypeDefinition("string", (str,), ()),
            "sequence": cerberus.TypeDefinition("sequence", (Sequence,), ()),
            "mapping": cerberus.TypeDefinition("mapping", (Mapping,), ()),
        }

        def _check_with_year(self, field: str, value: object) -> None:
            if not _is_year(value):
                self._error(field, "year")

        def _check_with_count(self, field: str, value: object) -> None:
            if not _is_count(value):
                self._error(field, "count")

        def _check_with_figure(self, field: str, value: object) -> None:
            if not _is_figure(value):
                self._error(field, "figure")

    return OutlineValidator


def _errors(plain: dict[str, Any], schema: Schema) -> list[Any]:
    """The errors that cerberus finds in a mapping."""
    validator = _validator_class()()
    validator._schema = schema  # not through its setter, which would validate the schema: the tests do that
    validator.validate(plain, normalize=False)
    errors: list[Any] = validator._errors
    return errors


def _is_year(value: object) -> bool:
    return not isinstance(value, str) or (
        value.isascii() and value.isdigit() and MIN_YEAR <= int(value[:9]) <= MAX_YEAR
    )


def _is_count(value: object) -> bool:
    return not isinstance(value, str) or (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= 9999)


def _is_figure(value: object) -> bool:
    return not isinstance(value, str) or FIGURE.fullmatch(value) is not None


_TYPE_NAMES: dict[type, str] = {str: "string", Sequence: "sequence", Mapping: "mapping"}
_CHECKS: dict[str, Callable[[object], bool]] = {"year": _is_year, "count": _is_count, "figure": _is_figure}


def fits(plain: dict[str, Any], schema: Schema) -> bool:
    """True if cerberus would find nothing, as in most mappings; takes a fraction of its time.

    A test compares it with cerberus' own answer for every schema of `keys`.
    """
    for key, value in plain.items():
        rules = schema.get(key)
        if rules is None:
            return False
        if value is None:
            if not rules.get("nullable"):
                return False
            continue
        name, types = _TYPE_NAMES[type(value)], rules["type"]
        if name != types and (isinstance(types, str) or name not in types):
            return False
        if "allowed" in rules and value not in rules["allowed"]:
            return False
        if "check_with" in rules and not _CHECKS[rules["check_with"]](value):
            return False
    return not [key for key in schema if key not in plain and schema[key].get("required")]


def check_shape(node: Mapping, schema: Schema, where: str) -> Result[dict[str, Node]]:
    """The nodes of `node` that fit `schema`, by their names in code; keys left empty are not among them.

    Every key that is unknown, missing or of the wrong type gives a finding, in which `where` names the mapping.
    """
    plain: dict[str, Any] = {}
    for key, value in node.entries.items():
        plain[key] = (None if value.empty else value.value) if isinstance(value, Scalar) else value
    if fits(plain, schema):
        return Result(_named(node, schema))
    unknown = [key for key in plain if key not in schema]
    for key in unknown:
        del plain[key]  # for cerberus, whose time grows with the square of their number
    errors = _errors(plain, schema)
    bad = {*unknown, *(_field(error) for error in errors)}
    findings = chain(_unknown_keys(unknown, node, schema, where), _misfits(errors, node, schema, where))
    return Result(_named(node, schema, bad), tuple(islice(findings, MAX_FINDINGS + 1)))


def _named(node: Mapping, schema: Schema, bad: Collection[str] = ()) -> dict[str, Node]:
    """The nodes by their names in code, without bad and empty ones."""
    return {
        schema[key]["meta"]["name"]: value
        for key, value in node.entries.items()
        if key not in bad and not (isinstance(value, Scalar) and value.empty)
    }


def _unknown_keys(unknown: list[str], node: Mapping, schema: Schema, where: str) -> Iterator[Finding]:
    known = _possible_keys(node, schema)
    for key in unknown:
        meant = _meant(key, schema, known)
        advice = near(meant[0], meant) if meant else near(key, known)
        span, plain = node.keys[key].span, _plain(key)
        remedy = span.replaced_within(key, 0, len(key), plain) if plain in known and plain != key else ()
        yield finding("PW201", span, remedy=remedy, where=where, key=key, advice=advice)


def _plain(word: str) -> str:
    """A word without spaces, in its usual width."""
    return "".join(unicodedata.normalize("NFKC", word).split())


def _misfits(errors: list[Any], node: Mapping, schema: Schema, where: str) -> Iterator[Finding]:
    """A finding for each error of cerberus, except for a missing key that an unknown or unreadable one was meant as."""
    meant = meant_keys(node, schema)
    for error in errors:
        field = _field(error)
        if error.rule != "required" or not (field in meant or node.torn):
            yield _explain(error, field, node, schema, where)


def _field(error: Any) -> str:
    """The key that an error of cerberus is about."""
    return str(error.document_path[-1])


def _explain(error: Any, field: str, node: Mapping, schema: Schema, where: str) -> Finding:
    rule = error.rule
    if rule == "required":
        return finding(
            "PW202", _head(node), where=where, key=field, advice=_REQUIRED.get(field, f"补上“{field}: ……”。")
        )
    value = node.entries[field]
    if rule == "allowed":
        text = value.value if isinstance(value, Scalar) else ""
        plain = _BOUNDS.get(_plain(text), _plain(text)) if field == "界限" else _plain(text)
        remedy = value.span.replaced_within(text, 0, len(text), plain) if plain in error.constraint else ()
        allowed = plain if plain in error.constraint else "、".join(error.constraint)
        return finding("PW204", value.span, remedy=remedy, key=field, value=text, allowed=allowed)
    typed = value.value if isinstance(value, Scalar) else ""
    year = _year(typed) if schema[field].get("check_with") == "year" else ""
    return finding(
        "PW203",
        node.keys[field].span if isinstance(value, Scalar) and value.empty else value.span,
        key=field,
        expected=expected_words(schema[field]),
        found=kind_word(value) if rule in ("type", "nullable") or not isinstance(value, Scalar) else f"“{value.value}”",
        advice=_type_advice(value, schema[field]),
        remedy=value.span.replaced_within(typed, 0, len(typed), year) if year else (),
    )


_BOUNDS = {
    **dict.fromkeys((">=", "≥", "≧", "大于等于", "大于或等于", "不小于", "至少"), "不低于"),
    **dict.fromkeys(("<=", "≤", "≦", "小于等于", "小于或等于", "不大于", "至多"), "不超过"),
    **dict.fromkeys((">", "大于", "高于"), "超过"),
    **dict.fromkeys(("<", "小于"), "低于"),
}
"""Signs and words for bounds, and those that the format has for them."""


def _year(typed: str) -> str:
    """The year that is typed in another way: 2026年, ２０２６, 二〇二六; "" for anything else."""
    found = _YEAR.fullmatch(_plain(typed).translate(YEAR_DIGITS))
    return found[1] if found else ""


_REQUIRED = {
    "文种": "在最前面写“文种: 工作要点”之类；planwriter kinds 列出全部文种。",
    "单位": "写“单位: 青山县教育局”之类，或写在工作区文件 planwriter.yaml 里。",
    "地区": "写“地区: 青山县”之类，或写在工作区文件 planwriter.yaml 里。",
    **dict.fromkeys(
        ("纸张", "页边", "网格", "页码", "西文", "文字"),
        "只改几处的，写上“基于: gb9704”，没写的就照标准；不然补上这一项。",
    ),
}


def _head(node: Mapping) -> Span:
    """The first key of `node`, at which a missing key is reported."""
    for key in node.keys.values():
        return key.span
    return node.span


MAX_MEANT = 50


def meant_keys(node: Mapping, schema: Schema) -> frozenset[str]:
    """The keys of `schema` that the unknown keys of `node` were probably meant as: they are not reported as missing."""
    unknown = [key for key in node.entries if key not in schema][:MAX_MEANT]
    known = _possible_keys(node, schema) if unknown else []
    return frozenset(meant for key in unknown for meant in _meant(key, schema, known))


def _possible_keys(node: Mapping, schema: Schema) -> list[str]:
    """The keys that an unknown one may be meant as: those that `node` lacks, or has from a different file."""
    own = node.span.source.whole
    return [key for key in schema if key not in node.entries or node.keys[key].span.source.whole is not own]


def _meant(key: str, schema: Schema, known: list[str]) -> list[str]:
    """The keys of `known` that an unknown one was probably meant as."""
    alike = [each for each in known if key in schema[each]["meta"].get("synonyms", ()) or _OTHER_WORDS.get(key) == each]
    return alike or nearest(key, known)


_OTHER_WORDS = {
    "目标": "数值",
    "目标值": "数值",
    "任务": "重点任务",
    "正文": "文",
    "文字": "文",
    "段落": "文",
    "子项": "内容",
    "牵头单位": "责任单位",
    "责任人": "责任单位",
    "协办单位": "配合单位",
    "完成时限": "时限",
    "完成时间": "时限",
    "期限": "时限",
    "计量单位": "单位",
    "年份": "年度",
    "发文单位": "单位",
    "引用": "用",
}
"""Words that writers use for keys of the format."""


def expected_words(rules: dict[str, Any]) -> str:
    """What a value should be, in the writer's words."""
    expected: str | None = rules["meta"]["expected"]
    if expected:
        return expected
    types = rules["type"] if isinstance(rules["type"], list) else [rules["type"]]
    return "或".join(_TYPE_WORDS[name] for name in types)


def _type_advice(value: Node, rules: dict[str, Any]) -> str:
    raw = value.span.raw[:1]
    if "string" in rules["type"] and not isinstance(value, Scalar) and raw in ("[", "{"):
        return f"文字以“{raw}”开头时要加英文引号：'{raw}……'。"
    if isinstance(value, Mapping) and "sequence" in rules["type"]:
        return "每一块前面加“- ”。"
    if "check_with" in rules and isinstance(value, Scalar) and not value.empty:
        note = "；说明写在半角的“#”后面，“#”前面空两格" if _NOTE.search(value.value) else ""
        return f"写阿拉伯数字，例如 {'2026' if rules['check_with'] == 'year' else '3'}{note}。"
    if isinstance(value, Scalar) and value.empty:
        return "写上内容；不用这个键就把整行删去。"
    first = value.items[0] if isinstance(value, Sequence) and value.items else None
    if isinstance(first, Mapping) and "mapping" in rules["type"] and "数值" in first.entries:
        name = first.entries.get("名称") or first.entries.get("名字")
        shown = name.value if isinstance(name, Scalar) and not name.empty else "名字"
        return f"不用“- ”，名字写在冒号前面，一个一行：  {shown}: {{数值: ……, 单位: ……}}。"
    return "照样子改；planwriter new 写出的提纲里有每个键的例子。"


def texts(node: Node, key: str) -> Result[tuple[Scalar, ...]]:
    """The scalars of a value that is a text or a list of texts; `key` names the value in findings."""
    if isinstance(node, Scalar):
        return Result(() if node.empty else (node,))
    if isinstance(node, Mapping):
        found, advice = kind_word(node), "改成一行文字。"
        return Result((), (finding("PW203", node.span, key=key, expected="文字或列表", found=found, advice=advice),))
    good = [item for item in node.items if isinstance(item, Scalar) and not item.empty]
    return Result(tuple(good), tuple(_not_texts(node, key)) if len(good) < len(node.items) else ())


def _not_texts(node: Sequence, key: str) -> Iterator[Finding]:
    advice = "列表里每一项写一段文字；文字里有冒号加空格时要加引号。"
    for item in node.items:
        if not isinstance(item, Scalar) or item.empty:
            yield finding("PW203", item.span, key=key, expected="文字的列表", found=kind_word(item), advice=advice)


def word_at(got: dict[str, Node], name: str) -> str:
    """The text of the value `name`; empty if it is not there or not a text."""
    node = got.get(name)
    return node.value if isinstance(node, Scalar) else ""


def words_at(got: dict[str, Node], name: str, key: str = "") -> Result[tuple[str, ...]]:
    """The texts of the value `name`, a text or a list; `key` names it in findings, else `name`."""
    if name not in got:
        return Result(())
    read = texts(got[name], key or name)
    return Result(tuple(scalar.value for scalar in read.value), read.findings)
