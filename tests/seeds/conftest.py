"""The seeds, read in through the importer as anybody would."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

SEEDS = Path(settings.BASE_DIR) / "seeds"


@pytest.fixture(scope="module")
def seeds_of_all(rows_for_all: Callable[..., str]) -> str:
    said = io.StringIO()
    with redirect_stdout(said):
        rows_for_all(lambda: call_command("import_claims", str(SEEDS)))
    return said.getvalue()


@pytest.fixture
def seeds(seeds_of_all: str, db: None) -> str:
    """Imports the seeds; the value is what the importer said."""
    return seeds_of_all
