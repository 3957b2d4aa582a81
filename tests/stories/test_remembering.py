"""What is remembered over the documents of a run changes neither a byte nor a finding of any of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwriter.app import outputs
from planwriter.app.batch.batch import run_here
from planwriter.app.batch.rows import Rows, read_job
from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from planwriter.checks.figures import reading
from planwriter.findings.finding import Finding
from planwriter.model.memo import Recent
from planwriter.readers.docx.read import read_docx
from planwriter.system import watch
from tests.support import ROOT

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: {名称: 青山县, 上级: 云岭市}
年度: 2026
责任标注: 句末
指标:
  招生: {名称: 普通高中招生计划, 数值: 100, 单位: 人, 界限: 不超过, 责任单位: 招生办}
  班额: 45
  普惠率: {名称: 普惠性幼儿园覆盖率, 数值: 95, 单位: "%", 界限: 不低于}
  总数: {单位: 人, 公式: 招生 + 招生}
核验: [招生 >= 班额]
导语: |
  {{ 单位 }}安排如下，

  招生{{ 指标.招生 }}。
总体要求: 办好{{ 行.学校 }}，普惠性幼儿园覆盖率达到90%。
重点任务:
  - 章: 抓好招生
    内容:
      - 条: 严格计划
        文: "{{ 单位 }}招生{{ 指标.招生 }}，班额{{ 指标.班额 }}，联系人{{ 行.联系人 }}。"
        责任单位: ["{{ 单位 }}办公室", 招生办, 招生办]
        内容:
          - 款: 不变的一款，
            文: 普通高中招生计划100人，到2025年底完成，向上级汇报，，不足处用某某代替
      - 用: 招生考试/随迁子女入学
        参数: {公办就读比例: "{{ 指标.普惠率.数 }}"}
        责任单位: 招生办
      - 用: 通用/政务公开
        参数: {解读次数: 3}
  - 章: 在{{ 行.联系人 }}
    内容:
      - 用: 通用/节约机关
      - 用: 通用/节约机关
      - 专栏: 招生{{ 指标.招生 }}
        内容:
          - "{{ 指标.总数 }}，{{ 指标.班额.数 * 2 }}，其中甲3所、乙4所，共8所。"
          - 表: [[项目, 数], [甲, 3], [乙, "{{ 指标.班额 }}"], [合计, 9]]
            题: 分配
保障措施:
  - 章: 强化保障
    文: 落实责任，到临沂市调研。
FAULTS附件:
  - 指标表
  - 任务分解表
  - {标题: "{{ 单位 }}的表", 内容: [{条: "招生{{ 指标.招生 }}"}]}
"""
FAULTS = """\
结语: 各校{{ 行.没有 }}，{{ 指标.招 }}，{{ 单位
发文: {形式: 直发, 发文机关: 青山县教育局, 文号: 青教发〔2026〕1号, 成文日期: 2026-02-30}
库: [没有的库]
"""
HEAD = ("文件名", "学校", "单位", "年度", "标题", "指标.招生", "班额", "普惠率", "联系人")
GOOD = ("甲小学", "", "", "要点", "100", "", "95", "某某")
CELLS = (
    st.sampled_from(("甲小学", "乙小学", "")),
    st.sampled_from(("青山县甲小学", "云岭市教育局", "")),
    st.sampled_from(("2026", "2027", "明年", "")),
    st.sampled_from(("要点", "{{ 单位 }}要点。", "")),
    st.sampled_from(("100", "100.0", "1", "一百", "")),
    st.sampled_from(("45", "50", "45.0", "")),
    st.sampled_from(("95", "95.00", "120", "")),
    st.sampled_from(("某某", "临沂市", "“某”", "甲，，乙", "")),
)


def made(rows: Rows, monkeypatch: pytest.MonkeyPatch, *, remembers: bool) -> list[tuple[object, ...]]:
    """For each row: the findings with their related places, the bytes, and what they were made from."""
    with monkeypatch.context() as patched:
        if not remembers:
            patched.setattr(Session, "remember", lambda self: None)
        with watch.accounted():
            jobs = range(len(read_job(rows).value))
            return [(each.findings, each.data, each.facts) for each in run_here(rows, jobs, processes=1)]


