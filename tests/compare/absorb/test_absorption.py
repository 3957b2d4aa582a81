"""Hand edits as steps, each of which is made or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from planwriter.app.roundtrip import trial
from planwriter.compare.absorb.absorption import Absorption
from planwriter.compare.absorb.outline_nodes import outline_map
from planwriter.compare.edits.sides import merged_sides
from planwriter.compare.versions.from_plan import shown_items
from planwriter.source.changes import Change, changed_file
from planwriter.source.edit import Uneditable
from planwriter.source.nodes import Mapping
from tests.absorbing import SAMPLE as TEXT
from tests.absorbing import Items, drop, opened, printed, put, retype, shift, sides, taken
from tests.support import HEAD, TAIL


def steps(edit: Callable[[Items], None]) -> list[tuple[str, str, str, int]]:
    """The steps for edits of the sample."""
    outline = opened(TEXT)
    parts = ["总体要求", "重点任务", "保障措施"]
    lines = outline_map(outline.tree, parts, shown_items(outline.document))
    both = sides(outline, edit)
    plan = Absorption(both, merged_sides(both), lines, outline.document, lambda *_: None)
    return [(each.kind.value, each.before, each.after, each.line) for each in plan.steps]


def test_the_steps_are_in_the_order_of_the_outline() -> None:
    def edit(items: Items) -> None:
        retype(items, "稳中求进", "守正创新")
        put(items, "张榜公示", "接受监督。")
        put(items, "接受监督", "接受举报。")
        drop(items, "管好学校")
        shift(items, "建园。新建", "就近入学")

    made = steps(edit)
    assert [each[0] for each in made] == ["改", "移", "增", "删"]
    assert made[2][2] == "接受监督。 / 接受举报。" and made[3][1] == "管好学校。"
    assert made[0][3] < made[1][3] < made[2][3] < made[3][3]


def test_no_step_without_an_edit() -> None:
    assert steps(lambda items: None) == []


def _section(tasks: str, mark: str = "") -> str:
    return f"{HEAD}重点任务:\n  - 章: 办学\n    内容: {mark}\n{tasks}{TAIL}"


TASKS = """\
      - 条: 加强领导
        文: 每月研究一次重点工作。
      - 条: 督导考核
        文: [每季度通报一次办学情况。, '附件：任务表']
        内容:
          - 表: [[项目, 数], [图书, 3万册]]
"""


def _join(items: Items) -> None:
    """The second item is joined to the first, with the label that was typed."""
    retype(items, "重点工作。", "重点工作。2.督导考核。每季度通报一次办学情况。")
    del items[next(at for at, item in enumerate(items) if item.text.startswith("督导考核"))]


def test_lines_that_were_joined() -> None:
    made = taken(_section(TASKS), _join)
    assert not made.left and "重点工作。2.督导考核。每季度通报一次办学情况。" in made.after.decode()
    assert made.after.decode().count("每季度通报一次办学情况") == 1 and "条: 督导考核" not in made.after.decode()


def test_lines_that_were_joined_are_one_change_or_none() -> None:
    text = _section(TASKS, "&tasks")  # of such a list nothing can be taken out
    made = taken(text, _join)
    assert made.after == text.encode() and len(made.left) == 2


def test_a_sentence_that_was_put_elsewhere_is_one_change_or_none() -> None:
    def edit(items: Items) -> None:
        retype(items, "每月研究一次重点工作。", "每月研究一次重点工作。每学期检查一次食堂。")
        drop(items, "校园食堂")

    one = "      - 条: 加强领导\n        文: 每月研究一次重点工作。\n      - 条: 校园食堂\n        文: 每学期检查一次食堂。\n"
    assert "校园食堂" not in taken(_section(one), edit).after.decode()
    text = _section(one, "&tasks")
    assert taken(text, edit).after == text.encode()


def test_nothing_edited_is_no_byte() -> None:
    made = taken(TEXT, lambda items: None)
    assert made.after == TEXT.encode() and not made.done and not made.left
    assert printed(made.version)[-1] == "甲校。"


def test_so_many_that_cannot_be_made_are_not_tried_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MAX_TRIALS", 8)
    tasks = "重点任务:\n" + "".join(f"  - 章: 第{at}章\n    内容: &a{at}\n      - 条: 第{at}项\n" for at in range(32))

    def edit(items: Items) -> None:
        for at in range(32):
            put(items, f"第{at}项", f"新的第{at}项", level=3)

    made = taken(HEAD + "总体要求: 好。\n" + tasks + TAIL, edit)
    assert len(made.left) == 32 and made.after == made.before
    reasons = [reason for _, reason in made.left]
    assert sum("没有一处一处试完" in each for each in reasons) > 0 and "它写在一行的方括号里" in reasons


def test_words_of_an_item_that_stays_in_conflict_do_not_stand_twice() -> None:
    text = TEXT.replace("阳光分班。", "全县统一阳光分班。结果当场公布。")
    outline = opened(text.replace("当场公布", "七日内公布"))

    def joined(items: Items) -> None:
        drop(items, "全县统一阳光分班")
        retype(items, "就近入学。", "就近入学。全县统一阳光分班。结果当场公布。")

    made = trial.absorbed(outline, sides(outline, joined, opened(text).version()))
    assert [each.kind.name for each in made.conflicts] == ["DELETED_THERE"]
    assert "\n".join(printed(made.version)).count("全县统一阳光分班") == 1
    assert any("那一段两边都改了" in reason for _, reason in made.left)


def test_what_cannot_be_made_alone_is_tried_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def fussy(data: bytes, tree: Mapping, changes: Sequence[Change]) -> bytes:
        calls.append(len(changes))
        if len(calls) <= 2:  # the first trials go wrong
            raise Uneditable("改不了")
        return changed_file(data, tree, changes)

    monkeypatch.setattr(trial, "changed_file", fussy)

    def edit(items: Items) -> None:
        retype(items, "按季调度", "按月调度")
        retype(items, "张榜公示", "上网公示")

    made = taken(TEXT, edit)
    assert made.left == () and len(made.done) == 2 and calls == [2, 1, 1, 2]
