"""One table of columns for each CSV file, read by the export and by the import alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter

from django.db import models
from django.db.models import F, Q, QuerySet

from claims import choices
from claims.curation.rules import happened_before_said
from claims.models import (
    Appearance,
    Assessment,
    Claim,
    ClaimQuerySet,
    Collection,
    Evidence,
    Link,
    Source,
    Speaker,
    Topic,
)

from .cells import (
    Column,
    companion,
    confirmation,
    counter,
    fuzzy_date,
    instant,
    object_of_texts,
    quantity,
    slug,
    slug_of,
    slugs_of,
    text,
    texts,
    uid,
    uid_of,
    uids_of,
    word,
    yes_no,
)
from .database_cells import (
    SecondWord,
    WrittenDay,
    address_of_claim,
    true_where,
    unmarked,
)
from .vocabularies import Vocabulary
from .vocabulary_columns import columns_of


@dataclass(frozen=True, kw_only=True)
class Table:
    """A CSV file: its stem, its columns, the rows that are exported, the names a row goes by."""

    name: str
    model: type[models.Model]
    rows: Callable[[], QuerySet]
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ("id",)  # a row fills at least one
    by_name: dict[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})


def with_cells(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Claims with all that their columns read, in a fixed number of queries."""
    related = claims.select_related("speaker", "on_behalf_of", "source", "verdict")
    return related.prefetch_related("topics", "collections")


def _of_published(model: type[models.Model], *related: str) -> Callable[[], QuerySet]:
    return lambda: (
        model._default_manager.filter(claim__in=Claim.objects.published())
        .select_related("claim", *related)
        .order_by("pk")
    )


_REVISION = "The revision this row was exported at: a row that moved on is then refused."
_SOURCE = "Slug of the source."
_CLAIM = "The claim's id."
_RECORDED_AT = instant("recorded_at", "When we said so; empty: now.")
_JUDGED = "Record an assessment, as in assessments.csv."
_IN = "Change it in “{}”."


def _edge(name: str, column: str, about: str, of: str) -> Column:
    """An end of a period, as a day."""
    return companion(
        name, attrgetter(column), about, sql=WrittenDay(F(column)), instead=_IN.format(of)
    )


AS_OF = "as_of"  # what an export asks for the columns of the past by

TOPICS = Table(
    name="topics",
    model=Topic,
    keys=("slug",),
    rows=lambda: Topic.objects.order_by("slug"),
    columns=(
        slug(),
        counter("revision", _REVISION),
        text("name", "The subject heading."),
        text("description", "What belongs under it."),
    ),
)

COLLECTIONS = Table(
    name="collections",
    model=Collection,
    keys=("slug",),
    rows=lambda: Collection.objects.order_by("slug"),
    columns=(
        slug(),
        counter("revision", _REVISION),
        text("name", "What the tracked set is called."),
        text("selection_note", "Which claims are in, which were left out, and why."),
        text("owner", "Who answers for the selection."),
        fuzzy_date("starts_on", "When it starts: a fuzzy date."),
        fuzzy_date("ends_on", "When it ends: a fuzzy date."),
    ),
)

SPEAKERS = Table(
    name="speakers",
    model=Speaker,
    keys=("slug",),
    rows=lambda: Speaker.objects.select_related("organisation").order_by("slug"),
    columns=(
        slug(),
        counter("revision", _REVISION),
        text("name", "The speaker's name."),
        word("kind", choices.SpeakerKind, "A person or an organisation."),
        texts("aliases", "Other names: a JSON array."),
        text("wikidata_id", "Such as Q42."),
        slug_of("organisation", Speaker, "Slug of the organisation they belong to today."),
    ),
)

SOURCES = Table(
    name="sources",
    model=Source,
    keys=("slug",),
    rows=lambda: Source.objects.order_by("slug"),
    columns=(
        slug(),
        counter("revision", _REVISION),
        text("url", "Its http or https address.", once=True),
        text("archive_url", "The address of a copy."),
        text("publisher", "Who published it."),
        text("title", "Its title."),
        fuzzy_date("published_on", "When: a fuzzy date."),
        text("language", "A BCP 47 language tag."),
    ),
)

