"""The rows of a table that two sides changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.compare.edits.table_rows import Rows, rows_together
from planwriter.compare.words.merge import merge_texts

BASE: Rows = (("项目", "数量"), ("图书", "3万册"), ("操场", "2个"), ("食堂", "5个"))


def merged(ours: Rows, theirs: Rows, base: Rows = BASE) -> Rows | None:
    """The rows, of which no cell may be in conflict."""
    made = rows_together(base, ours, theirs)
    if made is None:
        return None
    texts = [[merge_texts(*cell) for cell in row] for row in made]
    assert not any(cell.conflicts for row in texts for cell in row)
    return tuple(tuple(cell.text for cell in row) for row in texts)


def test_a_row_that_moved_takes_its_changes_along() -> None:
    head, books, field, hall = BASE
    more, new = ("图书", "4万册"), ("宿舍", "1栋")
    moved = (head, field, hall, books)
    assert merged((head, more, field, hall), moved) == (head, field, hall, more)
    assert merged(moved, (head, more, field, hall)) == (head, field, hall, more)
    assert merged((head, books, field, ("食堂", "6个")), moved) == (head, field, ("食堂", "6个"), books)
    assert merged((head, more, field, hall), (head, field, hall, ("图书", "3万册"), new)) == (
        head,
        field,
        hall,
        more,
        new,
    )


def test_rows_that_are_put_in_and_left_out() -> None:
    head, books, field, hall = BASE
    new, other = ("宿舍", "1栋"), ("校车", "2辆")
    assert merged((*BASE, new), (head, books, hall)) == (head, books, hall, new)
    assert merged((*BASE, new), (*BASE, new)) == (*BASE, new)
    assert merged((head, new, books, field, hall), (*BASE, other)) == (head, new, books, field, hall, other)
    assert merged((head, books, ("操场", "3个"), hall), (head, books, hall)) is None


def test_columns_that_changed_do_not_go_together() -> None:
    wide = tuple((*row, "注") for row in BASE)
    assert merged(wide, (*BASE[:3], ("食堂", "6个"))) is None
    swapped = tuple((two, one) for one, two in BASE)
    assert merged((*BASE[:3], ("食堂", "6个")), swapped) is None


ROWS = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from("123")), max_size=5, unique_by=lambda row: row[0]
)


@settings(max_examples=300)
@given(ROWS, ROWS, ROWS)
def test_one_unchanged_side_gives_the_other_and_every_row_was_written_by_someone(
    base: list[tuple[str, str]], ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    head = ("项目", "数量")
    one, two, three = (head, *base), (head, *ours), (head, *theirs)
    for same in (rows_together(one, one, three), rows_together(one, three, one)):
        assert same is not None
        assert tuple(tuple(merge_texts(*cell).text for cell in row) for row in same) == three
    made = rows_together(one, two, three)
    names = {row[0] for row in (*one, *two, *three)}
    assert made is None or {row[0].ours for row in made} | {row[0].theirs for row in made} <= names
    if made is not None:
        shown = {each for row in made for cell in row for each in cell}
        assert {row[0] for row in two if row[0] not in {each[0] for each in one}} <= shown
