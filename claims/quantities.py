"""Amounts as claims give them: "about 3,600 people", "over 120 units", "cut 20 % on 1990".

A :class:`Quantity` is an amount with a comparator and a unit, read from and written to one line
of text, and able to say whether an observed amount bears it out.
"""

import re
from dataclasses import KW_ONLY, dataclass, replace
from decimal import Context, Decimal, Inexact
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.choices import Comparator, QuantityChange
from claims.dates import MAX_LENGTH as DATE_LENGTH
from claims.dates import FuzzyDate, FuzzyDateError
from claims.units import ratio

# What both engines keep exactly: SQLite makes a 64-bit integer of a whole number, and of any
# other a float, which is sure to hold 15 significant digits.
SIGNIFICANT_DIGITS = 15
WHOLE_DIGITS = 18
DECIMAL_PLACES = 6
UNIT_LENGTH = 60

# The longest text form: "between", two bounds, a unit, and a decrease from a level below zero.
MAX_LENGTH = len("between    decrease from - in ") + 3 * WHOLE_DIGITS + UNIT_LENGTH + DATE_LENGTH

# Percent: how far off "about" may be where nobody said.
DEFAULT_TOLERANCE = Decimal(5)

# Rounding, overflow and underflow are all inexact, so nothing gets through that would change.
_STORED = Context(prec=SIGNIFICANT_DIGITS, Emin=0, Emax=WHOLE_DIGITS - 1, traps=[Inexact])

# An end of a range of amounts; `Quantity._ends` says how it is read.
_End = tuple[Fraction | float, int]
_LOWEST: _End = (float("-inf"), 0)
_HIGHEST: _End = (float("inf"), 0)

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_UNIT = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9][A-Za-z0-9_./-]*)*")
# These words end the unit in the text form, so no unit may contain them.
_NOT_IN_A_UNIT = frozenset({*QuantityChange.values, "within"})

# A loose reading of words with one blank between: what each may be is for `Quantity` to say.
_TEXT = re.compile(
    r"[^ ]+ (?P<value>[^ ]+)(?: (?P<upper>-?[0-9][^ ]*))?+ (?P<unit>.+?)"
    r"(?: (?P<change>increase|decrease)"
    r"(?: from (?P<baseline_value>[^ ]+)(?: in (?P<in>[^ ]+))?| on (?P<on>[^ ]+))?)?"
    r"(?: within (?P<tolerance>[^ %]+) ?%)?"
)


class QuantityError(ValueError):
    """A quantity that cannot be: which part of it, what stands there, what should.

    ``field`` is the name of a field of :class:`Quantity`. The message is put together when it
    is read, in the reader's language.
    """

    def __init__(self, field: str, found: object, wanted: Promise | str) -> None:
        super().__init__(field, found, wanted)
        self.field = field
        self.found = found
        self.wanted = wanted

    def __str__(self) -> str:
        found = "" if self.found is None else str(self.found)
        return gettext("%(field)s is %(found)s, but should be %(wanted)s.") % {
            "field": self.field,
            # A pasted page is not repeated back.
            "found": f"“{found[:UNIT_LENGTH]}”" if found else gettext("missing"),
            "wanted": self.wanted,
        }


