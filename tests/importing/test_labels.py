"""Labels at the beginning of a line, in every spelling, and what only looks like one."""

import pytest

from planwriter.importing.labels import LabelSeries, read_label

LABELS = [
    ("一、总体要求", LabelSeries.NUMERAL, 1, "总体要求"),
    ("　　十二、 其他", LabelSeries.NUMERAL, 12, "其他"),
    ("二 、职责", LabelSeries.NUMERAL, 2, "职责"),
    ("（三）加强领导", LabelSeries.NUMERAL_IN_BRACKETS, 3, "加强领导"),
    ("(三) 加强领导", LabelSeries.NUMERAL_IN_BRACKETS, 3, "加强领导"),
    ("㈢加强领导", LabelSeries.NUMERAL_IN_BRACKETS, 3, "加强领导"),
    ("4.建园", LabelSeries.DIGIT, 4, "建园"),
    ("４．建园", LabelSeries.DIGIT, 4, "建园"),
    ("4、建园", LabelSeries.DIGIT, 4, "建园"),
    ("4﹒建园", LabelSeries.DIGIT, 4, "建园"),
    ("⒋建园", LabelSeries.DIGIT, 4, "建园"),
    ("4.2026年底前建园", LabelSeries.DIGIT, 4, "2026年底前建园"),
    ("（5）招聘", LabelSeries.DIGIT_IN_BRACKETS, 5, "招聘"),
    ("⑸招聘", LabelSeries.DIGIT_IN_BRACKETS, 5, "招聘"),
    ("5）招聘", LabelSeries.DIGIT_BEFORE_BRACKET, 5, "招聘"),
    ("⑥培训", LabelSeries.CIRCLED, 6, "培训"),
    ("㊱培训", LabelSeries.CIRCLED, 36, "培训"),
    ("第一章 总则", LabelSeries.CHAPTER_WORD, 1, "总则"),
    ("第二部分　任务", LabelSeries.PART, 2, "任务"),
    ("第十条 本办法", LabelSeries.ARTICLE, 10, "本办法"),
    ("一是抓落实", LabelSeries.FIRSTLY, 1, "抓落实"),
    ("第一，抓落实", LabelSeries.FIRST, 1, "抓落实"),
]


@pytest.mark.parametrize(("text", "series", "number", "rest"), LABELS, ids=[each[0] for each in LABELS])
def test_a_label_is_read(text: str, series: LabelSeries, number: int, rest: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.series, label.number, label.rest) == (series, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万人",
        "2026年建园",
        "12月底前",
        "第三条规定",
        "一体化推进",
        "（2026）12号",
        "十分重要",
        "（见附件）",
        "",
        "百年大计",
        "一十一、没有这样的数",
    ],
)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    label = read_label(text)
    assert label is None or label.doubtful


@pytest.mark.parametrize("text", ["一、二、三产业融合", "三、四年级学生", "1、2月份", "二是重点"])
def test_what_may_be_text_is_doubtful(text: str) -> None:
    label = read_label(text)
    assert label is not None and label.doubtful


def test_spellings_of_one_label_have_one_sign() -> None:
    def signs(*texts: str) -> set[str]:
        return {label.sign for label in map(read_label, texts) if label}

    assert len(signs("1.甲", "1．甲", "1、甲", "１.甲", "⒈甲")) == 1
    assert len(signs("1.甲", "2.甲", "（1）甲")) == 3


@pytest.mark.parametrize(
    "text", ["一、甲", "（二）甲", "(二)甲", "3.甲", "3、甲", "（4）甲", "⑤甲", "第一章　甲", "第二部分　甲", "一是甲"]
)
def test_a_style_writes_the_label_again(text: str) -> None:
    label = read_label(text)
    assert label is not None
    assert label.style.label(label.number) + label.rest == text
