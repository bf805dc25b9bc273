"""Every address of the API, from the document that describes them, with rows that they lead to."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from claims import curation
from claims.models import Ledger
from tests.exchange.imports.uploading import bring
from tests.factories import (
    assess,
    edit,
    link,
    make_claim,
    make_collection,
    make_revision,
    make_source,
    make_speaker,
    make_topic,
)

ROOT = "/api/v1/"
NEEDED = {"stats/": "?group_by=status"}  # parameters without which there is no answer


@cache
def document() -> dict[str, Any]:
    with GENERATOR_STATS.silence():
        return dict(SchemaGenerator().get_schema(request=None, public=True))


def addresses(*methods: str) -> list[tuple[str, str]]:
    """Each method and path under the root, of `methods` or of all."""
    return sorted(
        (method, path.removeprefix(ROOT))
        for path, operations in document()["paths"].items()
        for method in operations
        if not methods or method in methods
    )


def make_rows() -> dict[str, Any]:
    """Rows to be read at such paths, by the names in them: all that have a slug have the same, and
    so have a claim's rows that have a uid."""
    source = make_source(slug="ada")
    claim = make_claim(
        speaker=make_speaker(slug="ada"),
        source=source,
        topics=[make_topic(slug="ada")],
        collections=[make_collection(slug="ada")],
    )
    row = uuid4()
    again = {"said_on": "2020-03", "source": source}
    shown = {"kind": "report", "stance": "supports", "summary": "It was opened.", "source": source}
    edit(
        claim,
        appearances=[curation.RowWrite(uid=row, values=again)],
        evidence=[curation.RowWrite(uid=row, values=shown)],
    )
    link(claim, make_claim(), "repeats", uid=row)
    make_revision(claim)
    administrator = User.objects.filter(is_superuser=True).first()
    upload = bring("slug,name\nun,UN\n,N\n", "topics.csv", account=administrator)
    return {
        "uid": claim.uid,
        "row": row,
        "assessment": assess(claim, "borne_out").uid,
        "number": Ledger.objects.get().number,
        "head": Ledger.objects.get().cursor,
        "slug": "ada",
        "upload": upload.uid,
        "table": "topics",
    }
