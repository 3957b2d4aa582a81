"""Sentences that stand twice, in texts of any length."""

from planwriter.checks.prose.repeats import Repeats, sentences_in


def test_a_text_without_an_end_takes_no_time() -> None:
    assert list(Repeats().read(sentences_in("甲" * 300_000))) == []


def test_a_sentence_is_found_where_it_begins_and_ends() -> None:
    repeats, sentence = Repeats(), "各中心学校要把办园行为督导的结果用于年度考核"
    assert list(repeats.read(sentences_in(f"{sentence}。"))) == []
    (slip,) = repeats.read(sentences_in(f"一是 {sentence}！没有完"))
    assert (slip.start, slip.end) == (0, len(sentence) + 3)
