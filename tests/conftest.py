"""Options of the tests."""

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
