"""Places in a text: every name in China is found, and no ordinary word is mistaken for a place."""

from __future__ import annotations

import random
import re

import pytest

from planwriter.checks import gazetteer
from planwriter.checks.gazetteer import Place, find_places, is_within, kind_of, outside_titles
from tests.checks import dictionaries
from tests.support import ROOT

SHARED = ROOT.parent / "shared"
_ROWS = [
    line.split("\t") for line in (ROOT / "gazetteer/divisions.tsv").read_text("utf-8").split("\n\n")[0].split("\n")
]
NAMES = {code: row[0] for row in _ROWS if not row[0].startswith("#") for code in row[2].split(" ")}
"""The full name of every division by its code."""
COUNTIES = [code for code in NAMES if not code.endswith("00")]
NEUTRAL = ["组织骨干教师到{}跟岗学习。", "借鉴{}的做法，完善制度。", "与{}结对，开展联合教研。"]
BEHIND_THEIR_CITY = {"城区", "郊区", "矿区", "东区", "西区", "和县"}
BEFORE_AN_OFFICE = {
    "老城区",
    "新城区",
    "新市区",
    "新建区",
    "市中区",
    "解放区",
    "振兴区",
    "平安区",
    "资源县",
    "公安县",
    "全州县",
    "富裕县",
    "合作市",
    "东方市",
}
"""Names that are also ordinary words: not found in a neutral sentence, but after their city or before an office."""


def _names(text: str) -> list[str]:
    return [place.name + place.office for place in find_places(outside_titles(text))]


def _finds(text: str, name: str, code: str) -> bool:
    return any(place.name == name and code in place.codes for place in find_places(text))


# every name


def _full_name(code: str) -> str:
    """The name of a division, preceded by its province and city: 贵州省毕节市大方县."""
    above = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    return "".join(NAMES.get(each, "") for each in above)


def test_the_table_holds_the_country_as_it_is_now() -> None:
    provinces = [code for code in NAMES if code.endswith("0000")]
    cities = [code for code in NAMES if code.endswith("00") and not code.endswith("0000")]
    assert (len(provinces), len(cities)) == (34, 333) and len(COUNTIES) >= 2845
    assert {"临平区", "偃师区", "米林市", "错那市", "白杨市", "和康县", "和安县", "渝北区"} <= set(NAMES.values())
    assert _full_name("520521") == "贵州省毕节市大方县" and _full_name("110105") == "北京市朝阳区"


@pytest.mark.parametrize("sentence", NEUTRAL)
def test_every_name_is_found_in_a_neutral_sentence(sentence: str) -> None:
    missed = {name for code, name in NAMES.items() if not _finds(sentence.format(name), name, code)}
    assert missed == BEHIND_THEIR_CITY | BEFORE_AN_OFFICE
    found = [code for code in COUNTIES if NAMES[code] not in missed]
    assert len(found) >= 2800


def test_every_name_is_found_before_an_office_but_those_of_every_day() -> None:
    missed = {name for code, name in NAMES.items() if not _finds(f"{name}教育局负责督查。", name, code)}
    assert missed == BEHIND_THEIR_CITY


def test_every_county_is_found_behind_its_city_and_then_is_one() -> None:
    for code in COUNTIES:
        assert Place(*_spot(_full_name(code), NAMES[code]), NAMES[code], (code,)) in find_places(_full_name(code)), (
            _full_name(code)
        )


def _spot(text: str, name: str) -> tuple[int, int]:
    return len(text) - len(name), len(text)


def test_the_kinds_are_those_of_the_lists() -> None:
    assert {name for name in NAMES.values() if kind_of(name) == "parent"} == BEHIND_THEIR_CITY
    assert {name for name in NAMES.values() if kind_of(name) == "office"} == BEFORE_AN_OFFICE


