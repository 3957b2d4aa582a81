"""Absolute words and long sentences."""

from planwriter.checks.prose.emphasis import MAX_SENTENCE, absolute_words, long_sentences


def test_absolute_words() -> None:
    assert [slip.code for slip in absolute_words("全国最先进的实训基地，史无前例。")] == ["PW531", "PW531"]
    assert list(absolute_words("最大限度方便群众，最好的教育，唯一标识。")) == []


def test_a_sentence_is_long_by_its_characters() -> None:
    assert len(list(long_sentences("字" * (MAX_SENTENCE + 1) + "。"))) == 1
    assert list(long_sentences("字" * MAX_SENTENCE + "，" * 50 + "。")) == []
