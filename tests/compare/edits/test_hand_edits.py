from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.edits.hand_edits import EditKind, HandEdit, HandEdits, hand_edits, sentence_edits
from planwriter.compare.matching.match import MatchedBy
from planwriter.compare.versions.version import (
    PlanVersion,
    Stretch,
    VersionItem,
    VersionLine,
    VersionPicture,
    VersionTable,
    WordComment,
)
from planwriter.model import Merge
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY, HEADINGS, TITLE, LineRole
from tests.compare.office import edited_by_hand, rendered, saved, word
from tests.hands import Hand, resaved, retouched, without_marks
from tests.random_documents import random_document, seen
from tests.support import drafts

PLANS = drafts()
PLAN = PLANS["qingshan-2026"]
CHANGED, NEW, DELETED, MOVED = EditKind.CHANGED, EditKind.NEW, EditKind.DELETED, EditKind.MOVED


def version(*items: VersionItem) -> PlanVersion:
    return PlanVersion(name="稿", items=items)


def line(text: str, label: str = "", **more: object) -> VersionLine:
    return VersionLine(role=BODY, text=text, label=label, **more)  # type: ignore[arg-type]


def by_hand(*acts: Callable[[Hand], None], save: Callable[[bytes], bytes] = bytes) -> HandEdits:
    hand = Hand(rendered(PLAN))
    for act in acts:
        act(hand)
    return hand_edits(seen(PLAN), word(save(hand.save())))


def told(made: HandEdits) -> list[tuple[EditKind, str, str]]:
    return [(each.kind, each.old, each.new) for each in made.edits]


# no edit


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("save", [retouched, resaved, without_marks])
def test_opening_and_saving_is_no_edit(name: str, save: Callable[[bytes], bytes]) -> None:
    made = hand_edits(seen(PLANS[name]), word(save(rendered(PLANS[name]))))
    assert told(made) == []
    assert not made.words
    assert not made.format
    assert sum(made.matched.values()) == len(made.edited.items) == len(made.base.items)


@given(st.integers(0, 10**6))
def test_nor_is_rendering(seed: int) -> None:
    plan = random_document(seed)
    made = hand_edits(seen(plan), word(rendered(plan)))
    assert told(made) == []
    assert made.is_of_base


@pytest.mark.libreoffice
def test_nor_is_a_save_by_libreoffice() -> None:
    for plan, data in saved().plans:
        assert told(hand_edits(seen(plan), word(data))) == []
        assert word(data).around == word(rendered(plan)).around


# edits


def test_a_changed_number_is_one_sentence() -> None:
    made = by_hand(lambda hand: hand.replace("不少于12次", "不少于15次"))
    (edit,) = made.edits
    assert (edit.kind, edit.where, edit.size) == (CHANGED, "“1.抓好创新理论学习”", 1)
    assert edit.old.startswith("党组（党委）理论学习中心组")
    assert edit.old.endswith("议定事项当月交办。")
    assert [(edit.old[a:b], edit.new[c:d]) for a, b, c, d in edit.marks] == [("12", "15")]
    assert made.words
    assert not made.format
    assert made.counts == {CHANGED: 1}


def test_edits_of_every_kind_are_told() -> None:
    made = by_hand(
        lambda hand: hand.replace("青山县教育局2026年工作要点", "青山县教育局2026年教育工作要点"),
        lambda hand: hand.track("约1.2万人次", "约1.3万人次"),
        lambda hand: hand.delete("25.保障校园餐安全"),
        lambda hand: hand.swap("10.落实免费学前教育政策", "11.做好幼小科学衔接"),
        lambda hand: hand.add_after("27.推进教育数字化", "另建资源库。年底前用上。", font="宋体"),
        lambda hand: hand.format("公办幼儿园3所"),
        lambda hand: hand.comment("大班额比例", "能做到吗？"),
        lambda hand: hand.split("规范引入第三方机构"),
    )
    assert [each.kind for each in made.edits] == [
        EditKind.TITLE,
        EditKind.FORMAT,
        MOVED,
        EditKind.COMMENT,
        EditKind.SPLIT,
        DELETED,
        CHANGED,
        NEW,
    ]
    kinds = {each.kind: each for each in made.edits}
    assert (kinds[MOVED].where, kinds[MOVED].was) == ("“9.增加公办学位供给”", "“10.落实免费学前教育政策”")
    assert (kinds[EditKind.COMMENT].old, kinds[EditKind.COMMENT].author) == ("大班额比例", "财政局")
    assert kinds[EditKind.FORMAT].new == "“公办幼儿园3所”加粗"
    assert (kinds[NEW].new, kinds[NEW].size, kinds[NEW].base) == ("另建资源库。年底前用上。", 2, -1)
    assert (kinds[DELETED].item, kinds[DELETED].size) == (-1, 2)
    assert made.format
    assert made.remarks == 1


