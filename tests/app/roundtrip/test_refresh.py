"""Values of an outline come into a .docx that was edited by hand, and nothing else does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx.oxml.ns import qn

from planwriter.app import outputs, plans
from planwriter.app.journal.undo import plan_undo, write_undo
from planwriter.app.roundtrip.refresh import RefreshPlan, plan_refresh, write_refreshed
from planwriter.app.session import Session
from planwriter.cli.group import cli
from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.tracked.refresh import RefreshState
from planwriter.compare.versions.from_record import version_of_record
from planwriter.system.workspace import home_of
from planwriter.writers.docx.record import record_of_docx
from tests.compare.office import word
from tests.hands import Hand, resaved, retouched, through_office, without_marks, without_record
from tests.pages import soffice
from tests.random_outlines import random_outline
from tests.revisions import body, lines, resolved, texts, troubles

OUTLINE = """\
文种: 工作要点
地区: 青山县
单位: 青山县教育局
年度: 2026
指标:
  园数: {名称: 新建公办园, 数值: 12, 单位: 所, 责任单位: 计财股}
  入园率: {名称: 学前三年入园率, 数值: 95, 单位: '%', 界限: 不低于, 责任单位: 学前教育股}
总体要求: 为办好人民满意的教育，制定本要点。
重点任务:
- 章: 学前教育
  内容:
  - 条: 扩大资源
    文: 全年新建公办园{{ 指标.园数 }}，学前三年入园率{{ 指标.入园率 }}。
    责任单位: 学前教育股
    时限: 2026年10月
  - 条: 加强管理
    文: 办好每一所幼儿园。新建的{{ 指标.园数 }}同时配齐教师。
- 章: 教师队伍
  内容:
  - 条: 抓好培训
    文: 抓好教师培训，提高待遇。
  - 表:
      - [项目, 数]
      - [公办园, '{{ 指标.园数 }}']
      - [入园率, '{{ 指标.入园率 }}']