class Met(Enum):
    """Whether an observation bears a quantity out."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, or a range of amounts, of something; or how far it rose or fell.

    Numbers are exact: at most 15 significant digits, at most 6 of them after the point, and less
    than 10**18 either side of zero. They lose their trailing zeros (``3600.000`` is ``3600``) and
    never print in scientific notation.

    Raises QuantityError, naming the field, where a part is malformed or the parts contradict
    each other.
    """

    comparator: str
    """A code of Comparator."""
    value: Decimal
    """In ``unit``; with ``between`` the lower bound; for a change its size, so not negative."""
    unit: str
    """A word or more, at most 60 characters, case kept: ``people``, ``units of hardware``,
    ``EUR``, ``km/h``. Shares are in ``percent``, differences of shares in ``percentage_point``."""
    _: KW_ONLY
    upper: Decimal | None = None
    """In ``unit``, above ``value``; with ``between``, always and only."""
    change: str = QuantityChange.LEVEL
    """A code of QuantityChange."""
    baseline_value: Decimal | None = None
    """The level it rose or fell from, in the unit of that level (20 *percent* off 100 *Mt*)."""
    baseline_date: FuzzyDate | None = None
    """When it stood at that level. Only an increase or a decrease has a baseline."""
    tolerance: Decimal | None = None
    """How far off ``approx`` may be, in percent of ``value``: above 0, at most 100. None where
    nobody said, which counts as 5. With ``approx`` only."""

    def __post_init__(self) -> None:
        _check_code("comparator", self.comparator, Comparator)
        _check_code("change", self.change, QuantityChange)
        # It is frozen, so the plain forms are put in place as dataclasses itself does it.
        object.__setattr__(self, "value", _plain_number("value", self.value))
        object.__setattr__(self, "unit", _plain_unit(self.unit))
        for field in ("upper", "baseline_value", "tolerance"):
            if (number := getattr(self, field)) is not None:
                object.__setattr__(self, field, _plain_number(field, number))
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        if self.comparator == Comparator.BETWEEN:
            if self.upper is None or self.upper <= self.value:
                raise QuantityError("upper", self.upper, _("a number above the value"))
        elif self.upper is not None:
            raise QuantityError("upper", self.upper, _("left out: it goes with between only"))
        if self.tolerance is not None:
            if self.comparator != Comparator.APPROX:
                wanted = _("left out: it goes with approx only")
                raise QuantityError("tolerance", self.tolerance, wanted)
            if not 0 < self.tolerance <= 100:
                wanted = _("a percentage above 0 and at most 100")
                raise QuantityError("tolerance", self.tolerance, wanted)
        if self.change != QuantityChange.LEVEL:
            if self.value < 0:
                # One fact, one spelling: comparing goes by the word.
                wanted = _("0 or more: a negative increase is a decrease, and the reverse")
                raise QuantityError("value", self.value, wanted)
        elif self.baseline_value is not None or self.baseline_date is not None:
            field = "baseline_date" if self.baseline_value is None else "baseline_value"
            wanted = _("left out: it goes with an increase or a decrease only")
            raise QuantityError(field, getattr(self, field), wanted)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the one-line form, which ``str`` gives back; any run of blanks is one.

        ::

            comparator value [upper] unit [change [baseline]] [tolerance]

            comparator   eq | approx | lt | lte | gt | gte | between
            value, upper digits, with - before and a point within where needed; upper with between
            unit         as the field; without the words level, increase, decrease, within
            change       increase | decrease
            baseline     from VALUE in DATE | from VALUE | on DATE
            tolerance    within PERCENTAGE %, with approx

        So ``approx 3600 people within 2 %``, ``between 10 20 percent``, ``eq 20 percent decrease
        on 1990``. Raises QuantityError, naming the first field that is missing or malformed.
        """
        words = text.split()
        comparator, value = (*words, "", "")[:2]
        _check_code("comparator", comparator, Comparator)
        match = _TEXT.fullmatch(" ".join(words))
        if match is None:
            _read_number("value", value)
            raise QuantityError("unit", "", _("given, as in “approx 3600 people”"))
        date = match["in"] or match["on"]
        numbers = {
            field: _read_number(field, match[field])
            for field in ("value", "upper", "baseline_value", "tolerance")
            if match[field] is not None
        }
        return cls(
            comparator,
            unit=match["unit"],
            change=match["change"] or QuantityChange.LEVEL,
            baseline_date=_read_date("baseline_date", date) if date else None,
            **numbers,
        )

    def __str__(self) -> str:
        words: list[object] = [self.comparator, self.value]
        if self.upper is not None:
            words.append(self.upper)
        words.append(self.unit)
        if self.change != QuantityChange.LEVEL:
            words.append(self.change)
        if self.baseline_value is not None:
            words += ["from", self.baseline_value]
        if self.baseline_date is not None:
            words += ["on" if self.baseline_value is None else "in", self.baseline_date]
        if self.tolerance is not None:
            words += ["within", self.tolerance, "%"]
        return " ".join(map(str, words))

    def compare(self, observed: "Decimal | Quantity") -> Met:
        """Say whether what was observed bears this out.

        A bare number is exactly that much, in this quantity's own unit, change and baseline. An
        observation may be as vague as a claim ("over 120"): it meets the claim when every amount
        it allows does, fails it when none does, and otherwise cannot tell. Another unit of the
        same dimension is converted exactly (`claims.units`). It cannot tell with any other unit,
        with another change, or where both name a baseline and not the same one: that is told
        from baseline values as written only where the units are written alike, since the unit of
        a baseline is not written.

        Raises QuantityError for a bare number that could not be a ``value`` here.
        """
        if isinstance(observed, Decimal):
            observed = replace(
                self, comparator=Comparator.EQ, value=observed, upper=None, tolerance=None
            )
        scale = ratio(observed.unit, self.unit)
        if scale is None or not self._starts_the_same(observed):
            return Met.CANNOT_TELL
        low, high = self._ends(Fraction(1))
        observed_low, observed_high = observed._ends(scale)
        if low <= observed_low and observed_high <= high:
            return Met.MET
        if observed_high < low or high < observed_low:
            return Met.NOT_MET
        return Met.CANNOT_TELL

    def _starts_the_same(self, other: "Quantity") -> bool:
        """Both are levels, or rise, or fall; and nothing says that they do so from elsewhere."""
        values = self.baseline_value, other.baseline_value
        dates = self.baseline_date, other.baseline_date
        return (
            self.change == other.change
            and (None in values or (self.unit == other.unit and values[0] == values[1]))
            and (None in dates or dates[0] == dates[1])
        )

    def _ends(self, scale: Fraction) -> "tuple[_End, _End]":
        """The lowest and the highest amount it allows, in an order that knows open ends.

        An end is an amount and a nudge: 0 for the amount itself, 1 for just above it, -1 for just
        below. So "more than 100" begins at ``(100, 1)``, after "at least 100" at ``(100, 0)``.
        Amounts are multiplied by ``scale``, which is above zero.
        """
        value = Fraction(self.value) * scale
        match self.comparator:
            case Comparator.LT:
                return _LOWEST, (value, -1)
            case Comparator.LTE:
                return _LOWEST, (value, 0)
            case Comparator.GT:
                return (value, 1), _HIGHEST
            case Comparator.GTE:
                return (value, 0), _HIGHEST
            case Comparator.APPROX:
                slack = abs(value) * Fraction(self.tolerance or DEFAULT_TOLERANCE) / 100
                return (value - slack, 0), (value + slack, 0)
        return (value, 0), (value if self.upper is None else Fraction(self.upper) * scale, 0)


def _check_code(field: str, code: str, vocabulary: type[TextChoices]) -> None:
    if code not in _codes(vocabulary):
        raise QuantityError(field, code, " | ".join(vocabulary.values))


@cache
def _codes(vocabulary: type[TextChoices]) -> list[str]:
    return vocabulary.values  # which is made anew each time


def _read_number(field: str, word: str) -> Decimal:
    # Decimal itself would also take 1e3, 1_000, NaN and the digits of other scripts.
    if not _NUMBER.fullmatch(word):
        wanted = _("plain digits such as 3600 or -0.5 (for 20%, write 20 percent)")
        raise QuantityError(field, word, wanted)
    return Decimal(word)


def _read_date(field: str, word: str) -> FuzzyDate:
    try:
        return FuzzyDate.parse(word)
    except FuzzyDateError as error:
        wanted = _("a date such as 1990, 1990-Q4 or 1990-10-16")
        raise QuantityError(field, word, wanted) from error


def _plain_number(field: str, number: Decimal) -> Decimal:
    """The same number written out without trailing zeros, if the database can keep it."""
    if not isinstance(number, Decimal) or not number.is_finite():
        raise QuantityError(field, number, _("a finite Decimal"))
    wanted = _("of at most 15 significant digits, 6 after the point and 18 before it")
    try:
        digits = f"{number.normalize(_STORED):f}"
    except Inexact:
        raise QuantityError(field, number, wanted) from None
    if len(digits.partition(".")[2]) > DECIMAL_PLACES:
        raise QuantityError(field, number, wanted)
    return Decimal(digits) or Decimal(0)  # zero has no sign


def _plain_unit(unit: str) -> str:
    """The same unit with one blank between its words."""
    if "%" in unit:
        wanted = _("the word percent, or percentage_point for a difference of shares")
        raise QuantityError("unit", unit, wanted)
    words = unit.split()
    if not _NOT_IN_A_UNIT.isdisjoint(word.casefold() for word in words):
        wanted = _(
            "free of the words level, increase, decrease and within, which have places of their "
            "own, as in “eq 20 percent decrease from 100 in 1990”, “approx 3600 people within 2 %”"
        )
        raise QuantityError("unit", unit, wanted)
    plain = " ".join(words)
    if len(plain) > UNIT_LENGTH or not _UNIT.fullmatch(plain):
        wanted = _("words of a-z, A-Z, 0-9, _ . / and -, from a letter on, at most 60 characters")
        raise QuantityError("unit", unit, wanted)
    return plain
