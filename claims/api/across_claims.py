"""Lists across claims, under the claims' filters: their assessments, and their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse, HttpResponseBase
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims import choices
from claims.as_of import AsOf
from claims.choices import status_label
from claims.dates import FuzzyDate
from claims.documents import REFERENCES, ChoiceText, Names, as_json, named, records_at
from claims.filters import ClaimFilter, questions
from claims.models import Assessment, AssessmentEvidence, Evidence, Ledger, Source, instant
from claims.naming import Known
from claims.quantities import Quantity

from . import schema
from .answers import ClaimInBriefSerializer
from .claim_rows import EvidenceSerializer
from .conditional import by_ledger
from .pagination import PARAMETERS, Ordering, page_of
from .parameters import check_names, claim_filter
from .past import told
from .views import JSON, LEDGER_HEAD

SOURCE = REFERENCES[Source]
# Rows are recorded one after the other, so their numbers are in the order of their instants.
ORDERINGS = {"recorded": Ordering("id", int)}
NEWEST_RECORDED = "-recorded"
OF_THE_CLAIM = (
    "claim__uid",
    "claim__kind",
    "claim__statement",
    "claim__speaker__slug",
    "claim__speaker__name",
)


class GivenAssessmentSerializer(serializers.Serializer):
    """What an assessment said when it was recorded, which never changes."""

    claim = ClaimInBriefSerializer()
    uid = serializers.UUIDField()
    outcome = ChoiceText(choices=choices.Outcome.choices, allow_blank=True)
    progress = ChoiceText(choices=choices.Progress.choices, allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    reopens = serializers.BooleanField()
    cause = ChoiceText(choices=choices.AssessmentCause.choices)
    corrects = serializers.UUIDField(allow_null=True)
    reason = ChoiceText(choices=choices.AssessmentReason.choices, allow_blank=True)
    headline = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    rationale = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    happened_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    words_revision = serializers.IntegerField(help_text="Of the claim's words that it judged.")
    method = serializers.CharField()
    evidence = serializers.ListField(child=serializers.UUIDField())
    recorded_at = serializers.CharField()


class NotedEvidenceSerializer(EvidenceSerializer):
    claim = ClaimInBriefSerializer()


class AcrossClaimsViewSet(GenericViewSet):
    """Rows about the published claims that the filters let through."""

    columns: ClassVar[tuple[str, ...]]
    filters: ClassVar[tuple[str, ...]] = tuple(questions())
    few = False  # so few that each is looked at, whatever is asked of its claim

    @by_ledger("as_of")
    def answer(self, request: Request) -> HttpResponseBase:
        check_names(request.query_params, (*self.filters, *PARAMETERS))
        filters = claim_filter(request.query_params)
        moment = filters.moment
        rows = self.get_queryset().filter(self._of_claims(filters))
        if moment:
            rows = rows.filter(**({"recorded_at__lte": moment.at} if moment.at else {"pk": None}))
        names = (*OF_THE_CLAIM, *self.columns)
        place = moment.place if moment else None
        page = page_of(
            rows, request, ORDERINGS, NEWEST_RECORDED, (LEDGER_HEAD, *names), place=place
        )
        if not page.rows and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        found = [dict(zip(names, row[3:], strict=True)) for row in page.rows]
        if moment:
            found = _as_of(moment, found)
        body = {
            "head": page.rows[0][2] if page.rows else Ledger.objects.get().cursor,
            "next": page.next,
            "previous": page.previous,
            **({"as_of": told(moment)} if moment else {}),
            "results": [
                {"claim": _claim(row), **reading}
                for row, reading in zip(found, self.readings(found), strict=True)
            ],
        }
        return HttpResponse(as_json(body), content_type=JSON)

    def readings(self, rows: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
        """What is told of each row, beside its claim."""
        raise NotImplementedError

    def _of_claims(self, filters: ClaimFilter) -> Q:
        if not self.few and any(isinstance(each, Known) for each in filters.filters.values()):
            # What is named (a speaker, a topic) mostly leads to few claims: they are found first.
            return Q(claim__in=filters.qs.values("pk"))
        return Q(Exists(filters.qs.filter(pk=OuterRef("claim"))))


def _as_of(moment: AsOf, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Assessments as their claims' records had them then, under the words and names of then.

    Those that the same instant brought after the moment's own entry are not among them, nor those
    of a record that was redacted. Two queries.
    """
    found = records_at(moment.number, {str(row["claim__uid"]) for row in rows})
    records = {uid: record for uid, record in found.items() if record and "assessments" in record}
    speakers = Names.at(moment.number, list(records.values())).speakers
    then = []
    for row in rows:
        record = records.get(str(row["claim__uid"]))
        if record and any(each["uid"] == str(row["uid"]) for each in record["assessments"]):
            slug = record["speaker"]
            of_then = {name: record[name] for name in ("kind", "statement")}
            of_then |= {"speaker__slug": slug, "speaker__name": speakers[slug]["name"]}
            then.append(row | {f"claim__{name}": value for name, value in of_then.items()})
    return then


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "uid": str(row["claim__uid"]),
        "statement": row["claim__statement"],
        "speaker": {"slug": row["claim__speaker__slug"], "name": row["claim__speaker__name"]},
    }


