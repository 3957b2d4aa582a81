"""What the words in a sheet of targets mean: the headers of its columns, and the rows that are no targets."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from planwriter.language.unit_words import is_unit, split_unit
from planwriter.start.patterns import regex

Path: TypeAlias = tuple[str, ...]
"""The place of a value in a target: (数值,), (基期, 年份), (分年, 2026)."""

KEY: Path = ("键",)
BASE_YEAR, BASE_VALUE = ("基期", "年份"), ("基期", "数值")
NAMES: dict[Path, tuple[str, ...]] = {
    KEY: ("键", "代号", "代码", "指标代码", "简称"),
    ("名称",): (
        "名称",
        "指标名称",
        "指标",
        "项目",
        "指标项目",
        "主要指标",
        "具体指标",
        "指标内容",
        "工作内容",
        "项目名称",
        "一级指标",
        "二级指标",
        "三级指标",
        "四级指标",
    ),
    ("单位",): ("单位", "计量单位", "指标单位", "单位名称", "度量单位"),
    ("界限",): ("界限", "目标要求", "限度"),
    BASE_YEAR: ("基期年份", "基期年", "基年", "基准年"),
    BASE_VALUE: ("基期数值", "基期", "基期值", "基数", "现状", "现状值", "基准值", "现状数"),
    ("数值",): ("数值", "目标值", "目标", "指标值", "目标数", "目标数值", "目标任务", "总目标", "规划目标"),
    ("分年口径",): ("分年口径", "口径"),
    ("性质",): ("性质", "指标性质", "属性", "指标属性", "指标类型"),
    ("责任单位",): ("责任单位", "牵头单位", "责任股室", "责任科室", "责任人"),
    ("配合单位",): ("配合单位", "协办单位"),
    ("时限",): ("时限", "完成时限", "完成时间", "期限"),
    ("公式",): ("公式", "计算公式"),
    ("依据",): ("依据", "来源依据", "文件依据", "数据来源", "指标来源"),
    ("备注",): ("备注", "说明", "注"),
}
"""The columns in the order of an export, the years before 数值; each with its headers, of which an export writes the first."""
_PATHS = {name: path for path, names in NAMES.items() for name in names}
KNOWN_HEADS = tuple(_PATHS)
ASIDE = regex(r"序号|编号|序列|类别|指标类别|分类|类型|领域|维度|板块|项目类别|指标分类")
"""The columns that order a sheet and hold nothing of a target."""
_RANKS = (
    "一级指标",
    "项目",
    "工作内容",
    "主要指标",
    "项目名称",
    "二级指标",
    "指标",
    "三级指标",
    "四级指标",
    "具体指标",
)
"""Headers of nested columns: the later one names the target, the earlier ones order the sheet."""
OTHER = regex(
    r".*(?:同比|环比|增长|增幅|增减|增速|增量|变化|完成率|完成进度|进度|季度|上半年|下半年|领导|电话|分值|权重|得分|评分)"
    r"(?:情况|[率额量数值]|标准)?|完成情况|其中[:：].*|\d{1,2}月?[-—~至到]\d{1,2}月.*|(?:主要|工作|重点|推进|保障)(?:措施|举措)|措施|举措"
    r"|(?:指标|统计|计算|考核|评价)?(?:口径|解释|释义|方法|方式|标准|办法)|考核(?:单位|部门|股室|科室)|进展(?:情况)?|存在问题"
)
"""The columns that hold other things than a target: they are named and not read."""
RELATIVE = "上年"
_LEAD = regex(r"(?:牵头|责任|主责|主办|承办).{0,8}")
_SUPPORT = regex(r"(?:配合|协办|协同|参与|协助).{0,8}")
_PERSON = regex(r".*(?:领导|责任人|联系人|负责人)")
_GOAL_WORDS = (
    r"(?:年度|分年|规划|计划|预期|主要|工作)?(?:目标|计划|任务|预期|预计)(?:任务|目标|完成)?(?:值|数|数值|情况)?"
)
_BASE_WORDS = r"(?:基期|基数|基准|现状|实际|实绩|完成|底数|已完成|实现|达到)(?:完成|达到|情况)?(?:值|数|数值|情况)?"
_YEAR_WORD = r"(?P<year>(?:19|20)[0-9]{2})年?[度底末]?"
_YEAR = regex(rf"(?:{_GOAL_WORDS})?\(?(?:到|至)?{_YEAR_WORD}\)?\(?(?:{_GOAL_WORDS}|数值)?\)?")
_BASE = regex(rf"{_YEAR_WORD}\(?{_BASE_WORDS}\)?|{_BASE_WORDS}\(?{_YEAR_WORD}\)?(?:数|值)?".replace("?P<year>", ""))
_LAST_YEAR = regex(rf"(?:上|上一|去|前一)年度?[末底]?(?:{_BASE_WORDS}|[数值]|情况)?")
_THIS_YEAR = regex(rf"(?:本|今|当|全)?年度?(?:{_GOAL_WORDS})|(?:目标|计划|任务)(?:任务)?[数值]")
_PERIOD = regex(
    r"[“”\"']*十(?P<plan>[一二三四五六七])五[“”\"']*(?:规划|时期)?(?:期?末|末年|收官)年?\(?"
    rf"(?:(?P<base>{_BASE_WORDS})|(?P<goal>{_GOAL_WORDS}))?\)?"
)
"""The end of a five-year plan: “十四五”末 is 2025."""
_MAX_HEAD = 60
_ANY_YEAR = regex(r"(?:19|20)[0-9]{2}")
_NOTE = regex(
    r"(?:注|备注|说明|附注|填表|填报|制表|审核|单位|数据来源|联系|电话|日期)[人说明单位日期电话]*\s*[\d.]*[:：]"
)
_SENTENCE = regex(r".{12,}[。；;]|[*※△▲].{4,}", re.S)
_TOTAL = regex(r"(?:合|总|共|小)\s*计|累\s*计|总\s*数")
_HEADING = regex(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?(?:[、.．].*|\s.*)?", re.S)


def plain_head(head: str) -> str:
    """A header without spaces, full-width signs and a unit in brackets."""
    return head_and_unit(head)[0]


def head_and_unit(head: str) -> tuple[str, str]:
    """A header without spaces and full-width signs, and the unit that it gives its column: 目标值 and % of 目标值（％）."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", head))
    plain = re.sub(r"(?<=.)(?:\((?:计量)?单位\)|[及和/、](?:计量)?单位)", "", plain)
    bare = plain[1:-1] if plain[:1] == "(" and plain[-1:] == ")" else ""
    return ("", bare) if is_unit(bare) else split_unit(plain)


