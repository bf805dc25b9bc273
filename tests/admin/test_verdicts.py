"""“Record a verdict”: a form of its own, with the claim beside it."""

from django.contrib.admin.models import LogEntry

from claims import curation
from claims.models import Assessment
from tests.admin.pages import filled, page_of, stored
from tests.factories import add_evidence, assess, edit, make_claim, make_source


def verdict_on(claim, client, **changes):
    page = page_of(claim, "verdict")
    return client.post(page, filled(client.get(page), **changes))


def labels(field):
    return [str(label) for _code, label in field.choices]


def test_a_verdict_is_recorded_with_what_it_rests_on(desk):
    grace, claim = desk("editor", "grace"), make_claim()
    evidence, unused = add_evidence(claim), add_evidence(claim)

    response = verdict_on(
        claim,
        grace,
        outcome="borne_out_late",
        headline="Signed nine months late",
        rationale="The report of September 2021 says so.",
        happened_on="2021-09-16",
        evidence=[evidence.pk],
    )

    assert response.status_code == 302, response.context["form"].errors
    assessment = Assessment.objects.get()
    assert assessment.outcome == "borne_out_late"
    assert assessment.cause == "first"
    assert assessment.headline == "Signed nine months late"
    assert str(assessment.happened_on) == "2021-09-16"
    assert assessment.decided_by == "grace"
    assert list(assessment.evidence.all()) == [evidence] != [unused]
    assert stored(claim).status == "borne_out_late"
    assert "Kept late: Signed nine months late" in LogEntry.objects.get().get_change_message()


def test_outcomes_are_named_in_the_words_of_the_kind(editor):
    promise = make_claim(condition="If the money comes.")
    prediction = make_claim(kind="prediction", due="2020", due_mode="at", due_basis="stated")
    assertion = make_claim(kind="assertion", refers_to="2020")

    def offered(claim):
        return labels(editor.get(page_of(claim, "verdict")).context["form"].fields["outcome"])

    assert offered(promise) == [
        *("Kept", "Kept late", "Partly kept", "Not kept", "Cannot be rated"),
        "Condition never arose",
    ]
    # Due “at” a time, so never late; it names no condition that might not arise.
    assert offered(prediction) == [
        *("Came true", "Partly came true", "Did not come true", "Cannot be judged"),
    ]
    assert offered(assertion) == [
        *("Accurate", "Partly accurate", "Inaccurate", "Cannot be verified"),
    ]


def test_the_claim_its_evidence_and_earlier_assessments_stand_beside_the_form(editor):
    claim = make_claim(
        quote="We will open it this year.", criteria="A car can drive on it.", quantity="eq 1 road"
    )
    evidence = add_evidence(
        claim,
        summary="The ribbon was cut.",
        dated="2020-10-01",
        source=make_source(publisher="The Daily", title="A ribbon", published_on="2020-10-02"),
    )
    assess(claim, "borne_out", headline="Open at last", evidence=[evidence])

    html = editor.get(page_of(claim, "verdict")).content.decode()

    for text in (
        claim.statement,
        "We will open it this year.",
        "A car can drive on it.",
        "The ribbon was cut.",
        "The Daily: A ribbon",
        "published 2020-10-02",
        "of 2020-10-01",
        "Kept: Open at last",
    ):
        assert text in html


def test_faults_are_said_at_their_fields_and_the_text_is_kept(editor):
    claim = make_claim()
    evidence = add_evidence(claim)

    response = verdict_on(
        claim,
        editor,
        outcome="borne_out",
        reason="delayed",
        rationale="Half a page of thought.",
        happened_on="last autumn",
        evidence=[evidence.pk],
    )

    assert list(response.context["form"].errors) == ["happened_on"]
    kept = filled(response)
    assert kept["rationale"] == ["Half a page of thought."]
    assert kept["evidence"] == [str(evidence.pk)]
    assert kept["outcome"] == ["borne_out"]

    refused = editor.post(page_of(claim, "verdict"), kept | {"happened_on": "2020-10"})
    assert refused.context["form"].errors == {
        "reason": ["There is no reason to give for this outcome."]
    }
    assert not Assessment.objects.exists()


def test_a_verdict_without_evidence_is_refused_and_led_to_it(editor):
    claim = make_claim()

    response = verdict_on(claim, editor, outcome="borne_out", rationale="I just know.")

    assert "evidence" in response.context["form"].errors
    assert "Add some first" in response.content.decode()


def test_a_second_verdict_says_why_there_is_another(editor):
    claim = make_claim()
    first = assess(claim, "not_borne_out")
    evidence = add_evidence(claim)
    second = {
        "outcome": "borne_out_late",
        "rationale": "It was opened after all.",
        "evidence": [evidence.pk],
    }

    assert "cause" in verdict_on(claim, editor, **second).context["form"].errors
    refused = verdict_on(claim, editor, **second, cause="correction")
    assert refused.context["form"].errors == {"corrects": ["Say which assessment was wrong."]}
    done = verdict_on(claim, editor, **second, cause="correction", corrects=first.pk)

    assert done.status_code == 302
    assert Assessment.objects.latest("pk").corrects == first


def test_a_missed_promise_may_still_be_worked_on(editor):
    claim = make_claim()

    verdict_on(
        claim,
        editor,
        outcome="not_borne_out",
        progress="in_progress",
        reason="delayed",
        rationale="The mayor says next year.",
        evidence=[add_evidence(claim).pk],
    )

    assert (stored(claim).outcome, stored(claim).progress) == ("not_borne_out", "in_progress")


def test_words_edited_meanwhile_are_judged_only_after_they_were_looked_at(editor):
    claim = make_claim()
    evidence = add_evidence(claim)
    page = editor.get(page_of(claim, "verdict"))
    edit(claim, values={"statement": "The road will be open by June."})

    refused = editor.post(
        page_of(claim, "verdict"),
        filled(page, outcome="borne_out", rationale="It is open.", evidence=[evidence.pk]),
    )

    assert not Assessment.objects.exists()
    assert filled(refused)["rationale"] == ["It is open."]
    assert "The road will be open by June." in refused.content.decode()

    done = editor.post(page_of(claim, "verdict"), filled(refused, save_over=stored(claim).revision))
    assert done.status_code == 302
    assert Assessment.objects.get().words_revision == stored(claim).words_revision


def test_a_stale_verdict_is_offered_for_reaffirmation(editor):
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open to all in 2020."})

    form = filled(editor.get(page_of(claim, "verdict")))

    assert form["outcome"] == ["borne_out"]
    assert form["cause"] == ["reaffirmation"]


def test_evidence_that_has_been_replaced_is_not_offered(editor):
    claim = make_claim()
    old = add_evidence(claim, summary="With a wrong date.")
    assess(claim, "borne_out", evidence=[old])
    values = {"kind": "search", "summary": "With the right one.", "replaces": old}
    edit(claim, evidence=[curation.RowWrite(values=values)])

    offered = editor.get(page_of(claim, "verdict")).context["form"].fields["evidence"].queryset

    assert [each.summary for each in offered] == ["With the right one."]
