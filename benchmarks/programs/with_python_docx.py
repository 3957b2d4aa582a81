"""Makes a plan with python-docx alone: with_python_docx.py BLANK PLAN OUTPUT. BLANK holds the page and the styles."""

import sys

import docx
import yaml

STYLES = {
    "title": "Title",
    "heading1": "Heading 1",
    "heading2": "Heading 2",
    "heading3": "Heading 3",
    "heading4": "Heading 4",
}


def main(blank: str, plan: str, output: str) -> None:
    """Writes the plan."""
    with open(plan, "rb") as file:
        paragraphs = yaml.load(file, yaml.CSafeLoader)["paragraphs"]
    document = docx.Document(blank)
    for each in paragraphs:
        paragraph = document.add_paragraph(style=STYLES.get(each["role"], "Normal"))
        if each["lead"]:
            paragraph.add_run(each["lead"], style="Lead " + each["role"][-1])
        paragraph.add_run(each["text"])
    document.save(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
