"""The keys of the format: for each kind of mapping its Chinese keys, what each takes, and its English name in code.

The rules are cerberus rules; `meta.name` is the name in code, `meta.expected` the words for what a value should be.
"""

from __future__ import annotations

from planwriter.language.figures import BOUNDS
from planwriter.model import LEVEL_WORDS
from planwriter.start.typing import Any

Schema = dict[str, dict[str, Any]]

CHART_FORMS = ("柱形", "折线")
NATURES = ("约束性", "预期性")
RESTARTS = ("全文", "章", "节", "条")
TITLE_STYLES = ("独行", "接排")
DUTY_NOTES = ("句末", "附表", "不标")
NUMBERING_MODES = ("文本", "自动")
FORMS = ("段首", *LEVEL_WORDS[:3])
PERIODS = ("年度", "起止")
PARAMETER_TYPES = ("整数", "小数", "百分数", "文本", "年份", "日期", "选项")
BLOCK_HEADS = (*LEVEL_WORDS, "用", "专栏", "表", "图")

_TEXT = "string"
_LIST = "sequence"
_MAP = "mapping"


def _field(name: str, types: str | list[str] = _TEXT, **rules: Any) -> dict[str, Any]:
    expected = rules.pop("expected", None)
    return {"type": types, "meta": {"name": name, "expected": expected}, **rules}


FRAME_FORMS = ("通知", "直发", "无")
HEADS = ("印制", "留空", "无")
MADE_TABLES = ("指标表", "任务分解表")

_ANY = [_TEXT, _LIST, _MAP]
_NOTE = {"备注": _field("note", _ANY, nullable=True)}
_UNITS = [_TEXT, _LIST]

_DUTY: Schema = {
    "责任单位": _field("lead", _UNITS),
    "配合单位": _field("support", _UNITS),
    "时限": _field("deadline"),
}
_OWN: Schema = {
    **_DUTY,
    "标识": _field("identifier"),
    "编号": _field("numbering", [_TEXT, _MAP]),
    "题式": _field("title_style", allowed=TITLE_STYLES),
    **_NOTE,
}

OUTLINE: Schema = {
    "文种": _field("kind", required=True),
    "单位": _field("unit", required=True),
    "地区": _field("region", [_TEXT, _MAP], required=True),
    "年度": _field("year", check_with="year", expected="四位数的年份"),
    "起止": _field("years", _LIST, expected="两个年份，例如 [2026, 2028]"),
    "标题": _field("title"),
    "附件标识": _field("label"),
    "指标": _field("targets", [_MAP, _TEXT], nullable=True, expected="一组“指标名: 数值”，或工作簿的文件名"),
    "核验": _field("assertions", [_TEXT, _LIST], nullable=True, expected="一条或一列比较，例如 [招聘教师 >= 骨干教师]"),
    "上级文件": _field("superior"),
    "导语": _field("preface", [_TEXT, _LIST]),
    "结语": _field("closing", [_TEXT, _LIST]),
    "编号": _field("numbering", _MAP),
    "编号方式": _field("numbering_mode", allowed=NUMBERING_MODES),
    "责任标注": _field("duty_note", allowed=DUTY_NOTES),
    "版式": _field("layout"),
    "库": _field("libraries", [_TEXT, _LIST]),
    "可提地名": _field("places", _UNITS),
    "发文": _field("frame", _MAP, nullable=True),
    "附件": _field("attachments", _LIST, nullable=True),
    **_NOTE,
}
"""The outermost keys; the parts of the skeleton come from the kind."""

REGION: Schema = {"名称": _field("name", required=True), "级别": _field("level"), "上级": _field("superior")}

SECTION: Schema = {
    **{word: _field("title", nullable=True) for word in LEVEL_WORDS},
    "文": _field("text", [_TEXT, _LIST]),
    "内容": _field("children", [_LIST, _TEXT]),
    **_OWN,
}
USE: Schema = {
    "用": _field("clause"),
    "参数": _field("arguments", _MAP, nullable=True),
    "变体": _field("variant"),
    "改写": _field("rewrite", _ANY),
    **_OWN,
}
REWRITE: Schema = {"标题": _field("title"), "文": _field("text", [_TEXT, _LIST]), "条款原文": _field("wording")}
BOX: Schema = {"专栏": _field("title"), "内容": _field("children", [_LIST, _TEXT], required=True), **_NOTE}
TABLE: Schema = {
    "表": _field("rows", [_LIST, _TEXT], expected="一行一行的列表，或工作簿的文件名"),
    "工作表": _field("sheet"),
    "题": _field("caption"),
    **_NOTE,
}
_PICTURE: Schema = {"图": _field("picture", [_TEXT, _MAP], expected="{指标: [……]}，或图片的文件名")}
PICTURE: Schema = {**_PICTURE, "题": _field("caption"), **_NOTE}
CHART: Schema = {
    "指标": _field("targets", [_TEXT, _LIST]),
    "形式": _field("form", allowed=CHART_FORMS),
    "题": _field("caption"),
    **_NOTE,
}