def same(outline: Path, sheet: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is made of each row, after a comparison with what is made without remembering."""

    def rows() -> Rows:
        return Rows(session=Session.here(), outline=str(outline), workbook=str(sheet), sheet="", form=form, draft=True)

    with_memo = made(rows(), monkeypatch, remembers=True)
    assert with_memo == made(rows(), monkeypatch, remembers=False)
    return with_memo


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*CELLS), min_size=1, max_size=5),
    form=st.sampled_from(("docx", "text", "html")),
    faults=st.booleans(),
)
def test_any_rows_give_what_they_give_without_remembering(
    rows: list[tuple[str, ...]], form: str, faults: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline, sheet = tmp_path / "方案.yaml", tmp_path / "学校.csv"
    outline.write_text(OUTLINE.replace("FAULTS", FAULTS if faults else ""), "utf-8")
    lines = (HEAD, ("好", *GOOD), *((str(number), *row) for number, row in enumerate(rows)))
    sheet.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8")
    found = same(outline, sheet, form, monkeypatch)
    assert len(found) == len(rows) + 1 and all(each[0] for each in found), "each row has findings to compare"
    assert (found[0][1] is not None) is not faults, "and bytes"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*CELLS), min_size=2, max_size=6), data=st.data())
def test_the_order_of_the_rows_does_not_matter(
    rows: list[tuple[str, ...]], data: st.DataObject, tmp_path: Path
) -> None:
    outline, sheet = tmp_path / "方案.yaml", tmp_path / "学校.csv"
    outline.write_text(OUTLINE.replace("FAULTS", ""), "utf-8")
    lines = (HEAD, ("好", *GOOD), *((str(number), *row) for number, row in enumerate(rows)))
    sheet.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8")

    def made_in(order: list[int]) -> dict[int, object]:
        batch = Rows(session=Session.here(), outline=str(outline), workbook=str(sheet), sheet="", form="docx")
        return dict(zip(order, run_here(batch, order, processes=1), strict=True))

    order = list(range(len(lines) - 1))
    assert made_in(data.draw(st.permutations(order))) == made_in(order)


def test_what_a_text_was_read_as_before_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules remember texts without findings; with nothing remembered they say the same."""
    paths = sorted((ROOT / "examples").glob("*.yaml"))
    slips = OUTLINE.replace("FAULTS", FAULTS).replace("{{ 行.", "{{ 指标.")
    for number, text in enumerate((*(path.read_text("utf-8") for path in paths), slips)):
        (tmp_path / f"{number}.yaml").write_text(text.replace("，", ",", 3).replace("。", "。。", 2), "utf-8")
    names = [str(path) for path in sorted(tmp_path.glob("*.yaml"))]
    known = [plan_file(Session(), name).findings for name in (*names, *names)]
    monkeypatch.setattr(Recent, "get", lambda self, key: None)
    assert known == [plan_file(Session(), name).findings for name in (*names, *names)]
    assert all(known)


MOVED = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
指标:
  园数: {名称: 新建幼儿园, 数值: 3, 单位: 所}
  床位: {数值: 30, 单位: 张}
标题: 要点
导语: 抓好落实。
总体要求: 抓好提升。
FRAME重点任务:
  - 章: 抓好建设
    内容:
      - 节: 建好园舍
        内容:
          - {条: 建园, 文: "新建幼儿园{{ 指标.园数 }}，床位20张。"}
          - {条: 不变, 文: "加强服务水平，2019年底前建成。"}
          - 表: [[项目, 数, 完成时间], [甲, 1, 2019年6月], [乙, "{{ 指标.园数.数 }}", 2026年6月], [合计, 9, ""]]
            题: 分配
      - 节: 做好床位
        内容:
          - 条: 配床
            文: 配好床位。
            内容: [{款: 先配, 文: "{{ 指标.床位 }}，其中一半。"}, {款: 后配, 文: 加强管理水平。}]
          - 专栏: 数
            内容: ["{{ 指标.床位 }}。", "不变，共3张。"]
  - 章: 抓好管理
    内容:
ITEMS保障措施: 落实责任。
附件:
  - {标题: 附表, 内容: [{表: [[项目, 数], [甲, 1], [乙, 2], [合计, "{{ 指标.床位.数 }}"]]}]}
"""
ISSUED = """\
发文: {形式: 直发, 发文机关: 青山县教育局, 文号: 青教发〔2026〕1号, 主送: [各学校], 成文日期: 2026-02-03}
"""


@pytest.mark.parametrize("frame", ["", ISSUED], ids=["bare", "issued"])
def test_what_stands_before_a_block_may_change_from_row_to_row(
    frame: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line more moves the number of every mark behind it; figures, tables and items are read again where they change."""
    outline, sheet = tmp_path / "要点.yaml", tmp_path / "单位.csv"
    items = "".join(f"      - {{条: 做好第{number}件事, 文: 第{number}件事要做细做实做好。}}\n" for number in range(12))
    outline.write_text(MOVED.replace("FRAME", frame).replace("ITEMS", items), "utf-8")
    rows = ("一,,3,30", '二,"一句。\n又一句。",3,30', "三,,4,30", "四,,4,20", '五,"一句。\n又一句。",3,20', "六,,3,30")
    sheet.write_text("文件名,导语,园数,床位\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    found = same(outline, sheet, "docx", monkeypatch)
    codes = [{each.code for each in findings} for findings, _, _ in found if isinstance(findings, tuple)]
    assert all({"PW441", "PW442", "PW443", "PW513"} & each for each in codes), codes
    texts = [_text(data) for _, data, _ in found]
    assert texts[0] == texts[5] and len(texts[1]) == len(texts[0]) + 1 and len(set(map(tuple, texts))) == 5


def test_a_target_whose_number_alone_changes_is_what_it_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a target is besides its number is read once; a bound, a unit or a magnitude typed with a number may change it."""
    outline, sheet = tmp_path / "要点.yaml", tmp_path / "单位.csv"
    targets = (
        "{名称: 新建园, 单位: 所, 界限: 不低于, 分年: {2026: 3}, 责任单位: [办公室, 办公室]}",
        "{数值: 1, 基期: {年份: 2025, 数值: 1万人}, 分项: {甲: 1, 乙: 2人}}",
        "{数值: 5, 单位: “所”, 单价: 3}",
        "{名称: 床位}",
        "{名称: 覆盖率, 数值: 90, 基期: {年份: 2025, 数值: 95}, 界限: 不低于, 单位: '%'}",
    )
    listed = "".join(f"  目标{number}: {target}\n" for number, target in enumerate(targets))
    outline.write_text(
        f"文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n指标:\n{listed}总体要求: 抓好落实。\n"
        "重点任务: [{章: 抓好建设, 文: '{{ 指标.目标0 }}，{{ 指标.目标1 }}。'}]\n保障措施: 落实责任。\n附件: [指标表]\n",
        "utf-8",
    )
    values = ("3", "4", "≥3", "1.2万", "3所", "5人", "三", "-", "120", "3.0", "")
    rows = [f"{number},{','.join([value] * len(targets))}" for number, value in enumerate((*values, *values[::-1]))]
    heads = ",".join(f"目标{number}" for number in range(len(targets)))
    sheet.write_text(f"文件名,{heads}\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    found = same(outline, sheet, "text", monkeypatch)
    codes = [{each.code for each in findings} for findings, _, _ in found if isinstance(findings, tuple)]
    assert len(set(map(frozenset, codes))) > 4 and codes[: len(values)] == codes[len(values) :][::-1]


def test_whether_a_clause_fits_is_asked_for_each_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outline, sheet = tmp_path / "要点.yaml", tmp_path / "单位.csv"
    outline.write_text(
        "文种: 工作要点\n单位: 青山县水利局\n地区: 青山县\n年度: 2026\n总体要求: 抓好落实。\n"
        "重点任务: [{章: 抓好供水, 内容: [{用: 水利/农村供水}]}]\n保障措施: 落实责任。\n",
        "utf-8",
    )
    sheet.write_text("文件名,单位\n一,\n二,青山县教育局\n三,\n四,青山县教育局\n", "utf-8")
    found = same(outline, sheet, "docx", monkeypatch)
    codes = [{each.code for each in findings} for findings, _, _ in found if isinstance(findings, tuple)]
    assert ["PW317" in each for each in codes] == [False, True, False, True]


@pytest.mark.parametrize("numbering", ["文本", "自动"])
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_the_same_for_all_rows(
    path: Path, numbering: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline, sheet = tmp_path / path.name, tmp_path / "单位.csv"
    text = path.read_text("utf-8")
    unit = "青山县甲水利局" if "青山县水利局" in text else "青山县甲中学"  # one that may use the same clauses
    outline.write_text(f"{text}\n编号方式: {numbering}\n", "utf-8")
    sheet.write_text(f"文件名,单位,标题\n一,,\n二,{unit},\n三,,另一个标题\n四,{unit},\n五,,\n", "utf-8")
    found = same(outline, sheet, "docx", monkeypatch)
    texts = [_text(data) for _, data, _ in found]
    assert texts[0] == texts[4] != texts[1] == texts[3]


def _text(data: object) -> list[str]:
    assert isinstance(data, bytes)
    return [each.text for each in read_docx(data).paragraphs]


def test_outlines_in_one_process_are_the_same_after_any_other() -> None:
    """As a batch of outlines is made: clauses are remembered from one outline to the next."""
    paths = [str(path) for path in sorted((ROOT / "examples").glob("*.yaml"))]
    order = [*(each for pair in itertools.combinations(paths, 2) for each in pair), paths[0]]
    assert set(itertools.pairwise(order)) == set(itertools.permutations(paths, 2)), "each comes after each"
    _same_in_orders([order])


@pytest.mark.long
def test_outlines_in_one_process_are_the_same_in_any_order() -> None:
    _same_in_orders(itertools.permutations(str(path) for path in sorted((ROOT / "examples").glob("*.yaml"))))


def _same_in_orders(orders: Iterable[Sequence[str]]) -> None:
    """Asserts that each outline becomes the same in every one of these orders as alone."""
    alone: dict[str, tuple[tuple[Finding, ...], bytes | None]] = {}
    for order in orders:
        for blocks in (True, False):
            session = Session()
            session.remember(outlines=not blocks)
            for path in order:
                if path not in alone:
                    alone[path] = _plan(Session(), path)
                assert _plan(session, path) == alone[path]


def _plan(session: Session, path: str) -> tuple[tuple[Finding, ...], bytes | None]:
    plan = plan_file(session, path)
    assert plan.document is not None
    return plan.findings, outputs.render(session, plan.document, "docx").value


def test_an_unchanged_text_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The point of it all: from the second row on, only the block that the row changes is composed and checked again."""
    read: list[str] = []

    def noted(text: str) -> str:
        read.append(text)
        return reading.without_titles(text)

    monkeypatch.setattr("planwriter.checks.figures.rules.without_titles", noted)
    monkeypatch.setattr(Recent, "get", lambda self, key: None)  # other tests may have read these texts
    outline, sheet = tmp_path / "方案.yaml", tmp_path / "学校.csv"
    tasks = "".join(f"  - 章: 第{number}件事\n    文: 办好{number}所学校。\n" for number in range(5))
    tasks += "  - 章: 联系\n    文: 联系人{{ 行.联系人 }}，共1人。\n"
    outline.write_text(
        f"文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n总体要求: 抓好3件事。\n重点任务:\n{tasks}保障措施: 落实。\n",
        "utf-8",
    )
    sheet.write_text("文件名,联系人\n" + "".join(f"{number},某{number}\n" for number in range(9)), "utf-8")
    rows = Rows(session=Session.here(), outline=str(outline), workbook=str(sheet), sheet="", form="")
    assert [each.findings for each in run_here(rows, range(9))] == [()] * 9
    assert len(read) == 11 + 8 + 1, "eleven texts with figures of the first row, one of each other row"
