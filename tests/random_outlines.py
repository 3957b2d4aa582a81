"""Outlines made up from a seed, with every kind of block, text and frame; no test by itself."""

from __future__ import annotations

from random import Random

from planwriter.model import Document
from tests.support import plan

TARGETS = (
    "指标:\n"
    "  入园率: {名称: 学前三年入园率, 数值: 95, 单位: '%', 界限: 不低于, 责任单位: 学前教育股}\n"
    "  园数: {名称: 新建公办园, 数值: 12, 单位: 所, 责任单位: [计财股, 学前教育股]}\n"
    "  培训: {名称: 教师培训, 数值: 2600, 单位: 人次, 界限: 以上}\n"
)
_HOLES = ("{{ 指标.入园率 }}", "{{ 指标.园数 }}", "{{ 指标.培训.数 }}", "{{ 指标.园数.数 * 2 }}", "{{ 年度 }}")
_PIECES = (
    "抓好",
    "落实",
    "学前教育",
    "校园安全",
    "教师队伍",
    "2026年3月5日",
    "《教育法》",
    "95.5%",
    "、",
    "，",
    "A&B<C>",
    "三年",
)
_DEADLINES = ("2026年10月", "2026-08", "12月底前", "{{ 年度 }}年9月")
_UNITS = ("学前教育股", "计财股", "教研室", "清溪镇中心校")


def random_outline(seed: int) -> str:
    """A sound outline; the same for the same seed."""
    return _Maker(Random(seed)).outline()


def planned_outline(seed: int) -> Document:
    """The numbered document of such an outline."""
    made = plan(random_outline(seed), draft=True)
    assert made.document is not None, [each.message for each in made.findings]
    return made.document


class _Maker:
    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def often(self, share: float) -> bool:
        return self._chance.random() < share

    def words(self, holes: float = 0.3) -> str:
        made = [
            self._chance.choice(_HOLES if self.often(holes) else _PIECES) for _ in range(self._chance.randint(1, 6))
        ]
        return "".join(made) + self._chance.choice("。。；")

    def short(self) -> str:
        return "".join(self._chance.sample(_PIECES[:5], self._chance.randint(1, 3))) + str(self._chance.randint(1, 99))

    def body(self, key: str, indent: str) -> str:
        """A text of one or several lines."""
        if self.often(0.7):
            return f'{indent}{key}: "{self.words()}"\n'
        lines = [f"{indent}  {' ' * self.often(0.3)}{self.words()}\n" for _ in range(self._chance.randint(1, 3))]
        return f"{indent}{key}: |2\n{chr(10).join(lines) if self.often(0.3) else ''.join(lines)}"

    def duty(self, indent: str) -> str:
        made = ""
        if self.often(0.5):
            made += f"{indent}责任单位: [{', '.join(self._chance.sample(_UNITS, self._chance.randint(1, 3)))}]\n"
        if made and self.often(0.5):
            made += f"{indent}配合单位: {self._chance.choice(_UNITS)}\n"
        if self.often(0.3):
            made += f'{indent}时限: "{self._chance.choice(_DEADLINES)}"\n'
        return made

    def block(self, level: int, indent: str) -> str:
        kind = self._chance.random()
        if kind < 0.12:
            return f'{indent}- "{self.words()}"\n'
        if kind < 0.2:
            rows = [f"[{self.short()}, '{self._chance.choice(_HOLES)}', '']" for _ in range(self._chance.randint(1, 3))]
            title = f"{indent}  题: {self.short()}\n" if self.often(0.5) else ""
            return f"{indent}- 表: [[序号, 项目, 备注], {', '.join(rows)}]\n{title}"
        if kind < 0.26:
            return f'{indent}- 专栏: {self.short()}\n{indent}  内容:\n{indent}    - "{self.words()}"\n'
        made = f'{indent}- {("章", "节", "条", "款")[level]}: "{self.short()}"\n'
        if self.often(0.7) or level == 3:
            made += self.body("文", f"{indent}  ")
        made += self.duty(f"{indent}  ")
        if level < 3 and self.often(0.6):
            children = [self.block(level + 1, f"{indent}      ") for _ in range(self._chance.randint(1, 3))]
            made += f"{indent}  内容:\n{''.join(children)}"
        return made

    def frame(self) -> str:
        form = self._chance.choice(("通知", "直发"))
        made = f"发文:\n  形式: {form}\n  版头: {self._chance.choice(('印制', '留空', '无'))}\n"
        made += "  成文日期: 2026年3月5日\n"
        if self.often(0.6):
            made += f"  发文机关: [青山县教育局{', 青山县财政局文件' * self.often(0.4)}]\n"
        if self.often(0.6):
            made += "  文号: 青教发〔2026〕3号\n"
        if self.often(0.3):
            made += "  签发人: [张三, 李四, 王五]\n"
        if self.often(0.5):
            made += "  主送: [各中小学校, 局机关各股室]\n"
        if self.often(0.3):
            made += "  附注: （此件公开发布）\n"
        if self.often(0.4):
            made += "  抄送: [县委办公室, 县政府办公室]\n"
        if form == "通知" and self.often(0.5):
            made += "  通知正文: |\n    现将要点印发给你们。\n\n    请认真贯彻落实。\n"
        return made

    def outline(self) -> str:
        made = "文种: 工作要点\n单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n年度: 2026\n"
        made += "标题: 青山县{{ 年度 }}年要点\n" if self.often(0.4) else ""
        made += f"责任标注: {self._chance.choice(('句末', '句末', '附表', '不标'))}\n" + TARGETS
        made += self.frame() if self.often(0.5) else ""
        made += f'总体要求: "{self.words()}"\n'
        blocks = [self.block(0, "  ") for _ in range(self._chance.randint(1, 4))]
        made += f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n{''.join(blocks)}"
        made += "保障措施:\n  - 章: 强化保障\n    内容:\n      - 用: 保障/督导考核\n"
        if self.often(0.4):
            made += '附件:\n  - 指标表\n  - 标题: 重点项目\n    内容:\n      - "以上{{ 指标.园数 }}。"\n'
        return made