FRAME: Schema = {
    "形式": _field("form", allowed=FRAME_FORMS),
    "版头": _field("head", allowed=HEADS),
    "发文机关": _field("issuers", _UNITS),
    "文号": _field("number", [_TEXT, _MAP]),
    "签发人": _field("approvers", _UNITS),
    "密级": _field("classification"),
    "紧急程度": _field("urgency", allowed=("特急", "加急", "特提", "平急")),
    "份号": _field("copy_number"),
    "主送": _field("recipients", _UNITS),
    "通知标题": _field("notice_title"),
    "通知正文": _field("notice_body", [_TEXT, _LIST]),
    "附件说明": _field("listing", allowed=("写明", "无", "通知")),
    "正文作为": _field("body_as", allowed=("附件", "正文")),
    "署名": _field("signatures", _UNITS),
    "成文日期": _field("date"),
    "印章": _field("seal", allowed=("留空", "无")),
    "附注": _field("note"),
    "抄送": _field("copies", _UNITS),
    "印发机关": _field("printer"),
    "印发日期": _field("print_date"),
    **_NOTE,
}
DOCUMENT_NUMBER: Schema = {
    "机关代字": _field("code", required=True),
    "年份": _field("year", check_with="year", expected="四位数的年份"),
    "序号": _field("serial", required=True, check_with="count", expected="整数"),
}
ATTACHMENT: Schema = {
    "标题": _field("title", required=True),
    "标识": _field("label"),
    "内容": _field("children", [_LIST, _TEXT]),
    "表": _field("rows", [_LIST, _TEXT], expected="一行一行的列表，或工作簿的文件名"),
    "工作表": _field("sheet"),
    **_PICTURE,
    **_NOTE,
}

NUMBERING: Schema = {
    **{word: _field(word, [_TEXT, _MAP]) for word in LEVEL_WORDS},
    "起始": _field("start", _MAP),
}
LEVEL_NUMBERING: Schema = {
    "式样": _field("style"),
    "连续": _field("restart", allowed=RESTARTS),
    "题式": _field("title_style", allowed=TITLE_STYLES),
    "起始": _field("start", check_with="count", expected="1 到 9999 的整数"),
}
BLOCK_NUMBERING: Schema = {
    "式样": _field("style"),
    "起始": _field("start", check_with="count", expected="1 到 9999 的整数"),
}
STARTS: Schema = {word: _field(word, check_with="count", expected="1 到 9999 的整数") for word in LEVEL_WORDS}

TARGET_BOOK: Schema = {"文件": _field("file", required=True), "工作表": _field("sheet"), **_NOTE}

TARGET: Schema = {
    "名称": _field("name"),
    "数值": _field("value", nullable=True),
    "单位": _field("unit"),
    "界限": _field("bound", allowed=BOUNDS),
    "基期": _field("baseline", _MAP, expected="{年份: 2025, 数值: 90}"),
    "分年": _field("years", _MAP, expected="{2026: 94, 2027: 95}"),
    "分年口径": _field("yearly", allowed=("合计", "累计")),
    "性质": _field("nature", allowed=NATURES),
    "依据": _field("basis", _UNITS),
    "公式": _field("formula"),
    "分项": _field("shares", _MAP, expected="{城关镇: 120, 云河镇: 80}"),
    **_DUTY,
    **_NOTE,
}
BASELINE: Schema = {
    "年份": _field("year", required=True, check_with="year", expected="四位数的年份"),
    "数值": _field("value", required=True),
}

KIND: Schema = {
    "文种": _field("name", required=True),
    "别名": _field("aliases", _UNITS),
    "标题": _field("title", required=True),
    "期间": _field("period", required=True, allowed=PERIODS),
    "时长": _field("span", check_with="count", expected="1 到 9999 的整数"),
    "骨架": _field("skeleton", _LIST, required=True),
    "编号": _field("numbering", _MAP, required=True),
    "编号方式": _field("numbering_mode", allowed=NUMBERING_MODES),
    "版式": _field("layout"),
    "责任标注": _field("duty_note", allowed=DUTY_NOTES),
    "说明": _field("about"),
    "样板": _field("starters", _MAP, nullable=True),
}
SKELETON_PART: Schema = {
    "部分": _field("role", required=True),
    "必需": _field("required", allowed=("是", "否")),
    "形式": _field("forms", _UNITS),
    "同义": _field("synonyms", _UNITS),
    "要求": _field("demands", _MAP, nullable=True),
}

