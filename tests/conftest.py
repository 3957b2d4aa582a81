"""Options of the tests, and the order in which they run."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from planwriter.system.office import find_soffice
from tests.once import parse_once

settings.register_profile("fixed", deadline=None, derandomize=True, database=None)
settings.register_profile("random", deadline=None)
settings.load_profile("fixed")
parse_once()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for a job in the background, whose processes inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

_LAST = ("kill", "libreoffice")
"""Markers of tests that run after the others, in this order."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the kept results anew")


def rank(item: pytest.Item) -> int:
    """The place of a test's marks in `_LAST`, counted from 1; 0 without one of them."""
    return max((_LAST.index(mark.name) + 1 for mark in item.iter_markers() if mark.name in _LAST), default=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests that weigh on the machine last, and skips those of a LibreOffice that is not there."""
    items.sort(key=rank)
    if find_soffice() is None:
        for item in items:
            if item.get_closest_marker("libreoffice"):
                item.add_marker(pytest.mark.skip(reason="LibreOffice (soffice) is not installed"))


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """True if the kept results are to be written anew."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(autouse=True, scope="session")
def own_clock() -> None:
    """It is always the same time, also for processes that the tests start: what is written in two ways can be compared."""
    pytest.MonkeyPatch().setenv("SOURCE_DATE_EPOCH", "1798761600")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Indexes and settings are stored in temporary folders, also by processes that the tests start."""
    folder: Path = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        patch.setenv(name, str(folder))
    patch.setenv("PLANWRITER_CONFIG", str(tmp_path_factory.mktemp("settings")))
