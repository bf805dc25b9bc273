"""Two editors, one row: the second is refused with their text kept, and may save over it."""

from claims import curation
from claims.admin.claims import ClaimAdmin
from claims.models import Change
from tests.admin.pages import filled, new_row, page_of, stored
from tests.factories import add_evidence, assess, edit, make_claim, make_speaker, rename


def test_the_second_save_is_refused_with_its_text_kept(editor):
    claim = make_claim(criteria="A road that is open.")
    page = editor.get(page_of(claim))
    edit(claim, values={"statement": "The road will be open by June.", "due": "2020-06"})
    entries = Change.objects.count()

    response = editor.post(
        page_of(claim),
        filled(
            page,
            statement="My own words.",
            **new_row("evidence", 0, kind="search", stance="context", summary="I found nothing."),
        ),
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "somebody else has changed this since you opened it" in html
    assert Change.objects.count() == entries
    assert not claim.evidence.exists()
    kept = filled(response)
    assert kept["statement"] == ["My own words."]
    assert kept["evidence-0-summary"] == ["I found nothing."]


def test_what_is_stored_now_stands_beside_each_field_that_differs(editor):
    claim = make_claim(criteria="A road that is open.")
    page = editor.get(page_of(claim))
    speaker = make_speaker(name="Grace Hopper")
    edit(claim, values={"due": "2020-06", "speaker": speaker})
    add_evidence(claim, summary="Somebody else's find.")

    response = editor.post(page_of(claim), filled(page, statement="My own words."))

    differences = dict(response.context["adminform"].form.differences())
    assert differences == {
        "Statement": claim.statement,
        "Due": "2020-06",
        "Speaker": "Grace Hopper",
    }
    html = response.content.decode()
    assert all(text in html for text in differences.values())
    assert "Somebody else&#x27;s find." in html


def test_saving_again_without_having_looked_is_refused_again(editor):
    claim = make_claim()
    page = editor.get(page_of(claim))
    edit(claim, values={"quote": "Theirs."})

    refused = editor.post(page_of(claim), filled(page, quote="Mine."))
    again = editor.post(page_of(claim), filled(refused))

    assert again.status_code == 200
    assert stored(claim).quote == "Theirs."


def test_who_has_looked_saves_over_it(editor):
    claim = make_claim()
    page = editor.get(page_of(claim))
    edit(claim, values={"quote": "Theirs."})

    refused = editor.post(page_of(claim), filled(page, quote="Mine."))
    now = stored(claim).revision
    assert f'name="save_over" value="{now}"' in refused.content.decode()
    saved = editor.post(page_of(claim), filled(refused, save_over=now))

    assert saved.status_code == 302
    assert stored(claim).quote == "Mine."


def test_having_looked_counts_for_what_was_there_to_be_looked_at(editor):
    claim = make_claim()
    page = editor.get(page_of(claim))
    edit(claim, values={"quote": "Theirs."})
    refused = editor.post(page_of(claim), filled(page, quote="Mine."))
    looked_at = stored(claim).revision
    edit(claim, values={"quote": "A third editor's."})

    again = editor.post(page_of(claim), filled(refused, save_over=looked_at))

    assert again.status_code == 200
    assert stored(claim).quote == "A third editor's."


def test_a_write_between_the_check_and_the_save_is_refused_too(editor, monkeypatch):
    claim = make_claim()
    page = editor.get(page_of(claim))
    save_model = ClaimAdmin.save_model

    def overtaken(self, request, obj, form, change):
        monkeypatch.setattr(ClaimAdmin, "save_model", save_model)
        type(claim).objects.filter(pk=claim.pk).update(revision=claim.revision + 1)

    monkeypatch.setattr(ClaimAdmin, "save_model", overtaken)
    response = editor.post(page_of(claim), filled(page, quote="Mine."))

    assert response.status_code == 200
    assert filled(response)["quote"] == ["Mine."]
    assert "Somebody else has changed this" in response.content.decode()
    assert stored(claim).quote == ""


def test_a_row_that_somebody_removed_keeps_its_text_and_its_neighbours(editor):
    claim = make_claim()
    add_evidence(claim, summary="First.", dated="2020-01")
    add_evidence(claim, summary="Second.", dated="2020-02")
    page = editor.get(page_of(claim))
    first = claim.evidence.get(summary="First.")
    edit(claim, evidence=[curation.RowWrite(row=first, remove=True)])

    response = editor.post(
        page_of(claim),
        filled(page, **{"evidence-0-summary": "Mine.", "evidence-1-summary": "Mine too."}),
    )

    kept = filled(response)
    assert kept["evidence-0-summary"] == ["Mine."]
    assert kept["evidence-1-summary"] == ["Mine too."]
    assert "no longer here to be edited" in response.content.decode()

    kept |= {"save_over": stored(claim).revision, "evidence-0-DELETE": "on"}
    assert editor.post(page_of(claim), kept).status_code == 302
    assert [each.summary for each in claim.evidence.all()] == ["Mine too."]


def test_evidence_that_was_cited_meanwhile_is_not_edited(editor):
    claim = make_claim()
    evidence = add_evidence(claim, summary="As cited.")
    page = editor.get(page_of(claim))
    assess(claim, "borne_out", evidence=[evidence])

    response = editor.post(page_of(claim), filled(page, **{"evidence-0-summary": "Mine."}))

    assert response.status_code == 200
    assert filled(response)["evidence-0-summary"] == ["Mine."]
    evidence.refresh_from_db()
    assert evidence.summary == "As cited."


def test_a_speaker_is_not_saved_over_unseen(editor):
    speaker = make_speaker(name="Ada")
    page = editor.get(page_of(speaker))
    rename(speaker, name="Ada Lovelace")

    response = editor.post(page_of(speaker), filled(page, name="Countess"))

    assert filled(response)["name"] == ["Countess"]
    assert "Ada Lovelace" in response.content.decode()
    speaker.refresh_from_db()
    assert speaker.name == "Ada Lovelace"

    saved = editor.post(page_of(speaker), filled(response, save_over=speaker.revision))
    assert saved.status_code == 302
    speaker.refresh_from_db()
    assert speaker.name == "Countess"
