"""A .docx edited by hand, taken back: the outline then prints what was edited, and nothing of either side is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb import (
    NO_CHOICES,
    AbsorbChoices,
    AbsorbPlan,
    Returned,
    absorbed,
    open_outline,
    outline_of,
    plan_absorb,
    read_returned,
    write_absorbed,
)
from planwriter.app.session import Session
from planwriter.compare.edits.sides import sides_of
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion, VersionLine
from planwriter.model import MadeFrom
from planwriter.plan.flow import BODY
from planwriter.start.records import replace
from tests.absorbing import NAME, Items, exact_sides, made_up, opened, printed, retype
from tests.commands import run
from tests.hands import Hand, resaved, retouched, without_marks, without_record
from tests.random_hands import scribbled
from tests.random_outlines import random_outline
from tests.support import HEAD, ROOT, TAIL, outline

TARGETS = "指标:\n  园: {数值: 12, 单位: 所}\n  率: {数值: 95, 单位: '%', 界限: 不低于}\n"
TASKS = (
    "重点任务:\n  - 章: 办园   # 章注\n    内容:\n"
    "      - 条: 建园\n        文: 新建幼儿园{{ 指标.园 }}，入园率{{ 指标.率 }}。\n        责任单位: 学前教育股\n"
    "      - 条: 开园\n        文: 这{{ 指标.园 }}秋季开园。\n"
    "      - 条: 收费\n        文: 收费要公示。\n"
)
TEXT = outline(TASKS, extra=TARGETS)
SESSION = Session()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    return tmp_path


def returned(text: str, hand: Callable[[Hand], None]) -> Returned:
    """A .docx of the outline `text`, edited."""
    made = opened(text)
    data = render(Session(), made.document, "docx").value
    assert data is not None
    edits = Hand(data)
    hand(edits)
    edited = version_of_word(edits.save(), "改.docx").value
    assert edited is not None
    return Returned(path="改.docx", record=None, base=made.version(), edited=edited)


def plan(
    folder: Path, hand: Callable[[Hand], None], choices: AbsorbChoices = NO_CHOICES, base: str = TEXT
) -> AbsorbPlan:
    path = str(folder / NAME)
    made = plan_absorb(Session().at(path), path, returned(base, hand), choices)
    assert made.value is not None, made.findings
    return made.value


def test_a_file_that_was_not_edited_changes_no_byte(folder: Path) -> None:
    made = plan(folder, lambda hand: None)
    assert made.after == made.before == TEXT.encode() and made.is_whole


def test_words_and_places(folder: Path) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("公示", "公开", font="宋体")
        edit.track("学前教育股", "基教股")
        edit.comment("收费要公", "写细一点", author="财政局")

    made = plan(folder, hand)
    assert made.after.decode() == TEXT.replace("要公示", "要公开").replace("学前教育股", "基教股")
    assert [(each.author, each.new) for each in made.comments] == [("财政局", "写细一点")]
    assert write_absorbed(made) == () and (folder / NAME).read_bytes() == made.after
    again = plan(folder, hand)
    assert again.after == again.before == made.after and again.is_whole


def test_a_label_of_another_level_typed_over_the_old_one(tmp_path: Path) -> None:
    """In Word the style stays, but it is the label that a reader sees."""
    text = f"""{HEAD}重点任务:
  - 章: 办学
    内容:
      - 条: 建园
        文: 新建两所。
      - 条: 招生
        文: 就近入学。
      - 条: 编班
        文: 均衡编班。
        内容:
          - 款: 公示
            文: 张榜公示。
          - 款: 收费
            文: 公开收费。
{TAIL}"""
    (tmp_path / NAME).write_text(text, "utf-8")
    made = plan(tmp_path, lambda edit: edit.replace("（2）收费", "4.收费"), base=text)
    assert made.is_whole and "      - 条: 收费\n        文: 公开收费。" in made.after.decode()
    assert made.after.decode().count("收费。") == 1
    made = plan(tmp_path, lambda edit: edit.replace("（1）公示", "（4）公示"), base=text)
    assert made.after == text.encode() and not made.is_whole


def test_what_was_written_meanwhile_is_not_lost(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("要公示", "要公开"))
    (folder / NAME).write_text(TEXT + "# 注\n", "utf-8")
    assert [each.code for each in write_absorbed(made)] == ["PW802"]
    assert (folder / NAME).read_text("utf-8") == TEXT + "# 注\n"


def test_both_sides_changed(folder: Path) -> None:
    new = TEXT.replace("秋季开园", "春季开园").replace("要公示", "须公示")
    (folder / NAME).write_text(new, "utf-8")

    def hand(edit: Hand) -> None:
        edit.replace("新建幼儿园", "改建幼儿园")
        edit.replace("要公示", "应公示")

    made = plan(folder, hand)
    assert made.after.decode() == new.replace("新建幼儿园", "改建幼儿园")
    conflict = made.conflicts[0]
    assert (conflict.ours, conflict.theirs, len(made.conflicts)) == ("须", "应", 1) and not made.is_whole
    chosen = frozenset(((conflict.key, conflict.nth),))
    theirs = plan(folder, hand, AbsorbChoices(theirs=chosen))
    assert theirs.after.decode() == new.replace("新建", "改建").replace("须公示", "应公示") and theirs.is_whole
    assert plan(folder, hand, AbsorbChoices(ours=chosen)).is_whole


def test_a_figure_goes_into_its_target(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("95%", "96%"))  # cited once: certain
    assert made.after.decode() == TEXT.replace("数值: 95", "数值: 96") and made.is_whole
    assert [each.figure.target for each in made.set_figures] == ["率"]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"))  # cited twice, changed once
    assert made.after == made.before and not made.is_whole
    assert [(each.before, each.after) for each, _ in made.figures_left] == [("12所", "15所")]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"), AbsorbChoices(numbers="指标"))
    assert made.after.decode() == TEXT.replace("数值: 12", "数值: 15")
    assert [each.after for each in made.set_figures[0].sentences] == ["这15所秋季开园。"]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"), AbsorbChoices(numbers="这里"))
    assert made.after.decode() == TEXT.replace("新建幼儿园{{ 指标.园 }}，", "新建幼儿园15所，")
    assert made.set_figures == () and made.is_whole

    def both(edit: Hand) -> None:
        edit.replace("12所，", "15所，")
        edit.replace("12所秋季", "15所秋季")

    assert plan(folder, both).after.decode() == TEXT.replace("数值: 12", "数值: 15")


def test_single_figures_are_decided(folder: Path) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("12所，", "15所，")

    figure = plan(folder, hand).figures_left[0][0]
    for said, wanted in (("这里", TEXT.replace("园{{ 指标.园 }}，", "园15所，")), ("不改", TEXT)):
        made = plan(folder, hand, AbsorbChoices(figures={(figure.key, figure.nth): said}))
        assert made.after.decode() == wanted
    assert plan(folder, hand, AbsorbChoices(figures={(figure.key, figure.nth): "不改"})).is_whole


def test_a_figure_of_another_unit_is_left(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("12所，", "15个，"), AbsorbChoices(numbers="指标"))
    assert made.after == made.before and "单位" in made.figures_left[0][1]


def test_much_that_is_gone_is_asked_about(folder: Path) -> None:
    def hand(edit: Hand) -> None:
        for text in ("办园", "新建幼儿园", "秋季开园"):
            edit.delete(text)

    path = str(folder / NAME)
    made = plan_absorb(Session().at(path), path, returned(TEXT, hand))
    assert made.value is None and [each.code for each in made.findings] == ["PW865"]
    assert "收费" in plan(folder, hand, AbsorbChoices(deletes=True)).after.decode()


def test_another_plan_is_refused(folder: Path) -> None:
    path = str(folder / NAME)
    lines = [VersionLine(role=BODY, text=f"{word}县道，{word}桥涵，及时巡查。") for word in "修铺养护查验测建拆移"]
    back = replace(returned(TEXT, lambda hand: None), edited=PlanVersion(name="改.docx", items=tuple(lines)))
    made = plan_absorb(Session().at(path), path, back)
    assert made.value is None and [each.code for each in made.findings] == ["PW864"]


def test_a_file_without_a_record(folder: Path) -> None:
    path = str(folder / NAME)
    bare = replace(returned(TEXT, lambda edit: edit.replace("要公示", "要公开")), base=None)
    made = plan_absorb(Session().at(path), path, bare)
    assert made.value is None and [each.code for each in made.findings] == ["PW863"]
    known = plan_absorb(Session().at(path), path, bare, AbsorbChoices(without_record=True)).value
    assert known is not None and known.after.decode() == TEXT.replace("要公示", "要公开")


def test_the_record_that_is_kept_beside(folder: Path) -> None:
    assert run(folder, "render", NAME).returncode == 0
    made = folder / "提纲.docx"
    edit = Hand(without_record(made.read_bytes()))
    edit.replace("要公示", "要公开")
    (folder / NAME).write_text(TEXT.replace("秋季", "春季"), "utf-8")
    for name in ("提纲.docx", "局长改.docx"):
        (folder / name).write_bytes(edit.save())
        back = read_returned(str(folder / name), str(folder / NAME))
        assert back.value is not None and [each.code for each in back.findings] == ["PW896"]
        path = str(folder / NAME)
        done = plan_absorb(Session().at(path), path, back.value).value
        assert done is not None
        assert done.after.decode() == TEXT.replace("秋季", "春季").replace("要公示", "要公开")


def test_a_final_file_that_was_not_edited(folder: Path) -> None:
    assert run(folder, "render", NAME, "--final").returncode == 0
    (folder / NAME).write_text(TEXT.replace("秋季", "春季"), "utf-8")
    made = run(folder, "absorb", "提纲.docx", NAME)
    assert made.returncode == 0 and made.stdout == "收回 0 处。\n提纲.yaml 不用改。\n", made.stderr


def test_what_was_absorbed_can_be_taken_back(folder: Path) -> None:
    assert run(folder, "render", NAME).returncode == 0
    edit = Hand((folder / "提纲.docx").read_bytes())
    edit.replace("要公示", "要公开")
    (folder / "提纲.docx").write_bytes(edit.save())
    assert run(folder, "absorb", "提纲.docx", "--yes").returncode == 0
    assert (folder / NAME).read_text("utf-8") == TEXT.replace("要公示", "要公开")
    assert run(folder, "undo", NAME, "--yes").returncode == 0
    assert (folder / NAME).read_text("utf-8") == TEXT


def test_tracked_changes_that_stay(folder: Path, tmp_path: Path) -> None:
    data = render(Session(), opened(TEXT).document, "docx").value
    assert data is not None
    edit = Hand(data)
    edit.track("要公示", "要公开")
    edit.replace("秋季", "春季")
    (tmp_path / "改.docx").write_bytes(edit.save())
    back = read_returned(str(tmp_path / "改.docx"), str(folder / NAME), keeps_tracked=True).value
    assert back is not None and [(each.old, each.new) for each in back.kept] == [("收费要公示。", "收费要公开。")]
    assert any("春季" in text for text in printed(back.edited)) and not any(
        "公开" in text for text in printed(back.edited)
    )


def test_a_number_typed_by_hand_is_told(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("3.收费", "5.收费"))
    assert made.after == made.before and [each.new for each in made.renumbered] == ["5."] and not made.is_whole
    made = plan(folder, lambda edit: edit.swap("3.收费", "2.开园"))
    assert made.after.decode().index("收费") < made.after.decode().index("开园")


def test_an_outline_that_is_not_finished(folder: Path) -> None:
    text = TEXT.replace("数值: 12, ", "")
    (folder / NAME).write_text(text, "utf-8")
    made = plan(folder, lambda edit: edit.replace("要公示", "要公开"), base=text)
    assert made.after.decode() == text.replace("要公示", "要公开") and made.is_whole


def test_the_outline_that_a_file_was_made_from(folder: Path) -> None:
    one = opened(TEXT)
    for name, known in (
        (NAME, True),
        ("没有.yaml", False),
        (f"../{folder.name}/{NAME}", False),
        (str(folder / NAME), False),
    ):
        made = MadeFrom(name, "0" * 64)
        data = render(Session(), one.document, "docx", made_from=made).value
        assert data is not None
        (folder / "甲.docx").write_bytes(data)
        assert outline_of(str(folder / "甲.docx")) == (str(folder / NAME) if known else None)


def test_an_unreadable_file(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"no package")
    made = read_returned(str(folder / "坏.docx"), str(folder / NAME))
    assert made.value is None and made.findings
    assert read_returned(str(folder / "没有.docx"), str(folder / NAME)).value is None


# what holds for all edits


def edited(
    text: str, version: PlanVersion, chance: Random, count: int, mark: str
) -> tuple[PlanVersion, tuple[str, ...]]:
    made = made_up(chance, version, count, mark)
    return made.version, made.marks


def check_one_side(seed: int) -> None:
    """What was edited is printed, but for what is said to be left."""
    chance = Random(seed)
    text = random_outline(seed)
    one = open_outline(SESSION, text.encode(), NAME, "").value
    if one is None:
        return
    before = one.version()
    wanted, _ = edited(text, before, chance, chance.randint(0, 5), "手")
    made = absorbed(one, exact_sides(before, wanted))
    if not made.left:
        assert printed(made.version) == printed(wanted)
    if wanted.items == before.items:
        assert made.after == one.data
    again = open_outline(SESSION, made.after, NAME, "").value
    assert again is not None and printed(again.version()) == printed(made.version)


def check_both_sides(seed: int) -> None:
    """What either side put in is printed, or said to be in conflict or left; done twice, nothing is done."""
    chance = Random(seed)
    text = random_outline(seed)
    one = open_outline(SESSION, text.encode(), NAME, "").value
    if one is None:
        return
    base = one.version()
    ours, our_marks = edited(text, base, chance, chance.randint(0, 4), "甲")
    theirs, their_marks = edited(text, base, chance, chance.randint(0, 4), "乙")
    written = absorbed(one, exact_sides(base, ours))
    our_marks = tuple(each for each in our_marks if any(each in line for line in printed(written.version)))
    two = open_outline(SESSION, written.after, NAME, "").value
    assert two is not None
    made = absorbed(two, sides_of(base, two.version(), theirs))
    whole = "\n".join(printed(made.version))
    told = "\n".join(f"{step.before}{step.after}" for step, _ in made.left)
    told += "\n".join(f"{each.base}{each.ours}{each.theirs}" for each in made.conflicts)
    gone = "\n".join(step.before for step in made.done)
    assert not [each for each in our_marks if each not in whole + told + gone], seed
    assert not [each for each in their_marks if each not in whole + told], seed
    if ours.items == base.items:
        assert made.after == absorbed(one, sides_of(base, base, theirs)).after
    if theirs.items == base.items:
        assert made.after == two.data
    three = open_outline(SESSION, made.after, NAME, "").value
    assert three is not None
    again = absorbed(three, sides_of(base, three.version(), theirs))
    assert made.left or made.conflicts or again.after == made.after, seed


def check_file(seed: int) -> None:
    """What was edited in the .docx is printed, or said to be left; however it was saved."""
    chance = Random(seed)
    one = open_outline(SESSION, random_outline(seed).encode(), NAME, "").value
    if one is None:
        return
    data = render(SESSION, one.document, "docx").value
    assert data is not None
    scribbles, marks = scribbled(chance, data, chance.randint(0, 4))
    saved = chance.choice((bytes, resaved, retouched, without_marks))(scribbles)
    base = one.version()
    edited = version_of_word(saved, "改.docx", base=base).value
    assert edited is not None
    both = sides_of(base, base, edited)
    made = absorbed(one, both)
    whole = "\n".join(printed(made.version))
    told = "\n".join(f"{step.before}{step.after}" for step, _ in made.left)
    assert not [each for each in marks if each not in whole + told], seed
    if not made.left and not made.follows:
        wanted = [item.text.replace("\n", "") for item in both.edited.items]
        assert [line.replace("\n", "") for line in printed(made.version)] == wanted, seed
    if not both.edits:
        assert made.after == one.data, seed


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_what_was_edited_in_word_is_printed(seed: int) -> None:
    check_file(seed)


@settings(max_examples=80)
@given(st.integers(0, 10**9))
def test_what_was_edited_is_printed(seed: int) -> None:
    check_one_side(seed)


@settings(max_examples=80)
@given(st.integers(0, 10**9))
def test_nothing_of_either_side_is_lost(seed: int) -> None:
    check_both_sides(seed)


@pytest.mark.long
def test_ten_thousand_edits() -> None:
    for seed in range(3_400):
        check_one_side(seed)
        check_both_sides(seed)
        check_file(seed)


def test_a_long_plan_takes_few_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of a sound plan are tried once, together; one that fails costs the logarithm of their number."""
    from planwriter.app import plans

    calls: list[bytes] = []
    real = plans.plan_bytes

    def counted(session: Session, data: bytes, shown: str, *, draft: bool, path: str) -> plans.Plan:
        calls.append(data)
        return real(session, data, shown, draft=draft, path=path)

    monkeypatch.setattr(plans, "plan_bytes", counted)
    tasks = "重点任务:\n  - 章: 办学\n    内容:\n" + "".join(
        f"      - 条: 第{at}项\n        文: 办好第{at}件事。\n" for at in range(64)
    )
    one = opened(outline(tasks))

    def edit(items: Items) -> None:
        for at in range(64):
            retype(items, f"办好第{at}件事", f"做好第{at}件事")

    items = [*one.version().items]
    edit(items)
    wanted = replace(one.version(), items=tuple(items))
    assert len(absorbed(one, exact_sides(one.version(), wanted)).done) == 64 and len(calls) == 1


def test_real_plans_can_be_edited() -> None:
    path = str(ROOT / "examples" / "yunling-three-year.yaml")
    one = opened(Path(path).read_text("utf-8"), path)
    wanted, _ = edited("", one.version(), Random(5), 12, "手")
    made = absorbed(one, exact_sides(one.version(), wanted))
    assert made.left or printed(made.version) == printed(wanted)
    assert len(made.done) >= 5