保障措施: 各学校要抓好落实，年底前报告新建{{ 指标.园数 }}的情况。
附件:
- 指标表
"""
NEW = OUTLINE.replace("数值: 12", "数值: 18").replace("2026年10月", "2026年11月")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(text: str = OUTLINE) -> bytes:
    """The .docx of the outline, which is written too."""
    Path("要点.yaml").write_text(text, encoding="utf-8")
    session = Session().at("要点.yaml")
    plan = plans.plan_file(session, "要点.yaml")
    assert plan.sound, [each.message for each in plan.findings]
    data = outputs.render_plan(session, plan, "docx").value
    assert data is not None
    return data


def planned(data: bytes, text: str = NEW, *, plain: bool = False) -> tuple[RefreshPlan, list[str]]:
    Path("要点.docx").write_bytes(data)
    Path("要点.yaml").write_text(text, encoding="utf-8")
    found = plan_refresh(Session().at("要点.yaml"), "要点.yaml", "要点.docx", plain=plain)
    assert found.value is not None, [each.message for each in found.findings]
    return found.value, [each.code for each in found.findings]


def states(plan: RefreshPlan) -> dict[RefreshState, int]:
    return {state: count for state in RefreshState if (count := plan.refreshed.count(state))}


def fresh_texts(text: str) -> list[str]:
    return texts(made(text))


def test_an_unedited_file_gets_all_new_values() -> None:
    data = made()
    for plain in (True, False):
        plan, codes = planned(data, plain=plain)
        assert codes == []
        assert list(states(plan)) == [RefreshState.DONE]
        assert texts(plan.after) == fresh_texts(NEW)
        assert plan.refreshed.others == 0
        if not plain:
            assert troubles(plan.after) == []
            assert lines(resolved(plan.after, accept=False)) == lines(data)
            assert {each.get(qn("w:author")) for each in body(plan.after).iter(qn("w:ins"), qn("w:del"))} == {
                "planwriter"
            }
        assert len(list(body(plan.after).iter(qn("w:ins")))) == (0 if plain else states(plan)[RefreshState.DONE])


def edited() -> bytes:
    hand = Hand(retouched(made()))
    hand.replace("办好每一所幼儿园", "把每一所幼儿园都办好", font="楷体")
    hand.replace("新建公办园", "新建、改建公办园", within="全年新建公办园")
    hand.format("12所，学前", font="黑体")
    hand.add_after("提高待遇", "另加一段：新建12所要快。")
    return hand.save()


def _later(text: str) -> str:
    """A paragraph of the edited file with the new values."""
    for old, new in (
        ("12所，学前", "18所，学前"),
        ("新建的12所", "新建的18所"),
        ("新建12所的", "新建18所的"),
        ("10月", "11月"),
    ):
        text = text.replace(old, new)
    return text


def test_hand_edits_stay() -> None:
    data = edited()
    plan, codes = planned(data)
    assert codes == []
    new = texts(plan.after)
    cells = {"12所": "18所", "12": "18"}
    assert new == [cells.get(each, _later(each)) for each in texts(data)]
    assert "另加一段：新建12所要快。" in new
    run = next(
        run
        for each in body(plan.after).iter(qn("w:ins"))
        for run in each.iter(qn("w:r"))
        if "18" in "".join(run.itertext())
    )
    assert run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia")) == "黑体"
    assert troubles(plan.after) == []


def test_the_second_time_nothing_is_done_and_nothing_is_a_hand_edit() -> None:
    for plain in (True, False):
        plan, _ = planned(edited(), plain=plain)
        again, codes = planned(plan.after, plain=plain)
        assert (again.after, codes, again.refreshed.values) == (plan.after, [], ())
        record = record_of_docx(plan.after, "甲").value
        old = record_of_docx(edited(), "甲").value
        assert record is not None and old is not None
        bases = [version_of_record(each, "甲") for each in (record, old)]
        found = [hand_edits(base, word(data, base)) for base, data in zip(bases, (plan.after, edited()), strict=True)]
        # planned writes the new outline, so its text is what the record knows now
        assert [(each.kind, each.item) for each in found[0].edits] == [
            (each.kind, each.item) for each in found[1].edits
        ]
        assert record.targets != old.targets
        assert record.made.digest != old.made.digest


def test_a_value_that_a_hand_changed_is_left_and_told() -> None:
    hand = Hand(made())
    hand.replace("12所，", "15所，")
    hand.replace("12所同时", "18所同时")
    hand.delete("各学校要抓好落实")
    data = hand.save()
    plan, codes = planned(data)
    assert sorted(codes) == ["PW883", "PW884"]
    assert states(plan)[RefreshState.HAND] == states(plan)[RefreshState.SAME] == states(plan)[RefreshState.LOST] == 1
    new = "".join(texts(plan.after))
    assert "15所，" in new and "18所同时" in new
    told = plan_refresh(Session().at("要点.yaml"), "要点.yaml", "要点.docx").findings
    assert any("“12所”在文件里手改过（“15所”）" in each.message and "“18所”" in each.message for each in told)
    again, codes = planned(plan.after)
    assert sorted(codes) == ["PW883", "PW884"]
    assert again.after == plan.after


def test_a_sentence_that_was_written_anew_around_a_value() -> None:
    hand = Hand(made())
    hand.replace("办好每一所幼儿园。新建的", "要狠抓质量，让家长满意，那么今年落成的")
    plan, codes = planned(hand.save())
    assert codes == []
    assert any("落成的18所同时" in each for each in texts(plan.after))


def test_other_changes_of_the_outline_stay_out_and_are_counted() -> None:
    data = made()
    text = NEW.replace("抓好教师培训，提高待遇", "抓好教师培训，改善待遇").replace("加强管理", "从严管理")
    plan, codes = planned(data, text)
    assert codes == []
    assert plan.refreshed.others == 2
    assert texts(plan.after) == [
        each.replace("从严管理", "加强管理").replace("改善待遇", "提高待遇") for each in fresh_texts(text)
    ]
    record, old = record_of_docx(plan.after, "").value, record_of_docx(data, "").value
    assert record is not None and old is not None
    assert record.made == old.made


def test_files_of_other_programs_and_without_marks() -> None:
    for data in (resaved(edited()), without_marks(edited())):
        plan, codes = planned(data)
        assert codes == []
        assert states(plan) == states(planned(edited())[0])


def test_only_the_text_and_the_record_change() -> None:
    data = edited()
    plan, _ = planned(data, plain=True)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(plan.after)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert before.namelist() == after.namelist()
    assert changed == {"word/document.xml", "docProps/custom.xml"}


def test_a_file_that_lost_its_record_has_that_of_the_journal() -> None:
    made()
    assert run("render", "要点.yaml").exit_code == 0
    data = without_record(Path("要点.docx").read_bytes())
    plan, codes = planned(data)
    assert codes == []
    assert texts(plan.after) == fresh_texts(NEW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_what_cannot_be_refreshed() -> None:
    data = made()
    Path("别的.yaml").write_text(NEW, encoding="utf-8")
    Path("坏的.yaml").write_text("标题: [", encoding="utf-8")
    for name, content, outline, said in (
        ("甲.docx", without_record(data), "要点.yaml", "没有生成时留下的记录"),
        ("乙.docx", data, "别的.yaml", "它是“要点.yaml”生成的"),
        ("丙.docx", b"PK", "要点.yaml", ""),
    ):
        Path(name).write_bytes(content)
        found = plan_refresh(Session().at(outline), outline, name)
        assert found.value is None
        assert any(said in each.message for each in found.findings), name
    assert [each.code for each in plan_refresh(Session(), "别的.yaml", "乙.docx").findings] == ["PW885"]
    Path("要点.yaml").write_text(NEW.replace("年度: 2026", "年度: 二"), encoding="utf-8")
    assert plan_refresh(Session().at("要点.yaml"), "要点.yaml", "乙.docx").value is None


def test_the_file_as_it_was_is_kept() -> None:
    data = edited()
    plan, _ = planned(data)
    written = write_refreshed(plan)
    assert (written.value, written.findings) == ("", ())
    assert Path("要点.docx").read_bytes() == plan.after
    assert sorted(each.name for each in Path().glob("*.docx")) == ["要点.docx"]
    noted = plan_undo(home_of("要点.docx"), "要点.docx")
    assert noted.value is not None
    write_undo(noted.value)
    assert Path("要点.docx").read_bytes() == data


def test_a_file_that_the_journal_cannot_take_has_a_copy_beside_it() -> None:
    data = edited()
    plan, _ = planned(data)
    Path(".planwriter").write_text("", encoding="utf-8")
    written = write_refreshed(plan)
    assert [each.code for each in written.findings] == ["PW894"]
    assert Path("要点.docx").read_bytes() == plan.after
    assert Path(written.value).read_bytes() == data


def test_other_targets() -> None:
    plan, _ = planned(edited())
    assert write_refreshed(plan, "另.docx").findings == ()
    assert Path("另.docx").read_bytes() == plan.after
    Path("另.docx").write_bytes(b"x")
    assert [each.code for each in write_refreshed(plan, "另.docx").findings] == ["PW803"]


# random outlines


def _with_other_figures(text: str) -> str:
    for old, new in (("数值: 12,", "数值: 18,"), ("数值: 2600,", "数值: 3100,"), ("数值: 95,", "数值: 97,")):
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("seed", range(8))
def test_random_outlines(seed: int) -> None:
    old = random_outline(seed)
    new = _with_other_figures(old)
    data = drafted(old)
    hand = Hand(data)
    for number, each in enumerate(list(hand.document.element.body.iter(qn("w:p")))):
        runs = [run for run in each.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
        if number % 3 == 0 and runs:
            runs[-1].find(qn("w:t")).text += "（手改）"
    edited = hand.save()
    fresh = drafted(new)
    for content in (data, edited):
        for plain in (True, False):
            plan, codes = planned(content, new, plain=plain)
            assert codes == []
            again, codes = planned(plan.after, new, plain=plain)
            assert (again.after, codes, again.refreshed.values) == (plan.after, [], ())
            assert [each.replace("（手改）", "") for each in texts(plan.after)] == texts(fresh)
            assert "".join(texts(plan.after)).count("（手改）") == "".join(texts(content)).count("（手改）")
            assert troubles(plan.after) == []


def drafted(text: str) -> bytes:
    """The .docx of an outline that may not be finished."""
    Path("要点.yaml").write_text(text, encoding="utf-8")
    session = Session().at("要点.yaml")
    data = outputs.render_plan(session, plans.plan_file(session, "要点.yaml", draft=True), "docx").value
    assert data is not None
    return data


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")
def test_a_file_that_libreoffice_saved() -> None:
    saved = through_office(edited())[0]
    plan, codes = planned(saved)
    assert codes == []
    assert states(plan) == states(planned(edited())[0])
    assert "（责任单位：学前教育股；完成时限：2026年11月）" in "".join(texts(plan.after))
