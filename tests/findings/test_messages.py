"""What holds for each message of the catalogue."""

import pytest

from planwriter.findings.messages import all_codes, message_of
from tests.each import assert_each


def test_every_sentence_is_one_and_ends() -> None:
    def check(code: str) -> None:
        sentence = message_of(code).sentence
        assert sentence.endswith("。") and sentence.count("。") == 1
        assert "  " not in sentence

    assert_each(check, all_codes())


def test_a_code_that_there_is_not_has_no_message() -> None:
    with pytest.raises(KeyError):
        message_of("PW000")
