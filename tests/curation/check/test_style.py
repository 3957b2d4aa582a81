"""How a library of format 2 reads as a whole."""

from __future__ import annotations

from planwriter.clauses.library import open_files
from planwriter.curation.check.style import FEWEST, check_style

WORDS = "课本操场食堂宿舍校车图书灯光仪器球门花圃水塔门卫黑板窗帘钢琴跑道苗圃井盖锅炉电扇"


def word(nth: int) -> str:
    return WORDS[2 * nth : 2 * nth + 2]


def told(texts: list[str], titles: list[str] | None = None, *, form: int = 2) -> list[tuple[str, str]]:
    """The codes with what is said."""
    clauses = "".join(
        f"- 条款: 甲/{nth}\n  条: {titles[nth] if titles else word(nth) + '管护'}\n  文: {text}\n"
        for nth, text in enumerate(texts)
    )
    contents = {"library.yaml": f"名称: 县库\n版本: 1.0.0\n格式: {form}\n".encode(), "甲.yaml": clauses.encode()}
    library = open_files(contents, "县库")
    return [(each.code, each.message) for each in check_style(library, library.clauses())]


def varied(count: int = FEWEST) -> list[str]:
    made = []
    for nth in range(count):
        items = "、".join(f"{each}号{word(nth)}" for each in range(1 + nth * nth % 11))
        made.append(f"{word(nth)}逐件登记{items}。" + f"{word(nth)}坏了，{word(nth)}当天报修。" * (nth % 4))
    return made


def codes(texts: list[str], titles: list[str] | None = None, *, form: int = 2) -> list[str]:
    return [code for code, _ in told(texts, titles, form=form)]


def test_a_varied_library_has_no_finding() -> None:
    assert told(varied()) == []


def test_texts_of_one_length_are_told() -> None:
    texts = [f"{word(nth)}每季度查{nth % 9 + 1}次，{word(nth)}坏的修好。" for nth in range(FEWEST)]
    (found,) = told(texts)
    assert found[0] == "PW371" and "离散系数 0.0" in found[1]


def test_texts_of_three_sentences_are_told() -> None:
    texts = [
        f"{each.split('。')[0]}。{word(nth)}坏了报修。{word(nth) * (nth * nth % 40)}有人看管。"
        for nth, each in enumerate(varied())
    ]
    assert codes(texts) == ["PW372"]
    assert codes([*texts[:2], *varied()[2:]]) == []


def test_one_opening_and_one_ending_are_told_at_the_first_with_others() -> None:
    assert codes([f"坚持{each}" if nth < 4 else each for nth, each in enumerate(varied())]) == ["PW373"]
    assert codes([f"坚持{each}" if nth < 3 else each for nth, each in enumerate(varied())]) == []
    ended = [f"{each[:-1]}，切实促进公平。" if nth < 4 else each for nth, each in enumerate(varied())]
    ((code, message),) = told(ended)
    assert code == "PW373" and "4 条收尾的一句是“促进……”，占 20%" in message


def test_one_skeleton_is_told() -> None:
    frame = (
        "坚持预防为主。开展{0}检查4次。加强{0}考核，严禁外借。",
        "健全{0}台账。组织{0}清点3次。落实{0}责任，不得外借。",
        "规范{0}保管。实施{0}抽查2次。完善{0}记录，杜绝外借。",
    )
    texts = [frame[nth].format(word(nth)) if nth < 3 else each for nth, each in enumerate(varied())]
    ((code, message),) = told(texts)
    assert code == "PW374" and "占 15%" in message
    assert codes([*texts[:2], *varied()[2:]]) == []


def test_general_titles_are_told() -> None:
    titles = [f"加强{word(nth)}管护" if nth < 7 else f"{word(nth)}管护" for nth in range(FEWEST)]
    assert codes(varied(), titles) == ["PW375"]
    assert codes(varied(), ["管护" + titles[0], *titles[1:]]) == []


def test_a_small_library_and_one_of_format_1_are_not_judged() -> None:
    alike = [f"坚持{word(nth)}查2次。坏的修好。严禁外借。" for nth in range(FEWEST)]
    assert codes(alike) != []
    assert codes(alike[1:]) == []
    assert codes(alike, form=1) == []