LIBRARY: Schema = {
    "名称": _field("name", required=True),
    "版本": _field("version", required=True),
    "发布单位": _field("publisher"),
    "级别": _field("level"),
    "说明": _field("about"),
    "许可": _field("licence"),
    "需要": _field("needs"),
    "格式": _field("format", allowed=("1", "2")),
}
CLAUSE: Schema = {
    "条款": _field("identifier", required=True),
    "参数": _field("parameters", _MAP, nullable=True),
    "变体": _field("variants", _MAP, nullable=True),
    "适用": _field("applies", _MAP, nullable=True),
    "依据": _field("basis", _UNITS),
    "标签": _field("tags", _UNITS),
    "基于": _field("base"),
    "示例": _field("sample", _MAP, nullable=True),
    "有效期": _field("validity", _LIST, expected="首末两天，例如 [2024-01-01, 2026-12-31]"),
    "有效至": _field("valid_until"),
    "替代": _field("successors", _UNITS),
    "同组": _field("group"),
    "主办": _field("lead_functions", _UNITS),
    "配合": _field("support_functions", _UNITS),
    "成果": _field("results", _UNITS),
    "常用时限": _field("usual_deadline"),
    **{word: _field("title", nullable=True) for word in LEVEL_WORDS},
    "文": _field("text", [_TEXT, _LIST]),
    "内容": _field("children", [_LIST, _TEXT]),
    **_OWN,
}
PARAMETER: Schema = {
    "类型": _field("type", required=True, allowed=PARAMETER_TYPES),
    "说明": _field("about"),
    "默认": _field("default"),
    "单位": _field("unit"),
    "最小": _field("minimum", check_with="figure", expected="数"),
    "最大": _field("maximum", check_with="figure", expected="数"),
    "可选": _field("choices", _LIST),
    "口径": _field("scope"),
    "来源": _field("source"),
    "常见": _field("usual"),
}
VARIANT: Schema = {
    "文": _field("text", [_TEXT, _LIST]),
    "内容": _field("children", [_LIST, _TEXT]),
}
APPLIES: Schema = {
    "系统": _field("systems", _UNITS),
    "文种": _field("kinds", _UNITS),
    "级别": _field("levels", _UNITS),
    "年度": _field("years", _LIST),
}
SAMPLE: Schema = {
    "参数": _field("arguments", _MAP, nullable=True),
    "变体": _field("variant"),
    "文本": _field("text", [_TEXT, _LIST]),
}
BASIS: Schema = {
    "依据": _field("key", required=True),
    "全称": _field("name", required=True),
    "发文机关": _field("issuer"),
    "文号": _field("number"),
    "施行日期": _field("in_force"),
    "修订": _field("revised"),
    "失效": _field("repealed"),
    "核对日期": _field("checked"),
    "出处": _field("seen_in", _UNITS),
    "替代": _field("successors", _UNITS),
    **_NOTE,
}

WORKSPACE: Schema = {
    "单位": _field("unit"),
    "地区": _field("region", [_TEXT, _MAP]),
    "版式": _field("layout"),
    "编号方式": _field("numbering_mode", allowed=NUMBERING_MODES),
    "库": _field("libraries", [_TEXT, _LIST]),
    "可提地名": _field("places", _UNITS),
    "责任单位名单": _field("unit_list", _UNITS),
    "职能": _field("functions", _MAP, nullable=True),
    "检查": _field("levels", _MAP, nullable=True),
    "集群": _field("cluster"),
    **_NOTE,
}

TERMS: Schema = {
    "用语": _field("terms", _LIST, nullable=True),
    "可用的词": _field("allowed", _UNITS, nullable=True),
    **_NOTE,
}
TERM: Schema = {
    "对的说法": _field("right", required=True),
    "错的说法": _field("wrong", _UNITS, required=True),
    **_NOTE,
}

