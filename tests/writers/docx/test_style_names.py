from __future__ import annotations

import io

import docx

from planwriter.writers.docx.markup import CHARACTER_STYLES, PARAGRAPH_STYLES
from planwriter.writers.docx.style_names import CHARACTER_STYLE_NAMES, STYLE_NAMES
from tests.support import drafts, render


def test_every_style_of_a_document_has_the_name_of_its_role() -> None:
    data = render(drafts()["first"], "docx").value
    assert data is not None
    names = {each.style_id: each.element.name_val for each in docx.Document(io.BytesIO(data)).styles}
    for roles, identifiers in ((STYLE_NAMES, PARAGRAPH_STYLES), (CHARACTER_STYLE_NAMES, CHARACTER_STYLES)):
        assert roles.keys() == identifiers.keys()
        assert {identifiers[role]: names[identifiers[role]] for role in roles} == {
            identifiers[role]: name for role, name in roles.items()
        }