@pytest.mark.libreoffice
def test_the_same_edits_are_told_after_a_save_by_libreoffice() -> None:
    made = told(hand_edits(seen(PLAN), word(saved().edited)))
    assert made == told(hand_edits(seen(PLAN), word(edited_by_hand())))
    assert len(made) == 7


def test_a_sentence_put_in_or_left_out_stands_alone() -> None:
    base = version(line("甲地建校。乙地建园。（责任单位：甲股）", "1.", place=7))
    made = hand_edits(base, version(line("甲地建校。丙地建馆。乙地建园。（责任单位：甲股）", "1.")))
    assert told(made) == [(NEW, "", "丙地建馆。")]
    assert (made.edits[0].base, made.edits[0].item, made.edits[0].place) == (0, 0, 7)
    made = hand_edits(base, version(line("甲地建校。（责任单位：甲股）", "1.")))
    assert told(made) == [(DELETED, "乙地建园。", "")]
    assert made.counts == {DELETED: 1}


def test_two_paragraphs_become_one() -> None:
    base = version(line("甲地建校。"), line("乙地建园，方便孩子。"), line("丙地建馆。"))
    made = hand_edits(base, version(line("甲地建校。乙地建园，方便孩子。"), line("丙地建馆。")))
    assert [each.kind for each in made.edits] == [EditKind.JOINED]
    assert [each.text for each in made.edited.items] == ["甲地建校。乙地建园，方便孩子。", "丙地建馆。"]


def test_a_new_label_is_told_apart_from_words() -> None:
    base = version(line("建好学校。", "1.", level=3), line("建好幼儿园。", "2.", level=3))
    made = hand_edits(base, version(line("建好学校。", "3.", level=3), base.items[1]))
    assert told(made) == [(EditKind.RENUMBERED, "1.", "3.")]


def test_labels_that_count_on_are_no_edits() -> None:
    texts = ["建好学校。", "上好课程。", "配齐教师。", "改善食堂。"]
    base = version(*(line(text, f"{at}.", level=3) for at, text in enumerate(texts, 1)))
    texts.insert(1, "整治操场。")
    made = hand_edits(base, version(*(line(text, f"{at}.", level=3) for at, text in enumerate(texts, 1))))
    assert told(made) == [(NEW, "", "2.整治操场。")]
    assert made.counted == 3


def test_titles_within_a_paragraph_are_titles() -> None:
    one = line("建好学校。上好课。", "1.", stretches=(Stretch(0, 4, TextRole.TITLE), Stretch(5, 9, TextRole.TEXT)))
    made = hand_edits(version(one), version(line("建好新学校。上好课。", "1.")))
    assert [each.kind for each in made.edits] == [EditKind.TITLE]
    made = hand_edits(version(one), version(line("建好学校。上好每堂课。", "1.")))
    assert [each.kind for each in made.edits] == [CHANGED]


def test_cells_are_told_by_row_and_column() -> None:
    base = version(line("表：", place=3), VersionTable(rows=(("指标", "数值"), ("学位", "810")), place=4))
    made = hand_edits(base, version(line("表："), VersionTable(rows=(("指标", "数值"), ("学位", "900")), look="加粗")))
    (edit, look) = made.edits
    assert (edit.kind, edit.row, edit.column, edit.old, edit.new, edit.place) == (EditKind.CELL, 1, 1, "810", "900", 4)
    assert (look.kind, look.new) == (EditKind.FORMAT, "加粗")


def test_another_style_or_a_box_is_format() -> None:
    base = version(line("建好学校"), line("上好课。"), VersionPicture(text="图"))
    new = version(
        VersionLine(role=HEADINGS[0], text="建好学校"), line("上好课。", boxed=True), VersionPicture(text="图")
    )
    made = hand_edits(base, new)
    assert told(made) == [(EditKind.FORMAT, "正文", "一级标题"), (EditKind.FORMAT, "没有框", "有框")]
    assert not made.words


