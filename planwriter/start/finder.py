"""Finds the modules of planwriter in less time than Python does, for a run that is short.

Python's own finder is made for every kind of module, and half of what an import costs is spent there. This one knows one
kind: a module whose compiled file stands beside its source and belongs to it, by the source's time and size. All else (a
source that was changed, a folder without compiled files, a zip archive) it leaves to Python's.
"""

from __future__ import annotations

import _frozen_importlib as bootstrap  # importlib.machinery without the import of importlib
import _frozen_importlib_external as bootstrap_external
import _imp
import io
import marshal
import os
import sys

from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from types import CodeType, ModuleType
else:
    ModuleSpec = bootstrap.ModuleSpec
    SourceFileLoader = bootstrap_external.SourceFileLoader

_PACKAGE = __name__.partition(".")[0] + "."
_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SOURCE = ".py"
_COMPILED = f".{sys.implementation.cache_tag}.pyc"
_HEADER = 16
"""Bytes before the code in a compiled file (PEP 552): the version, flags, and the time and the size of the source."""
_VERSION = bootstrap_external.MAGIC_NUMBER
_FLAGS = bytes(4)


def install() -> None:
    """From now on modules of planwriter are looked for here first. Nothing happens where compiled files have other names."""
    usual = sys.pycache_prefix is None and not sys.flags.optimize and sys.implementation.name == "cpython"
    if usual and isinstance(__spec__.loader, SourceFileLoader) and Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)


class Finder:
    """A meta path finder (PEP 451)."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's spec with its code read, or None for Python's own finder to look."""
        if not name.startswith(_PACKAGE):
            return None
        place = os.sep.join((_FOLDER, *name.split(".")[1:]))
        found = _code_of(place)
        if found:
            return _spec(name, *found)
        found = _code_of(place + os.sep + "__init__")
        if not found:
            return None
        package = _spec(name, *found)
        package.submodule_search_locations = [place]
        return package


class _Loader(SourceFileLoader):
    """Python's loader of a source file, with the code at hand."""

    code: CodeType | None = None

    def get_code(self, fullname: str) -> CodeType | None:
        code, self.code = self.code, None  # run once, and not kept
        return code or super().get_code(fullname)


def _spec(name: str, source: str, compiled: str, code: CodeType) -> ModuleSpec:
    loader = _Loader(name, source)
    loader.code = code
    spec = ModuleSpec(name, loader, origin=source)
    spec.cached = compiled
    spec.has_location = True
    return spec


def _code_of(place: str) -> tuple[str, str, CodeType] | None:
    """The source's and the compiled file's path and the code, for a path without its ending."""
    source = place + _SOURCE
    folder, _, last = place.rpartition(os.sep)
    compiled = f"{folder}{os.sep}__pycache__{os.sep}{last}{_COMPILED}"
    try:
        stat = os.stat(source)
        with io.FileIO(compiled) as file:
            data = file.read()
    except OSError:
        return None
    if data[:_HEADER] != _VERSION + _FLAGS + _word(int(stat.st_mtime)) + _word(stat.st_size):
        return None
    code = marshal.loads(memoryview(data)[_HEADER:])  # the file that Python itself would run
    _imp._fix_co_filename(code, source)  # type: ignore[attr-defined]
    return source, compiled, code


def _word(number: int) -> bytes:
    return (number & 0xFFFFFFFF).to_bytes(4, "little")
