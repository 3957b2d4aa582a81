"""Words around figures: verbs of delivery, verbs of routine, what names of rates and measures end with."""

from __future__ import annotations

from planwriter.start.patterns import regex

DELIVERS = (
    "新建改扩建", "拟新建", "新建", "改扩建", "扩建", "改建", "新创建", "迁建", "续建", "创建", "建设", "建成", "建立", "打造", "开发", "新增", "增加", "增设", "培养", "培育", "培训", "选派", "选聘", "招聘",
    "招录", "引进", "补充", "购置", "配置", "配备", "添置", "改造", "投入", "投资", "争取", "评选", "遴选", "推出", "推荐", "共建共享", "共建", "建", "创", "完成", "认定",
    "命名", "盘活", "疏通", "拆除", "硬化", "更新", "修复", "治理", "栽植", "安装", "储备", "发展", "走访慰问", "走访", "救助", "整顿", "选树", "实施", "引育", "采购", "布设",
    "化解", "回引", "轮岗", "交流", "消除", "筹集", "发放", "资助", "招收", "输送", "推广", "种植", "新植", "新造", "新装", "新开", "新设", "加装", "改良", "提升", "选送", "外派",
    "征集", "募集", "招募", "签约", "覆盖", "惠及", "带动", "减轻", "流转", "淘汰", "筛查", "抽检", "关停", "退出", "压减", "清理", "整治", "绿化", "抚育", "恢复", "巩固", "铺设", "敷设",
    "架设", "搭建", "组建", "聘请", "聘用", "吸纳", "转化", "出栏", "存栏", "孵化", "落地", "注册", "申报", "获批", "投放", "销售", "收储", "供应", "腾退", "减免", "节约",
)  # fmt: skip
"""Verbs of what is delivered: 新建 3 所, 培训 800 人次."""
ACTS = (
    "组织", "举办", "开展", "召开", "参加", "指导", "安排", "引导", "支持", "推进", "协调", "接受", "预计", "出台", "制定", "印发"
)  # fmt: skip
"""Verbs of routine, whose figures count no result."""
RATES = ("率", "占比", "比例", "比重", "覆盖面", "合格率", "份额", "满意度", "知晓度", "集中度", "化解度")
METRICS = (
    *RATES, "人数", "规模", "面积", "数量", "总数", "总量", "学位", "数", "额", "经费", "资金", "年限", "寿命", "达标",
    "投资", "收入", "产值", "产量", "总产", "增加值", "税收", "外资", "贷款", "存栏", "出栏", "里程", "浓度", "强度", "系数", "指数", "密度", "就业", "销售", "消费", "床位", "岗位",
)  # fmt: skip
"""What the name of a measure ends with."""
_BREAK = regex(r"[，。；：:！？\n]")


def last_clause(lead: str) -> str:
    """The text behind the last mark."""
    return _BREAK.split(lead)[-1]


def last_verb(clause: str) -> str:
    """The verb of delivery that stands last in a clause; "" if there is none."""
    places = [(clause.rfind(verb) + len(verb), len(verb), verb) for verb in DELIVERS if verb in clause]
    return max(places)[2] if places else ""
