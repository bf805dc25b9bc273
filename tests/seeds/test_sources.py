"""Every seed says where it comes from."""

from django.db.models import Q

from claims.models import Claim, Evidence, Source


def test_every_source_has_an_address_and_is_used(seeds):
    assert not Source.objects.filter(url="").exists()
    assert not Source.objects.filter(claims=None, evidence=None).exists()


def test_only_a_search_has_no_source_and_it_says_when_we_looked(seeds):
    searches = Evidence.objects.filter(Q(source=None) | Q(kind="search"))
    assert len(searches) == 2
    for search in searches:
        assert search.source is None
        assert search.kind == "search"
        assert f"{search.dated.first:%-d %B %Y}" in search.summary


def test_every_claim_was_said_in_the_report_on_its_day(seeds):
    assert {(claim.source.publisher, str(claim.said_on)) for claim in Claim.objects.all()} == {
        ("BelTA", "2020-10-16")
    }


def test_quotes_are_short_and_statements_are_our_own(seeds):
    for claim in Claim.objects.all():
        assert 0 < len(claim.quote.split()) <= 20, claim.external_id
        assert claim.quote.lower() not in claim.statement.lower(), claim.external_id


def test_evidence_has_a_day_of_its_own_or_its_sources(seeds):
    """Else it would stand in the timeline where we recorded it, years off."""
    undated = Evidence.objects.filter(dated=None, source__published_on=None)
    assert not undated.exists()
