from __future__ import annotations

import uuid
from collections.abc import Collection as Many
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connections, models
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.utils.translation import gettext_lazy as _

from claims.choices import (
    Attribution,
    ClaimKind,
    DueBasis,
    DueMode,
    EditorialState,
    Outcome,
    Progress,
    Status,
    allowed_outcomes,
    status_label,
)

from .chain import chain_pks, revised
from .claim_indexes import EVER_PUBLIC, INDEXES
from .collection import Collection
from .constraints import one_of, period_in_order
from .fields import FuzzyDateField, QuantityField, period_edge
from .prepared import Prepared
from .reference import by_slug
from .standing import Reading, today
from .texts import language_field, prose_field
from .topic import Topic

# Rows that a claim's own row names, with the one that a speaker's names.
NAMED = ("speaker__organisation", "on_behalf_of__organisation", "source")
# All that hangs on a claim, with what that names.
RELATED = {
    "topics": (),
    "collections": (),
    "appearances": ("source",),
    "evidence": ("source",),  # what one replaces is among them
    "assessments": (),  # so is what one corrects
    "assessments__evidence": (),
    "links": (),
    "links__target": (),
}


def under(relation: str, slugs: Sequence[str] | None = None) -> Q:
    """Those that name one of the slugs, or any row at all, through a many-to-many `relation`."""
    many = getattr(Claim, relation)
    rows = many.through.objects.filter(claim=OuterRef("pk"))
    if slugs is not None:
        column, named = many.field.m2m_reverse_field_name(), many.rel.model.objects
        rows = rows.filter(by_slug(column, named, slugs))
    return Q(Exists(rows))


