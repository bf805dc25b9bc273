"""Each documented filter of the list once, with a value that the made claims have."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Count

from claims.choices import LinkType
from claims.filters import questions
from claims.models import Change, Claim, Ledger, Link, Source, Speaker, Topic

from .vocabulary import WORDS

# Filters that narrow an answer by nothing that made claims have: no external ids are made.
WITHOUT = {"external_id": "made claims have none"}


def every_filter() -> dict[str, str]:
    """The query of a list by each filter, by the filter's name; `WITHOUT` apart."""
    published = Claim.objects.published()
    ranked = Speaker.objects.annotate(said=Count("claims")).filter(said__gt=0).order_by("-said")
    middle = ranked[ranked.count() // 2]
    some = published.order_by("pk")[published.count() // 2]
    targets = {
        word: target
        for word in LinkType.values
        if (target := Link.objects.filter(type=word).values_list("target__uid", flat=True).first())
    }
    half_way = Change.objects.get(number=Ledger.objects.get().number // 2).cursor
    values = {
        "uid": some.uid,
        "search": WORDS[0.001][0],
        "speaker": middle.slug,
        "on_behalf_of": Speaker.objects.exclude(claims_on_behalf=None).order_by("pk")[0].slug,
        "attribution": "narration",
        "source": Source.objects.exclude(claims=None).order_by("pk")[0].slug,
        "publisher": "News Agency",
        "topic": Topic.objects.order_by("-pk")[0].slug,
        "has_topic": "false",
        "collection": "manifesto-7",
        "has_collection": "true",
        "kind": "assertion",
        "quote_language": "en",
        "quote_is_translation": "true",
        "has_condition": "true",
        "status": "void",
        "outcome": "borne_out_late",
        "progress": "stalled",
        "closed": "true",
        "stale": "true",
        "overdue": "true",
        "possibly_overdue": "true",
        "judged_from": "2016-03",
        "judged_to": "2011-01",
        "happened_from": "2022-11",
        "happened_to": "2011-02",
        "verdict_dated": "false",
        "cause": "correction",
        "reason": "vague",
        "said_from": "2015-03",
        "said_to": "2012-02",
        "published_from": "2015-03",
        "published_to": "2010-03",
        "has_due": "false",
        "due_mode": "throughout",
        "due_basis": "term",
        "due_overlaps": "2013",
        "has_due_end": "false",
        "due_ends_from": "2028",
        "due_ends_to": "2011",
        "due_within": "4w",
        "has_refers_to": "true",
        "refers_to_overlaps": "2013",
        **{word: targets.get(word, some.uid) for word in LinkType.values},
        "deadline_moved": "true",
        "has_appearances": "true",
        "has_evidence": "false",
        "has_quantity": "true",
        "unit": "MW",
        "quantity_min": "4900",
        "quantity_max": "20",
        "as_of": half_way,
        "changed": "true",
    }
    besides = {
        "quantity_min": {"unit": "MW"},
        "quantity_max": {"unit": "MW"},
        "changed": {"as_of": half_way},
    }
    return {
        name: urlencode({name: values[name]} | besides.get(name, {}))
        for name in questions()
        if name not in WITHOUT
    }
