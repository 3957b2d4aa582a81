"""A block is filled again by its recipe exactly as it is composed in full: texts, places, findings, cited targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwriter.app.libraries import clause_lookup, outline_libraries
from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from planwriter.findings.finding import Result, Source
from planwriter.model import Figure, Outline, Target
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.kind import Kind
from planwriter.plan.compose import refill
from planwriter.plan.compose.compose import Composed, compose_outline
from planwriter.plan.compose.refill import Recipe, Refilled
from planwriter.plan.compose.texts import Texts
from planwriter.start.records import fields, is_dataclass, replace

LIBRARY = """\
- 条款: 校园/食堂
  条: 办好{{ 参数.对象 }}食堂
  文: 达标率达到{{ 参数.率 }}%，〔检查{{ 参数.次数 }}次，〕〔投入{{ 参数.资金 }}万元，｜按预算投入，〕{{ 单位 }}办好{{ 参数.项目 }}，共{{ 指标.甲 }}，每学期{{ 参数.期 }}次。
  责任单位: "{{ 单位 }}办公室"
  参数:
    对象: {类型: 文本, 默认: 学校, 说明: 对象}
    率: {类型: 百分数, 默认: 95, 说明: 率}
    次数: {类型: 整数, 最小: 2, 最大: 50, 说明: 次数}
    资金: {类型: 小数, 说明: 资金}
    项目: {类型: 文本, 默认: 名厨亮灶, 说明: 项目}
    期: {类型: 整数, 默认: 2, 说明: 次数}
  适用: {系统: [教育], 级别: [县]}
- 条款: 校园/安全
  节: 抓好{{ 参数.名 }}安全
  内容:
    - 条: 检查{{ 参数.数 }}次
      文: 检查{{ 参数.数 + 1 }}次。
    - 专栏: 共{{ 参数.数 }}次
      内容:
        - 每次{{ 参数.名 }}{{ 年度 }}。
        - 表: [[项目, 数], ["{{ 参数.名 }}", "{{ 参数.数 }}"]]
          题: 检查{{ 参数.数 }}次
  参数: {名: {类型: 文本, 说明: 名}, 数: {类型: 整数, 说明: 数}}
  适用: {系统: [教育], 级别: [县]}
- 条款: 校园/转交
  章: 管好学校
  内容:
    - 用: 校园/安全
      参数: {名: "{{ 参数.名头 }}", 数: "{{ 参数.个数 }}"}
  参数: {名头: {类型: 文本, 说明: 名}, 个数: {类型: 整数, 说明: 数}}
  适用: {系统: [教育], 级别: [县]}
- 条款: 校园/一句
  文: 在青山县办好{{ 参数.事 }}。
  参数: {事: {类型: 文本, 说明: 事}}
  适用: {系统: [教育], 级别: [县]}
