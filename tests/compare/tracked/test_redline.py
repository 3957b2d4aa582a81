"""Two plans as one file with tracked changes: accepting all gives the new one, rejecting all the old one."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionTable
from planwriter.start.records import replace
from tests.compare.office import rendered, word
from tests.compare.redlines import check_pair, random_pair, redlined, words
from tests.documents import document, paragraph
from tests.growth import steps
from tests.hands import Hand, resaved
from tests.revisions import (
    body,
    missing_office,
    missing_validator,
    resolved,
    resolved_by_office,
    texts,
    troubles,
    validated,
)
from tests.support import drafts


def version(data: bytes, *edits: tuple[str, str]) -> PlanVersion:
    """The version in a file with some words replaced."""
    made = word(data)
    items = []
    for item in made.items:
        for old, new in edits:
            if isinstance(item, VersionLine) and old in item.text:
                item = replace(item, text=item.text.replace(old, new))
            elif isinstance(item, VersionTable) and old in item.text:
                item = replace(item, rows=tuple(tuple(cell.replace(old, new) for cell in row) for row in item.rows))
        items.append(item)
    return replace(made, items=tuple(items))


def plan() -> bytes:
    return rendered(drafts()["qingshan-2026"])


def proven(data: bytes, new: PlanVersion) -> bytes:
    made, findings = redlined(data, word(data), new)
    assert findings == ()
    assert troubles(made.data) == []
    assert words(word(resolved(made.data, accept=True))) == words(new)
    assert texts(resolved(made.data, accept=False)) == texts(data)
    return made.data


def changed_words(data: bytes, name: str) -> list[str]:
    return ["".join(each.itertext()) for each in body(data).iter(qn(f"w:{name}")) if "".join(each.itertext())]


def test_numbers_change_as_wholes() -> None:
    made = proven(plan(), version(plan(), ("不少于12次", "不少于15次")))
    assert changed_words(made, "del") == ["12"]
    assert changed_words(made, "ins") == ["15"]


def test_nothing_changed() -> None:
    made, findings = redlined(plan(), word(plan()), word(plan()))
    assert (made.data, made.changes, made.left, findings) == (plan(), 0, 0, ())


def test_what_moves_is_moved() -> None:
    old = word(plan())
    at = next(n for n, each in enumerate(old.items) if isinstance(each, VersionLine) and each.label == "24.")
    items = list(old.items)
    items.insert(at - 6, items.pop(at))
    made = proven(plan(), replace(old, items=tuple(items)))
    assert len(changed_words(made, "moveFrom")) >= 1
    assert changed_words(made, "del") == []
    assert "".join(changed_words(made, "moveFrom")) == "".join(changed_words(made, "moveTo"))


def test_a_file_that_a_hand_edited() -> None:
    hand = Hand(plan())
    hand.replace("不少于12次", "不少于15次", font="楷体")
    hand.add_after("27.推进教育数字化", "另建资源库。年底前用上。")
    data = resaved(hand.save())
    new = word(plan())
    made, findings = redlined(data, word(data), new)
    assert findings == ()
    assert words(word(resolved(made.data, accept=True))) == words(new)
    assert changed_words(made.data, "del")[-1] == "另建资源库。年底前用上。"


def test_what_cannot_be_written_is_said() -> None:
    old = word(plan())
    lost = replace(
        old, items=tuple(replace(each, place=9999) if at == 8 else each for at, each in enumerate(old.items))
    )
    new = version(plan(), (old.items[8].text, "别的话。"))
    made, findings = redlined(plan(), lost, new)
    assert (made.changes, made.left) == (0, 1)
    assert [each.code for each in findings] == ["PW881"]
    assert "跨着几段" in findings[0].message


def test_the_work_grows_with_the_plan() -> None:
    def work(count: int) -> int:
        texts = [f"第{at}项工作在{at % 12 + 1}月前完成，新建{at}所学校。" for at in range(count)]
        later = [each.replace("前完成", "底前完成") if at % 3 else each for at, each in enumerate(texts) if at % 7]
        data = rendered(document(*map(paragraph, texts)))
        old, new = word(data), version_of_plan(document(*map(paragraph, [*later[5:], *later[:5]])), "新")
        return steps(lambda: redlined(data, old, new))

    assert work(120) < 5 * work(30)


def test_random_pairs() -> None:
    written = [check_pair(random_pair(seed)) for seed in range(15)]
    written += [check_pair(random_pair(seed, far=True)) for seed in (2, 3, 4, 6, 7)]
    assert written.count(False) == 1


@pytest.mark.long
def test_two_hundred_random_pairs() -> None:
    """Accepted and rejected by our reader and by LibreOffice, and read by Microsoft's validator."""
    pairs = {f"{seed}": random_pair(seed) for seed in range(150)}
    # of plans without labels that Word counts: where it does, a label that is typed may look like a counted one
    far = (pair for seed in range(1000) if not (pair := random_pair(seed, far=True)).counted)
    pairs |= {f"far-{number}": pair for number, pair in zip(range(50), far, strict=False)}
    whole = {name for name, pair in pairs.items() if check_pair(pair)}
    assert len(whole) > 180
    if not missing_validator():
        found = validated({name: pair.made.data for name, pair in pairs.items()})
        assert {name: each for name, each in found.items() if each} == {}
    if not missing_office():
        files = {name: pair.made.data for name, pair in pairs.items()}
        saved = resolved_by_office(files | {f"{name}-old": pair.data for name, pair in pairs.items()})
        wrong = []
        for name, pair in pairs.items():
            accepted, rejected = (words(word(each), counted=pair.counted) for each in saved[name])
            if rejected != words(word(saved[f"{name}-old"][0]), counted=pair.counted):
                wrong.append(f"{name} rejected")
            if name in whole and accepted != words(pair.new, counted=pair.counted):
                wrong.append(f"{name} accepted")
        assert wrong == []
