"""What the places of a plan are called."""

from planwriter.compare.versions.place_names import clause_names, title_of
from planwriter.compare.versions.version import (
    PlanVersion,
    Stretch,
    VersionItem,
    VersionLine,
    VersionPicture,
    VersionTable,
)
from planwriter.model.walk import TextRole
from planwriter.plan.flow import LineRole


def _line(text: str, label: str = "", level: int = 0, role: LineRole = LineRole.BODY) -> VersionLine:
    return VersionLine(role=role, text=text, label=label, level=level)


def _names(*items: VersionItem) -> list[str]:
    return list(clause_names(PlanVersion(name="要点.yaml", items=items)))


def test_a_place_is_named_by_its_labels_and_its_title() -> None:
    assert _names(
        _line("青山县2026年教育工作要点", role=LineRole.TITLE),
        _line("为做好今年的工作，制定本要点。"),
        _line("重点任务", "一、", 1, LineRole.HEADING1),
        _line("建强教师队伍", "（一）", 2, LineRole.HEADING2),
        _line("补充教师。全年招聘30名。", "1.", 3),
        _line("同一条的第二段。"),
        _line("保障措施", "二、", 1, LineRole.HEADING1),
    ) == [
        "标题",
        "导语",
        "一、重点任务",
        "一、（一）建强教师队伍",
        "一、（一）1.补充教师",
        "一、（一）1.补充教师",
        "二、保障措施",
    ]


def test_attachments_tables_and_pictures() -> None:
    assert _names(
        _line("重点任务", "一、", 1, LineRole.HEADING1),
        _line("经费表", role=LineRole.CAPTION),
        VersionTable(rows=(("甲",),)),
        VersionTable(rows=(("乙",),)),
        VersionPicture(text="（图片）"),
        _line("附件1", role=LineRole.LABEL),
        _line("任务清单", role=LineRole.TITLE),
        _line("说明。"),
    ) == [
        "一、重点任务",
        "一、重点任务",
        "一、重点任务 表“经费表”",
        "一、重点任务 表",
        "一、重点任务 图",
        "附件1",
        "附件1 标题",
        "附件1 正文",
    ]


def test_a_title_is_what_the_outline_says_or_the_first_sentence_if_it_is_short() -> None:
    said = VersionLine(role=LineRole.BODY, text="补充教师。全年招聘。", stretches=(Stretch(0, 4, TextRole.TITLE),))
    assert title_of(said) == "补充教师"
    assert title_of(_line("补充教师；全年招聘。")) == "补充教师"
    assert title_of(_line("长" * 30 + "。")) == "" and title_of(_line("没有句号")) == ""
    assert title_of(_line("长" * 30, role=LineRole.HEADING2)) == "长" * 24 + "…"