CLAIMS = Table(
    name="claims",
    model=Claim,
    keys=("id", "external_id"),
    rows=lambda: with_cells(Claim.objects.published().order_by("-said_on_first", "-pk")),
    columns=(
        uid("The claim's uid; empty: it goes by its external_id."),
        counter("revision", _REVISION),
        text("external_id", "Its name in another system.", once=True),
        word("kind", choices.ClaimKind, "Promise, prediction or assertion."),
        text("statement", "The claim, in our words, with one figure and one deadline."),
        text("quote", "Verbatim, and short."),
        text("quote_prefix", "The words before the quote."),
        text("quote_suffix", "The words after the quote."),
        text("quote_language", "A BCP 47 language tag."),
        yes_no("quote_is_translation", "The quote is a translation."),
        slug_of("speaker", Speaker, "Slug of who said it."),
        text("speaker_role", "The speaker's role as of then."),
        slug_of("on_behalf_of", Speaker, "Slug of whom it was said for."),
        word("attribution", choices.Attribution, "How the source has it."),
        slug_of("source", Source, "Slug of where it was first said."),
        fuzzy_date("said_on", "When it was first said: a fuzzy date."),
        fuzzy_date("due", "When it falls due: a fuzzy date."),
        word("due_mode", choices.DueMode, "What the due period means."),
        word("due_basis", choices.DueBasis, "Who set the due period."),
        fuzzy_date("refers_to", "The time an assertion speaks of: a fuzzy date."),
        text("condition", "What it was said to depend on."),
        quantity("quantity", "The figure, such as: approx 3600 people."),
        text("measure", "What is counted."),
        text("criteria", "How it will be judged."),
        slugs_of("topics", Topic, "Slugs of its topics: a JSON array.", back="claims"),
        slugs_of(
            "collections",
            Collection,
            "Slugs of its collections: a JSON array.",
            back="claims",
        ),
        object_of_texts("extra", "Columns of your own: a JSON object of texts by name."),
        word(
            "editorial_state",
            choices.EditorialState,
            "draft, in_review or published; empty: as it is.",
            listed=False,
            told=True,
        ),
        counter(
            "words_revision", "How often its words were edited: of a new claim, at another desk."
        ),
        companion(
            "status",
            lambda claim: claim.status,
            "The outcome, else the progress.",
            sql=F("status"),
            instead=_JUDGED,
        ),
        companion(
            "closed",
            lambda claim: "true" if claim.closed else "false",
            "An outcome stands.",
            sql=true_where(Q(outcome__gt="")),
            json="boolean",
            instead=_JUDGED,
        ),
        companion(
            "headline",
            lambda claim: claim.verdict and claim.verdict.headline,
            "Of the verdict that stands.",
            sql=F("verdict__headline"),
            guard=True,
            instead=_JUDGED,
        ),
        companion(
            # Renamed meanwhile, it would differ though nobody wrote over it.
            "speaker_name",
            lambda claim: claim.speaker.name,
            "As of today.",
            sql=F("speaker__name"),
            guard=True,
        ),
        _edge("said_first", "said_on_first", "First day of said_on.", "said_on"),
        _edge("said_last", "said_on_last", "Last day of said_on.", "said_on"),
        _edge("due_first", "due_first", "First day of due.", "due"),
        _edge("due_last", "due_last", "Last day of due.", "due"),
        companion(
            "quantity_value",
            lambda claim: claim.quantity and claim.quantity.value,
            "The figure; of a “between”, the lower one.",
            sql=SecondWord(F("quantity")),
            instead=_IN.format("quantity"),
        ),
        companion(
            "quantity_unit",
            lambda claim: claim.quantity_unit,
            "What it is a figure of.",
            sql=F("quantity_unit"),
            instead=_IN.format("quantity"),
        ),
        Column(
            name="url",
            about="Its address in the API.",
            read=lambda claim, site_url: f"{site_url}/api/v1/claims/{claim.uid}/",
            sql=address_of_claim,
        ),
        *(column for vocabulary in Vocabulary for column in columns_of(vocabulary)),
        companion(
            "changed_since",
            lambda claim: "true" if claim.changed_since else "false",
            "Only in an export as of the past: its record has changed since.",
            asked=AS_OF,
            json="boolean",
        ),
    ),
)

