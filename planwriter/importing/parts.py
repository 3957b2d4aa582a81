"""Which chapters of a plan are its 总体要求, its 重点任务 and its 保障措施, and what stands before and behind them."""

from __future__ import annotations

from planwriter.importing.structure import Entry, Leaf, SectionEntry
from planwriter.outline.kind import Kind
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_MAX_TITLE = 16
_OPENING = regex(
    r"总体(?:要求|思路|目标|思想|部署|构想)|指导思想|基本原则|工作原则|(?:工作|主要|发展|行动|总体|预期|具体|年度|总)?目标(?:任务|要求)?|工作思路|总要求|编制依据|背景|重要意义|重大意义|形势|现状|发展基础|适用范围|明确范围|总则|考评对象|认识"
)
_SUPPORTING = regex(
    r"保障|组织(?:领导|实施|推进)|工作要求|有关要求|相关要求|具体要求|实施要求|组织|监督|考核|附则|其他事项|落实(?:到位|见效|落地)?$|执行力|落地见效$"
)
_LEAD = regex(
    r"总体要求|总体思路|工作思路|总要求|指导思想|总体目标|(?:以|坚持|高举|全面贯彻|深入贯彻|认真贯彻).{0,60}(?:指导|思想|精神|要求)"
)
_PREFACE = regex(
    r"(?:制定|提出|实施).{0,6}(?:以下|如下)|(?:制定|制订|特制定|提出|编制|印发|形成)(?:了)?(?:以下|如下|本|此|该|实施|工作)|现(?:就|将|结合|提出|制定)|如下[。：:]?$|以下意见|(?<![一-鿿、])为.{2,80}[，,]"
)
_CLOSING = regex(
    r"(?:各(?:地|县|区|市|州|镇|乡|街道|级|有关|相关|责任|牵头|成员|部门|单位|学校|科|股|处|省)|本(?:方案|要点|计划|意见|办法|通知|政策|规划|行动)|请(?:各|于|将|认真)|以上|此(?:件|前|方案)|特此|附件|联系人|联系电话|自(?:发布|印发))"
)


class Divided(NamedTuple):
    """The entries of a plan by part; preface and closing are paragraphs."""

    preface: list[Leaf]
    parts: dict[str, list[Entry]]
    closing: list[Leaf]


def divide(entries: list[Entry], kind: Kind, *, ends_plan: bool = True) -> Divided:
    """The entries of a plan, each in one part of the kind's skeleton, in their order."""
    first = next((at for at, each in enumerate(entries) if not _is_paragraph(each)), len(entries))
    leads = [each for each in entries[:first] if isinstance(each, Leaf)]
    body = entries[first:]
    roles = kind.roles
    opening_role, task_role, support_role = roles[0], roles[min(1, len(roles) - 1)], roles[-1]
    closing = take_closing(body) if ends_plan else []
    chapters = [at for at, each in enumerate(body) if isinstance(each, SectionEntry)]
    top = min((body_level(body[at]) for at in chapters), default=0)
    heads = [at for at in chapters if body_level(body[at]) == top]
    begun = _opening(body, heads, kind)
    ended = _supporting(body, heads, kind, begun)
    preface, lead = (leads, []) if begun else _lead_paragraphs(leads)
    parts: dict[str, list[Entry]] = {}
    opening = [*lead, *body[:begun]]
    if not body:
        preface, opening, body = [], [], [*leads]
        ended = len(body)
    for role, each in ((opening_role, opening), (task_role, body[begun:ended]), (support_role, body[ended:])):
        if each:
            parts.setdefault(role, []).extend(each)
    return Divided(preface, parts, closing)


def body_level(entry: Entry) -> int:
    """The level of a section; 0 for anything else."""
    return entry.level if isinstance(entry, SectionEntry) else 0


def _is_paragraph(entry: Entry) -> bool:
    return isinstance(entry, Leaf) and entry.table is None


def _title(entry: Entry) -> str:
    """The title of a section, or what its text begins with; one before a colon stands for both."""
    if not isinstance(entry, SectionEntry):
        return ""
    title = entry.title or (entry.texts[0] if entry.texts else "")
    head = title.replace(":", "：").partition("：")[0]
    return head if len(head) <= _MAX_TITLE else title


def _opening(body: list[Entry], heads: list[int], kind: Kind) -> int:
    """The index behind the last of the first chapters that say what the plan is for; 0 if none does."""
    if len(heads) < 2:
        return 0
    synonyms = kind.skeleton[0].synonyms
    end = 0
    for nth, at in enumerate(heads[:-1]):
        title = _title(body[at])
        if not (_matches(title, synonyms) or (len(title) <= _MAX_TITLE and _OPENING.search(title))):
            break
        end = heads[nth + 1]
    return end


def _supporting(body: list[Entry], heads: list[int], kind: Kind, begun: int) -> int:
    """The index of the first of the last chapters that say how the plan is carried out; the end if none does."""
    synonyms = kind.skeleton[-1].synonyms
    end = len(body)
    tasks = [at for at in heads if at >= begun]
    for at in reversed(tasks[1:]):
        title = _title(body[at])
        if not (_matches(title, synonyms) or _SUPPORTING.search(title[:40])):
            break
        end = at
    return end


def _matches(title: str, synonyms: tuple[str, ...]) -> bool:
    return title.strip("：:。 ") in synonyms


def _lead_paragraphs(leads: list[Leaf]) -> tuple[list[Leaf], list[Leaf]]:
    """The paragraphs before the first chapter: those of the preface, and those that state the general demands."""
    for at, each in enumerate(leads):
        is_last = at + 1 == len(leads)
        is_preface = _PREFACE.search(each.text[-60:]) is not None
        demands = _LEAD.search(each.text[:120])
        if demands and is_preface and is_last and demands.start():
            break
        if demands and (is_last or not is_preface):
            return leads[:at], leads[at:]
    if len(leads) == 1 and not _PREFACE.search(leads[0].text[-60:]):
        return [], leads
    return leads, []


def take_closing(body: list[Entry]) -> list[Leaf]:
    """Takes from the last section the paragraphs that speak for the whole plan."""
    taken: list[Leaf] = []
    if any(isinstance(entry, SectionEntry) for entry in body):
        while isinstance(leaf := body[-1], Leaf) and leaf.table is None:
            taken.insert(0, leaf)
            body.pop()
    last = _last_section(body)
    if last is None:
        return taken
    if last.children:
        while (
            last.children
            and isinstance(leaf := last.children[-1], Leaf)
            and leaf.table is None
            and _CLOSING.match(leaf.text)
        ):
            taken.insert(0, leaf)
            last.children.pop()
        return taken
    keep = 1 if last.texts else 0
    while len(last.texts) > keep and last.duty is None and _CLOSING.match(last.texts[-1]):
        taken.insert(0, Leaf(line=last.line, text=last.texts.pop()))
    return taken


def _last_section(body: list[Entry]) -> SectionEntry | None:
    """The section in which the last line stands."""
    last: SectionEntry | None = None
    while body and isinstance(body[-1], SectionEntry):
        last = body[-1]
        body = last.children
    return last
