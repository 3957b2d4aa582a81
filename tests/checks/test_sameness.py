"""What makes the items of a plan look alike: one hint, and none for plans as people write them."""

from __future__ import annotations

import pytest

from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.checks.sameness import FEWEST, LONGEST, check_sameness, items_of
from tests.support import EXAMPLES, REAL, outline, plan, plan_file

LENGTHS = (30, 55, 90, 120, 160, 45, 210, 75, 33, 140, 100, 60)
NOUNS = "课本操场食堂宿舍校车图书灯光仪器球门花圃水塔门卫"


def item(number: int, text: str, title: str = "") -> str:
    return f"      - 条: {title or NOUNS[2 * number : 2 * number + 2] + '管护'}\n        文: {text}\n"


def tasks(texts: list[str], titles: list[str] | None = None) -> str:
    body = "".join(item(nth, text, titles[nth] if titles else "") for nth, text in enumerate(texts))
    return f"重点任务:\n  - 章: 办好学校\n    内容:\n{body}"


def varied(count: int) -> list[str]:
    """Texts that differ in length, opening, ending, and number of sentences."""
    made = []
    for nth in range(count):
        word = NOUNS[2 * nth : 2 * nth + 2]
        text = f"{word}{nth + 3}月前逐件登记" + "、".join(f"第{each}处{word}" for each in range(LENGTHS[nth] // 6))
        made.append(
            text
            + "。"
            + f"{word}坏了当天报修。" * (nth % 3 == 0)
            + f"{word}由专人看管，{word}每周擦拭。" * (nth % 4 == 1)
        )
    return made


def alike(count: int) -> list[str]:
    """Texts of three sentences and one length."""
    return [
        f"{NOUNS[2 * nth : 2 * nth + 2]}要管好用好。每季度检查{nth + 2}次并登记台账，查出的及时修好。严禁把{NOUNS[2 * nth : 2 * nth + 2]}挪作他用。"
        for nth in range(count)
    ]


def told(text: str) -> list[str]:
    return [each.message for each in plan(text).findings if each.code == "PW512"]


def test_a_plan_of_one_mould_gets_one_hint_that_says_what() -> None:
    (message,) = told(outline(tasks(alike(12))))
    assert "长短太齐" in message and "92% 正好三句话" in message


def test_a_varied_plan_gets_none() -> None:
    assert told(outline(tasks(varied(12)))) == []


def test_a_short_plan_is_not_judged() -> None:
    assert told(outline(tasks(alike(FEWEST - 2)))) == []


def test_openings_are_told_with_their_number() -> None:
    texts = [f"加强{text}" for text in varied(12)]
    (message,) = told(outline(tasks(texts)))
    assert "12 段的开头都是“加强……”" in message


def test_titles_of_one_verb_in_a_chapter_are_told() -> None:
    titles = [f"推进{NOUNS[2 * nth : 2 * nth + 2]}管护" for nth in range(12)]
    (message,) = told(outline(tasks(varied(12), titles)))
    assert "一章里 12 个标题以“推进”开头" in message
    assert told(outline(tasks(varied(12), [*titles[:6], *(f"管护{each}" for each in titles[6:])]))) == []


def test_sentences_without_anything_to_check_are_told() -> None:
    words = "认真负责地做好各项工作并且不断总结经验从而取得新的进步" * 8
    texts = [f"{NOUNS[2 * nth : 2 * nth + 2]}{words[: LENGTHS[nth]]}。" for nth in range(12)]
    (message,) = told(outline(tasks(texts)))
    assert "100% 的句子没有数、名称、清单和日期" in message


def test_a_long_plan_names_the_clauses_that_have_a_short_wording() -> None:
    made = plan(outline(tasks(varied(12))))
    assert made.document is not None and made.outline is not None
    assert list(check_sameness(made.document, made.outline, lambda: ["财政/绩效"])) == []
    long = plan(
        outline(tasks([each.replace("。", "、" + "、".join(map(str, range(300))) + "。", 1) for each in varied(12)]))
    )
    assert long.document is not None and long.outline is not None
    assert list(check_sameness(long.document, long.outline, list)) == []
    (found,) = check_sameness(long.document, long.outline, lambda: ["财政/绩效"])
    assert f"超过 {LONGEST} 字，可以换成“简”的有 财政/绩效" in found.message


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_real_plans_and_examples_get_none(path: object) -> None:
    assert [each.message for each in plan_file(str(path)).findings if each.code == "PW512"] == []


def test_an_item_is_the_lowest_block_above_the_fourth_level() -> None:
    inner = "        内容:\n          - 款: 清点\n            文: 逐件清点。\n          - 款: 修缮\n            文: 坏的修好。还要登记。\n"
    made = plan_bytes(Session(), outline(tasks(["管好课本。"]) + inner).encode(), "提纲.yaml").document
    assert made is not None
    (found,) = items_of(made.parts[1].blocks[0])
    assert (found.length, found.sentences, found.bare) == (len("管好课本。逐件清点。坏的修好。还要登记。"), 4, 4)
