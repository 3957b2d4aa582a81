"""The words that are printed before and after a text of an outline, by its role.

`plan/flow` and the writers print them from this table, and `checks/added_words` looks for texts that have them already.
"""

from __future__ import annotations

from planwriter.model.walk import TextRole
from planwriter.start.named_tuple import NamedTuple


class Added(NamedTuple):
    """What is printed before and after a text, or before the first and after the last of several."""

    before: str = ""
    after: str = ""

    def around(self, text: str) -> str:
        """The text as it is printed."""
        return f"{self.before}{text}{self.after}"


ADDED = {
    TextRole.ISSUER: Added(after="文件"),
    TextRole.APPROVER: Added(before="签发人："),
    TextRole.RECIPIENT: Added(after="："),
    TextRole.PLAN_TITLE: Added("《", "》"),
    TextRole.ATTACHMENT_TITLE: Added(before="附件："),
    TextRole.NOTE: Added("（", "）"),
    TextRole.COPY: Added(before="抄送：", after="。"),
    TextRole.PRINT_DATE: Added(after="印发"),
    TextRole.LEAD: Added(before="责任单位："),
    TextRole.SUPPORT: Added(before="配合单位："),
    TextRole.DEADLINE: Added(before="完成时限："),
}
"""The title of a plan stands in book-title marks in its notice; units and deadline are printed in one pair of brackets."""
DUTY_NOTE = Added("（", "）")