"""
OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: {名称: 青山县, 上级: 云岭市}
年度: 2026
库: [县库]
指标:
  甲: {名称: 新建学校, 数值: 3, 单位: 所}
  乙: {名称: 学校工作, 数值: 30, 单位: 次, 基期: {年份: 2025, 数值: 20}, 责任单位: 人事股}
  丙: {名称: 普惠率, 数值: 95, 单位: "%", 界限: 不低于, 分年: {2026: 95}}
导语: 新建{{ 指标.甲 }}。
总体要求: "{{ 指标.乙.名称 }}"
重点任务:
  - 章: 办好{{ 指标.甲.数 }}件事
    文: 一共{{ 指标.甲.数 * 2 }}件。
    内容:
      - 条: 新建{{ 指标.甲 }}
        文: 由{{ 指标.丙.值 }}起，{{ 指标.甲.值 }}，{{ 单位 }}在{{ 年度 }}年建成{{ 指标.乙.数 + 指标.甲.数 }}处，比{{ 指标.乙.基期 }}多。
        责任单位: 人事股
      - 条: 学好{{ 指标.乙.名称 }}
        文: 学好{{ 指标.乙.名称 }}工作。
      - 条: 抓好人事
        文: 抓好人事。
        责任单位: ["{{ 指标.乙.责任单位 }}", "{{ 单位 }}办公室"]
        时限: 2026年{{ 指标.甲.数 }}月
      - "{{ 指标.乙.名称 }}，共{{ 指标.乙 }}。"
      - 专栏: 数{{ 指标.甲 }}
        内容: ["{{ 指标.乙 }}。", {表: [[项, 数], [甲, "{{ 指标.甲 }}"], [乙, "{{ 指标.乙.数 }}"]], 题: "{{ 指标.甲 }}"}]
      - 表: [[项, 数], [甲, "{{ 指标.甲 }}"], [乙, "{{ 指标.乙.数 }}"], [丙, 不变]]
        题: "{{ 指标.甲 }}"
      - 用: 校园/食堂
        参数: {率: "{{ 指标.丙.数 }}", 次数: "{{ 指标.乙.数 }}", 项目: [甲, "{{ 指标.乙.名称 }}", "{{ 年度 }}年的"]}
        责任单位: 人事股
      - 用: 校园/食堂
        参数: {资金: "{{ 指标.甲.数 }}", 对象: "{{ 地区 }}"}
        时限: 2026年9月
  - 章: 抓好管理
    内容:
      - 用: 校园/安全
        参数: {名: "{{ 指标.乙.名称 }}", 数: "{{ 指标.甲.数 }}"}
  - 用: 校园/转交
    参数: {名头: 校车, 个数: "{{ 指标.甲.数 }}"}
  - 用: 校园/一句
    参数: {事: "{{ 指标.乙.名称 }}"}
  - 用: 校园/一句
    参数: {事: "{{ 指标.甲 }}实事"}
保障措施: 落实{{ 指标.丙 }}。
"""
FIGURES = st.sampled_from((None, *map(Decimal, ("1", "3", "12", "30", "0.5", "0.95", "95", "95.0", "120", "1200"))))
NAMES = st.sampled_from(("学校", "学校工作", "工作", "甲\n乙", " 甲", "“甲”", "次"))
_Document: TypeAlias = tuple[Decimal | None, Decimal | None, Decimal | None, str]
DOCUMENT = st.tuples(FIGURES, FIGURES, FIGURES, NAMES)


def everything(value: object) -> object:
    """A value with all that comparisons leave out: places, and how texts were filled."""
    if isinstance(value, Source):
        return value.name
    if is_dataclass(value):
        return type(value).__name__, [everything(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple | list):
        return [everything(each) for each in value]
    return value


class _Series:
    """An outline whose targets get other figures and names."""

    def __init__(self, folder: Path) -> None:
        (folder / "县库").mkdir()
        (folder / "县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n格式: 2\n", "utf-8")
        (folder / "县库/校园.yaml").write_text(LIBRARY, "utf-8")
        (folder / "提纲.yaml").write_text(OUTLINE, "utf-8")
        self.folder, self.session = str(folder), Session()
        plan = plan_file(self.session, str(folder / "提纲.yaml"))
        assert isinstance(plan.outline, Outline) and isinstance(plan.kind, Kind)
        self.outline, self.kind = plan.outline, plan.kind

    def composed(self, document: _Document, memo: Memo) -> object:
        """Everything that composing says and makes."""
        *figures, name = document
        targets = [
            _changed(target, figure, name if target.key == "乙" else target.name)
            for target, figure in zip(self.outline.targets, figures, strict=True)
        ]
        outline = replace(self.outline, targets=tuple(targets))
        stack = outline_libraries(self.session, outline, self.folder).value
        stack.memo = memo
        memo.next_document()
        made: Result[Composed] = compose_outline(outline, self.kind, clause_lookup(stack), memo)
        return everything(made.value), made.findings, sorted(made.value.cited_targets)

    def unlike(self, documents: Sequence[_Document]) -> list[int]:
        """The numbers of the documents that become something else one after another than each alone."""
        memo = Memo()
        together = [self.composed(each, memo) for each in documents]
        return [at for at, each in enumerate(documents) if self.composed(each, NO_MEMO) != together[at]]


def _changed(target: Target, figure: Decimal | None, name: str) -> Target:
    return replace(target, value=Figure(value=figure) if figure is not None else None, name=name)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> _Series:
    return _Series(tmp_path_factory.mktemp("提纲"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=st.lists(DOCUMENT, min_size=2, max_size=6))
def test_any_figures_give_what_they_give_alone(documents: Sequence[_Document], several: _Series) -> None:
    plain = Decimal(3), Decimal(30), Decimal(95), "学校"
    assert several.unlike([plain, *documents, plain]) == []


@pytest.fixture
def refilled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Refilled | None]]:
    """What recipes gave."""
    made: list[Refilled | None] = []

    def noted(shown: tuple[str, ...], recipe: Recipe) -> Refilled | None:
        made.append(real(shown, recipe))
        return made[-1]

    real = refill.refill
    monkeypatch.setattr(refill, "refill", noted)
    yield made


