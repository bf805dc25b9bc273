"""The seeds, read in through the importer as anybody would."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

SEEDS = Path(settings.BASE_DIR) / "seeds"


@pytest.fixture
def seeds(db: None, capsys: pytest.CaptureFixture[str]) -> str:
    """Imports the seeds; the value is what the importer said."""
    call_command("import_claims", str(SEEDS))
    return capsys.readouterr().out
