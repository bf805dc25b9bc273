import pytest

from claims import curation
from claims.models import Speaker
from tests.factories import (
    ACTOR,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
)


def test_each_kind_of_row_is_listed_and_read(api):
    rows = {
        "speakers": make_speaker(),
        "sources": make_source(),
        "topics": make_topic(),
        "collections": make_collection(),
    }
    for name, row in rows.items():
        assert api(f"{name}/")["results"] == [api(f"{name}/{row.slug}/")]


def test_a_speaker_names_their_organisation(api):
    make_speaker(slug="zas", organisation=make_speaker(slug="csto", kind="organisation"))

    assert api("speakers/zas/")["organisation"] == "csto"


def test_lists_are_paged_by_slug(api, client):
    for slug in ("a", "c", "b"):
        make_topic(slug=slug)

    first = api("topics/", page_size=2)
    second = client.get(first["next"]).json()

    assert [each["slug"] for each in first["results"] + second["results"]] == ["a", "b", "c"]


def test_an_unknown_slug_is_not_found(problem):
    problem(404, "speakers/nobody/")


def test_a_new_name_shows_in_every_text_that_has_it(api):
    speaker = make_speaker(name="Stanislaw Sas")
    claim = make_claim(speaker=speaker)

    curation.write_reference(
        [
            curation.ReferenceWrite(
                model=Speaker, row=speaker, revision=1, values={"name": "Stanislav Zas"}
            )
        ],
        actor=ACTOR,
    )

    assert api(f"claims/{claim.uid}/")["speaker"]["name"] == "Stanislav Zas"
    assert api(f"claims/{claim.uid}/timeline/")["speaker"]["name"] == "Stanislav Zas"


def slugs(page):
    return [each["slug"] for each in page["results"]]


def test_speakers_are_found_by_kind_and_by_where_they_belong(api):
    party = make_speaker(slug="party", kind="organisation")
    make_speaker(slug="ada", organisation=party)
    make_speaker(slug="bob")

    assert slugs(api("speakers/", kind="organisation")) == ["party"]
    assert slugs(api("speakers/", kind="person", organisation="party")) == ["ada"]


def test_sources_are_found_by_publisher_language_and_day(api):
    make_source(slug="a", publisher="Post, The", language="en", published_on="2020-05-01")
    make_source(slug="b", publisher="BelTA", language="be", published_on="2021")
    make_source(slug="c", publisher="BelTA", language="ru", published_on=None)

    assert slugs(api("sources/", publisher="BelTA")) == ["b", "c"]
    assert slugs(api("sources/", publisher='"Post, The"', language="en")) == ["a"]
    assert slugs(api("sources/", language="be,ru")) == ["b", "c"]
    assert slugs(api("sources/", published_from="2020", published_to="2020-12")) == ["a"]
    assert slugs(api("sources/", ordering="-published_on")) == ["b", "a", "c"]


def test_collections_are_found_by_owner_and_sorted_by_their_start(api):
    make_collection(slug="new", owner="The desk", starts_on="2021")
    make_collection(slug="old", owner="The desk", starts_on="2019")
    make_collection(slug="theirs", owner="Others")

    assert slugs(api("collections/", owner="The desk")) == ["new", "old"]
    assert slugs(api("collections/", ordering="starts_on")) == ["old", "new", "theirs"]


@pytest.mark.parametrize(
    ("path", "params", "said"),
    [
        ("speakers/", {"kind": "persn"}, "Did you mean “person”?"),
        ("speakers/", {"kind": ""}, "This is empty"),
        ("speakers/", {"organisation": "partie"}, "Did you mean “party”?"),
        ("speakers/", {"organisation": "party,nobody"}, "There is no “nobody”."),
        ("sources/", {"publisher": "belta"}, "Did you mean “BelTA”?"),
        ("sources/", {"published_from": "2021", "published_to": "2020"}, "Nothing is from 2021"),
        ("sources/", {"ordering": "published"}, "Did you mean “published_on”?"),
        ("sources/", {"kind": "person"}, "no such parameter"),
        ("topics/", {"ordering": "name"}, "Give one of: slug"),
        ("collections/", {"owner": "me\0"}, "cannot be printed"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(problem, path, params, said):
    make_speaker(slug="party", kind="organisation")
    make_source(publisher="BelTA")

    errors = problem(400, path, **params)["errors"]

    assert errors.keys() == params.keys()
    assert said in next(iter(errors.values()))[0]
