"""References and links are checked by the rules they are written by, and nothing is written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.curation import Fate
from claims.models import Change, Link, Source, Speaker
from tests.factories import (
    ACTOR,
    link,
    make_claim,
    make_dossier,
    make_source,
    make_speaker,
)

pytestmark = pytest.mark.django_db


def told(results):
    return [
        sorted(each.message_dict)
        if hasattr(each, "error_dict")
        else each.messages
        if isinstance(each, ValidationError)
        else each
        for each in results
    ]


def source_write(row=None, revision=None, **values):
    if row is None:
        values = {"slug": "new", "publisher": "The Daily", "title": "Report"} | values
    return curation.ReferenceWrite(model=Source, row=row, revision=revision, values=values)


def test_references_are_checked():
    there, moved_on = make_source(), make_source()
    party = Speaker(slug="party", name="Party", kind="organisation")
    number = Change.objects.count()

    found = curation.check_references(
        [
            source_write(),
            source_write(),
            source_write(slug="other", url=there.url),
            source_write(there, 1, title=there.title),
            source_write(there, 1, title="Twice"),
            source_write(moved_on, 7, title="Other"),
        ]
    )
    members = curation.check_references(
        [
            curation.ReferenceWrite(
                model=Speaker, values={"slug": "ann", "name": "Ann", "organisation": party}
            )
        ]
    )

    assert told(found[:4]) == [Fate.CREATED, ["slug"], ["url"], Fate.UNCHANGED]
    assert all(isinstance(each, curation.StaleRevision) for each in found[4:])
    assert members == [Fate.CREATED]
    assert Change.objects.count() == number


def test_an_organisation_that_has_members_stays_one():
    party, empty = make_speaker(kind="organisation"), make_speaker(kind="organisation")
    make_speaker(organisation=party)

    found = curation.check_references(
        [
            curation.ReferenceWrite(model=Speaker, row=each, revision=1, values={"kind": "person"})
            for each in (party, empty)
        ]
    )

    assert told(found) == [["kind"], Fate.CHANGED]


def link_write(claim, target, link_type="revises", uid=None):
    return curation.LinkWrite(
        claim=claim, revision=claim.revision, type=link_type, target=target, uid=uid
    )


def test_links_among_claims_that_are_only_in_memory():
    speaker = make_speaker()
    dossiers = [make_dossier(values={"speaker": speaker}) for _ in range(3)]
    one, two, three = (each.claim for each in curation.check_dossiers(dossiers))

    found = curation.check_links(
        [
            link_write(two, one),
            link_write(three, two),
            link_write(one, three),
            link_write(two, three),
            link_write(two, one),
            link_write(two, three, "contradicts"),
        ]
    )

    target = ["target"]
    assert told(found) == [target, target, target, target, target, Fate.CREATED]
    assert told(curation.check_links([link_write(two, one), link_write(three, two)])) == [
        Fate.CREATED,
        Fate.CREATED,
    ]
    assert not Link.objects.exists()


def test_links_to_what_is_there():
    speaker = make_speaker()
    first, second = make_claim(speaker=speaker), make_claim(speaker=speaker)
    there = link(second, first, uid=uuid4())
    (checked,) = curation.check_dossiers([make_dossier(values={"speaker": speaker})])

    found = curation.check_links(
        [
            link_write(second, first, uid=there.uid),
            link_write(first, second, "repeats", uid=uuid4()),
            link_write(first, second),
            link_write(checked.claim, second),
        ]
    )

    assert told(found) == [Fate.UNCHANGED, ["target"], ["target"], Fate.CREATED]
    (message,) = told(curation.check_links([link_write(second, first, "repeats", uid=there.uid)]))
    assert "not changed" in message[0]


def test_new_references_cost_as_many_queries_as_one(django_assert_num_queries):
    writes = [source_write(slug=f"source-of-many-{number}") for number in range(20)]

    # The ledger, taken and moved on; slugs that are taken, entries, rows.
    with django_assert_num_queries(7):
        curation.write_reference(writes, actor=ACTOR)
