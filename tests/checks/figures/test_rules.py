"""Figures that contradict each other: planted ones are found in their places, and correct plans have no findings."""

import re
from pathlib import Path

import pytest

from planwriter.checks.composed import check_composed
from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.rules import check_passages
from planwriter.findings.finding import Finding, Source, Span
from planwriter.model import Text
from tests.growth import assert_linear_text
from tests.support import EXAMPLES, REAL, ROOT, outline, plan, plan_file

TARGETS = """\
指标:
  普惠园覆盖率: {名称: 普惠性幼儿园覆盖率, 数值: 95, 单位: "%", 界限: 不低于, 基期: {年份: 2025, 数值: 93.2}}
  骨干教师: {名称: 市级以上骨干教师, 数值: 1200, 单位: 名, 基期: {年份: 2025, 数值: 860}, 分年: {2026: 960, 2027: 1080, 2028: 1200}}
  投入: {名称: 教育专项投入, 数值: 1.2, 单位: 亿元}
  农田: {名称: 新建高标准农田, 数值: 42000, 单位: 亩, 分年: {2026: 14000, 2027: 16000, 2028: 12000}}
"""
ALL_CITED = "附件: [指标表]\n"
SPAN = "文种: 三年行动计划\n单位: 青山县教育局\n地区: 青山县\n起止: [2026, 2028]\n"
YEAR = "文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n"

PLANTED = [
    # the same thing with two values
    ("PW440", "九年义务教育巩固率达到99.2%。|稳步提高质量，九年义务教育巩固率不低于「98.5%」。"),
    ("PW440", "高中阶段教育毛入学率提高到95%。|确保高中阶段教育毛入学率达到「94%」以上。"),
    ("PW440", "新建和改扩建公办幼儿园12所。|年内新建和改扩建公办幼儿园「10所」。"),
    ("PW440", "新增义务教育学位1.2万个以上，新增义务教育学位「11000个」。"),
    ("PW440", "培训乡村中小学骨干教师300人次。|全年培训乡村中小学骨干教师共「350人次」。"),
    ("PW440", "2027年学生体质健康优良率达到59%。|学生体质健康优良率2027年达到「58%」。"),
    ("PW440", "儿童青少年总体近视率控制在50%以内。|力争儿童青少年总体近视率不超过「52%」。"),
    ("PW440", "高于规定学历的专任教师占比达到92%。|高于规定学历的专任教师占比提高到「91%」。"),
    # a target with a different value
    ("PW441", "全县普惠性幼儿园覆盖率达到「93%」。"),
    ("PW441", "确保到2028年普惠性幼儿园覆盖率不低于「96%」。"),
    ("PW441", "普惠性幼儿园覆盖率由「92.3%」提高到95%。"),
    ("PW441", "普惠性幼儿园覆盖率由93.2%提高到「96%」。"),
    ("PW441", "市级以上骨干教师2027年达到「1100名」。"),
    ("PW441", "市级以上骨干教师达到「0.13万名」。"),
    ("PW441", "安排教育专项投入「1.3亿元」。"),
    ("PW441", "到2028年，新建高标准农田「41000亩」。"),
    ("PW441", "到2027年，新建高标准农田「42000亩」。"),
    ("PW441", "到2027年，市级以上骨干教师达到「2040名」。"),
    # totals and their parts
    ("PW442", "新建学校「5所」，其中小学3所、初中1所。"),
    ("PW442", "新建学校「5所」（小学3所、初中1所）。"),
    ("PW442", "安排资金「1200万元」，其中中央资金800万元、县级配套300万元。"),
    ("PW442", "总投资「1.2亿元」，其中：中央资金8000万元，地方配套3000万元。"),
    ("PW442", "建设小学3所、初中2所，共「6所」。"),
    ("PW442", "招聘教师「120名」，其中小学教师60名、初中教师40名、高中教师30名。"),
    ("PW442", "选派骨干教师「20人」到省城进修，其中小学教师12人、初中教师9人。"),
    ("PW442", "选派教师「20人」，其中县级学校12人、乡镇学校7人。"),
    ("PW442", "新增学位900个，其中2026年400个、2027年300个、2028年300个。".replace("900个", "「900个」")),
    ("PW442", "新建管网12公里、道路20公里，共新建「45公里」。"),
    ("PW442", "创建示范农场5家、示范社4家，总计「10家」。"),
    ("PW540", "新增义务教育学位120个，其中农村学位「190个」。"),
    ("PW540", "新增龙头企业8家（其中市级「13家」）。"),
    # days
    ("PW541", "2026年3月5日「（星期五」）召开推进会。"),
    ("PW541", "2026年6月1日「（周三」）前报送。"),
    ("PW447", "「13月底」前完成。"),
    # years
    ("PW443", "「2025年」力争建成智慧校园20所。"),
    ("PW443", "「到2025年底」，建成智慧校园20所。"),
    ("PW443", "「2025年12月底前」完成招聘。"),
    ("PW443", "「到2029年」，建成特色高中3所。"),
    ("PW443", "「2025年秋季学期前」完成校舍改造。"),
    ("PW443", "「2025年上半年前」完成选址。"),
    ("PW443", "「2025年第三季度前」完成招标。"),
    ("PW443", "「2025年汛期前」完成隐患整治。"),
    ("PW443", "「到2025年秋季开学」，新增学位300个。"),
    # rates, counts, ranges, dates
    ("PW444", "适龄儿童入学率达到「105%」。"),
    ("PW444", "课后服务覆盖率达到「110%」。"),
    ("PW445", "新建学校「3.5所」。"),
    ("PW445", "选派支教教师「10.5人」。"),
    ("PW446", "达标率保持在「95%—90%」之间。"),
    ("PW446", "每期培训「500—300人次」。"),
    ("PW441", "普惠性幼儿园覆盖率（不低于「92%」）。"),
    ("PW441", "普惠性幼儿园覆盖率：不低于「92%」。"),
    ("PW441", "普惠性幼儿园覆盖率不低于 「92%」。"),
    ("PW441", "普惠性幼儿园覆盖率≥「92%」。"),
    ("PW441", "普惠性幼儿园覆盖率必须达到「92%」以上。"),
    ("PW441", "普惠性幼儿园覆盖率稳步提高，达到「92%」。"),
    ("PW441", "实现普惠性幼儿园覆盖率「92%」的目标。"),
    ("PW441", "突出重点，普惠性幼儿园覆盖率不低于「92%」。"),
    ("PW446", "安排「20至10个」项目。"),
    ("PW447", "「2026年2月30日」前报送。"),
    ("PW447", "「9月31日」前完成。"),
    ("PW447", "「2026年13月」底前完成。"),
    ("PW447", "「2027年2月29日」前完成。"),
]