def rank_of(head: str) -> int:
    """Which of several columns of names names the target: the one with the highest rank."""
    plain = plain_head(head)
    return _RANKS.index(plain) if plain in _RANKS else len(_RANKS)


def has_goal(head: str) -> bool:
    """True for the header of a year that says that its figures are goals: 2025年目标."""
    return re.search("目标|计划|任务|预期|预计", head) is not None


def path_of(head: str) -> Path | None:
    """The path of a column with this header; (基期, 数值, year) for a baseline, whose year may be 上年."""
    plain = plain_head(head)
    if plain in _PATHS or len(plain) > _MAX_HEAD:
        return _PATHS.get(plain)
    if year := _YEAR.fullmatch(plain):
        return ("分年", year["year"])
    if _BASE.fullmatch(plain):
        found = _ANY_YEAR.search(plain)
        return (*BASE_VALUE, found.group()) if found else None
    if _LAST_YEAR.fullmatch(plain):
        return (*BASE_VALUE, RELATIVE)
    if _THIS_YEAR.fullmatch(plain):
        return ("数值",)
    if period := _PERIOD.fullmatch(plain):
        end = str(1955 + 5 * (10 + "一二三四五六七".index(period["plan"]) + 1))
        return ("分年", end) if period["goal"] and not period["base"] else (*BASE_VALUE, end)
    if OTHER.fullmatch(plain):
        return None
    return ("责任单位",) if _LEAD.fullmatch(plain) else ("配合单位",) if _SUPPORT.fullmatch(plain) else None


def is_person(head: str) -> bool:
    """True for a column of persons (责任领导, 责任人), which an outline does not name beside the offices."""
    return _PERSON.fullmatch(plain_head(head)) is not None


def is_note(text: str) -> bool:
    """True for a text below a table: 注：…, 填报人：…, a whole sentence."""
    return bool(_NOTE.match(text) or _SENTENCE.fullmatch(text))


def is_total(text: str) -> bool:
    """True for the name of a row that adds up others: 合计."""
    return _TOTAL.fullmatch(text.strip().rstrip(":：")) is not None


def is_heading(text: str) -> bool:
    """True for a heading over some rows: 一、学前教育, or 一 in the column of numbers."""
    return _HEADING.fullmatch(text.strip()) is not None
