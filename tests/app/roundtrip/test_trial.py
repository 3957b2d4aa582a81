"""Changes are tried by printing the outline: many at once where that goes, and each is done or left with its reason."""

from __future__ import annotations

import pytest

from planwriter.app.roundtrip.trial import absorbed
from planwriter.app.session import Session
from planwriter.start.records import replace
from tests.absorbing import Items, exact_sides, opened, retype
from tests.support import outline


def test_a_long_plan_takes_few_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of a sound plan are tried once, together; one that fails costs the logarithm of their number."""
    from planwriter.app import plans

    calls: list[bytes] = []
    real = plans.plan_bytes

    def counted(session: Session, data: bytes, shown: str, *, draft: bool, path: str) -> plans.Plan:
        calls.append(data)
        return real(session, data, shown, draft=draft, path=path)

    monkeypatch.setattr(plans, "plan_bytes", counted)
    tasks = "重点任务:\n  - 章: 办学\n    内容:\n" + "".join(
        f"      - 条: 第{at}项\n        文: 办好第{at}件事。\n" for at in range(64)
    )
    one = opened(outline(tasks))

    def edit(items: Items) -> None:
        for at in range(64):
            retype(items, f"办好第{at}件事", f"做好第{at}件事")

    items = [*one.version().items]
    edit(items)
    wanted = replace(one.version(), items=tuple(items))
    assert len(absorbed(one, exact_sides(one.version(), wanted)).done) == 64 and len(calls) == 1
