"""Kind, bureau, region and years, from titles, signatures and dates; what is doubtful is told."""

import pytest

from planwriter.app.session import Session
from planwriter.importing.frame import split_plans
from planwriter.importing.identity import Given, Identity, identify, region_of_unit
from planwriter.model import Region
from tests.importing.making import NOTICE, PLAN, imported, lines_of, printed

KINDS = Session().built_in_kinds().value


def identity(text: str, given: Given | None = None) -> Identity:
    plans = split_plans(lines_of(text))
    return identify(plans[0], KINDS, given or Given(), plans[0])


def titled(title: str) -> Identity:
    return identity(PLAN.replace("青山县教育局2026年工作要点", title))


@pytest.mark.parametrize(
    ("title", "kind", "years"),
    [
        ("青山县教育局2026年工作要点", "工作要点", (2026, 2026)),
        ("青山县义务教育提升三年行动计划（2026—2028年）", "三年行动计划", (2026, 2028)),
        ("青山县义务教育提升行动计划（2026-2028年）", "三年行动计划", (2026, 2028)),
        ("青山县“十五五”教育发展规划（2026—2030年）", "三年行动计划", (2026, 2030)),
        ("青山县2026年校园安全专项行动方案", "实施方案", (2026, 2026)),
        ("青山县教育局2026年工作计划", "工作要点", (2026, 2026)),
        ("青山县2026年关于加强校园安全的实施意见", "实施方案", (2026, 2026)),
    ],
)
def test_kind_and_years_by_the_title(title: str, kind: str, years: tuple[int, int]) -> None:
    made = titled(title)
    assert (made.kind.name, made.years) == (kind, years)


@pytest.mark.parametrize(
    ("title", "body", "year"),
    [
        ("青山县2025年工作总结和2026年工作打算", "", 2026),
        ("青山县“十四五”交通发展规划", "到2025年，全部完成。到2035年，再上台阶。", 2021),
        ("青山县校园安全实施方案", "根据《意见》（青政发〔2025〕3号），到2026年底完成。", 2025),
        ("青山县校园安全实施方案", "2028年6月底前完成验收，2027年3月底前开工，2028年收尾。", 2027),
        ("2030年前青山县绿色校园行动方案", "根据青政发〔2024〕3号文件，到2027年完成一半。", 2024),
    ],
)
def test_the_year_for_which_a_text_speaks(title: str, body: str, year: int) -> None:
    text = f"{title}\n{body}\n一、加强领导\n各校落实责任。\n二、加强督导\n按月通报。\n"
    assert identity(text).years[0] == year


def test_the_bureau_behind_the_year() -> None:
    made = titled("2026年青山县教育局工作要点")
    assert (made.unit, made.region.name) == ("青山县教育局", "青山县")
    assert "单位" in titled("2026年全县教育局工作要点").doubts


def test_a_span_that_is_not_said_is_doubtful() -> None:
    made = titled("青山县义务教育提升三年行动计划")
    assert made.years[1] == made.years[0] + 2 and {"年度", "起止"} <= set(made.doubts)


def test_the_year_of_a_date_is_taken_if_no_title_has_one() -> None:
    made = identity(NOTICE.replace("2026年工作", "工作") + PLAN.replace("2026年工作", "工作", 1))
    assert made.years == (2026, 2026) and "成文日期" in made.doubts["年度"]


@pytest.mark.parametrize(
    ("title", "unit", "region"),
    [
        ("青山县教育局2026年工作要点", "青山县教育局", Region(name="青山县", level="县")),
        ("云岭市教育局2026年工作要点", "云岭市教育局", Region(name="云岭市", level="市")),
        ("柳林镇人民政府2026年工作要点", "柳林镇人民政府", Region(name="柳林镇", level="镇")),
    ],
)
def test_bureau_and_region_by_the_title(title: str, unit: str, region: Region) -> None:
    made = titled(title)
    assert (made.unit, made.region) == (unit, region)
    assert made.doubts == {}


def test_the_region_of_a_title_without_a_bureau() -> None:
    made = titled("云岭市职业教育三年行动计划（2026—2028年）")
    assert made.region == Region(name="云岭市", level="市") and set(made.doubts) == {"单位"}
    assert titled("全市职业教育三年行动计划（2026—2028年）").region.name != "全市"


def test_the_bureau_of_a_notice() -> None:
    made = identity(NOTICE + PLAN)
    assert made.unit == "青山县教育局" and made.doubts == {}


def test_the_bureau_of_a_signature() -> None:
    made = identity(PLAN.replace("青山县教育局2026年", "2026年", 1) + "青山县教育局\n2026年3月5日\n")
    assert made.unit == "青山县教育局" and made.region.name == "青山县"


def test_the_country() -> None:
    made = identity(NOTICE.replace("青山县教育局", "国务院办公厅") + PLAN.replace("青山县教育局", "全国"))
    assert (made.unit, made.region) == ("国务院办公厅", Region(name="全国", level="国家"))


def test_what_the_user_says_is_taken() -> None:
    given = Given(kind=KINDS[-1], unit="清溪镇人民政府", region=Region(name="清溪镇", level="镇"), year=2027)
    made = identity(PLAN, given)
    assert (
        made.kind == KINDS[-1]
        and made.unit == "清溪镇人民政府"
        and made.region.name == "清溪镇"
        and made.years[0] == 2027
    )


def test_what_is_not_said_anywhere_is_told() -> None:
    made = identity("一、建园\n建三所。\n二、招聘\n招十人。\n")
    assert set(made.doubts) == {"单位", "地区", "年度"}


@pytest.mark.parametrize(
    ("words", "fits"), [("全面实施“十四五”规划", range(2021, 2026)), ("全面实施“十五五”规划", range(2026, 2031))]
)
def test_a_guessed_year_fits_what_the_text_says_of_its_time(words: str, fits: range) -> None:
    text = f"青山县教育局教师队伍建设工作方案\n一、目标\n{words}，办好每一所学校。\n二、任务\n1.开展培训。每学期一次。\n2.开展巡查。每月一次。\n"
    (made,), findings = imported(text)
    assert made.imported.outline.years[0] in fits
    assert "PW705" in {each.code for each in findings} and "PW712" not in {each.code for each in findings}


def test_a_notice_of_which_only_the_text_was_copied() -> None:
    notice = NOTICE.partition("〕3号\n")[2]
    (made,) = imported(notice + PLAN)[0]
    outline = made.imported.outline
    assert (outline.kind, outline.unit, outline.region.name, outline.years) == (
        "工作要点",
        "青山县教育局",
        "青山县",
        (2026, 2026),
    )
    assert outline.title is None or outline.title.value == ""
    assert printed(made).startswith("各乡镇中心学校，局属各学校：")


@pytest.mark.parametrize(
    ("unit", "region"),
    [
        ("青山县财政局", "青山县"),
        ("云岭市青山县财政局", "青山县"),
        ("云岭市教育局", "云岭市"),
        ("青山县住房和城乡建设局", "青山县"),
        ("青山县实验小学", "青山县"),
        ("中共青山县委组织部", "青山县"),
        ("柳林镇人民政府", "柳林镇"),
        ("青山县柳林镇人民政府", ""),
        ("江东区和平街道办事处", ""),
        ("青山县柳林镇党政办公室", ""),
        ("教育部", ""),
        ("县财政局", ""),
        ("财政局", ""),
    ],
)
def test_the_region_in_the_name_of_a_unit(unit: str, region: str) -> None:
    assert region_of_unit(unit) == region
