"""What holds of every suggestion, whatever the claim and the evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from claims.adviser import ClaimFacts, Observation, advise
from claims.choices import DueBasis, DueMode, EvidenceKind, Stance, allowed_outcomes
from claims.curation.rules import assessment_faults
from claims.dates import FuzzyDate
from claims.models import Assessment, Claim, Evidence
from claims.quantities import Quantity

# Few and close together, so that they often touch, contain and straddle each other.
_days = st.dates(date(2020, 5, 1), date(2021, 5, 1)).map(str)
_ends = st.sampled_from(["2020-12-31", "2021-01-01", "2020-11/2021-01", "2020-12", "2020-Q4"])
_years = st.sampled_from(["2019", "2020", "2021"])
_loose = st.sampled_from(["2020~", "2020-12-31?", "2020-10/..", "../2020-12", "2021?"])
dates = st.one_of(_days, _ends, _years, _loose).map(FuzzyDate.parse)
dues = st.one_of(_years, _ends, _loose).map(FuzzyDate.parse)
sayings = st.sampled_from(["2019-10-01", "2020-04-01", "2020", "2019-12~"]).map(FuzzyDate.parse)
quantities = st.sampled_from(["gte 2 km", "lt 2 km", "approx 2 km", "between 1 3 km"])
amounts = st.sampled_from(["eq 1 km", "eq 2000 m", "gt 1 km", "eq 5 km", "lt 900 m", "eq 2 people"])
todays = st.dates(date(2020, 6, 1), date(2021, 12, 31))
afterwards = st.dates(date(2021, 5, 1), date(2021, 12, 31))
answers = st.sampled_from([None, True, False])


@st.composite
def claims(draw: st.DrawFn) -> ClaimFacts:
    said_on = draw(sayings)
    more = {
        "quantity": draw(st.none() | quantities.map(Quantity.parse)),
        "condition": draw(st.sampled_from(["", "", "If the money comes."])),
        "said_on": said_on,
    }
    time = draw(st.one_of(dues, dues, dues, st.none()))
    if draw(st.integers(0, 3)) == 0:
        return ClaimFacts(kind="assertion", refers_to=time, **more)
    kind = draw(st.sampled_from(["promise", "prediction"]))
    if time is None or time.certainly_before(said_on):  # curation refuses the latter
        return ClaimFacts(kind=kind, **more)
    mode, basis = draw(st.sampled_from(DueMode)), draw(st.sampled_from(DueBasis))
    return ClaimFacts(kind=kind, due=time, due_mode=mode, due_basis=basis, **more)


# What is easily made certain: a report of one day, whose figure and stance agree on "gte 2 km".
_telling_days = st.sampled_from(["2020-06-01", "2020-12-15", "2020-12-31", "2021-03-01"])
_agreeing = [("supports", "eq 2100 m"), ("supports", None), ("contradicts", "eq 1 km")]
plain = st.tuples(
    st.just("report"), st.sampled_from([*_agreeing, ("contradicts", None)]), _telling_days
).map(lambda drawn: (drawn[0], drawn[1][0], FuzzyDate.parse(drawn[2]), drawn[1][1]))
anything = st.tuples(
    st.sampled_from(EvidenceKind), st.sampled_from(Stance), st.none() | dates, st.none() | amounts
)


@st.composite
def evidence(draw: st.DrawFn, first: int = 0, least: int = 0) -> list[Observation]:
    """All sorts, under uids from that of `first` on."""
    drawn = draw(st.lists(st.one_of(plain, plain, anything), min_size=least, max_size=3))
    return [
        Observation(
            uid=f"{uid:02}",
            kind=kind,
            stance=stance,
            dated=dated,
            observed=Quantity.parse(amount) if amount else None,
        )
        for uid, (kind, stance, dated, amount) in enumerate(drawn, start=first)
    ]


@st.composite
def likely_certain(draw: st.DrawFn, mode: str | None = None) -> tuple[ClaimFacts, list]:
    """A claim without loose ends (of no mode: an assertion), and some evidence."""
    if mode is None:
        mode = draw(st.sampled_from([*DueMode, ""]))
    time = FuzzyDate.parse(draw(st.sampled_from(["2020", "2020", "2020-Q4", "2020-12-31"])))
    facts = ClaimFacts(
        kind="promise" if mode else "assertion",
        said_on=FuzzyDate.parse("2019-10-01"),
        due=time if mode else None,
        due_mode=mode,
        due_basis="stated" if mode else "",
        refers_to=None if mode else time,
        quantity=draw(st.sampled_from([None, Quantity.parse("gte 2 km")])),
    )
    return facts, draw(evidence(first=90, least=1))


@given(claims(), evidence(), todays, answers, st.randoms())
def test_the_order_of_observations_does_not_matter(facts, observations, today, arose, random):
    shuffled = random.sample(observations, len(observations))

    assert advise(facts, shuffled, today, condition_arose=arose) == advise(
        facts, observations, today, condition_arose=arose
    )


@pytest.mark.parametrize("mode", [*DueMode, ""])
@settings(max_examples=100)
@given(data=st.data())
def test_certain_stays_certain_or_becomes_a_conflict(mode, data):
    facts, observations = data.draw(likely_certain(mode))
    added, today = data.draw(evidence(first=10, least=1)), data.draw(afterwards)
    before = advise(facts, observations, today)
    after = advise(facts, [*observations, *added], today)
    if before.certainty != "certain":
        return
    event(f"{facts.due_mode or facts.kind}: {before.outcome}, then {after.outcome}")

    if after.outcome is None:
        assert after.conflicting
    else:
        assert (after.outcome, after.certainty) == (before.outcome, "certain")


@settings(max_examples=200)
@given(likely_certain(), afterwards | todays, st.data())
def test_certain_holds_whichever_of_its_days_a_date_meant(case, today, data):
    facts, observations = case
    suggestion = advise(facts, observations, today)
    if suggestion.certainty != "certain":
        return

    def narrowed(each: Observation) -> Observation:
        first, last = each.dated.first, each.dated.last
        first = first or date(2019, 6, 1)
        last = max(first, min(last or today, today))  # nothing is seen before its day has come
        day = first + timedelta(data.draw(st.integers(0, (last - first).days)))
        return replace(each, dated=FuzzyDate.parse(day.isoformat()))

    narrower = advise(
        facts,
        [narrowed(each) if each.uid in suggestion.rests_on else each for each in observations],
        today,
    )

    assert narrower.outcome == suggestion.outcome or narrower.conflicting


@settings(max_examples=200)
@given(
    likely_certain(),
    sayings,
    st.one_of(st.none(), st.none(), dues),
    st.sampled_from(["", "", "If."]),
    afterwards,
    answers,
)
def test_marks_silence_and_unanswered_conditions_never_make_certain(
    case, said_on, time, condition, today, arose
):
    facts, observations = case
    facts = replace(facts, condition=condition, said_on=said_on)
    if time:
        facts = replace(facts, **{"due" if facts.due else "refers_to": time})
    suggestion = advise(facts, observations, today, condition_arose=arose)
    if suggestion.certainty != "certain" or suggestion.outcome == "void":
        return
    event("certain")

    assert not (facts.condition and arose is None)
    assert not (facts.due or facts.refers_to).marked
    decisive = [each for each in observations if each.uid in suggestion.rests_on]
    assert any(each.dated and not each.dated.marked for each in decisive)
    assert all(each.kind in ("document", "data", "report") for each in decisive)
    assert all(each.stance != "context" for each in decisive)
    if facts.quantity:
        assert any(each.observed for each in decisive)


@given(claims(), evidence(), todays, answers)
def test_it_cannot_tell_just_where_it_proposes_nothing_and_always_says_why(
    facts, observations, today, arose
):
    suggestion = advise(facts, observations, today, condition_arose=arose)

    assert (suggestion.outcome is None) == (suggestion.certainty == "cannot_tell")
    assert suggestion.reasons
    assert not (suggestion.conflicting and suggestion.outcome)
    uids = {each.uid for each in observations}
    assert {*suggestion.rests_on, *suggestion.conflicting} <= uids


@given(likely_certain() | st.tuples(claims(), evidence()), todays, answers)
def test_curation_would_record_what_is_proposed(case, today, arose):
    """On the claim as it stands, happening when what it rests on was seen."""
    facts, observations = case
    suggestion = advise(facts, observations, today, condition_arose=arose)
    if suggestion.outcome is None:
        return
    assert suggestion.outcome in allowed_outcomes(facts.kind)
    claim = Claim(pk=1, editorial_state="published", words_revision=1)
    for name in ("kind", "due", "due_mode", "due_basis", "refers_to", "condition", "said_on"):
        setattr(claim, name, getattr(facts, name))
    shown = Evidence(pk=1, source_id=1, kind="report", summary="It was seen.")
    claim._prefetched_objects_cache = {"evidence": [shown]}
    seen_on = [
        each.dated
        for each in observations
        if each.uid in suggestion.rests_on and each.stance == "supports"
    ]

    for happened_on in [None, *seen_on]:
        assessment = Assessment(
            outcome=suggestion.outcome,
            cause="first",
            rationale="As suggested.",
            happened_on=happened_on,
        )
        assert assessment_faults(claim, assessment, [shown], 1, []) == {}


@given(claims(), evidence(), todays)
def test_only_what_was_due_by_a_date_is_late(facts, observations, today):
    if advise(facts, observations, today).outcome == "borne_out_late":
        assert facts.due_mode == "by"
        assert facts.due.last < today


@given(claims(), evidence(), todays)
def test_before_the_end_silence_proposes_nothing(facts, observations, today):
    if not facts.due or (facts.due.last and today > facts.due.last):
        return
    suggestion = advise(facts, observations, today)

    assert suggestion.outcome is None or suggestion.rests_on
