from pathlib import Path

import pytest

from .desk import put_desk, take_in


@pytest.fixture
def desk(db: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small desk that has been imported."""
    folder = put_desk(tmp_path_factory.mktemp("desk"))
    take_in(folder)
    return folder
