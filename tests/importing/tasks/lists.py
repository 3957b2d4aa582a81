"""Task lists as ten bureaus would keep them, made by openpyxl; every text is invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

Row = Sequence[object]


def workbook(*sheets: tuple[str, Sequence[Any], Sequence[str]]) -> bytes:
    """A workbook of sheets: the name, the rows and the merged ranges of each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows, merges in sheets:
        sheet: Any = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for each in merges:
            sheet.merge_cells(each)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain() -> bytes:
    """The usual list: a title, a header, a row for each task."""
    return workbook(
        (
            "Sheet1",
            [
                ["青山县教育局2026年重点任务清单"],
                ["序号", "重点任务", "具体内容", "责任单位", "完成时限"],
                [1, "扩大学前学位", "在城东片区新建两所公办园，新增学位五百四十个。", "学前教育股", "2026年8月底前"],
                [2, "改善校舍条件", "维修三所乡镇中心校的屋面和门窗。", "计财股", "2026年10月"],
                [3, "办好课后服务", "每校至少开设六门兴趣课程，家长可以自愿选择。", "基础教育股、教研室", "2026.12.31"],
            ],
            ["A1:E1"],
        )
    )


def merged_groups() -> bytes:
    """One task over several measures, merged down; units shared by several rows."""
    return workbook(
        (
            "任务分解",
            [
                ["青山县民政局2026年工作任务分解表", None, None, None, None, None],
                ["序号", "工作任务", "工作措施", "牵头单位", "配合单位", "完成时限"],
                [1, "一、健全养老服务网络", "建成柳林镇区域养老服务中心。", "养老服务股", "规划财务股", "6月底前"],
                [2, None, "为独居老人安装紧急呼叫设备。", None, "各乡镇", "9月底前"],
                [3, None, "培训养老护理人员两期。", "人事股", "—", "全年"],
                [4, "二、规范社会救助", "开展低保对象动态核查。", "社会救助股", None, "每季度末"],
                [5, None, "公布县乡两级求助热线。", None, None, "3月底前"],
            ],
            ["A1:F1", "B3:B5", "B6:B7", "D3:D4", "D6:D7"],
        )
    )