APPEARANCES = Table(
    name="appearances",
    model=Appearance,
    rows=_of_published(Appearance, "source"),
    columns=(
        uid("The appearance's uid."),
        uid_of("claim", Claim, _CLAIM, required=True),
        fuzzy_date("said_on", "When it was said again: a fuzzy date."),
        slug_of("source", Source, _SOURCE),
        text("quote", "Verbatim, and short."),
        _RECORDED_AT,
    ),
)

EVIDENCE = Table(
    name="evidence",
    model=Evidence,
    rows=_of_published(Evidence, "source", "replaces"),
    columns=(
        uid("The uid of the piece of evidence."),
        uid_of("claim", Claim, _CLAIM, required=True),
        word("kind", choices.EvidenceKind, "What kind of evidence it is."),
        word("stance", choices.Stance, "Whether it supports or contradicts the claim."),
        text("summary", "What it shows."),
        slug_of("source", Source, "Slug of the source; a search has none."),
        fuzzy_date("dated", "When what it shows was so: a fuzzy date."),
        quantity("observed", "The figure observed."),
        text("original_rating", "Another desk's verdict, in its own words."),
        uid_of("replaces", Evidence, "The id of the evidence it stands in for.", once=True),
        _RECORDED_AT,
    ),
)

LINKS = Table(
    name="links",
    model=Link,
    # Nor is a link exported whose target has left the public: its file would name nothing.
    rows=lambda: _of_published(Link, "target")().filter(target__in=Claim.objects.published()),
    columns=(
        uid("The link's uid."),
        uid_of("claim", Claim, _CLAIM, required=True),
        word("type", choices.LinkType, "What the claim does to its target.", required=True),
        uid_of("target", Claim, "The other claim's id.", required=True),
    ),
)

ASSESSMENTS = Table(
    name="assessments",
    model=Assessment,
    rows=lambda: _of_published(Assessment, "corrects")().prefetch_related("evidence"),
    columns=(
        uid("The assessment's uid."),
        uid_of("claim", Claim, _CLAIM, required=True),
        word("outcome", choices.Outcome, "The verdict."),
        word("progress", choices.Progress, "How a promise stands."),
        yes_no("reopens", "It clears the outcome that stood."),
        word(
            "cause",
            choices.AssessmentCause,
            "Why it was made; empty: a claim's first.",
            told=True,
        ),
        uid_of("corrects", Assessment, "The id of the assessment that was wrong."),
        word("reason", choices.AssessmentReason, "Why it came out so."),
        text("headline", "The verdict in 80 characters."),
        text("rationale", "How we know."),
        fuzzy_date("happened_on", "When it became so: a fuzzy date."),
        confirmation(
            "happened_before_said",
            lambda assessment: happened_before_said(assessment.claim, assessment.happened_on),
            "True: happened_on lies before a promise or prediction was made, and is meant so.",
            asked_of=Q(happened_on_last__lt=F("claim__said_on_first"))
            & ~Q(claim__kind=choices.ClaimKind.ASSERTION)
            & unmarked("happened_on")
            & unmarked("claim__said_on"),
        ),
        text("method", "The rule book and its version."),
        counter(
            "words_revision",
            "The revision of the claim's words that was judged; empty: as they come with it.",
        ),
        uids_of(
            "evidence",
            Evidence,
            "The ids of the evidence it rests on: a JSON array.",
            back="assessments",
        ),
        _RECORDED_AT,
    ),
)

# Each names rows of those before it.
TABLES = {
    table.name: table
    for table in (
        TOPICS,
        COLLECTIONS,
        SPEAKERS,
        SOURCES,
        CLAIMS,
        APPEARANCES,
        EVIDENCE,
        LINKS,
        ASSESSMENTS,
    )
}
