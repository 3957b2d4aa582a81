"""Which bureau sent a file back."""

import pytest

from planwriter.compare.opinions.bureaus import as_unit, same_unit, sender_of

_TITLE = "青山县教育局2026年工作要点"
_KNOWN = ("青山县财政局", "县委编办", "卫生健康局")


@pytest.mark.parametrize(
    ("stem", "unit"),
    [
        ("财政局", "青山县财政局"),
        ("县财政局意见", "青山县财政局"),
        (f"{_TITLE}（征求意见稿）-民政局", "民政局"),
        (f"民政局关于{_TITLE}的修改意见", "民政局"),
        ("3.县民政局（反馈）", "县民政局"),
        (f"{_TITLE}_发改局 回复20260305", "发改局"),
        ("柳林镇人民政府", "柳林镇人民政府"),
        ("县委编办无意见", "县委编办"),
        ("妇联反馈", "妇联"),
        ("青山县卫生健康局（盖章）", "卫生健康局"),
        ("青山县教育局2026年工作要点（青山县人社局）(1)", "青山县人社局"),
    ],
)
def test_by_the_name_of_the_file(stem: str, unit: str) -> None:
    sender = sender_of(stem, (), titles=(_TITLE,), known=_KNOWN)
    assert (sender.unit, sender.doubt) == (unit, "")


def test_by_the_authors_if_the_name_says_nothing_and_then_it_is_said() -> None:
    sender = sender_of("征求意见稿(2)", ("县民政局", "李某"), titles=(_TITLE,))
    assert sender.unit == "县民政局" and "作者" in sender.doubt


def test_of_several_in_the_name_the_authors_tell_which() -> None:
    assert sender_of("教育局-民政局", ("民政局",)).doubt == ""
    sender = sender_of("教育局-民政局", ())
    assert sender.unit == "民政局" and "教育局、民政局" in sender.doubt


def test_what_is_nothing_is_in_doubt() -> None:
    sender = sender_of("回复最终版2", ("李某",))
    assert sender.unit and "都没有单位" in sender.doubt
    assert sender_of("", ("民政局", "财政局")).doubt.startswith("作者有几个单位")


def test_names_of_people_are_no_bureaus() -> None:
    assert [as_unit(each) for each in ("李某", "Administrator", "县民政局", "")] == ["", "", "县民政局", ""]


def test_a_known_name_is_a_bureau_whatever_it_looks_like_and_the_longest_counts() -> None:
    known = ("县委编办", "编办", "工业园", "山县")
    assert as_unit("工业园", known) == "工业园" and as_unit("工业园") == ""
    assert sender_of("县委编办无意见", (), known=known).unit == "县委编办"


def test_a_region_in_front_makes_no_other_bureau() -> None:
    assert same_unit("青山县财政局", ("财政局",)) and same_unit("市教育局", ("云岭市教育局",))
    assert not same_unit("青山县财政局", ("青山县民政局",)) and not same_unit("市教育局", ())


def test_hostile_names_take_no_time() -> None:
    sender_of("县" * 100_000 + "局", ["县" * 100_000] * 10, known=_KNOWN)
    assert sender_of("局" * 5000, ()).unit