SOUND = [
    # growth, conditions, parts of the region, other years
    "普惠性幼儿园覆盖率由93.2%提高到95%。",
    "普惠性幼儿园覆盖率由2025年的93.2%提高到95%。",
    "普惠性幼儿园覆盖率、初中阶段巩固率分别达到90%、95%。",
    "教育专项投入达到1.2亿。",
    "到2028年，新建高标准农田42000亩。",
    "到2027年，新建高标准农田30000亩，其中2027年新建高标准农田16000亩。",
    "普惠性幼儿园覆盖率比2025年提高1.8个百分点，达到95%。",
    "农村普惠性幼儿园覆盖率达到90%。",
    "在城区，普惠性幼儿园覆盖率达到98%。",
    "普惠性幼儿园覆盖率达到98%的乡镇给予奖励。",
    "普惠性幼儿园覆盖率低于90%的，扣1分。",
    "农村普惠性幼儿园覆盖率（达到90%）。",
    "普惠性幼儿园覆盖率90%以上的乡镇，给予奖励。",
    "提高普惠性幼儿园覆盖率，学前三年毛入园率达到97%。",
    "重点提高农村普惠性幼儿园覆盖率，达到90%。",
    "各县普惠性幼儿园覆盖率达到90%以上。",
    "2025年，全县普惠性幼儿园覆盖率达到93.2%。",
    "市级以上骨干教师2026年960名，2027年达到1080名，2028年达到1200名。",
    "新增市级以上骨干教师100名，其中市级以上骨干教师30名在农村。",
    "市级以上骨干教师从860名增加到1200名，即0.12万名。",
    "教育专项投入达到12000万元。",
    "学前三年毛入园率2026年达到96%，2027年达到97%。",
    "力争九年义务教育巩固率达到99%，2027年九年义务教育巩固率达到99.5%。",
    "小学阶段巩固率达到99%，初中阶段巩固率达到98%。",
    # sums
    "新建学校5所，其中小学3所、初中2所。",
    "新建学校5所，其中小学3所。",
    "新建学校5所，其中小学3所、初中1所等。",
    "现有教师1200人，其中高级教师300人、女教师800人。",
    "招聘教师120名，其中小学60名、初中60名，培训教师300名。",
    "投资1.2亿元，其中中央资金8000万元、县级配套4000万元。",
    "新建学校约5所，其中小学3所、初中1所。",
    "建设3处，其中一期1处、二期2处，总投资500万元，其中一期200万元、二期300万元。",
    "举办培训3期，共培训120人次。",
    "选派骨干教师20人到省城进修，其中小学教师12人、初中教师8人。",
    "选派骨干教师20人到省城进修，其中小学教师12人、初中教师5人。",  # there may be more
    "招聘教师20人充实到一线，其中女教师15人、硕士研究生8人。",
    "组织20人分3批外出，其中小学教师12人、初中教师9人。",
    "新建小学3所、初中2所，共改造学校20所。",
    "创建示范农场5家、示范社4家，共8家。",
    "新增学位1200个以上，其中2026年700个、2027年600个。",
    "新增床位200个，其中护理型床位120个，老年人满意度90%，其中农村95%。",
    "培训教师300人，其中参训学校400所。",
    "2026年3月5日（星期四）、2026年11月1日星期日召开，2028年2月29日（周二）前报送。",
    "3月底前、12月初、18月龄婴儿，24月份资料。",
    "2025年确保了安全，2025年已争取资金300万元。",
    # averages, units of time, ranges that fall, dates
    "每校配备专职教师1.5名，平均每班42.5人，师生比1:3.5。",
    "每天体育活动不少于1.5个小时，错峰1.5个月，千人口托位数达到4.6个。",
    "由95%至90%逐步下降，从20%—10%压减。",
    "3—5岁幼儿、6—12岁儿童，2025年12月—2026年3月开展，电话0335-8081234。",
    "投入增长120%，完成率110%，毛入学率102%，预算执行率120%。",
    "2028年2月29日前完成，每年2月29日、10月31日检查。",
    "一季度新建和改扩建公办幼儿园3所，二季度新建和改扩建公办幼儿园5所。",
    "6月底前，普惠性幼儿园覆盖率达到94%。",
    "首批培训乡村中小学骨干教师100人次，第二批再培训200人次。",
    "七年级7-3组、8-2组，增长1.5个点，课程1.5个学分。",
    # years
    "2021年到2025年的经验要用好，2025年底前竣工的项目要验收，2025年12月31日前入职的教师参加培训。",
    "到2035年建成教育强县，到2030年基本实现现代化。",
    "到2025年底已完成改造20所，到2025年底，全县共有学校30所。",
    "依据《2025年工作要点》和青教发〔2024〕3号，总结2025年底前的工作。",
    "在2025年的基础上提高，“2025年底前”的提法不再使用。",
]  # fmt: skip


