"""Tables are aligned: names left, figures right."""

from benchmarks.tables import Figures, Table, show


def test_a_table_has_its_caption_a_rule_and_aligned_cells() -> None:
    table = Table("two outlines", ("", "ms"), (("first", "7"), ("a", "1234")))
    assert show(Figures("title", (table,), ("note",))) == (
        "two outlines\n         ms\n-----  ----\nfirst     7\na      1234\n\nnote"
    )


def test_figures_without_tables_are_their_notes() -> None:
    assert show(Figures("title", (), ("Not measured.",))) == "Not measured."
