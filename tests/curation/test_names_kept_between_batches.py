"""Who enters batch after batch keeps what they name, for as long as nobody else writes."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Claim, ClaimDocument, SearchText
from tests.factories import ACTOR, make_dossier, make_source, make_speaker, rename

pytestmark = pytest.mark.django_db


def enter(named: curation.Named, dossier: curation.Dossier) -> Claim:
    (entered,) = curation.enter_dossiers([dossier], actor=ACTOR, named=named)
    return entered.claim


def speaker_told(claim: Claim) -> str:
    summary = ClaimDocument.objects.get(claim=claim).summary
    return str(json.loads(summary)["speaker"]["name"])


def test_they_are_read_once():
    named, speaker, source = curation.Named(), make_speaker(), make_source()
    dossiers = [make_dossier(values={"speaker": speaker, "source": source}) for _ in range(2)]
    enter(named, dossiers[0])

    with CaptureQueriesContext(connection) as queries:
        claim = enter(named, dossiers[1])

    assert not [each for each in queries if 'FROM "claims_speaker"' in each["sql"]]
    assert speaker_told(claim) == speaker.name


def test_a_rename_by_somebody_else_in_between_is_seen():
    named, speaker = curation.Named(), make_speaker(name="Ada Lovelace")
    enter(named, make_dossier(values={"speaker": speaker}))
    rename(speaker, name="Ada King")

    claim = enter(named, make_dossier(values={"speaker": speaker}))

    assert speaker_told(claim) == "Ada King"
    assert "king" in SearchText.objects.get(claim=claim).text


def test_a_batch_that_was_rolled_back_leaves_nothing_behind():
    named, speaker = curation.Named(), make_speaker(name="Ada Lovelace")
    with transaction.atomic():
        enter(named, make_dossier(values={"speaker": speaker}))
        transaction.set_rollback(True)
    rename(speaker, name="Ada King")

    assert speaker_told(enter(named, make_dossier(values={"speaker": speaker}))) == "Ada King"
