"""Figures that were edited by hand in a .docx, and what was decided of them: into their targets, or only where they stand."""

from __future__ import annotations

from planwriter.app.open_outline import OpenOutline, open_outline
from planwriter.app.roundtrip.absorb_choices import AbsorbChoices
from planwriter.app.roundtrip.returned import Returned
from planwriter.compare.absorb.figure_edits import FigureEdit, cited_elsewhere, figures_apart
from planwriter.compare.absorb.outline_nodes import outline_map
from planwriter.compare.edits.sides import Sides, merged_sides
from planwriter.compare.versions.from_plan import shown_items
from planwriter.compare.versions.version import PlanVersion
from planwriter.language.figures import Refusal, read_figure
from planwriter.plan.changed import ChangedSentence
from planwriter.source.nodes import Mapping as MappingNode
from planwriter.start.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigure:
    """A figure that was taken into its target, and the sentences that change with it elsewhere."""

    figure: FigureEdit
    sentences: tuple[ChangedSentence, ...]


def figures_here(
    choices: AbsorbChoices, outline: OpenOutline, sides: Sides, theirs: frozenset[tuple[int, int]]
) -> frozenset[tuple[int, int]] | None:
    """The figures that are changed only where they stand; None for all."""
    if choices.numbers == "这里" and not choices.figures:
        return None
    chosen = {each for each, said in choices.figures.items() if said == "这里"}
    if choices.numbers == "这里":
        chosen |= {each[:2] for each in _figures(outline, sides, theirs) if each[:2] not in choices.figures}
    return frozenset(chosen)


def _figures(outline: OpenOutline, sides: Sides, theirs: frozenset[tuple[int, int]]) -> tuple[FigureEdit, ...]:
    parts = [part.role for part in outline.plan.outline.parts] if outline.plan.outline else []
    lines = outline_map(outline.tree, parts, shown_items(outline.document))
    return figures_apart(sides, merged_sides(sides, theirs), lines, frozenset()).figures


def with_set_figures(
    outline: OpenOutline, sides: Sides, base: PlanVersion, returned: Returned, choices: AbsorbChoices
) -> tuple[OpenOutline, tuple[SetFigure, ...], tuple[tuple[FigureEdit, str], ...]]:
    """The outline with the figures that go into their targets, these, and those that could not, with the reasons."""
    known = {item.text for item in returned.edited.items}
    done: list[SetFigure] = []
    left: list[tuple[FigureEdit, str]] = []
    values: dict[tuple[str, tuple[str, ...]], str] = {}
    figures = _figures(outline, sides, choices.theirs)
    for figure in figures:
        said = choices.figures.get((figure.key, figure.nth), choices.numbers)
        name = (figure.target, figure.path)
        if said != "这里" and read_figure(figure.before) == read_figure(figure.after):
            left.append((figure, "数没有变，只是写法不同，照提纲里的写"))
            continue
        if said == "问":
            if not figure.target or cited_elsewhere(sides, figure, figures):
                continue
            said = "指标"
        if said != "指标":
            continue
        if not figure.target:
            left.append((figure, "这个数是算出来的，只能改在这里"))
        elif values.setdefault(name, figure.after) != figure.after:
            left.append((figure, f"同一个指标在别处改成了“{values[name]}”"))
        elif not any(each.figure[2:4] == name for each in done):
            made = _figure_set(outline, figure)
            if isinstance(made, str):
                left.append((figure, made))
            else:
                outline, sentences = made
                others = tuple(
                    each for each in sentences if each.after and not any(each.after in text for text in known)
                )
                done.append(SetFigure(figure=figure, sentences=others))
    return outline, tuple(done), tuple(left)


def _figure_set(outline: OpenOutline, figure: FigureEdit) -> tuple[OpenOutline, tuple[ChangedSentence, ...]] | str:
    """The outline with a target that has the edited figure, and the sentences that change with it; else the reason why not."""
    from planwriter.app.target_edit import set_values
    from planwriter.app.target_list import TargetSource

    targets = outline.tree.entries.get("指标")
    old, new = read_figure(figure.before), read_figure(figure.after)
    if not isinstance(targets, MappingNode) or figure.target not in targets.entries:
        return "指标在工作簿里，用 planwriter targets set 改"
    if isinstance(old, Refusal) or isinstance(new, Refusal):
        return f"“{figure.after}”不是一个数"
    if (old.unit, old.bound) != (new.unit, new.bound):
        return "单位或者“不低于”这样的字也改了，在“指标”里自己改"
    source = TargetSource(
        path=outline.path or outline.shown,
        data=outline.data,
        plan=outline.plan,
        tree=outline.tree,
        targets=targets,
    )
    made = set_values(outline.session, source, {figure.target: {figure.path: new._replace(unit="", bound="").plain}})
    told = made.findings
    if made.value is not None:
        again = open_outline(outline.session, made.value.after, outline.shown, outline.path)
        if again.value is not None:
            return again.value, made.value.sentences
        told = again.findings
    return told[0].message.rstrip("。") if told else "改了它会牵动别处"
