"""What several stories share."""

from pathlib import Path

import pytest

from tests.stories.writers import make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every command of `WRITERS` has something to do."""
    return make_template(tmp_path_factory.mktemp("template"))
