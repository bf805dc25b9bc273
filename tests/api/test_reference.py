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