def two_header_rows() -> bytes:
    """Two header rows with merged cells, section rows, a subtotal for each section, notes below."""
    return workbook(
        (
            "Sheet1",
            [
                ["清溪镇2026年重点工作任务清单", None, None, None, None, None, None],
                ["填报单位：清溪镇党政办", None, None, None, None, None, "2026年1月"],
                ["序号", "目标任务", "工作要求", "责任分工", None, None, "备注"],
                [None, None, None, "牵头单位", "配合单位", "责任人", None],
                ["一、乡村产业", None, None, None, None, None, None],
                [1, "建设蔬菜基地", "新建钢架大棚八十亩。", "农业服务中心", "各村", "甲某", "已列入县级项目库"],
                [2, "培育合作社", "扶持两家合作社申报示范社。", "农业服务中心", "经济发展办", "乙某", None],
                ["小计", "2项", None, None, None, None, None],
                ["二、人居环境", None, None, None, None, None, None],
                [3, "整治背街小巷", "硬化巷道六条，清理乱堆乱放。", "村镇建设办", None, "丙某", None],
                ["小计", "1项", None, None, None, None, None],
                ["合计", "3项", None, None, None, None, None],
                ["注：各项任务由牵头单位每月25日报送进展。", None, None, None, None, None, None],
            ],
            ["A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "A5:G5", "A9:G9", "A13:G13"],
        )
    )


def several_sheets() -> bytes:
    """A sheet for each field, and one with telephone numbers."""
    head = ["序号", "任务名称", "具体措施", "责任科室", "时间节点"]
    return workbook(
        (
            "党建工作",
            [head, [1, "规范组织生活", "每月开展一次主题党日。", "机关党委", "全年"]],
            [],
        ),
        (
            "业务工作",
            [
                head,
                [1, "优化窗口服务", "推行周末预约办理。", "政务服务股", "4月底前"],
                [2, "压减办理时限", "公布第二批限时办结事项。", "审批股", "上半年"],
            ],
            [],
        ),
        ("通讯录", [["股室", "分机"], ["办公室", "8001"]], []),
    )


def units_in_text() -> bytes:
    """No columns of units: they stand in brackets behind the text."""
    return workbook(
        (
            "清单",
            [
                ["序号", "重点任务", "具体内容"],
                [1, "提升供水保障", "改造老旧管网十二公里。（责任单位：供水管理站；完成时限：2026年9月底）"],
                [2, "加强河道管护", "开展清河行动，每月巡查两次。（河湖管理股牵头，各乡镇配合）"],
                [3, "推进节水宣传", "在学校、社区张贴节水提示（水资源股、办公室）"],
                [4, "修复灌溉渠道", "对柳林灌区（一期）实施修复（含支渠）。"],
            ],
            [],
        )
    )


def several_deadlines() -> bytes:
    """Several deadlines and several points in one cell, numbered by hand."""
    return workbook(
        (
            "Sheet1",
            [
                ["序号", "工作任务", "主要内容", "责任部门", "完成时限"],
                [
                    1,
                    "建设智慧停车系统",
                    "1.完成路内泊位勘测。\n2.建成管理平台。\n3.投入试运行。",
                    "城市管理股",
                    "3月底前\n8月底前\n10月底前",
                ],
                [2, "整治占道经营", "1.划定摊区；2.公布时段；3.开展巡查。", "执法大队", "6月底前；12月底前"],
                [3, "更新环卫车辆", "购置新能源清扫车四辆。", "环卫站", "看资金到位情况"],
                [4, "绿化城市出入口", "补植行道树。", "园林站\n城市管理股", "2026年3月—5月"],
            ],
            [],
        )
    )


def levels() -> bytes:
    """Category, task and measure in three columns, the first two given once, without merging."""
    return workbook(
        (
            "2026",
            [
                ["云岭市工业和信息化局2026年度重点任务分解", None, None, None, None, None, None],
                ["领域", "重点工作", "序号", "具体任务", "牵头科室", "完成时间", "联系电话"],
                ["产业升级", "技术改造", 1, "组织十户企业申报技改项目。", "投资科", "5月底前", "0000001"],
                [None, None, 2, "开展设备更新政策宣讲。", "投资科", "3月底前", "0000002"],
                [None, "企业培育", 3, "新增规模以上企业六户。", "中小企业科", "年底前", "0000003"],
                ["数字转型", "网络建设", 4, "新建第五代移动通信基站一百座。", "信息科", "11月底前", "0000004"],
            ],
            ["A1:G1"],
        )
    )


def progress_columns() -> bytes:
    """A header of three rows with quarters, a row of column numbers, and columns of progress."""
    return workbook(
        (
            "台账",
            [
                ["青山县交通运输局重点任务台账"],
                ["项次", "任务目标", "进度安排", None, "落实单位", "时限要求", "进展情况"],
                [None, None, "上半年", "下半年", None, None, None],
                [None, None, "（写到月）", "（写到月）", None, None, None],
                [1, 2, 3, 4, 5, 6, 7],
                [
                    "（一）",
                    "改造县道柳清线",
                    "完成招标，路基开工。",
                    "路面铺筑，通车。",
                    "公路股",
                    "11月底",
                    "设计已批复",
                ],
                ["（二）", "新增镇村公交", "确定线路。", "开通三条。", "运输股", "9月底", None],
                ["（四）", "更换老旧护栏", None, "全部更换。", "养护中心", "10月底", None],
            ],
            ["A1:G1", "A2:A4", "B2:B4", "C2:D2", "E2:E4", "F2:F4", "G2:G4"],
        )
    )


def start_and_end() -> bytes:
    """Start and end in two columns, lead marked inside the cell, rows that only add units."""
    return workbook(
        (
            "Sheet1",
            [
                ["序号", "事项", "目标要求", "责任单位", "开始时间", "完成时间", "备注"],
                [1, "开展健康讲座", "走进十个社区。", "疾控中心（牵头）、各卫生院", "2026年3月", "2026年10月", "免费"],
                [2, "签约家庭医生", "重点人群应签尽签。", "基层卫生股", "2026年1月", "2026年12月", "无"],
                [None, None, None, "医保经办中心", None, None, "提供名单"],
                [
                    3,
                    "更新急救车辆",
                    "新购两辆。",
                    "牵头单位：县医院；配合单位：规划财务股",
                    "2026年4月",
                    "2026年6月",
                    None,
                ],
            ],
            [],
        )
    )


def repeated_header() -> bytes:
    """A list printed on pages: the header is repeated, empty numbered rows follow, and a lonely unit stands at the end."""
    head = ["序号", "主要任务", "工作内容", "责任股室", "办结时限"]
    return workbook(
        (
            "打印",
            [
                ["青山县市场监督管理局2026年主要任务"],
                head,
                ["一", "食品安全", None, None, None],
                [1, "抽检学校食堂", "春秋两季各抽检一次。", "食品股", "5月底、11月底"],
                [2, "检查小作坊", "逐户建立档案。", "食品股", "8月底"],
                head,
                ["二", "消费维权", None, None, None],
                [3, "建设维权站点", "在商场设立六个站点。", "消保股", "7月底"],
                [4, None, None, None, None],
                [5, None, None, None, None],
                ["备注：本表一式两份。", None, None, None, None],
            ],
            ["A1:E1"],
        )
    )


TEN: dict[str, Callable[[], bytes]] = {
    each.__name__: each
    for each in (
        plain,
        merged_groups,
        two_header_rows,
        several_sheets,
        units_in_text,
        several_deadlines,
        levels,
        progress_columns,
        start_and_end,
        repeated_header,
    )
}
