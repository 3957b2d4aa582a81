"""Makes many documents in one process: many_planwriter.py OUTLINES FOLDER.

It does the whole work for each outline of the folder OUTLINES, from its text to the bytes of the .docx with all checks, and
prints the seconds for all but the first. It writes the documents into FOLDER afterwards.
"""

import gc
import sys
import time
from pathlib import Path

from planwriter.app import outputs, plans
from planwriter.app.session import Session


def main(outlines: str, folder: str) -> None:
    """Makes and writes the documents; the outlines are read from the disk before the measured time."""
    gc.disable()  # as planwriter's own program does, whose processes run like this one
    paths = sorted(Path(outlines).glob("*.yaml"))
    texts = [path.read_bytes() for path in paths]
    session = Session()
    session.remember(outlines=True)  # as `render` does for several outlines
    made = [_make(session, texts[0], paths[0].name)]
    start = time.perf_counter()
    made += [_make(session, text, path.name) for text, path in zip(texts[1:], paths[1:], strict=True)]
    print(time.perf_counter() - start)
    for path, data in zip(paths, made, strict=True):
        (Path(folder) / f"{path.stem}.docx").write_bytes(data)


def _make(session: Session, text: bytes, name: str) -> bytes:
    plan = plans.plan_bytes(session, text, name)
    rendered = outputs.render_plan(session, plan, "docx").value
    if rendered is None:
        sys.exit("\n".join(each.message for each in plan.findings))
    return rendered


if __name__ == "__main__":
    main(*sys.argv[1:])
