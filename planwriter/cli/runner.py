"""Where a batch is run: on this machine, or on the cluster that --on or the workspace names."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from planwriter.app.batch.batch import Runner, run_here
from planwriter.app.session import Session
from planwriter.cli.show import WrongUse, echo_findings, say
from planwriter.findings import report
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos
from planwriter.system import watch
from planwriter.system.workspace import WORKSPACE_FILE


@contextlib.contextmanager
def chosen_runner(session: Session, on: str | None, form: str) -> Iterator[Runner]:
    """A context with the runner of a batch, in which account is kept of what is read; ends the process if there is no cluster.

    The cluster that a workspace names is not contacted before the user has typed its address once for this workspace.
    """
    with watch.accounted():
        address = _address(session, on)
        if address is None:
            yield run_here
        else:
            yield from _on_cluster(address, form)


def _on_cluster(address: str, form: str) -> Iterator[Runner]:
    from planwriter.app.batch.cluster import connect

    found = connect(address, form)
    if found.value is None:
        echo_findings(found.findings, "human", err=True)
        say("一份也没有生成。", err=True)
        sys.exit(report.exit_code(found.findings))
    try:
        yield found.value.run
    finally:
        found.value.close()
    if found.value.made_here:
        say(f"有 {found.value.made_here} 份是在本机做的：要用的文件没有发到集群上，或者集群断开了。", err=True)


def _address(session: Session, on: str | None) -> str | None:
    """The address of the cluster to be used; None for this machine."""
    named = session.settings.cluster
    if on is None and not named:
        return None
    from planwriter.app.known_sources import is_accepted, remember_source
    from planwriter.app.settings import CLUSTER, is_cluster

    if on is not None:
        if not is_cluster(on):
            raise WrongUse(f"--on 后面要写集群的地址，例如 {CLUSTER}，这里是“{on}”。")
        if on == named:
            remember_source(on, session.folder)
        return on
    if is_accepted(named, session.folder):
        return named
    echo_findings([finding("PW814", Pos(WORKSPACE_FILE), address=named)], "human", err=True)
    return None
