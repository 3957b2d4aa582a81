"""Letters in figures and words typed twice are found; words that only look like it are silent."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.mistyped import mistyped
from tests.growth import assert_linear_text


@pytest.mark.parametrize(
    ("text", "typed", "advice"),
    [
        ("抽查2l0户。", "2l0", "“210”"),
        ("服务1,60O对。", "1,60O", "“1,600”"),
        ("培训1O1人次。", "1O1", "“101”"),
        ("覆盖率9O%。", "9O", "“90”"),
        ("48O", "48O", "“480”"),
        ("投入480万万元。", "万万", "一个“万”"),
        ("投入1.2亿亿元。", "亿亿", "一个“亿”"),
    ],
)
def test_a_mistyped_figure_is_left_to_its_author(text: str, typed: str, advice: str) -> None:
    (slip,) = mistyped(text)
    assert text[slip.start : slip.end] == typed and advice in slip.advice and slip.new is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("投入480万元万元。", "投入480万元。"),
        ("培训300人次人次。", "培训300人次。"),
        ("达到95%%。", "达到95%。"),
        ("种植300亩亩。", "种植300亩。"),
        ("落实责任制的的要求。", "落实责任制的要求。"),
        ("确保确保完成任务。", "确保完成任务。"),
        ("开展技能培训培训。", "开展技能培训。"),
        ("惠及居民居民300户。", "惠及居民300户。"),
        ("新建新建管网18公里。", "新建管网18公里。"),
        ("建设幼儿园幼儿园3所。", "建设幼儿园3所。"),
        ("抓好质量管理管理。", "抓好质量管理。"),
        ("投入1500万元元。", "投入1500万元。"),
        ("新增专科1个个。", "新增专科1个。"),
        ("严防不发生事故。", "严防发生事故。"),
        ("避免不要出现问题。", "避免出现问题。"),
    ],
)
def test_a_word_typed_twice_is_cut(text: str, mended: str) -> None:
    (slip,) = mistyped(text)
    assert slip.new is not None and text[: slip.start] + slip.new + text[slip.end :] == mended


@pytest.mark.parametrize(
    "text",
    [
        "千万万不可大意，成千上万万众一心。",
        "5l水桶、3I类、A10型、PM2.5、H7N9、IPv6、O2O、O2O模式、A5O、5G基站、CO2排放、2型糖尿病、10kV线路。",
        "达到目的的办法，有的的确好，3亩亩均增收，2元元旦慰问金，是的的确，县城的的士。",
        "一校一策、一步一步来，逐项逐项抓，百分百百分比，研究研究再说，水利工程工程质量，提高监督监督员能力",
        "等等，人人参与，家家户户，3家家庭农场，3个个体户。",
        "",
    ],
)
def test_words_that_only_look_like_it_are_silent(text: str) -> None:
    assert list(mistyped(text)) == []


@pytest.mark.parametrize("piece", ["1l", "O", "9O", "的", "培训", "工程", "万", "1万", "1,", "l", "9,9O"])
def test_long_texts_are_linear(piece: str) -> None:
    assert_linear_text(lambda text: list(mistyped(text)), piece * (60_000 // len(piece)))


@pytest.mark.parametrize(
    "text",
    [
        "防止再次发生。",
        "一项一项抓，研究研究再定。",
        "坚持不发生事故。",
        "推进一步，推动发展。",
        "全面加强，加强管理。",
    ],
)
def test_what_is_said_on_purpose_is_silent(text: str) -> None:
    assert list(mistyped(text)) == []
