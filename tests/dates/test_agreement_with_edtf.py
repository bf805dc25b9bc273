"""Where our notation is EDTF, the `edtf` package reads the same dates as the same days.

It is the wiser head but for two things, which the tests below leave out: it takes the 29th of
February in any year, and an interval that ends before it starts.
"""

from calendar import isleap
from datetime import date
from time import struct_time

from edtf import parse_edtf
from edtf.parser import EDTFParseException
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.dates import FuzzyDate, FuzzyDateError

years = st.integers(1, 9999).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(0, 19))  # from 20 on: EDTF's seasons
days = st.builds("{}-{:02}-{:02}".format, years, st.integers(0, 13), st.integers(0, 32))
marks = st.sampled_from(["", "~", "?"])
periods = st.builds("{}{}".format, st.one_of(years, months, days), marks)


def edtf_days(text: str) -> tuple[date | None, date | None] | None:
    """The strict bounds as `edtf` has them, None for an open end; None where it refuses."""
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        return None
    first, last = (
        date(*bound[:3]) if isinstance(bound, struct_time) else None
        for bound in (parsed.lower_strict(), parsed.upper_strict())
    )
    return first, last


def our_days(text: str) -> tuple[date | None, date | None] | None:
    try:
        parsed = FuzzyDate.parse(text)
    except FuzzyDateError:
        return None
    return parsed.first, parsed.last


def leaps_in_a_common_year(text: str) -> bool:
    return any("-02-29" in end and not isleap(int(end[:4])) for end in text.split("/"))


@settings(deadline=None)
@given(periods)
def test_a_period_is_read_or_refused_alike(text):
    assume(not leaps_in_a_common_year(text))
    assert our_days(text) == edtf_days(text)


@settings(deadline=None)
@given(st.builds("{}/{}".format, periods, periods))
def test_an_interval_is_read_or_refused_alike(text):
    assume(not leaps_in_a_common_year(text))
    theirs = edtf_days(text)
    if theirs is not None and theirs[1] < theirs[0]:
        theirs = None
    assert our_days(text) == theirs


@settings(deadline=None)
@given(st.one_of(st.builds("../{}".format, periods), st.builds("{}/..".format, periods)))
def test_an_open_interval_is_read_or_refused_alike(text):
    assume(not leaps_in_a_common_year(text))
    assert our_days(text) == edtf_days(text)


@settings(deadline=None)
@given(periods.filter(our_days))
def test_marks_mean_the_same(text):
    ours, theirs = FuzzyDate.parse(text), parse_edtf(text)
    assert ours.approximate == theirs.is_approximate
    assert ours.uncertain == theirs.is_uncertain
