"""Makes many documents with docxtpl in one process: many_docxtpl.py TEMPLATE CONTEXTS FOLDER.

CONTEXTS is a JSON file with a list of contexts. Each document gets a new DocxTemplate, as docxtpl's documentation has it. The
program prints the seconds for all documents but the first. It writes them into FOLDER afterwards.
"""

import io
import json
import sys
import time
from pathlib import Path

from docxtpl import DocxTemplate


def main(template: str, contexts: str, folder: str) -> None:
    """Makes the documents; the template and the contexts are read only once."""
    data = Path(template).read_bytes()
    given = json.loads(Path(contexts).read_bytes())
    made = [_make(data, given[0])]
    start = time.perf_counter()
    made += [_make(data, context) for context in given[1:]]
    print(time.perf_counter() - start)
    for number, each in enumerate(made):
        (Path(folder) / f"{number:05}.docx").write_bytes(each)


def _make(template: bytes, context: dict[str, object]) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.render(context)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])
