"""An outline written as YAML: reading it gives the same outline, in the order and with the quotes that a person would use."""

from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.importing.write import outline_yaml
from planwriter.model import Outline
from planwriter.outline.kind import Kind
from tests.support import EXAMPLES, REAL

FULL = """\
文种: 工作要点
单位: 青山县教育局
地区: {名称: 青山县, 上级: 云岭市}
年度: 2026
标题: 青山县“双减”工作要点
编号:
  章: 第一章
  节: {式样: "1.", 连续: 全文, 题式: 独行}
  条: {式样: 1、, 连续: 章}
  起始: {章: 2, 款: 3}
编号方式: 自动
责任标注: 附表
版式: 方正字体
库: 内置条款库
可提地名: [云岭市清溪县, 云岭市柳林县]
上级文件: 市局.yaml
发文:
  版头: 留空
  发文机关: [青山县教育局, 青山县财政局]
  文号: 青教发〔2026〕3号
  签发人: 〔略〕
  密级: 秘密★1年
  紧急程度: 加急
  份号: '000012'
  主送: ['各乡镇中心学校，各幼儿园', 局属各单位]
  通知标题: 关于印发要点的通知
  通知正文:
    - 现将要点印发给你们。
    - 请认真落实。
  正文作为: 正文
  署名: 青山县教育局
  成文日期: 2026年3月5日
  印章: 无
  附注: 此件公开发布
  抄送: 云岭市教育局
  印发机关: 青山县教育局办公室
  印发日期: 2026年3月6日

指标:
  覆盖率: {名称: 普惠园覆盖率, 数值: 96.50, 单位: '%', 界限: 以上, 基期: {年份: 2025, 数值: 93}, 分年: {2026: 96.50}, 性质: 约束性, 依据: [市局要点, 县规划], 责任单位: 学前股, 配合单位: [计财股, 人事股], 时限: 2026年12月}
  培训: {数值: 1.2万, 单位: 人次, 分项: {城关镇: 7000, 柳林镇: 5000}, 分年口径: 合计}
  合计: {单位: 人次, 公式: 培训 + 300}
  待定: {单位: 所}
核验:
  - 培训 >= 300

导语:
  - 为办好教育，制定本要点。
  - 现就有关工作安排如下。

总体要求: 总体要求：坚持育人为本。

重点任务:
  - 章: 提高质量
    内容:
      - 先立后破。
      - 条: 上好课
        编号: {式样: （1）, 起始: 4}
        题式: 独行
        标识: 上课
        文:
          - 开齐开足。
          - '严格落实: 课表。'
        责任单位: [教研室, 基教股]
        配合单位: 办公室
        时限: 2026年9月
      - 条: 办好园
        编号: 无
        内容:
          - 款:
            文: 覆盖率{{ 指标.覆盖率 }}。
            编号: 7
      - 用: 教师队伍/师德师风
        参数: {宣讲场次: '{{ 年度 }}', 对象: [校长, 教师]}
        变体: 简
        题式: 接排
        责任单位: 人事股
      - 专栏: 专栏1 重点工程
        内容:
          - 条: 建园
            文: 新建3所。
      - 表:
          - [序号, 任务, 'a: b']
          - ['1', '', "甲\\n乙"]
        题: 表1 任务
      - 图: {指标: [覆盖率], 形式: 折线}
        题: 图1

保障措施:

结语: 各校抓好落实。

附件:
  - 指标表
  - 标题: 名单
    内容:
      - 各校一名。
  - 标题: 时间安排
    表:
      - [阶段, 时间]
      - [部署, 3月]
"""


def read(text: str) -> tuple[Outline, Kind]:
    made = plans.plan_bytes(Session(), text.encode(), "提纲.yaml", draft=True)
    assert made.outline is not None and made.kind is not None
    return made.outline, made.kind


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_a_written_outline_is_read_again_as_it_was(path: Path) -> None:
    outline, kind = read(path.read_text("utf-8"))
    assert read(outline_yaml(outline, kind))[0] == outline


def test_every_key_is_written() -> None:
    outline, kind = read(FULL)
    assert read(outline_yaml(outline, kind))[0] == outline


def test_what_was_written_is_written_again_as_it_is() -> None:
    written = outline_yaml(*read(FULL))
    assert outline_yaml(*read(written)) == written


def test_the_order_is_that_of_the_format() -> None:
    written = outline_yaml(*read(FULL)).splitlines()
    typed = FULL.splitlines()
    tops = [line.partition(":")[0] for line in written if line[:1].strip()]
    assert tops == [line.partition(":")[0] for line in typed if line[:1].strip()]


def test_usual_texts_have_no_quotes() -> None:
    written = outline_yaml(*read(FULL))
    assert "标题: 青山县“双减”工作要点\n" in written
    assert "总体要求: 总体要求：坚持育人为本。\n" in written
    assert "'严格落实: 课表。'" in written


def test_what_the_kind_says_is_not_written() -> None:
    outline, kind = read("文种: 实施方案\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n重点任务: 办好教育。\n")
    assert outline_yaml(outline, kind) == (
        "文种: 实施方案\n单位: 青山县教育局\n地区: 青山县\n年度: '2026'\n\n重点任务: 办好教育。\n".replace("'", "")
    )


def test_a_note_stands_above_its_place() -> None:
    outline, kind = read(FULL)
    line = next(at for at, text in enumerate(FULL.splitlines(), 1) if "章: 提高质量" in text)
    written = outline_yaml(
        outline, kind, {"单位": "从落款取来", "重点任务": "各章都放在这里", line: "核对标题", 9999: "没有这一行"}
    )
    assert "# 待核：从落款取来\n单位: 青山县教育局\n" in written
    assert "\n\n# 待核：各章都放在这里\n重点任务:\n  # 待核：核对标题\n  - 章: 提高质量\n" in written
    assert written.count("# 待核") == 3
    assert read(written)[0] == outline