def test_a_title_on_two_lines_is_read_as_one() -> None:
    base = version(VersionLine(role=TITLE, text="青山县\n工作要点"), line("甲。"))
    assert told(hand_edits(base, version(VersionLine(role=TITLE, text="青山县工作要点"), line("甲。")))) == []
    made = hand_edits(base, version(VersionLine(role=TITLE, text="青山县教育工作要点"), line("甲。")))
    assert told(made) == [(EditKind.TITLE, "青山县工作要点", "青山县教育工作要点")]


def test_comments_that_the_base_has_are_not_told() -> None:
    note = WordComment(1, "甲", "", "问", 0, 1)
    base = version(line("建好学校。", remarks=(note,)))
    made = hand_edits(base, version(line("建好学校。", remarks=(note, note._replace(number=2, text="再问")))))
    assert told(made) == [(EditKind.COMMENT, "建", "再问")]


def test_blanks_at_the_end_are_not_seen() -> None:
    assert told(hand_edits(version(line("建好学校。")), version(line("　建好学校。 ")))) == []
    assert told(hand_edits(version(line("建好学校。")), version(line("建好 学校。")))) != []


def test_pages_and_footers_are_format_if_both_are_known() -> None:
    one, other = (
        PlanVersion(name="稿", items=(line("甲。"),), around=(each, "页脚：1")) for each in ("页面：A", "页面：B")
    )
    assert [(each.kind, each.where, each.old, each.new) for each in hand_edits(one, other).edits] == [
        (EditKind.FORMAT, "页面", "A", "B")
    ]
    assert told(hand_edits(version(line("甲。")), other)) == []
    bare = PlanVersion(name="稿", items=(line("甲。"),), around=("页面：A", "页眉：密"))
    assert [(each.where, each.new) for each in hand_edits(one, bare).edits] == [("页眉", "密"), ("页脚", "没有了")]


# matching


def test_marks_go_before_words() -> None:
    base = version(line("建好学校。", mark=0), line("上好每一堂课。", mark=1))
    new = version(line("上好音乐课。", mark=0), line("上好每一堂课。", mark=1))
    made = hand_edits(base, new)
    assert made.matched[MatchedBy.MARK] == 2
    assert hand_edits(base, new, by_marks=False).matched[MatchedBy.MARK] == 0


def test_of_two_holders_of_a_mark_the_copy_is_new() -> None:
    base = version(line("建好学校。", mark=0), line("上好课。", mark=1))
    copy = line("建好学校。", mark=0, copied=True)
    assert told(hand_edits(base, version(copy, *base.items))) == [(NEW, "", "建好学校。")]
    assert told(hand_edits(base, version(*base.items, copy))) == [(NEW, "", "建好学校。")]
    assert told(hand_edits(base, version(base.items[1], copy))) == [(MOVED, "上好课。", "上好课。")]


def test_another_file_is_not_of_the_base() -> None:
    made = hand_edits(seen(PLAN), version(*(line(f"会议纪要第{at}项，另有安排。") for at in range(30))))
    assert not made.is_of_base


def test_moved_neighbours_are_one_edit() -> None:
    texts = ["建好学校。", "上好课程。", "配齐教师。", "改善食堂。", "整治操场。", "管好校车。", "办好社团。"]
    items = [line(each) for each in texts]
    made = hand_edits(version(*items), version(*items[2:], *items[:2]))
    assert [(each.kind, each.size, each.old, each.where) for each in made.edits] == [(MOVED, 2, "建好学校。", "开头")]


# nothing is left out


def rebuilt(made: HandEdits) -> list[str]:
    """The texts of the edited version, made of the base by the edits alone."""
    texts = []
    for new in range(len(made.edited.items)):
        pair = made.matching.pairs.get(new)
        edits = [
            each
            for each in made.edits
            if each.item == new and each.kind not in (MOVED, EditKind.FORMAT, EditKind.COMMENT, EditKind.RENUMBERED)
        ]
        if pair is None:
            (edit,) = edits
            texts.append(edit.new)
            continue
        item = made.base.items[pair.old]
        text = item.text.replace("\n", "") if isinstance(item, VersionLine) and item.role == TITLE else item.text
        for each in reversed([*edits, *_left(made, pair.old)]):
            assert text[each.old_start : each.old_start + len(each.old)] == each.old
            text = text[: each.old_start] + each.new + text[each.old_start + len(each.old) :]
        texts.append(text)
    return texts


