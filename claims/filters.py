"""Which claims? One table of filters: API, export, pages and admin ask the same questions."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from claims import choices, search
from claims.as_of import AsOf
from claims.choices import LinkType
from claims.filter_sets import FiltersAsked, FiltersForm
from claims.models import (
    Appearance,
    Claim,
    ClaimCount,
    ClaimQuerySet,
    Collection,
    Evidence,
    Reading,
    Source,
    Speaker,
    Topic,
    today,
)
from claims.naming import LinksTo, Named, Uids, Under, Used
from claims.questions import (
    Changed,
    Closed,
    DueWithin,
    EndsTo,
    Figure,
    From,
    FullText,
    Has,
    HasAny,
    HasRow,
    HasText,
    Is,
    JudgedFrom,
    JudgedTo,
    Moment,
    MovesDeadline,
    OutcomeWords,
    Overdue,
    Overlaps,
    PossiblyOverdue,
    Question,
    RecordedFrom,
    RecordedTo,
    To,
    VerdictDated,
    Words,
)

# Filters whose conditions the kept counts meet as claims do.
KEPT = frozenset({"kind", "status", "outcome", "progress", "closed"})


class ClaimFilterForm(FiltersForm):
    def clean(self) -> None:
        for name in ("quantity_min", "quantity_max"):
            if name in self.fields and "unit" not in self.fields:
                self.add_error(name, _("Say of what: give unit too, such as unit=people."))
        if "changed" in self.fields and "as_of" not in self.fields:
            self.add_error("changed", _("Say since when: give as_of too."))
        super().clean()


class ClaimFilter(FiltersAsked):
    """The public claims that meet the filters named in `data`. `errors` names each bad value.

    With `as_of`, being public and what is asked of how a claim stands (status, outcome, progress,
    closed, overdue, stale, and all about the verdict that stands) is meant as of then; the other
    filters ask claims as they are now.
    """

    uid = Uids(help_text="Uids.")
    external_id = Used(Claim, "external_id", "2020-104", help_text="Its names in other systems.")
    search = FullText(
        help_text="Words of statement, quote, criteria and names of who said it and for whom: all"
        ' of them, each as the beginning of a word, whatever case and accents. `"a phrase"` is'
        ' found in that order, in whole words; `-word` and `-"a phrase"` are left out; `a OR b`'
        f" is either. At most {search.MAX_TERMS} words and phrases. With `as_of`: words as they"
        " are now."
    )
    speaker = Named(Speaker, help_text="Slugs of those who said it.")
    on_behalf_of = Named(Speaker, help_text="Slugs of those it was said for.")
    attribution = Words(choices.Attribution, help_text="How it is known that it was said.")
    source = Named(Source, help_text="Slugs of where it was first said.")
    publisher = Used(
        Source,
        "publisher",
        "BelTA",
        field_name="source__publisher",
        help_text="Who published that, by name; one with a comma in it goes in double quotes.",
    )
    topic = Under(Topic, field_name="topics", help_text="Slugs.")
    has_topic = HasAny(field_name="topics", help_text="It is filed under some topic.")
    collection = Under(Collection, field_name="collections", help_text="Slugs.")
    has_collection = HasAny(field_name="collections", help_text="It is in some collection.")
    kind = Words(choices.ClaimKind)
    quote_language = Used(
        Claim, "quote_language", "en", help_text="Language tags (BCP 47), just as they are noted."
    )
    quote_is_translation = Is(help_text="The quote was translated.")
    has_condition = HasText(field_name="condition", help_text="It was said under a condition.")

    status = Words(choices.Status, standing=True)
    outcome = OutcomeWords(choices.Outcome, standing=True)
    progress = Words(choices.Progress, standing=True)
    closed = Closed(help_text="An outcome stands.")
    stale = Is(
        standing=True,
        help_text="Its words were edited since the verdict that stands judged them.",
    )
    overdue = Overdue(
        help_text="Open, able to be late, and its last due day (UTC) is past: for certain."
    )
    possibly_overdue = PossiblyOverdue(
        help_text="The same, but its due period is marked ~ (about) or ? (uncertain)."
    )

    judged_from = JudgedFrom(
        help_text="The verdict that stands was recorded on or after this day (UTC) or period.",
    )
    judged_to = JudgedTo(help_text="It was recorded on or before, likewise.")
    happened_from = From(
        field_name="verdict__happened_on_first",
        standing=True,
        help_text="By the verdict that stands, it became so on or after (by the first day).",
    )
    happened_to = To(
        field_name="verdict__happened_on_first",
        standing=True,
        help_text="It became so on or before, likewise.",
    )
    verdict_dated = VerdictDated(
        field_name="verdict__happened_on",
        standing=True,
        help_text="The verdict that stands says when it became so.",
    )
    cause = Words(
        choices.AssessmentCause,
        field_name="verdict__cause",
        standing=True,
        help_text="Why the verdict that stands was given.",
    )
    reason = Words(
        choices.AssessmentReason,
        field_name="verdict__reason",
        standing=True,
        help_text="What the verdict that stands gives as the reason.",
    )

    said_from = From(
        field_name="said_on_first",
        help_text="First said on or after this fuzzy date (by the claim's first day).",
    )
    said_to = To(field_name="said_on_first", help_text="First said on or before it, likewise.")
    published_from = RecordedFrom(
        field_name="published_at", help_text="We first published it on or after this day (UTC)."
    )
    published_to = RecordedTo(
        field_name="published_at", help_text="We first published it on or before."
    )
    has_due = Has(field_name="due", help_text="A due period is given.")
    due_mode = Words(choices.DueMode, help_text="How its due period is meant.")
    due_basis = Words(choices.DueBasis, help_text="Who dated it.")
    due_overlaps = Overlaps(
        field_name="due", help_text="The due period shares a day with this fuzzy date."
    )
    has_due_end = Has(field_name="due_last", help_text="Its due period has a last day.")
    due_ends_from = From(field_name="due_last", help_text="Last due day on or after.")
    due_ends_to = EndsTo(field_name="due", help_text="Last due day on or before.")
    due_within = DueWithin(help_text="Last due day from today to so many days on: `7d`, `2w`.")
    has_refers_to = Has(field_name="refers_to", help_text="An assertion that speaks of some time.")
    refers_to_overlaps = Overlaps(
        field_name="refers_to",
        help_text="The time an assertion speaks of shares a day with this fuzzy date.",
    )

    revises = LinksTo(
        LinkType.REVISES,
        help_text="It revises an earlier claim, or one of these uids; false: it is the first of"
        " its chain.",
    )
    deadline_moved = MovesDeadline(
        help_text="It revises a claim that was due on other days, or drops its deadline."
    )
    repeats = LinksTo(LinkType.REPEATS, help_text="It repeats another's claim, or one of these.")
    contradicts = LinksTo(LinkType.CONTRADICTS, help_text="Likewise.")
    depends_on = LinksTo(LinkType.DEPENDS_ON, help_text="Likewise.")
    part_of = LinksTo(LinkType.PART_OF, help_text="Likewise.")
    withdraws = LinksTo(LinkType.WITHDRAWS, help_text="Likewise.")
    has_appearances = HasRow(Appearance, help_text="It was said again.")
    has_evidence = HasRow(Evidence, help_text="Some evidence is noted.")

    has_quantity = Has(field_name="quantity", help_text="A figure was named.")
    unit = Used(
        Claim,
        "quantity_unit",
        "people",
        field_name="quantity_unit",
        help_text="Units of its quantity: `people`, `percent`.",
    )
    quantity_min = Figure("gte", help_text="Its figure is at least this; needs `unit`.")
    quantity_max = Figure("lte", help_text="Its figure is at most this; needs `unit`.")
    as_of = Moment(
        help_text="As of the end of this UTC day (today: now), of an instant (RFC 3339) or of a"
        " ledger cursor, by our clock: claims that were public then, as they stood then."
    )
    changed = Changed(help_text="Its record has changed since `as_of`; needs `as_of`.")

    class Meta:
        model = Claim
        fields: list[str] = []
        form = ClaimFilterForm

    @property
    def moment(self) -> AsOf | None:
        """Where in the ledger it is asked; None: now."""
        as_of: AsOf | None = self.form.cleaned_data.get("as_of")
        return as_of

    @property
    def asked(self) -> dict[str, str]:
        """The parameters, so that they find the same whenever they are asked again."""
        asked = {name: str(self.data[name]) for name in self.filters}
        return asked | {"as_of": self.moment.place} if self.moment else asked

    @property
    def reading(self) -> Reading:
        return self.moment.reading if self.moment else Reading(today())

    def conditions(self, reading: Reading | None = None) -> Q:
        """All that is asked, but for being public: also to count within another's answer, whose
        `reading` it then is. Expects valid filters."""
        return super().conditions(reading or self.reading)

    @property
    def is_kept(self) -> bool:
        """Are the numbers of the claims that it finds among the kept counts?"""
        return self.filters.keys() <= KEPT

    def kept(self) -> QuerySet[ClaimCount]:
        """Those counts. Expects that it `is_kept`."""
        return ClaimCount.objects.filter(self.conditions(), number__gt=0)

    def count(self) -> int:
        """How many claims it finds. Expects valid filters."""
        if not self.is_kept:
            return self.qs.count()
        number: int | None = self.kept().aggregate(number=Sum("number"))["number"]
        return number or 0

    def filter_queryset(self, queryset: ClaimQuerySet) -> ClaimQuerySet:
        if self.moment:
            return queryset.public_at(self.moment.number, self.conditions())
        return queryset.published().filter(self.conditions())


def questions() -> dict[str, Question]:
    """Every filter there is, by the name of its parameter."""
    return ClaimFilter.every()