class ClaimQuerySet(models.QuerySet["Claim"]):
    def get_by_natural_key(self, uid: str) -> Claim:
        return self.get(uid=uid)

    def with_external_ids(self, external_ids: Iterable[str | None]) -> ClaimQuerySet:
        """Those that have one of these names in other systems, none of them empty."""
        # The second is so of all of them, and lets the index of those that have one be used.
        return self.filter(external_id__in=external_ids).exclude(external_id="")

    def published(self) -> ClaimQuerySet:
        """What the public may see."""
        # The second is so of all of them, and lets the indexes be used.
        return self.filter(editorial_state=EditorialState.PUBLISHED).filter(EVER_PUBLIC)

    @staticmethod
    def published_row(uid: uuid.UUID, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
        """The `columns` of a published claim, integers and texts; None: there is none. One
        query, prepared."""
        return _published_row(columns).row(uid)

    def public_at(self, number: int, conditions: Q) -> ClaimQuerySet:
        """What the public could see at a number of the ledger, and what of it meets `conditions`;
        ``stood`` is how each stood, and is joined once for all that is asked in this call."""
        holds = Q(standings__number__lte=number) & (
            Q(standings__until__isnull=True) | Q(standings__until__gt=number)
        )
        return (
            self.filter(EVER_PUBLIC)
            .annotate(stood=FilteredRelation("standings", condition=holds))
            .filter(conditions, stood__number__isnull=False)
        )

    def closed(self) -> ClaimQuerySet:
        """Judged: an outcome stands."""
        return self.filter(Reading(today()).closed)

    def open(self) -> ClaimQuerySet:
        return self.filter(Reading(today()).open)

    def chain_of(self, uid: uuid.UUID, most: int) -> ClaimQuerySet:
        """The published claims that revise each other, on and back from the one with `uid`.

        At most `most`, those before it first; each with `revises_id`, the primary key of the
        claim that it revises (None: none). One query.
        """
        column = Claim._meta.get_field("uid")
        stored = column.get_db_prep_value(uid, connections[self.db])
        return self.filter(pk__in=chain_pks(stored, most)).annotate(revises_id=Subquery(revised()))

    def in_bulk(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """By key, so in no order: putting it into SQL takes longer than the rest of the query."""
        return super(ClaimQuerySet, self.order_by()).in_bulk(*args, **kwargs)

    def with_everything(self) -> ClaimQuerySet:
        """With all that `documents.record` reads, in a fixed number of queries."""
        return self.with_named().prefetch_related(*_all_that_hangs_on_one())

    def with_named(self) -> ClaimQuerySet:
        """With the rows that a claim's own row names, and the speakers' organisations."""
        return self.select_related(*NAMED)

    def after_write(self, known: Mapping[int, Claim], changed: Many[str]) -> dict[int, Claim]:
        """Claims that were read `with_everything`, read again: their own rows, and of what hangs
        on them the relations that were `changed` since."""
        claims: dict[int, Claim] = self.with_named().in_bulk(list(known))
        for pk, claim in claims.items():
            there = known[pk]._prefetched_objects_cache  # type: ignore[attr-defined]
            claim._prefetched_objects_cache = {  # type: ignore[attr-defined]
                name: rows for name, rows in there.items() if name not in changed
            }
        read_all_that_hangs_on(list(claims.values()))
        return claims


@cache
def _published_row(columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda uid: Claim.objects.published().filter(uid=uid).values_list(*columns))


def read_all_that_hangs_on(claims: Sequence[Claim]) -> None:
    """Make claims that were read `with_named` such as `with_everything` gives; what is there
    already stays."""
    prefetch_related_objects(claims, *_all_that_hangs_on_one())


def _all_that_hangs_on_one() -> Iterator[str | Prefetch]:
    for relation, named in RELATED.items():
        if named:  # in one query
            rows: Any = Claim._meta.get_field(relation).related_model
            yield Prefetch(relation, rows.objects.select_related(*named))
        else:
            yield relation


class Claim(models.Model):
    """One checkable statement by one speaker, judged as it was said."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Moves with every write: what a writer must have seen.
    revision = models.PositiveIntegerField(default=1, editable=False)
    # Moves with a material edit: what an assessment judged.
    words_revision = models.PositiveIntegerField(default=1, editable=False)

    statement = prose_field(
        _("statement"), 1_000, help_text=_("Ours, and checkable: one quantity, one deadline.")
    )
    quote = prose_field(_("quote"), 2_000, blank=True, help_text=_("Verbatim, and short."))
    # The words before and after: a W3C TextQuoteSelector that finds the quote on its page.
    quote_prefix = models.CharField(_("words before the quote"), max_length=200, blank=True)
    quote_suffix = models.CharField(_("words after the quote"), max_length=200, blank=True)
    quote_language = language_field(_("language of the quote"))
    quote_is_translation = models.BooleanField(_("quote is a translation"), default=False)

    speaker = models.ForeignKey(
        "Speaker", models.PROTECT, related_name="claims", verbose_name=_("speaker")
    )
    speaker_role = models.CharField(
        _("role when speaking"), max_length=200, blank=True, help_text=_("As of then.")
    )
    on_behalf_of = models.ForeignKey(
        "Speaker",
        models.PROTECT,
        null=True,  # NULL: spoke for themselves
        blank=True,
        related_name="claims_on_behalf",
        verbose_name=_("on behalf of"),
    )
    attribution = models.CharField(
        _("attribution"), max_length=10, choices=Attribution, default=Attribution.DIRECT
    )
    source = models.ForeignKey(
        "Source",
        models.PROTECT,
        null=True,  # NULL only before publication
        blank=True,
        related_name="claims",
        verbose_name=_("source"),
    )
    said_on = FuzzyDateField(_("said on"), help_text=_("Its first appearance."))
    said_on_first = models.DateField(editable=False)
    said_on_last = models.DateField(editable=False)

    kind = models.CharField(_("kind"), max_length=10, choices=ClaimKind)
    due = FuzzyDateField(_("due"), null=True, blank=True)  # NULL: nobody set a date
    due_first = period_edge()
    due_last = period_edge()
    due_mode = models.CharField(_("meaning of due"), max_length=10, choices=DueMode, blank=True)
    due_basis = models.CharField(_("basis of due"), max_length=8, choices=DueBasis, blank=True)
    refers_to = FuzzyDateField(
        _("refers to"), null=True, blank=True, help_text=_("The time an assertion speaks of.")
    )
    refers_to_first = period_edge()
    refers_to_last = period_edge()
    condition = prose_field(
        _("condition"), 500, blank=True, help_text=_("What it was said to depend on.")
    )
    quantity = QuantityField(_("quantity"), null=True, blank=True)  # NULL: no figure was named
    quantity_value = models.DecimalField(max_digits=24, decimal_places=6, null=True, editable=False)
    quantity_unit = models.CharField(max_length=60, blank=True, editable=False)
    measure = models.CharField(
        _("measure"), max_length=300, blank=True, help_text=_("What is counted.")
    )
    criteria = prose_field(
        _("criteria"), 2_000, blank=True, help_text=_("How it will be judged, written beforehand.")
    )

    topics = models.ManyToManyField(
        Topic, blank=True, related_name="claims", verbose_name=_("topics")
    )
    collections = models.ManyToManyField(
        Collection, blank=True, related_name="claims", verbose_name=_("collections")
    )

    editorial_state = models.CharField(
        _("editorial state"),
        max_length=10,
        choices=EditorialState,
        default=EditorialState.DRAFT,
        editable=False,
    )
    state_reason = prose_field(_("reason for the state"), 1_000, blank=True, editable=False)
    # NULL: never published. Set once, at the first publication.
    published_at = models.DateTimeField(null=True, editable=False)
    external_id = models.CharField(
        _("external id"), max_length=200, blank=True, help_text=_("Its name in another system.")
    )
    # Flat: texts by name. Those of whoever brought the claim in, and of no meaning to us.
    extra = models.JSONField(
        _("columns of its own"),
        default=dict,
        blank=True,
        help_text=_("Texts by name, as a JSON object."),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )

    # Cached from the assessments, and written only together with one.
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True, editable=False)
    progress = models.CharField(max_length=12, choices=Progress, blank=True, editable=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.PENDING, editable=False)
    # The assessment whose outcome stands; NULL: none does.
    verdict = models.ForeignKey(
        "Assessment", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # The words were edited since that assessment judged them.
    stale = models.BooleanField(_("stale"), default=False, editable=False)
    # The ledger entry that last changed this claim; NULL: never public.
    ledger_number = models.BigIntegerField(null=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on_first", "-pk"]
        permissions = [
            ("publish_claim", "Can publish, retract, set aside and merge claims"),
            ("assess_claim", "Can record verdicts and progress"),
        ]
        constraints = [
            one_of("kind", ClaimKind, "claim"),
            one_of("attribution", Attribution, "claim"),
            one_of("editorial_state", EditorialState, "claim"),
            one_of("due_mode", DueMode, "claim", blank=True),
            one_of("due_basis", DueBasis, "claim", blank=True),
            one_of("progress", Progress, "claim", blank=True),
            period_in_order("said_on", "claim"),
            period_in_order("due", "claim"),
            period_in_order("refers_to", "claim"),
            models.CheckConstraint(
                condition=Q(due__isnull=True, due_mode="", due_basis="")
                | (Q(due__isnull=False) & ~Q(due_mode="") & ~Q(due_basis="")),
                name="claim_due_is_explained",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ClaimKind.ASSERTION) & Q(due__isnull=True))
                | (~Q(kind=ClaimKind.ASSERTION) & Q(refers_to__isnull=True)),
                name="claim_due_or_refers_to",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(
                    *(Q(kind=kind, outcome__in=list(allowed_outcomes(kind))) for kind in ClaimKind),
                    _connector=Q.OR,
                ),
                name="claim_outcome_fits_kind",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.VOID) | ~Q(condition=""),
                name="claim_void_has_condition",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.BORNE_OUT_LATE) | Q(due_mode=DueMode.BY),
                name="claim_late_was_due_by",
            ),
            models.CheckConstraint(
                condition=Q(progress="") | Q(kind=ClaimKind.PROMISE),
                name="claim_progress_of_a_promise",
            ),
            models.CheckConstraint(
                condition=(~Q(outcome="") & Q(status=F("outcome")))
                | (Q(outcome="") & ~Q(progress="") & Q(status=F("progress")))
                | Q(outcome="", progress="", status=Status.PENDING),
                name="claim_status_is_derived",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", verdict__isnull=True, stale=False)
                | (~Q(outcome="") & Q(verdict__isnull=False)),
                name="claim_outcome_has_verdict",
            ),
            models.CheckConstraint(
                condition=Q(editorial_state=EditorialState.MERGED, merged_into__isnull=False)
                | (~Q(editorial_state=EditorialState.MERGED) & Q(merged_into__isnull=True)),
                name="claim_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(editorial_state=EditorialState.PUBLISHED)
                | Q(source__isnull=False, published_at__isnull=False),
                name="claim_published_has_source",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="claim_external_id_once",
                violation_error_message=_("A claim with this external id is already there."),
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.statement

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    @property
    def is_published(self) -> bool:
        return self.editorial_state == EditorialState.PUBLISHED

    @property
    def closed(self) -> bool:
        """An outcome stands."""
        return bool(self.outcome)

    @property
    def status_label(self) -> str:
        return status_label(self.kind, self.status)

    def is_past_due(self, on: date | None = None) -> bool:
        """As `Reading.past_due`, for one claim in hand."""
        return (
            not self.closed
            and self.due is not None
            and self.due.last is not None
            and self.due_mode != DueMode.THROUGHOUT
            and self.due.last < (on or today())
        )