def _outline(text: str, head: str = SPAN) -> str:
    items = "".join(
        f"      - 条: 抓好第{'甲乙丙'[nth]}件事\n        文: {each}\n" for nth, each in enumerate(text.split("|"))
    )
    return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{items}", head=head, extra=TARGETS + ALL_CITED)


def _figures(text: str) -> list[Finding]:
    return [
        each for each in plan(text).findings if ("PW440" <= each.code <= "PW449" or each.code in ("PW540", "PW541"))
    ]


@pytest.mark.parametrize(("code", "marked"), PLANTED)
def test_a_planted_contradiction_is_found_where_it_stands(code: str, marked: str) -> None:
    found = _figures(_outline(re.sub("[「」]", "", marked)))
    assert [each.code for each in found] == [code]
    line, column = next(
        (number, each.index("「") + 1) for number, each in enumerate(_outline(marked).split("\n"), 1) if "「" in each
    )
    assert (found[0].pos.line, found[0].pos.column) == (line, column)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_sentence_is_let_alone(text: str) -> None:
    assert _figures(_outline(text)) == []


def test_sound_sentences_do_not_contradict_each_other() -> None:
    assert _figures(_outline("|".join(("".join(SOUND[:15]), "".join(SOUND[15:24]), "".join(SOUND[24:]))))) == []


