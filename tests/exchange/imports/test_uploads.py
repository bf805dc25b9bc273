"""An upload is read as a file on disk is: by its name and its bytes, and it stays open."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from claims.exchange.imports.reading import open_sheets
from claims.exchange.imports.sheets import Faults

from .hostile_files import TOPICS, zipped
from .reading import cells_of


def on_disk(name: str, data: bytes) -> TemporaryUploadedFile:
    made = TemporaryUploadedFile(name, "text/csv", len(data), None)
    made.write(data)
    return made


@pytest.mark.parametrize("made", [SimpleUploadedFile, on_disk])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("topics.csv", TOPICS.encode()),
        ("topics.csv", TOPICS.encode("utf-16")),
        ("topics.NDJSON", b'{"slug": "un", "name": "UN"}'),
        ("all.zip", zipped({"topics.csv": TOPICS})),
    ],
)
def test_it_is_read_wherever_django_has_put_it(
    made: Callable[[str, bytes], Any], name: str, data: bytes
):
    stream = made(name, data)

    assert cells_of(stream) == [{"slug": "un", "name": "UN"}]
    assert not stream.closed
    assert cells_of(stream) == [{"slug": "un", "name": "UN"}]


def test_one_without_a_name_needs_a_table():
    faults = Faults()

    assert open_sheets([BytesIO(TOPICS.encode())], faults) == []
    assert str(faults.told[0]).startswith("upload:1: There is no table “upload”")
    assert cells_of(BytesIO(TOPICS.encode()), table="topics") == [{"slug": "un", "name": "UN"}]