PLAIN = Decimal(3), Decimal(30), Decimal(95), "学校"
OTHER = Decimal(4), Decimal(31), Decimal(96), "学生"


def test_recipes_are_used_and_known_figures_are_not_filled_in_again(
    several: _Series, refilled: list[Refilled | None]
) -> None:
    """Twelve blocks have one; those with blocks inside, with units from a target, or with something to be said have none."""
    memo = Memo()
    several.composed(PLAIN, memo)
    assert len(refilled) == 12 and None not in refilled, "each recipe is tried when it is made"
    several.composed(OTHER, memo)
    assert len(refilled) == 24 and None not in refilled
    several.composed(PLAIN, memo)
    assert len(refilled) == 36, "the first figures were not filled in by recipes"
    several.composed(OTHER, memo)
    several.composed(PLAIN, memo)
    assert len(refilled) == 36, "known"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param((Decimal(3), Decimal(1), Decimal(95), "学校"), id="out of bounds"),
        pytest.param((Decimal(3), Decimal(30), Decimal("0.95"), "学校"), id="a rate of less than 1 %"),
        pytest.param((Decimal(3), Decimal(30), Decimal(95), "学校工作"), id="words said twice"),
        pytest.param((Decimal(3), Decimal(30), Decimal(95), "甲\n乙"), id="two paragraphs"),
        pytest.param((Decimal(3), Decimal(30), Decimal(95), " 甲"), id="a paragraph that begins with a space"),
        pytest.param((Decimal("0.5"), Decimal(30), Decimal(95), "学校"), id="no whole number"),
    ],
)
def test_what_must_be_said_is_said_by_composing_in_full(
    document: _Document, several: _Series, refilled: list[Refilled | None]
) -> None:
    assert several.unlike([PLAIN, document, PLAIN]) == []
    assert None in refilled


def _no_doubled(typed: object, filled: object, marks: object) -> tuple[()]:
    return ()


@pytest.mark.parametrize(
    ("owner", "name", "broken"),
    [
        (refill, "doubled_words", _no_doubled),
        (refill, "meant_percent", lambda parameter, value, usual: ""),
        (refill, "argument_value", lambda parameter, given: (given, None)),
        (refill, "_check_placed", lambda steps, blocks: None),
        (refill, "_unset_parts", lambda text: iter(())),
        (refill.FillTrace, "enter", lambda self, names, *, is_inner: setattr(self, "names", names)),
        (Texts, "repeat", lambda self, noted: True),
    ],
)
def test_the_comparison_finds_what_is_left_out(
    owner: object, name: str, broken: Callable[..., object], several: _Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these checks is needed."""
    wrong: list[_Document] = [
        (Decimal(3), Decimal(1), Decimal(95), "学校"),
        (Decimal(3), Decimal(30), Decimal("0.95"), "学校"),
        (Decimal("0.5"), Decimal(30), Decimal(95), "学校"),
        (Decimal(4), Decimal(30), Decimal(95), "学校工作"),
        OTHER,
    ]
    documents = [each for document in wrong for each in (PLAIN, document)]
    assert several.unlike(documents) == []
    monkeypatch.setattr(owner, name, broken)
    assert several.unlike(documents) != []
