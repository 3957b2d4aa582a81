"""Versions are ordered as in semver.org, and requirements mean what their authors intend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.language.versions import ANY, Version, best, parse_requirement, parse_version, parse_wanted


def _version(text: str) -> Version:
    made = parse_version(text)
    assert made is not None and str(made) == text
    return made


def test_versions_stand_in_the_order_of_semver_11() -> None:
    ordered = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.1",
        "1.9.0",
        "1.10.0",
        "2.0.0",
    ]
    assert sorted(map(_version, reversed(ordered))) == list(map(_version, ordered))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "01.2.3",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3+7",
        "v1.2.3",
        "１.2.3",
        "1.2.3\n",
        "9" * 10 + ".0.0",
        "1.0.0-" + "a." * 500 + "a",
    ],
)
def test_what_is_no_full_version_is_none(text: str) -> None:
    assert parse_version(text) is None


@pytest.mark.parametrize(
    ("wanted", "yes", "no"),
    [
        ("^1.2", "1.2.0 1.9.9", "1.1.9 2.0.0 2.0.0-rc.1"),
        ("^1.2.3", "1.2.3 1.3.0", "1.2.2 2.0.0"),
        ("^1", "1.0.0 1.9.0", "0.9.0 2.0.0"),
        ("^0.2", "0.2.0 0.2.9", "0.3.0 1.0.0"),
        ("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0"),
        ("^0.0.3", "0.0.3", "0.0.4 0.0.2"),
        ("^0.0", "0.0.0 0.0.9", "0.1.0"),
        ("^0", "0.0.0 0.9.0", "1.0.0"),
        ("~1.2", "1.2.0 1.2.9", "1.3.0 1.1.0"),
        ("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0"),
        ("~1", "1.0.0 1.9.0", "2.0.0"),
        (">=1.2,<2", "1.2.0 1.9.0", "1.1.0 2.0.0"),
        (">= 1.2 , < 2", "1.2.0", "2.0.0"),
        ("＞＝1.2，＜2", "1.2.0", "2.0.0"),
        ("≥1.2", "1.2.0 9.0.0", "1.1.9"),
        ("1.2.3", "1.2.3", "1.2.4 1.2.2"),
        ("=1.2.3", "1.2.3", "1.2.4"),
        ("1.2", "1.2.0 1.2.9", "1.3.0"),
        ("1", "1.0.0 1.9.9", "2.0.0 0.9.0"),
        ("*", "0.0.1 9.9.9", "1.0.0-rc.1"),
        (">=1.2.0-rc.1", "1.2.0-rc.1 1.2.0-rc.2 1.2.0 1.3.0", "1.2.0-beta 1.3.0-rc.1"),
        (">1.2.3,<=1.2.5", "1.2.4 1.2.5", "1.2.3 1.2.6"),
    ],
)
def test_a_requirement_allows_what_it_says(wanted: str, yes: str, no: str) -> None:
    requirement = parse_requirement(wanted)
    assert requirement is not None
    assert [each for each in yes.split() if not requirement.allows(_version(each))] == []
    assert [each for each in no.split() if requirement.allows(_version(each))] == []


@pytest.mark.parametrize(
    "text", ["", "新版", "^", "1.2.3.4", ">=1,", ",", "^1 || ^2", "1.x", "!=1", ">=" * 200 + "1", "1," * 10_000 + "1"]
)
def test_what_is_no_requirement_is_none(text: str) -> None:
    assert parse_requirement(text) is None


def test_a_name_with_a_requirement_is_taken_apart() -> None:
    assert parse_wanted("教育条款@^1.2") == ("教育条款", parse_requirement("^1.2"))
    assert parse_wanted(" 教育条款 ") == ("教育条款", ANY)
    assert parse_wanted("教育条款@") is None and parse_wanted("@1") is None and parse_wanted("甲@乙@1") is None


def test_the_best_version_is_the_highest_that_will_do() -> None:
    versions = [_version(each) for each in ("1.2.0", "1.10.0", "2.0.0", "1.11.0-rc.1")]
    wanted = parse_requirement("^1.2")
    assert wanted is not None
    assert best(versions, wanted) == _version("1.10.0")
    assert best([], wanted) is None


@given(st.tuples(*[st.integers(0, 9)] * 3), st.tuples(*[st.integers(0, 9)] * 3))
def test_a_caret_allows_what_is_higher_and_keeps_the_first_number_that_counts(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    requirement = parse_requirement("^{}.{}.{}".format(*one))
    assert requirement is not None
    at = next((at for at, number in enumerate(one) if number), 2)
    assert requirement.allows(Version(*other)) is (other >= one and other[: at + 1] == one[: at + 1])


@given(st.text(max_size=30))
def test_any_text_is_a_requirement_or_none(text: str) -> None:
    requirement = parse_requirement(text)
    assert requirement is None or isinstance(requirement.allows(Version(1)), bool)
