"""An outline opened to be changed: its bytes, its tree and its document together."""

from __future__ import annotations

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.finding import Result, has_errors
from planwriter.model import Document
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping as MappingNode
from planwriter.start.records import dataclass


@dataclass(slots=True, kw_only=True)
class OpenOutline:
    """An outline that can be changed: its bytes, its tree and its document."""

    session: Session
    path: str
    shown: str
    data: bytes
    tree: MappingNode
    plan: plans.Plan
    document: Document
    draft: bool = False
    """True if it is not finished, so that no document but a draft can be made of it."""

    def version(self) -> PlanVersion:
        """What a reader sees of it."""
        return version_of_plan(self.document, self.shown)


def open_outline(session: Session, data: bytes, shown: str, path: str) -> Result[OpenOutline | None]:
    """An outline in memory; None, with the findings, if no document can be made of it."""
    tree = load_tree(data, shown, OUTLINE_KEYS)
    loaded = plans.LoadedOutline(tree, shown, path)
    plan = plans.plan_tree(session, loaded)
    draft = has_errors(plan.findings)
    if draft:
        plan = plans.plan_tree(session, loaded, draft=True)
    if tree.value is None or plan.document is None or has_errors(plan.findings):
        return Result(None, plan.findings)
    made = OpenOutline(
        session=session,
        path=path,
        shown=shown,
        data=data,
        tree=tree.value,
        plan=plan,
        document=plan.document,
        draft=draft,
    )
    return Result(made)
