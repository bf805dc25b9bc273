"""Texts that are dates of ours, for Hypothesis."""

from calendar import monthrange

from hypothesis import strategies as st

from claims.dates import FuzzyDate, FuzzyDateError


@st.composite
def _days(draw: st.DrawFn) -> str:
    year, month = draw(st.integers(1, 9999)), draw(st.integers(1, 12))
    return f"{year:04}-{month:02}-{draw(st.integers(1, monthrange(year, month)[1])):02}"


_years = st.integers(1, 9999).map("{:04}".format)
_months = st.builds("{}-{:02}".format, _years, st.integers(1, 12))
_parts = st.builds("{}-{}".format, _years, st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2"]))

unmarked_periods = st.one_of(_years, _parts, _months, _days())
periods = st.builds("{}{}".format, unmarked_periods, st.sampled_from(["", "~", "?"]))


def _is_a_date(text: str) -> bool:
    try:
        FuzzyDate.parse(text)
    except FuzzyDateError:
        return False
    return True


intervals = st.one_of(
    st.builds("../{}".format, periods),
    st.builds("{}/..".format, periods),
    st.builds("{}/{}".format, periods, periods).filter(_is_a_date),  # no end before its start
)
dates = st.one_of(periods, intervals).map(FuzzyDate.parse)