class AllAssessmentsViewSet(AcrossClaimsViewSet):
    """Verdicts and updates, as they were recorded."""

    queryset = Assessment.objects.all()
    columns = (
        *("id", "uid", "outcome", "progress", "reopens", "cause", "corrects__uid", "reason"),
        *("headline", "rationale", "happened_on", "words_revision", "method", "recorded_at"),
    )

    @schema.across_claims(
        "GivenAssessment",
        GivenAssessmentSerializer,
        "List assessments of all claims",
        "Verdicts and updates as they were recorded, newest first, under the filters of the "
        "claims. How long each stood is told by a claim's own `assessments/`.",
    )
    def list(self, request: Request) -> HttpResponseBase:
        return self.answer(request)

    def readings(self, rows: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
        cited = defaultdict(list)
        evidence = AssessmentEvidence.objects.filter(
            assessment__in=[row["id"] for row in rows]
        ).order_by("pk")
        for assessment, uid in evidence.values_list("assessment", "evidence__uid"):
            cited[assessment].append(uid)
        for row in rows:
            status = row["outcome"] or row["progress"]
            yield _told(
                row,
                label=status_label(row["claim__kind"], status),
                corrects=row["corrects__uid"] and str(row["corrects__uid"]),
                evidence=[str(uid) for uid in cited[row["id"]]],
            )


class AllEvidenceViewSet(AcrossClaimsViewSet):
    """Evidence as it now is: what was not cited may have been edited, so the past is not asked."""

    queryset = Evidence.objects.all()
    columns = (
        *("uid", "kind", "stance", "summary", "dated", "observed", "original_rating"),
        *("source__slug", "replaces__uid", "recorded_at"),
    )
    filters = tuple(name for name in questions() if name not in ("as_of", "changed"))

    @schema.across_claims(
        "NotedEvidence",
        NotedEvidenceSerializer,
        "List evidence on all claims",
        "Newest first, under the filters of the claims. As of the past it is read under each "
        "claim: `claims/{uid}/evidence/?as_of=`.",
        filters,
    )
    def list(self, request: Request) -> HttpResponseBase:
        return self.answer(request)

    def readings(self, rows: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
        sources = named(Source, {row["source__slug"] for row in rows} - {None})
        for row in rows:
            slug = row["source__slug"]
            yield _told(
                row,
                source=slug and SOURCE.to_representation(sources[slug]),
                replaces=row["replaces__uid"] and str(row["replaces__uid"]),
            )


def _told(row: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Its own plain columns, and `more`."""
    plain = {name: value for name, value in row.items() if "__" not in name and name != "id"}
    values = {"uid": str(row["uid"]), "recorded_at": instant(row["recorded_at"])}
    return {name: _text(value) for name, value in plain.items()} | values | more


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, FuzzyDate | Quantity) else value
