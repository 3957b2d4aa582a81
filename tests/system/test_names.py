"""File names that every system can store, and that are what they seem to be."""

import pytest

from planwriter.system.names import as_plain, cut_name, is_device, is_file_name, same_name


@pytest.mark.parametrize(
    "name", ["要点", "青山县 第一小学", "要点（手改 1）", "aux报", "conference", "com10", "é", "甲" * 85]
)
def test_a_name_that_is_fine(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", ".隐", "末.", "末 ", " 首", "末\u3000", "甲/乙", "甲:乙", "甲\x1f乙", "甲\x85乙", "甲" * 86,
        "CON", "AUX .txt", "aux.", "CONIN$", "conout$.docx", "COM¹", "lpt².txt", "Nul  .a.b", "CLOCK$",
        "甲\u202e乙", "甲\u2066乙", "甲\u200b乙", "甲\ufeff乙", "甲\u00ad乙", "甲\u3164乙", "甲\ufe0f乙", "甲\u2028乙", "甲\ud800乙",
    ],
)  # fmt: skip
def test_a_name_that_some_system_cannot_store_or_that_misleads(name: str) -> None:
    assert not is_file_name(name)


def test_a_device_is_one_with_any_ending() -> None:
    assert all(map(is_device, ("AUX .txt", "com1.tar.gz", "LPT³"))) and not is_device("AUX 报.txt")


def test_both_forms_of_a_letter_and_capitals_are_one_name() -> None:
    assert same_name("Caf\u00e9") == same_name("cafe\u0301") == same_name("CAFE\u0301")
    assert same_name("甲") != same_name("乙")


def test_a_part_of_a_name_is_mended() -> None:
    assert as_plain("学前 股/甲\u202e:e\u0301") == "学前_股_甲__é"


def test_a_name_is_cut_between_two_characters() -> None:
    assert cut_name("甲乙丙", 9) == "甲乙丙" and cut_name("甲乙丙", 8) == "甲乙" and cut_name("a甲", 3) == "a"