@pytest.mark.parametrize(
    ("marked", "is_old"),
    [
        ("「2025年」全县教育工作的总体思路是抓质量。", True),
        ("为扎实做好「2025年」教育工作，制定本要点。", True),
        ("2026年全县教育工作的总体思路是抓质量。", False),
        ("「2025年」，全县教育工作以促公平、提质量为重点，努力办好人民满意的教育。", True),
        ("2026年，全县教育工作以促公平、提质量为重点，努力办好人民满意的教育。", False),
        ("「2025年」全县教育工作坚持稳中求进，以促公平、提质量为重点，努力办好人民满意的教育。", True),
        ("「2025年」，全县教育工作坚持以学生为中心，办好家门口的学校。\n\n          2025年入学人数已超过2万。", True),
        ("2025年，全县教育工作坚持以学生为中心，取得明显成效。", False),
        ("「2025年」，全县教育工作坚持以学生为中心，与上年相比，补短板的力度更大。", True),
        ("2025年，全县教育工作坚持以学生为中心，与上年相比，入学率高出2个百分点。", False),
        ("2025年全县教育工作以提质量为重点，取得明显成效。", False),
        ("2025年秋季学期以来，全县办学条件不断改善。", False),
        ("2025年上半年全县新增公办园5所。", False),
        ("2025年，全县教育系统聚焦提质量，取得明显成效。", False),
        ("2025年，全县以提质量为重点，各项工作稳步推进。2026年，要努力再上台阶。", False),
        ("2025年，全县新增公办园5所。", False),
        ("2024年，全县教育工作以提质量为重点。", False),
        ("总结2025年教育工作，谋划制定2027年工作计划，2027年6月底前完成主体工程。", False),
    ],
)
def test_what_last_years_plan_left_behind_is_found(marked: str, is_old: bool) -> None:
    found = _figures(_outline(re.sub("[「」]", "", marked), YEAR))
    assert [each.code for each in found] == (["PW443"] if is_old else [])


def test_a_deadline_before_the_plan_is_found() -> None:
    schoolyear = _outline("抓好落实。").replace("文: 抓好落实。", "文: 抓好落实。\n        时限: 2025年9月至2026年6月")
    assert _figures(schoolyear) == []
    text = _outline("抓好落实。").replace("文: 抓好落实。", "文: 抓好落实。\n        时限: 2025年12月")
    line = text.split("\n").index("        时限: 2025年12月") + 1
    assert [(each.code, each.pos.line, each.pos.column) for each in _figures(text)] == [("PW443", line, 13)]


# the place of a figure from a hole, a clause, a text of several paragraphs


def _at(text: str, found: Finding) -> str:
    """The text at the place of a finding in an outline."""
    return text.split("\n")[found.pos.line - 1][found.pos.column - 1 :]


def test_a_figure_from_a_hole_is_reported_at_the_hole() -> None:
    text = _outline("{{ 全域 }}新建学校3所，{{ 指标.普惠园覆盖率.名称 }}达到{{ 指标.普惠园覆盖率.数 - 2 }}%。")
    found = _figures(text)
    assert [(each.code, _at(text, each)[:24]) for each in found] == [
        ("PW441", "{{ 指标.普惠园覆盖率.数 - 2 }}%。"[:24])
    ]


def test_a_figure_behind_holes_is_reported_in_its_own_paragraph() -> None:
    text = "|\n          {{ 全域 }}新建学校3所，新建3所。\n\n          {{ 地区 }}新建学校3所，其中小学1所、初中1所。"
    made = outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好\n        文: {text}\n")
    found = _figures(made)
    assert [(each.code, _at(made, each)) for each in found] == [("PW442", "3所，其中小学1所、初中1所。")]


