"""render with several outlines: shows what became of each, in their order, and how many were up to date."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.app.batch.batch import Runner
from planwriter.app.batch.delivery import Delivery, Planned
from planwriter.app.batch.outline_batch import Outlines
from planwriter.cli.show import say, show_rendered
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import interrupts

if TYPE_CHECKING:
    from planwriter.sharing.store import Store


def render_many(
    batch: Outlines,
    targets: Sequence[str],
    runner: Runner,
    *,
    force: bool,
    everything: bool,
    store: Store | None = None,
) -> int:
    """Makes the document of each outline; returns the exit code."""
    findings: list[Finding] = []
    count = len(batch.paths)
    orders = [Planned(target, path) for target, path in zip(targets, batch.paths, strict=True)]
    with interrupts.noted() as stopped:
        options = (batch.draft, batch.unit, batch.final)
        delivery = Delivery(
            batch,
            orders,
            options,
            force=force,
            everything=everything,
            runner=runner,
            store=store,
        )
        done = 0
        for outcome in delivery.run(stopped):
            done += 1
            path, progress = batch.paths[outcome.job], f"[{outcome.job + 1}/{count}] "
            show_rendered(path, outcome.target, outcome.findings, outcome.done, progress)
            findings += outcome.findings
        left = len(delivery.wanted) - done
        is_cut = stopped() and left > 0
    if delivery.skipped:
        say(skipped_line(delivery.skipped))
    if is_cut:
        say(f"已中断：排到第 {delivery.wanted[done - 1] + 1 if done else 0} 份，后面 {left} 份没有排。", err=True)
        return interrupts.EXIT_CODE
    return report.exit_code(findings)


def skipped_line(count: int) -> str:
    """Says how many documents were not made since they are up to date."""
    return f"已是最新，跳过 {count} 份；要全部重做，加 --all。"
