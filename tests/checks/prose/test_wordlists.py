"""The lists: enough entries, each with its columns, and an index that follows from them."""

from __future__ import annotations

import re
from collections import Counter

from planwriter.checks.prose.wordlists import INDEX, hits_in, index_of_lists, laws, rows_of
from planwriter.system import files


def test_the_index_is_not_stale() -> None:
    with open(f"{files.data_folder('wordlists')}/{INDEX}", encoding="utf-8") as file:
        assert file.read() == index_of_lists()


def test_the_lists_are_long_enough_and_have_no_entry_twice() -> None:
    lengths = {"set_phrases.tsv": (200, 6), "typos.tsv": (300, 0), "bureau_names.tsv": (80, 5), "laws.tsv": (50, 4)}
    for name, (least, columns) in lengths.items():
        rows = rows_of(name)
        assert len(rows) >= least
        assert [row for row in rows if columns and len(row) != columns] == []
        assert [words for words, count in Counter(row[0] for row in rows).items() if count > 1] == []


def test_dates_are_dates() -> None:
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", law.until) and law.new and law.source for law in laws().values())
    years = [year for row in rows_of("set_phrases.tsv") for year in row[3:5] if year]
    assert all(2000 <= int(year) <= 2030 for year in years)
    assert all(not row[4] or row[3] <= row[4] for row in rows_of("set_phrases.tsv"))


def test_a_text_with_characters_of_two_units_is_read() -> None:
    assert [hit.start for hit in hits_in("𠮷建立台帐")] in ([3], [])
    assert [(hit.entry.words, hit.start) for hit in hits_in("建立台帐、台帐")] == [("台帐", 2), ("台帐", 5)]