def test_a_figure_of_a_clause_is_reported_where_the_outline_uses_it_or_at_its_parameter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("县库").mkdir()
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    clause = "- 条款: 学前/普惠\n  条: 办好学前教育\n  文: 普惠性幼儿园覆盖率达到{{ 参数.率 }}%，新建3.5所。\n  参数: {率: {类型: 小数}}\n"
    Path("县库/学前.yaml").write_text(clause, "utf-8")
    use = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 学前/普惠\n        参数: {率: 93}\n"
    Path("提纲.yaml").write_text(outline(use, extra=TARGETS + ALL_CITED + "库: 县库\n"), "utf-8")
    found = [each for each in plan_file("提纲.yaml").findings if each.code >= "PW440"]
    text = Path("提纲.yaml").read_text("utf-8")
    assert [(each.code, each.pos.file, _at(text, each)[:4]) for each in found] == [
        ("PW445", "提纲.yaml", "用: 学"),
        ("PW441", "提纲.yaml", "93}"),
    ]
    related = [each.related[0][0] for each in found]
    assert [(pos.file, pos.line, clause.split("\n")[2][pos.column - 1 :][:4]) for pos in related] == [
        ("县库/学前.yaml", 3, "3.5所"),
        ("县库/学前.yaml", 3, "{{ 参"),
    ]


def test_towns_have_figures_of_their_own() -> None:
    towns = "".join(
        f"      - 条: {town}\n        文: 普惠性幼儿园覆盖率达到{rate}%，新建和改扩建公办幼儿园{rate - 90}所。\n"
        for town, rate in (("城关镇", 96), ("云河镇", 94))
    )
    text = outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{towns}", head=SPAN, extra=TARGETS + ALL_CITED)
    assert _figures(text) == []


def test_a_clause_used_twice_says_a_thing_once() -> None:
    text = Text(value="新建学校3.5所。", origin=Span(Source("条款", "新建学校3.5所。"), 0, 9))
    found = check_passages(iter((Passage(text), Passage(text))), (), (2026, 2026))
    assert [each.code for each in found] == ["PW445"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("到2026年，普惠性幼儿园覆盖率达到【93%】。", ["PW441"]),
        ("到2026年，普惠性幼儿园覆盖率达到【95%】。", []),
        ("新建学校【3所】，其中小学【1所】、初中【1所】。", ["PW442"]),
        ("【2026】年新建学校【3.5】所。", ["PW445"]),
    ],
)
def test_a_figure_that_a_draft_marks_is_read_like_any_other(text: str, code: list[str]) -> None:
    source = Source("草稿", text)
    targets = plan(outline(extra=TARGETS + ALL_CITED)).outline
    assert targets is not None
    found = list(
        check_passages([Passage(Text(value=text, origin=Span(source, 0, len(text))))], targets.targets, (2026, 2026))
    )
    assert [each.code for each in found] == code
    assert all(source.text[each.pos.column - 1].isdigit() for each in found)


# published plans and examples

EXPLAINED: dict[str, list[tuple[str, int]]] = {}
"""Justified findings on published plans, by file: code and line, each with its reason. There is none."""


def _texts() -> list[Path]:
    folders = (ROOT.parent / "shared" / name for name in ("real", "plans", "seeds"))
    return [path for folder in folders for path in sorted(folder.glob("*.txt"))]


def _span(path: Path, text: str) -> tuple[int, int]:
    years = re.findall(r"20\d\d", path.stem) or re.findall(r"20\d\d", text[:300])
    return (int(years[0]), int(years[-1])) if years else (0, 0)


def _lines(text: str, name: str) -> list[Passage]:
    source, made, at = Source(name, text), [], 0
    for line in text.split("\n"):
        made.append(Passage(Text(value=line, origin=Span(source, at, at + len(line)))))
        at += len(line) + 1
    return made


@pytest.mark.parametrize("path", _texts(), ids=lambda path: path.stem)
def test_nothing_false_is_said_of_a_published_plan(path: Path) -> None:
    text = path.read_text("utf-8")
    found = check_passages(iter(_lines(text, path.name)), (), _span(path, text))
    assert [(each.code, each.pos.line) for each in found] == EXPLAINED.get(path.name, [])


@pytest.mark.skipif(not _texts(), reason="the published plans (../shared) are not here")
def test_published_plans_as_one_contradict_each_other_nowhere() -> None:
    text = "\n".join(path.read_text("utf-8") for path in _texts())
    assert list(check_passages(_lines(text, "全部"), (), (0, 0))) == []


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_nothing_is_said_of_an_example(path: Path) -> None:
    made = plan_file(str(path), draft=True)
    assert made.document is not None and made.outline is not None
    assert list(check_composed(made.document, made.outline.targets, made.outline)) == []


