"""Hand edits of what an outline prints, taken back into it; no test by itself."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from planwriter.app.open_outline import OpenOutline, open_outline
from planwriter.app.roundtrip.trial import Absorbed, absorbed
from planwriter.app.session import Session
from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.edits.sides import Sides, joined_sides, sides_of
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.plan.flow import BODY, HEADINGS
from planwriter.start.records import replace
from tests.support import HEAD

SAMPLE = (
    HEAD
    + """\
指标:
  园: {数值: 12, 单位: 所}
发文:
  形式: 通知
  发文机关: 青山县教育局
  文号: 青教发〔2026〕3号
  主送: [各中心校, 县直各校]   # 照名单
  成文日期: 2026年3月5日
  附注: 此件公开
总体要求: 坚持稳中求进，办好教育。
重点任务:
  # 第一章的注
  - 章: 办学   # 章注
    内容:
      - 条: 建园
        文: 新建幼儿园{{ 指标.园 }}，年底开园。
        责任单位: 计财股   # 牵头
        时限: 2026年12月
      - 条: 招生
        文:
          - 就近入学。
          - 阳光分班。   # 段注

      - 条: 编班
        内容:
          - 款: 公示
            文: 张榜公示。
      - 表: [[项目, 数], [图书, 3万册]]
  - 章: 管理
    文: 管好学校。
保障措施:
  - 章: 强化保障
    内容:
      - 条: 加强领导
        文: |
          落实责任。

          按季调度。
附件:
  - 标题: 名单
    内容:
      - 甲校。
"""
)
"""An outline with everything that is edited."""
Items = list[VersionItem]
NAME = "提纲.yaml"


def opened(text: str, path: str = "") -> OpenOutline:
    """An outline in memory."""
    made = open_outline(Session().at(path) if path else Session(), text.encode(), path or NAME, path)
    assert made.value is not None, [each.message for each in made.findings]
    return made.value


def find(items: Items, text: str) -> int:
    """The number of the only item that contains a text."""
    found = [at for at, item in enumerate(items) if text in item.text]
    assert len(found) == 1, (text, found)
    return found[0]


def retype(items: Items, old: str, new: str) -> None:
    """Words of one item are replaced."""
    at = find(items, old)
    item = items[at]
    assert isinstance(item, VersionLine)
    items[at] = replace(item, text=item.text.replace(old, new))


def recell(items: Items, old: str, new: str) -> None:
    """One cell of a table is typed anew."""
    at = find(items, old)
    item = items[at]
    assert isinstance(item, VersionTable)
    rows = tuple(tuple(new if cell == old else cell for cell in row) for row in item.rows)
    items[at] = replace(item, rows=rows)


def put(items: Items, behind: str, text: str, *, level: int = 0) -> None:
    """A line is typed behind another."""
    at = find(items, behind)
    items.insert(at + 1, VersionLine(role=BODY, text=text, level=level, label="新" if level else ""))


def drop(items: Items, *texts: str) -> None:
    """Items are deleted."""
    for text in texts:
        del items[find(items, text)]


def shift(items: Items, text: str, behind: str) -> None:
    """An item is moved behind another."""
    item = items.pop(find(items, text))
    items.insert(find(items, behind) + 1, item)


def sides(outline: OpenOutline, edit: Callable[[Items], None], base: PlanVersion | None = None) -> Sides:
    """What an outline prints, and the same edited."""
    base = base or outline.version()
    items = [*base.items]
    edit(items)
    return sides_of(base, outline.version(), replace(base, items=tuple(items)))


def taken(text: str, edit: Callable[[Items], None], path: str = "") -> Absorbed:
    """The outline `text` with hand edits of what it prints."""
    outline = opened(text, path)
    return absorbed(outline, sides(outline, edit))


def changed(text: str, edit: Callable[[Items], None], path: str = "") -> str:
    """The outline with hand edits, of which none is left out."""
    made = taken(text, edit, path)
    assert not made.left, made.left
    return made.after.decode()


def printed(version: PlanVersion) -> list[str]:
    """The text of each item."""
    return [item.text for item in version.items]


# edits made up


class MadeUp(NamedTuple):
    """A version with edits made up, and the marks that they left."""

    version: PlanVersion
    marks: tuple[str, ...]


def made_up(chance: Random, version: PlanVersion, count: int, mark: str) -> MadeUp:
    """So many edits of the lines of the text: words, lines put in, deleted and moved. What is put in bears marks of its own."""
    items: Items = [*version.items]
    marks = [f"{mark}{chr(0x4E00 + chance.randrange(20_000))}{number}" for number in range(count)]
    for each in marks:
        at = chance.randrange(len(items))
        item = items[at]
        if not isinstance(item, VersionLine) or item.role not in (BODY, *HEADINGS):
            continue
        kind = chance.random()
        if kind < 0.5:
            start = chance.randrange(len(item.text) + 1)
            end = min(start + chance.choice((0, 0, 2, 5)), len(item.text))
            items[at] = replace(item, text=f"{item.text[:start]}{each}{item.text[end:]}")
        elif kind < 0.65:
            del items[at]
        elif kind < 0.8:
            other = items[chance.randrange(len(items))]
            if isinstance(other, VersionLine) and other.role in (BODY, *HEADINGS) and other is not item:
                del items[at]
                items.insert(next(n for n, one in enumerate(items) if one is other), item)
        else:
            level = item.level if kind > 0.9 else 0
            text = f"{each}要落实好。"
            items.insert(at + 1, VersionLine(role=BODY, text=text, level=level, label="新" if level else ""))
    whole = "\n".join(item.text for item in items)
    return MadeUp(replace(version, items=tuple(items)), tuple(each for each in marks if each in whole))


def exact_sides(current: PlanVersion, wanted: PlanVersion) -> Sides:
    """An outline's version and what it should print instead."""
    return joined_sides(current, current, wanted, hand_edits(current, wanted).matching)