# short names and offices


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("学习毕节大方的做法。", ["大方"]),
        ("贵州省大方的经验", ["贵州省", "大方"]),
        ("大方县委、县政府", ["大方县"]),
        ("大方教育局牵头", ["大方教育局"]),
        ("大方籍教师", ["大方"]),
        ("正安一中运动场", ["正安"]),
        ("市中区教育局", ["市中区教育局"]),
        ("济南市市中区", ["济南市", "市中区"]),
        ("太原市市中区", ["太原市"]),
        ("由青山县教育局牵头", ["青山县教育局"]),
        ("云岭市发展和改革委员会", ["云岭市发展和改革委员会"]),
        ("南京市中小学", ["南京市"]),
    ],
)
def test_what_stands_around_a_name_makes_it_one(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_a_name_that_several_have_is_that_of_the_city_before_it() -> None:
    assert len(find_places("到朝阳区跟岗")[0].codes) > 1
    assert find_places("长春市朝阳区")[1].codes == ("220104",)
    assert is_within("520521", "520500") and is_within("520521", "520000") and not is_within("520521", "520300")


# ordinary speech

ORDINARY = (
    "落落大方地展示|热爱和平|全市中区以上学校|县城区学校|主城区学位|城市郊区|老工矿区|东区和西区|新城区建设|高新区学校|朝阳产业|长治久安|安全区域|"
    "中国家长|适应城市发展|沿海城市|成立山区学校联盟|健康县区|提高县域教育|住房县|市、县级|全州县（市）|建成县级示范|教育振兴县|管理县级|现代县城|"
    "公安县局|合作市场|资源县域共享|东方市场|优质资源县级统筹|新建区级公园|改建、新建区间|市县结对|解放区精神|平安区域|水平山区学校|义乌经验|"
    "三明医改|枫桥经验|浦江经验|塞罕坝精神|延安精神|井冈山|北京时间|上海合作组织|京津冀|长三角|北京师范大学|以高密度|达成县域|整合资源，教育局牵头|"
    "加强平安建设|革命老区|首府所在地区|林区学校|矿区子弟|边境县|其他县|简单县情|在老城区建设学校|人口大县|教育强县|普通高中县中振兴|县管校聘|"
    "以城区为主|大城市|共同富裕县|文明城区|改革试验区|街道社区|中山区域|配合市教育局|联合区市场监管局|构建市教育局机关|根据自治区人民政府|"
    "委员会和县卫生健康局|会同市财政局|报县人民政府|各市、区教育局|所在县人民政府|《大方县教研办法》|“浦江县经验”"
)


@pytest.mark.parametrize("text", ORDINARY.split("|"))
def test_ordinary_speech_names_no_place(text: str) -> None:
    assert _names(text) == []


# plans that were published

TRUE_NAMES = {
    "licheng-2022": {"泉州市", "泉州", "鲤城区", "鲤城区教育局", "福建省", "福建省教育厅"},
    "linyi-2018": {"临沂市", "临沂市教育局", "山东省"},
    "zhengan-2021": {"正安县", "正安县教育局", "正安", "遵义市", "贵州省"},
    "001": {"北京市"},
    "005": {"江苏省"},
    "008": {"安徽省", "安徽省人民政府", "合肥市"},
    "041": {"海南省"},
    "055": {"陕西省", "陕西省人民政府", "陕西省民政厅", "韩城市"},
    "061": {"阜新蒙古族自治县"},
    "078": {"义乌市", "义乌市人民政府", "浙江省"},
    "094": {"包头市", "包头市人民政府"},
    "099": {"泰安市", "泰安市人民政府"},
}
TEXTS = sorted([*(SHARED / "real").glob("*.txt"), *(SHARED / "plans").glob("*.txt")])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_published_plan_names_the_places_it_names_and_no_other(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    found = {place.name + place.office for place in find_places(path.read_text("utf-8"))}
    known = TRUE_NAMES.get(path.stem) or TRUE_NAMES.get(path.stem[:3], set())
    assert found == known


# the tables are searched as they are; dictionaries of the same names give the same


def test_every_name_is_looked_up_as_in_a_dictionary() -> None:
    names, shorts = dictionaries.NAMES, dictionaries.SHORTS
    assert len(names) > 3_000 and len(shorts) > 2_900
    assert {name: gazetteer._named(name) for name in names} == names
    assert {name: gazetteer._short_named(name) for name in shorts} == shorts
    for other in ("", "县", "大方", "方县", "大县方", "不是县", "ab", "城区县"):
        assert gazetteer._named(other) is None
    assert gazetteer._short_named("方") is None and gazetteer._short_named("大方县") is None


def test_texts_of_names_give_the_same_places_as_dictionaries() -> None:
    made = random.Random(1)
    names = [*dictionaries.NAMES, *dictionaries.SHORTS]
    others = ["教育局", "一中", "到", "的", "市", "县", "区", "人民政府", "委", "场", "、", "。", "与", "a", "籍", ""]
    texts = [each + end for each in names for end in ("", "教育局", "学习")]
    for _ in range(3_000):
        texts.append("".join(made.choice(names if made.random() < 0.6 else others) for _ in range(made.randint(1, 6))))
    found = {text: find_places(text) for text in texts}
    assert sum(map(bool, found.values())) > 5_000
    assert found == {text: dictionaries.find_places(text) for text in texts}


def test_every_word_after_a_place_begins_with_one_of_the_characters_looked_at_first() -> None:
    plain = re.compile(f"{gazetteer.OFFICE}|{gazetteer._SCHOOL}")
    names = [f"{word}{end}" for word in gazetteer._DEPARTMENTS.split("|") for end in ("局", "委员会")]
    names += [
        "人民政府",
        "人大常委会",
        "政协",
        "纪委监委",
        "第一中学",
        "第十二幼儿园",
        "三中",
        "第五实小",
        "职教中心",
        "职校",
        "籍",
    ]
    for name in names:
        found = [each.span() for each in gazetteer._NAMED_AFTER.finditer(f"由大方{name}负责")]
        assert found and found == [each.span() for each in plain.finditer(f"由大方{name}负责")]
