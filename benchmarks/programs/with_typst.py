"""Makes PDFs with Typst: with_typst.py FONTS FOLDER PLAN.json …. FONTS is the folder of the fonts; the layout is plan.typ."""

import sys
from pathlib import Path

import typst

LAYOUT = Path(__file__).with_name("plan.typ")


def main(fonts: str, folder: str, *plans: str) -> None:
    """Writes a PDF for each plan into the folder, all with one compiler."""
    compiler = typst.Compiler(str(LAYOUT), root="/", font_paths=[fonts])
    for plan in plans:
        output = Path(folder) / f"{Path(plan).stem}.pdf"
        compiler.compile(output=str(output), sys_inputs={"plan": str(Path(plan).resolve())})


if __name__ == "__main__":
    main(*sys.argv[1:])
