"""`python -m planwriter.writers.docx.store` rebuilds the base packages stored next to templates/layouts/*.yaml."""

from __future__ import annotations

from planwriter.layout.find import known_layouts, load_layout, stored_path
from planwriter.system import files
from planwriter.writers.docx.base import make_base


def store_bases() -> None:
    """Rebuilds the stored bases; to be run from a checkout of the repository."""
    for known in known_layouts():
        stored = load_layout(known.name).value
        if stored is None:
            raise SystemExit(f"{known.name}: not a layout")
        target = stored_path(known.name)
        failed = files.write_file(target, make_base(stored.layout))
        print(failed.message if failed else target)


if __name__ == "__main__":
    store_bases()