@pytest.mark.parametrize(
    "text",
    [
        "1所" * 50_000,
        "3.5所" * 20_000,
        "其中1所、" * 20_000,
        "到2025年底，" * 10_000,
        "由1%到" * 20_000,
        "共" * 100_000 + "5所",
    ],
)
def test_a_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert len(_found_in(text)) <= 1000
    assert_linear_text(_found_in, text)


def _found_in(text: str) -> tuple[Finding, ...]:
    passage = Passage(Text(value=text, origin=Span(Source("提纲", text), 0, len(text))))
    return tuple(check_passages([passage], (), (2026, 2028)))


@pytest.mark.parametrize(("typed", "found"), [("10/10万", 1), ("9/10万", 0), ("8/10万", 1)])
def test_a_rate_for_100_000_is_compared_with_its_target(typed: str, found: int) -> None:
    extra = "指标:\n  孕产妇死亡率: {数值: 9, 单位: 1/10万, 界限: 不高于}\n附件: [指标表]\n"
    tasks = (
        f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 保障安全\n        文: 孕产妇死亡率控制在{typed}以内。\n"
    )
    told = [each.message for each in plan(outline(tasks, extra=extra)).findings if each.code == "PW441"]
    assert told == [f"“孕产妇死亡率”这里写的是 {typed}，指标里是 9/10万。"] * found


@pytest.mark.parametrize(
    ("head", "cell", "found"),
    [
        ("完成时间", "2025年11月", 1),
        ("计划完成时限", "2025.11.30", 1),
        ("时限", "2024年9月—2025年11月", 1),
        ("完成时间", "2025年12月底前", 1),
        ("完成时间", "2025年10月—2026年11月", 0),
        ("完成时间", "2026年11月", 0),
        ("完成时间", "2025年已完工", 0),
        ("完成时间", "11月", 0),
        ("开工时间", "2025年11月", 0),
        ("建设内容", "2025年续建", 0),
    ],
)
def test_a_deadline_in_a_table_is_not_before_the_plan(head: str, cell: str, found: int) -> None:
    attached = f"附件:\n  - {{标题: 项目, 表: [[项目, {head}], [校舍, {cell}]]}}\n"
    told = [each for each in plan(outline(head=YEAR, extra=attached)).findings if each.code == "PW443"]
    assert len(told) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年普惠性幼儿园覆盖率不低于95%。", 0),  # the year of the baseline has a figure of its own
        ("2024年普惠性幼儿园覆盖率不低于95%。", 1),
        ("2024年，普惠性幼儿园覆盖率力争达到95%。", 1),
        ("2026年普惠性幼儿园覆盖率不低于95%。", 0),
        ("普惠性幼儿园覆盖率不低于95%。", 0),
        ("2024年普惠性幼儿园覆盖率已不低于95%。", 0),
        ("2024年普惠性幼儿园覆盖率为95%。", 0),
        ("在2024年的基础上，普惠性幼儿园覆盖率达到95%。", 0),
    ],
)
def test_the_goal_of_this_year_does_not_stand_under_an_earlier_one(text: str, found: int) -> None:
    told = [each for each in _figures(_outline(text, YEAR)) if each.code == "PW441" and "2026年的95%" in each.message]
    assert len(told) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("培育企业300家，其中龙头企业30家、上市企业2家。", 0),
        ("培育企业33家，其中龙头企业30家、上市企业1—2家。", 0),
        ("新建学校5所，其中小学3所、初中1所。", 1),
    ],
)
def test_parts_that_are_not_all_need_not_add_up(text: str, found: int) -> None:
    assert [each.code for each in _found_in(text)] == ["PW442"] * found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("新建学校5所，其中小学约3所、初中1所。", []),
        ("新建学校10所，其中小学3所、初中3所。", ["PW442"]),
        ("新建学校10所，其中小学3所、初中2所。", []),
        ("新建学校5所，其中小学3所，初中2所、高中2所。", ["PW442"]),
        ("改造食堂4所。新建小学3所、初中2所，共新建5所。", []),
        ("改造食堂4所。新建小学3所、初中2所，共新建6所。", ["PW442"]),
        ("改造食堂4间、新建小学3所、初中2所，共新建5所。", []),
    ],
)
def test_the_parts_of_a_sum_are_those_that_stand_with_it(text: str, codes: list[str]) -> None:
    assert [each.code for each in _found_in(text)] == codes
