"""Series of outlines of which some were copied from others and changed, with faults and slips; no test by itself."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.random_outlines import random_outline
from tests.support import ROOT

EXAMPLES = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))]
FAULTY = """\
文种: 工作要点
单位: 青山县教育局
地区: {名称: 青山县, 上级: 云岭市}
年度: 2026
指标:
  招生: {名称: 普通高中招生计划, 数值: 100, 单位: 人, 界限: 不超过, 责任单位: 招生办, 分年: {2027: 3}}
  班额: 45
  普惠率:
    名称: 普惠性幼儿园覆盖率
    数值: 9五
    分年: {2026: 95}
核验: [招生 >= 班额, 招生 < 1]
导语: |
  {{ 单位 }}安排如下，，

  招生{{ 指标.招生 }}。
附件标识: 某某，，
总体要求: 普惠性幼儿园覆盖率达到90%，到2025年底完成。
重点任务:
  - 章: 抓好招生
    标识: 甲
    内容:
      - 条: 严格计划
        文: "{{ 单位 }}招生{{ 指标.招生 }}，班额{{ 指标.没有 }}，联系人某某。"
        责任单位: ["{{ 单位 }}办公室", 招生办, 招生办]
        内容:
          - 款: 不变的一款，
            标识: 乙
            文: 普通高中招生计划120人，到2025年底完成，向上级汇报，，不足处用某某代替
      - 条: 严格计划
        文: "{{ 单位 }}招生{{ 指标.招生 }}，班额{{ 指标.没有 }}，联系人某某。"
        责任单位: ["{{ 单位 }}办公室", 招生办, 招生办]
      - 用: 招生考试/随迁子女入学
        参数: {公办就读比例: "{{ 指标.普惠率.数 }}"}
        责任单位: 招生办
      - 用: 通用/政务公开
        参数: {解读次数: 3, 没有: 1}
  - 章: 在临沂市
    内容:
      - 用: 通用/节约机关
      - 条: 同样的一条
        文: 同样的一条{{ 指标.没有 }}，，落实到位。
      - 条: 同样的一条
        文: 同样的一条{{ 指标.没有 }}，，落实到位。
      - 节: 反了的一级
      - 一段正文，其中甲3所、乙4所，共8所。
      - 专栏: 招生{{ 指标.招生 }}
        内容:
          - 表: [[项目, 数], [甲, 3], [乙, "{{ 指标.班额 }}"], [合计, 9]]
            题: 分配
  - 章: 抓好招生
    内容:
      - 条: 严格计划
        标识: 乙
        文: 落实责任
附件:
  - 指标表
  - {标题: "{{ 单位 }}的表", 内容: [{条: "招生{{ 指标.招生 }}"}]}
发文: {形式: 直发, 发文机关: 青山县教育局, 文号: 青教发〔2026〕1号, 成文日期: 2026-02-30}
"""
SLIPS = (
    "文：没有空格的全角冒号",
    "    \t- 条: 有 Tab",
    "  - 章:无空格",
    "重点任务: [",
    "    文: {{ 单位 }}在前",
    "# 一行说明",
    "",
    "    # 缩进的说明",
)
WORDS = ("，，", "临沂市", "2025年底", "某某", "{{ 指标.没有 }}", "3", "抓好")


def edited(text: str, chance: Random) -> str:
    """The text after some of the edits that tell an outline from another that was copied from it, or that break it."""
    lines = text.split("\n")
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(lines))
        edit = chance.randrange(8)
        if edit == 0:  # other figures
            lines[at:] = [_raised(line, chance) for line in lines[at : at + 3]] + lines[at + 3 :]
        elif edit == 1:  # lines above
            lines[at:at] = [chance.choice(("", "# 说明", "# 二"))] * chance.randint(1, 3)
        elif edit == 2:  # an item that stands elsewhere, or twice
            begin, end = _item(lines, at)
            item = lines[begin:end]
            if chance.random() < 0.7:
                del lines[begin:end]
            to = _item(lines, chance.randrange(len(lines)))[0] if lines else 0
            lines[to:to] = item
        elif edit == 3:  # an item that is gone
            begin, end = _item(lines, at)
            del lines[begin:end]
        elif edit == 4 and chance.random() < 0.5:
            lines[at:at] = [chance.choice(SLIPS)]
        elif edit == 5:  # a word inside a line
            cut = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:cut] + chance.choice(WORDS) + lines[at][cut:]
        elif edit == 6:
            lines[at] = lines[at].rstrip() + " " * chance.randint(0, 2)
        else:
            lines[at] = lines[at].replace("，", "，，", 1)
        lines = lines or [""]
    return "\n".join(lines)


def _raised(line: str, chance: Random) -> str:
    return "".join(chance.choice("123456789") if each.isdigit() and chance.random() < 0.5 else each for each in line)


def _item(lines: Sequence[str], at: int) -> tuple[int, int]:
    """The lines of the item or entry around a line."""
    while at and not lines[at].lstrip().startswith("- "):
        at -= 1
    column = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > column):
        end += 1
    return at, end


def series(chance: Random) -> list[tuple[str, bytes]]:
    """Outlines in the order in which they are made, with their names: some copied from one another, some not."""
    bases = [
        chance.choice((FAULTY, FAULTY, chance.choice(EXAMPLES), random_outline(chance.randrange(500))))
        for _ in range(2)
    ]
    made: list[tuple[str, bytes]] = []
    text = bases[0]
    for number in range(chance.randint(3, 7)):
        text = edited(chance.choice((text, text, *bases)), chance)
        data = text.encode("utf-8")
        if chance.random() < 0.15:
            data = data.replace(b"\n", b"\r\n")
        if chance.random() < 0.1:
            data = b"\xef\xbb\xbf" + data
        if chance.random() < 0.05:
            data = data.replace("抓好招生".encode(), "&a 抓好招生".encode(), 1)
        made.append((chance.choice((f"第{number}份.yaml", "同名.yaml")), data))
        if chance.random() < 0.2:
            made.append(made[chance.randrange(len(made))])
    return made
