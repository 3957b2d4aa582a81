"""Documents per second in one process, for documents that differ in their targets; the contestants take turns."""

from __future__ import annotations

import gc
import io
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from docx.document import Document as DocumentObject
from docxtpl import DocxTemplate

from benchmarks import inputs, layout, stage
from planwriter.app import outputs, plans
from planwriter.app.session import Session

Make: TypeAlias = Callable[[int], bytes]


def makers(outline_file: Path) -> dict[str, Make]:
    """For each contestant, a function from a number to the bytes of the document with that number; planwriter first."""
    plan = inputs.read(outline_file)
    outline, kind = plan.outline, plan.kind
    assert outline is not None and kind is not None
    if not outline.targets:
        raise inputs.Unfit(f"{outline_file} has no targets to vary")
    holes = inputs.with_holes(outline, kind)
    looping, written = _saved(layout.looping_template()), _saved(_written_template(holes))
    session = Session()

    def planwriter(number: int) -> bytes:
        document = plans.plan_outline(session, inputs.vary(outline, number), kind).value[1]
        rendered = outputs.render(session, document, "docx").value
        assert rendered is not None
        return rendered

    def docxtpl_written(number: int) -> bytes:
        return _render(written, dict(inputs.figures(inputs.vary(outline, number))))

    def docxtpl_looping(number: int) -> bytes:
        figures = inputs.figures(inputs.vary(outline, number))
        filled = [
            {"role": each.role, "lead": _fill(each.lead, figures), "text": _fill(each.text, figures)} for each in holes
        ]
        return _render(looping, {"paragraphs": filled})

    return {"planwriter": planwriter, "docxtpl, text in template": docxtpl_written, "docxtpl, loop": docxtpl_looping}


def _saved(document: DocumentObject) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _written_template(holes: list[inputs.Paragraph]) -> DocumentObject:
    """A template with the text of the plan, as typed in Word, and with `{{ t0 }}` … instead of the figures."""
    document = layout.blank()
    styles = {"title": "Title", **{f"heading{level}": f"Heading {level}" for level in range(1, 5)}}
    for each in holes:
        paragraph = document.add_paragraph(style=styles.get(each.role, "Normal"))
        if each.lead:
            paragraph.add_run(each.lead, style=f"Lead {each.role[-1]}")
        paragraph.add_run(each.text)
    return document


def _render(template: bytes, context: dict[str, object]) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.render(context)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(text: str, figures: dict[str, str]) -> str:
    if "{{" in text:
        for name, figure in figures.items():
            text = text.replace(f"{{{{ {name} }}}}", figure)
    return text


def check(made: dict[str, Make]) -> None:
    """Raises Unfit unless all contestants make the same document for each number, and different ones for different numbers."""
    seen = set()
    for number in (0, 7):
        texts = [stage.texts_of(make(number)) for make in made.values()]
        for name, each in zip(made, texts, strict=True):
            if each != texts[0]:
                raise inputs.Unfit(f"{name} made another document: {stage.difference(texts[0], each)}")
        seen.add("\n".join(texts[0]))
    if len(seen) < 2:
        raise inputs.Unfit("the documents do not differ: no target is cited")


def rates(made: dict[str, Make], documents: int, rounds: int) -> dict[str, list[float]]:
    """The documents per second of each contestant in each round; in a round each contestant makes all documents in turn."""
    found: dict[str, list[float]] = {name: [] for name in made}
    for make in made.values():
        make(0)
    for _ in range(rounds):
        for name, make in made.items():
            gc.collect()
            found[name].append(documents / _seconds(make(number) for number in range(documents)))
    return found


def _seconds(work: Iterator[bytes]) -> float:
    start = time.perf_counter()
    for _ in work:
        pass
    return time.perf_counter() - start


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median, over the rounds, of our rate divided by theirs."""
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
