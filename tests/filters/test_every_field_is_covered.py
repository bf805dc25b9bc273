"""Every public field of a claim can be asked for, or it is written here why not."""

import pytest
from rest_framework import serializers

from claims.documents import CLAIM
from claims.filters import questions

# The fields that filters of another name ask for.
ASKED_BY = {
    **{key: ["search"] for key in ("statement", "quote", "criteria")},
    **{key: ["search"] for key in ("speaker.name", "on_behalf_of.name")},
    "speaker.slug": ["speaker"],
    "on_behalf_of.slug": ["on_behalf_of"],
    "source.slug": ["source"],
    "source.publisher": ["publisher"],
    "said_on": ["said_from", "said_to"],
    "said_first": ["said_from", "said_to"],
    "due": ["has_due", "due_overlaps"],
    "due_first": ["due_overlaps"],
    "due_last": ["has_due_end", "due_ends_from", "due_ends_to", "due_within"],
    "refers_to": ["has_refers_to", "refers_to_overlaps"],
    "condition": ["has_condition"],
    "quantity.value": ["has_quantity", "quantity_min", "quantity_max"],
    "quantity.unit": ["unit"],
    "verdict.outcome": ["outcome"],
    "verdict.happened_on": ["verdict_dated", "happened_from", "happened_to"],
    "verdict.recorded_at": ["judged_from", "judged_to"],
    "verdict.cause": ["cause"],
    "verdict.stale": ["stale"],
    "topics.slug": ["topic", "has_topic"],
    "collections.slug": ["collection", "has_collection"],
    "links.type": ["revises", "repeats", "contradicts", "depends_on", "part_of", "withdraws"],
    "links.claim": ["revises", "repeats", "contradicts", "depends_on", "part_of", "withdraws"],
    "appearances_count": ["has_appearances"],
    "evidence_count": ["has_evidence"],
    "published_at": ["published_from", "published_to"],
}
# Filters that ask for no field: `reason` stands in the assessment, and what depends on today or
# on other claims in no text.
OF_NO_FIELD = {
    *("reason", "overdue", "possibly_overdue", "deadline_moved"),
    *("as_of", "changed"),
}

OF_A_NAME = "What a slug is called: the filter takes the slug, and the reference list tells it."
OF_A_SOURCE = "Asked of the list of sources; `source` and `publisher` ask claims."
OF_A_QUANTITY = "Compared within a unit by its value alone."
EXEMPT = {
    **dict.fromkeys(("speaker_role", "measure", "verdict.headline"), "Words beside a claim."),
    "extra": "Of no meaning to us: names that only who brought them in knows.",
    **dict.fromkeys(("quote_prefix", "quote_suffix"), "Where the quote stands on its page."),
    **dict.fromkeys(("topics.name", "collections.name"), OF_A_NAME),
    **dict.fromkeys(
        (f"source.{name}" for name in ("title", "url", "archive_url", "published_on", "language")),
        OF_A_SOURCE,
    ),
    **dict.fromkeys(
        (
            f"quantity.{name}"
            for name in (
                *("text", "comparator", "upper", "change"),
                *("baseline_value", "baseline_date", "tolerance"),
            )
        ),
        OF_A_QUANTITY,
    ),
    **dict.fromkeys(("status_label", "verdict.label"), "A code in words: ask for the code."),
    "said_last": "A claim is placed by its first day.",
    "format": "Of the text, not of the claim; the same in all.",
    "revision": "What a writer must have seen; `changed` asks for what moved.",
    "words_revision": "Likewise; `stale` asks for what it means.",
    "verdict.stands_since": "Told from the verdicts before; `judged_from` asks for the last.",
    "verdict.corrects": "`cause=correction` asks whether it does; `corrections/` lists what.",
}


def fields(serializer=CLAIM, before=""):
    for name, field in serializer.fields.items():
        child = field.child if isinstance(field, serializers.ListSerializer) else field
        if isinstance(child, serializers.Serializer):
            yield from fields(child, f"{before}{name}.")
        else:
            yield before + name


FIELDS = list(fields())


@pytest.mark.parametrize("field", FIELDS)
def test_a_public_field_has_a_filter_or_a_reason_why_not(field):
    assert (field in ASKED_BY or field in questions()) != (field in EXEMPT)


def test_what_is_written_here_is_there():
    assert {*ASKED_BY, *EXEMPT} <= set(FIELDS)
    assert {name for each in ASKED_BY.values() for name in each} <= questions().keys()


def test_every_filter_asks_for_some_field_or_says_that_it_does_not():
    asked = {name for names in ASKED_BY.values() for name in names} | set(FIELDS)

    assert questions().keys() - asked == OF_NO_FIELD
