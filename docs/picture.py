"""Makes docs/images/first-page.png and second-page.png from the first example, with LibreOffice and substitute fonts.

Run `python docs/picture.py` from the root of the project; `make picture` installs what it needs from pip.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from planwriter.app import outputs, plans  # noqa: E402
from planwriter.app.session import Session  # noqa: E402
from tests import pages  # noqa: E402


def main() -> None:
    """Writes the pictures, or exits with a message on what is missing."""
    if reason := pages.missing():
        sys.exit(f"no picture: {reason}")
    path = str(ROOT / "examples" / "first.yaml")
    session = Session().at(path)
    plan = plans.plan_file(session, path)
    assert plan.document is not None
    data = outputs.render(session, plan.document, "docx").value
    assert data is not None
    with tempfile.TemporaryDirectory() as folder:
        pictures = pages.to_pngs(pages.to_pdf(data, Path(folder)), 70)
        target = ROOT / "docs" / "images"
        target.mkdir(exist_ok=True)
        for name, picture in zip(("first", "second"), pictures, strict=False):
            shutil.copyfile(picture, target / f"{name}-page.png")


if __name__ == "__main__":
    main()
