"""Makes a plan with docxtpl: with_docxtpl.py TEMPLATE PLAN OUTPUT. PLAN holds the text and the figures, TEMPLATE the layout."""

import sys

import yaml
from docxtpl import DocxTemplate


def main(template: str, plan: str, output: str) -> None:
    """Renders the plan."""
    with open(plan, "rb") as file:
        context = yaml.load(file, yaml.CSafeLoader)
    document = DocxTemplate(template)
    document.render(context)
    document.save(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