OUTLINE_KEYS: frozenset[str] = frozenset(
    key
    for schema in (
        OUTLINE,
        FRAME,
        DOCUMENT_NUMBER,
        ATTACHMENT,
        REGION,
        SECTION,
        USE,
        REWRITE,
        BOX,
        TABLE,
        PICTURE,
        CHART,
        NUMBERING,
        LEVEL_NUMBERING,
        TARGET_BOOK,
        TARGET,
        BASELINE,
        WORKSPACE,
    )
    for key in schema
)
LIBRARY_KEYS: frozenset[str] = OUTLINE_KEYS.union(LIBRARY, CLAUSE, PARAMETER, APPLIES, SAMPLE, BASIS)
KIND_KEYS: frozenset[str] = frozenset([*KIND, *SKELETON_PART, *NUMBERING, *LEVEL_NUMBERING])

# LAYOUT: templates/layouts/*.yaml, read by `layout`

ALIGNMENTS = ("两端", "左", "居中", "右")
COLORS = ("黑", "红")
PAGE_NUMBER_PLACES = ("外侧", "居中")
_LENGTH = "带单位的长度，例如 37mm、16磅"
_COUNT = "字数或行数，例如 2字、1行"

LAYOUT: Schema = {
    "版式": _field("name", required=True),
    "说明": _field("about"),
    "基于": _field("bases", _UNITS),
    "纸张": _field("paper", _MAP, required=True),
    "页边": _field("margins", _MAP, required=True),
    "网格": _field("grid", _MAP, required=True),
    "页码": _field("page_number", _MAP, required=True),
    "西文": _field("latin", required=True),
    "文字": _field("roles", _MAP, required=True),
    "代替字体": _field("substitutes", _MAP, nullable=True),
}
LAYOUT_PAPER: Schema = {
    "宽": _field("width", required=True, expected=_LENGTH),
    "高": _field("height", required=True, expected=_LENGTH),
}
LAYOUT_MARGINS: Schema = {
    "上": _field("top", required=True, expected=_LENGTH),
    "下": _field("bottom", required=True, expected=_LENGTH),
    "左": _field("left", required=True, expected=_LENGTH),
    "右": _field("right", required=True, expected=_LENGTH),
}
LAYOUT_GRID: Schema = {
    "行距": _field("pitch", required=True, expected=_LENGTH),
    "字距": _field("tracking", expected=_LENGTH),
}
LAYOUT_PAGE_NUMBER: Schema = {
    "字体": _field("font", required=True),
    "字号": _field("size", required=True),
    "形式": _field("pattern", required=True),
    "位置": _field("place", required=True, allowed=PAGE_NUMBER_PLACES),
    "空字": _field("inset", expected=_COUNT),
    "距版心": _field("gap", required=True, expected=_LENGTH),
}
LAYOUT_ROLES: Schema = {
    "标题": _field("title", _MAP, required=True),
    "正文": _field("body", _MAP, required=True),
    "一级标题": _field("heading1", _MAP, required=True),
    "二级标题": _field("heading2", _MAP, required=True),
    "三级标题": _field("heading3", _MAP, required=True),
    "四级标题": _field("heading4", _MAP, required=True),
    "表题": _field("caption", _MAP, required=True),
    "表头": _field("table_head", _MAP, required=True),
    "表文": _field("table_text", _MAP, required=True),
    "专栏题": _field("box_title", _MAP, required=True),
    "份号": _field("copy_number", _MAP, required=True),
    "密级": _field("secrecy", _MAP, required=True),
    "发文机关标志": _field("mark", _MAP, required=True),
    "发文字号": _field("number", _MAP, required=True),
    "主送机关": _field("recipients", _MAP, required=True),
    "附件说明": _field("attached", _MAP, required=True),
    "署名": _field("signature", _MAP, required=True),
    "成文日期": _field("date", _MAP, required=True),
    "附注": _field("note", _MAP, required=True),
    "附件标识": _field("label", _MAP, required=True),
    "版记": _field("imprint", _MAP, required=True),
}
LAYOUT_ROLE: Schema = {
    "字体": _field("font", required=True),
    "字号": _field("size", required=True),
    "加粗": _field("bold", allowed=("是", "否")),
    "颜色": _field("color", allowed=COLORS),
    "首行缩进": _field("indent", expected=_COUNT),
    "段后": _field("after", expected=_COUNT),
    "对齐": _field("align", allowed=ALIGNMENTS),
}
LAYOUT_KEYS: frozenset[str] = frozenset(
    key
    for schema in (LAYOUT, LAYOUT_PAPER, LAYOUT_MARGINS, LAYOUT_GRID, LAYOUT_PAGE_NUMBER, LAYOUT_ROLES, LAYOUT_ROLE)
    for key in schema
)
