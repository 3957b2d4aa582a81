"""Options of the tests."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("planwriter", deadline=None)
settings.load_profile("planwriter")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the kept results anew")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """True where the kept results are to be written anew."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Indexes are made in a folder of the tests' own, in processes that they start too."""
    folder: Path = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        patch.setenv(name, str(folder))
