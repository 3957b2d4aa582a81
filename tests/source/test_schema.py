"""The schemas are valid cerberus schemas, and `fits` agrees with cerberus on every mapping.

`check_shape` relies on both, so that they need not be checked at every start of the program.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.findings.finding import Source, Span
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Sequence
from planwriter.source.schema import _errors, _validator_class, fits

SCHEMAS: dict[str, keys.Schema] = {
    name: value for name, value in vars(keys).items() if isinstance(value, dict) and name.lstrip("_").isupper()
}
_NOWHERE = Span(Source("", ""), 0, 0)
_VALUES = st.one_of(
    st.none(),
    st.builds(Mapping, st.just(_NOWHERE)),
    st.builds(Sequence, st.just(_NOWHERE)),
    st.sampled_from(["", "2026", "２０２６", "1948", "2101", "0", "1", "9999", "10000", "95.5", "-3", "1.", "a"]),
    st.text(max_size=3),
)


@st.composite
def mappings(draw: st.DrawFn) -> tuple[dict[str, Any], keys.Schema]:
    """A schema and a mapping of some of its keys, most with values that fit."""
    schema = SCHEMAS[draw(st.sampled_from(sorted(SCHEMAS)))]
    keys = draw(st.sets(st.sampled_from(sorted(schema)))) | {
        key for key, rules in schema.items() if rules.get("required")
    }
    plain = {key: draw(_fitting(schema[key])) for key in sorted(keys)}
    for key in draw(st.lists(st.sampled_from([*sorted(schema), "没有的键"]), max_size=2)):
        plain[key] = draw(_VALUES)
    for key in draw(st.lists(st.sampled_from(sorted(schema)), max_size=1)):
        plain.pop(key, None)
    return plain, schema


def _fitting(rules: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "allowed" in rules:
        return st.sampled_from(rules["allowed"])
    if "check_with" in rules:
        return st.sampled_from(["2026", "1", "95"])
    made: dict[str, st.SearchStrategy[Any]] = {
        "string": st.just("字"),
        "sequence": st.builds(Sequence, st.just(_NOWHERE)),
        "mapping": st.builds(Mapping, st.just(_NOWHERE)),
    }
    types = rules["type"]
    return st.one_of([made[name] for name in ([types] if isinstance(types, str) else types)])


@pytest.mark.parametrize("name", SCHEMAS)
def test_cerberus_accepts_the_schema(name: str) -> None:
    assert _validator_class()(SCHEMAS[name]).schema == SCHEMAS[name]


@given(mappings())
def test_fits_agrees_with_cerberus(case: tuple[dict[str, Any], keys.Schema]) -> None:
    plain, schema = case
    assert fits(plain, schema) == (not _errors(plain, schema))


def test_fits_knows_every_rule_that_the_schemas_use() -> None:
    rules = {name for schema in SCHEMAS.values() for field in schema.values() for name in field}
    assert rules == {"type", "meta", "required", "nullable", "allowed", "check_with"}
