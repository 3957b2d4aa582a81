"""The one door to cerberus: a mapping against a schema of `grammar`, its errors as Chinese findings."""

from __future__ import annotations

import functools
import re
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from planwriter.diagnostics import Finding, Span
from planwriter.grammar import Schema
from planwriter.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.messages import finding, near

if TYPE_CHECKING:
    from cerberus import Validator

MIN_YEAR, MAX_YEAR = 1949, 2100
FIGURE = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_TYPE_WORDS = {"string": "文字", "sequence": "列表", "mapping": "一组“键: 值”"}


def _import_cerberus() -> Any:
    """Cerberus, without the half of its import time that goes into looking up its own version number."""
    real = sys.modules.get("importlib.metadata")
    if "cerberus" in sys.modules or real is not None:
        import cerberus

        return cerberus
    stand_in = ModuleType("importlib.metadata")
    stand_in.PackageNotFoundError = ImportError  # type: ignore[attr-defined]
    stand_in.version = lambda name: "unknown"  # type: ignore[attr-defined]
    sys.modules["importlib.metadata"] = stand_in
    try:
        import cerberus
    finally:
        del sys.modules["importlib.metadata"]
        import importlib

        vars(importlib).pop("metadata", None)
    return cerberus


@functools.cache
def _validator_class() -> type[Validator]:
    cerberus = _import_cerberus()

    class OutlineValidator(cerberus.Validator):  # type: ignore[misc,name-defined]
        types_mapping: ClassVar = {
            "string": cerberus.TypeDefinition("string", (str,), ()),
            "sequence": cerberus.TypeDefinition("sequence", (Sequence,), ()),
            "mapping": cerberus.TypeDefinition("mapping", (Mapping,), ()),
        }

        def _check_with_year(self, field: str, value: object) -> None:
            if isinstance(value, str) and not (value.isascii() and value.isdigit() and MIN_YEAR <= int(value[:9]) <= MAX_YEAR):
                self._error(field, "year")

        def _check_with_count(self, field: str, value: object) -> None:
            if isinstance(value, str) and not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= 9999):
                self._error(field, "count")

        def _check_with_figure(self, field: str, value: object) -> None:
            if isinstance(value, str) and not FIGURE.fullmatch(value):
                self._error(field, "figure")

    return OutlineValidator


_validators: dict[int, tuple[Schema, Validator]] = {}


def _validator(schema: Schema) -> Validator:
    """The validator of `schema`, made once; the schema is kept beside it so that its identity stays its own."""
    made = _validators.get(id(schema))
    if made is None:
        made = _validators[id(schema)] = (schema, _validator_class()(schema))
    return made[1]


def check_shape(node: Mapping, schema: Schema, where: str, findings: list[Finding]) -> dict[str, Node]:
    """The nodes of `node` that fit `schema`, by their names in code; keys left empty are not among them.

    Every key that is unknown, missing or of the wrong type adds a finding; `where` names the mapping in it.
    """
    plain: dict[str, Any] = {}
    for key, value in node.entries.items():
        plain[key] = (None if value.empty else value.value) if isinstance(value, Scalar) else value
    validator = _validator(schema)
    bad: set[str] = set()
    if not validator.validate(plain, normalize=False):
        for error in validator._errors:
            field = str(error.document_path[-1])
            bad.add(field)
            made = _explain(error, field, node, schema, where)
            if made is not None:
                findings.append(made)
    return {
        schema[key]["meta"]["name"]: value
        for key, value in node.entries.items()
        if key not in bad and not (isinstance(value, Scalar) and value.empty)
    }


def _explain(error: Any, field: str, node: Mapping, schema: Schema, where: str) -> Finding | None:
    rule = error.rule
    if rule == "required":
        return finding("PW202", _head(node), where=where, key=field, advice=_REQUIRED.get(field, f"补上“{field}: ……”。"))
    if rule is None:
        return finding("PW201", node.keys[field].span, where=where, key=field, advice=near(field, _shown(schema, node)))
    value = node.entries[field]
    if rule == "allowed":
        text = value.value if isinstance(value, Scalar) else ""
        return finding("PW204", value.span, key=field, value=text, allowed="、".join(error.constraint))
    return finding(
        "PW203",
        node.keys[field].span if isinstance(value, Scalar) and value.empty else value.span,
        key=field,
        expected=expected_words(schema[field]),
        found=kind_word(value) if rule != "check_with" or not isinstance(value, Scalar) else f"“{value.value}”",
        advice=_type_advice(value, schema[field]),
    )


_REQUIRED = {
    "文种": "在最前面写“文种: 工作要点”之类；planwriter kinds 列出全部文种。",
    "单位": "写“单位: 青山县教育局”之类，或写在工作区文件 planwriter.yaml 里。",
    "地区": "写“地区: 青山县”之类，或写在工作区文件 planwriter.yaml 里。",
}


def _head(node: Mapping) -> Span:
    """The first key of `node`: where something that is missing from it is shown."""
    for key in node.keys.values():
        return key.span
    return node.span


def _shown(schema: Schema, node: Mapping) -> list[str]:
    return [key for key in schema if key not in node.entries]


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
    if isinstance(value, Scalar) and value.empty:
        return "写上内容；不用这个键就把整行删去。"
    return "照样子改；planwriter new 写出的提纲里有每个键的例子。"


def texts(node: Node, findings: list[Finding], key: str) -> list[Scalar]:
    """The scalars of a value that is a text or a list of texts."""
    if isinstance(node, Scalar):
        return [] if node.empty else [node]
    if isinstance(node, Mapping):
        findings.append(finding("PW203", node.span, key=key, expected="文字或列表", found=kind_word(node), advice="改成一行文字。"))
        return []
    good = []
    for item in node.items:
        if isinstance(item, Scalar) and not item.empty:
            good.append(item)
        else:
            advice = "列表里每一项写一段文字；文字里有冒号加空格时要加引号。"
            findings.append(finding("PW203", item.span, key=key, expected="文字的列表", found=kind_word(item), advice=advice))
    return good