def _left(made: HandEdits, base: int) -> list[HandEdit]:
    return [each._replace(new="") for each in made.edits if each.kind is EditKind.SPLIT and each.base == base]


def scribbled(data: bytes, random: Random) -> bytes:
    """A file with a few edits anywhere, made without regard to anything."""
    hand = Hand(data)
    for _ in range(random.randint(1, 6)):
        paragraphs = [
            each
            for each in hand.document.element.body
            if each.tag == qn("w:p") and any(leaf.text for leaf in each.iter(qn("w:t")))
        ]
        if not paragraphs:
            break
        one, other = random.choice(paragraphs), random.choice(paragraphs)
        leaf = random.choice([each for each in one.iter(qn("w:t")) if each.text])
        at = random.randint(0, len(leaf.text))
        match random.randint(0, 4):
            case 0:
                leaf.text = (
                    leaf.text[:at] + random.choice(("另", "5所学校", "，稳步推进", "再查一次。")) + leaf.text[at:]
                )
            case 1:
                leaf.text = leaf.text[:at] + leaf.text[at + random.randint(1, 9) :]
            case 2:
                one.getparent().remove(one)
            case 3:
                other.addnext(one) if one is not other else None
            case _:
                other.addnext(copy.deepcopy(one))
    return hand.save()


@given(st.integers(0, 10**6))
def test_the_edits_tell_all_that_differs(seed: int) -> None:
    random = Random(seed)
    plan = random_document(seed)
    base = seen(plan)
    made = hand_edits(base, word(scribbled(rendered(plan), random)))
    found = [
        each.label + each.text if isinstance(each, VersionLine) and at not in made.matching.pairs else each.text
        for at, each in enumerate(made.edited.items)
        if not isinstance(each, VersionTable)
    ]
    expected = [
        text for each, text in zip(made.edited.items, rebuilt(made), strict=True) if not isinstance(each, VersionTable)
    ]
    assert [each.strip() for each in found] == [each.strip() for each in expected]
    assert not made.base.around
    gone = {each.base for each in made.edits if each.item < 0 or each.kind is EditKind.JOINED}
    assert gone | {pair.old for pair in made.matching.pairs.values()} == set(range(len(base.items)))


TEXTS = st.lists(
    st.sampled_from(
        ["建好3所学校", "上好课", "，", "。", "；", "5%", "2026年3月5日", "“甲”", "（责任单位：甲股）", "\n"]
    ),
    max_size=9,
).map("".join)


@given(TEXTS, TEXTS)
def test_sentence_edits_make_the_new_text(old: str, new: str) -> None:
    text, edits = old, sentence_edits(old, new)
    for each in reversed(edits):
        assert old[each.start : each.end] != new[each.new_start : each.new_end]
        text = text[: each.start] + new[each.new_start : each.new_end] + text[each.end :]
    assert text == new
    assert all(a.end <= b.start and a.new_end <= b.new_start for a, b in pairwise(edits))


def test_a_long_paragraph_is_no_trouble() -> None:
    old = "建好学校，上好课。" * 20_000
    made = hand_edits(version(line(old)), version(line(old[:50_000] + "另" + old[50_000:])))
    assert [each.kind for each in made.edits] == [CHANGED]


def test_a_table_of_an_attachment_is_named_by_the_attachment() -> None:
    label = VersionLine(role=LineRole.LABEL, text="附件1")

    def of(figure: str, note: str) -> PlanVersion:
        cells = VersionTable(rows=(("指标", "数"), ("产量", figure)))
        return version(line("严格考核。每年评估。", "1.", level=3), label, cells, line(note))

    made = hand_edits(of("18", "说明。"), of("19", "说明如下。"))
    assert {each.where for each in made.edits} == {"“附件1”下的表格", "“附件1”下面"}


def test_merged_cells_are_told_beside_the_words_that_they_changed() -> None:
    one = VersionTable(rows=(("学校", "学位"), ("一小", "300")))
    other = VersionTable(rows=(("学校", "学位"), ("一小 300", "")), merges=(Merge(row=1, column=0, rows=1, columns=2),))
    made = hand_edits(version(one), version(other), by_marks=False)
    assert [each.kind for each in made.edits] == [EditKind.CELL, EditKind.CELL, EditKind.FORMAT]
    assert made.edits[-1].new == "合并的单元格不同"
    more = VersionTable(rows=(*other.rows, ("二小", "400")), merges=other.merges)
    assert not hand_edits(version(other), version(more), by_marks=False).format
