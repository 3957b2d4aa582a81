"""`python -m planwriter.writers.docx.store` makes the base packages stored beside templates/layouts/*.yaml anew."""

from __future__ import annotations

from planwriter.layout.find import known_layouts, load_layout, stored_path
from planwriter.system import files
from planwriter.writers.docx.base import make_base


def store_bases() -> None:
    """Makes the stored bases anew; run it where the package lies in its repository."""
    for known in known_layouts():
        stored = load_layout(known.name).value
        if stored is None:
            raise SystemExit(f"{known.name}: not a layout")
        target = stored_path(known.name)
        failed = files.write_file(target, make_base(stored.layout))
        print(failed.message if failed else target)


if __name__ == "__main__":
    store_bases()
