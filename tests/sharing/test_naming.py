"""File names for names: every name has one, no two names share one, and it is valid on every system."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planwriter.sharing.naming import from_file_name, is_file_name, is_name, is_version, to_file_name

names = st.text(min_size=1, max_size=60).filter(is_name)


@given(names)
@example("青山市教育局条款库（试行）")
@example("CON.lib")
@example("../../etc")
@example("Straße.")
@example(".git")
@example("a=b")
def test_a_name_comes_back_from_its_file_name(name: str) -> None:
    file = to_file_name(name)
    assert from_file_name(file) == name
    assert is_file_name(file) or len(file) > 60
    assert re.fullmatch(r"[^\\/:*?\"<>|\s\x00-\x1f]+", file) and file == unicodedata.normalize("NFC", file)


@given(names, names)
@example("Lib", "lib")
@example("库Ａ", "库ａ")
@example("ß", "ss")
def test_two_names_have_two_files_where_capitals_are_not_distinguished(one: str, other: str) -> None:
    assert (to_file_name(one).casefold() == to_file_name(other).casefold()) == (one == other)


@given(st.text(max_size=40))
def test_any_other_file_name_is_no_name_or_the_right_one(file: str) -> None:
    text = from_file_name(file)
    assert text is None or to_file_name(text) == unicodedata.normalize("NFC", file)


@pytest.mark.parametrize("version", ["1.0.0", "0.0.1", "10.20.30", "1.0.0-rc.1", "1.0.0+build"])
def test_versions(version: str) -> None:
    assert is_version(version) and from_file_name(to_file_name(version)) == version


@pytest.mark.parametrize(
    "version", ["", "1", "1.0", "01.0.0", "1.0.0-", "1.0.0/..", "１.0.0", "1.0.0\n", "9" * 20 + ".0.0"]
)
def test_what_is_no_version(version: str) -> None:
    assert not is_version(version)


@pytest.mark.parametrize("name", ["", " 库", "库\0", "a\u0301", "库\u200b", "好" * 61, "（" * 40, "\ud800"])
def test_what_is_no_name(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize("name", ["nul.yaml", "a:b.yaml", "../a.yaml", ".yaml", "a\\b.yaml", "a.", "COM1"])
def test_what_is_no_name_of_a_file(name: str) -> None:
    assert not is_file_name(name)
