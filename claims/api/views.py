"""The API's reads: pages of finished texts, joined with commas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims import curation
from claims.choices import EditorialState
from claims.documents import as_json
from claims.filters import ClaimFilter, questions
from claims.models import (
    Claim,
    Collection,
    Ledger,
    Source,
    Speaker,
    Topic,
)
from claims.reference_filters import REFERENCE_FILTERS

from . import chains, past, schema
from .conditional import by_ledger, revision_tag
from .errors import Conflict, Gone
from .pagination import PARAMETERS, REFERENCE_ORDERINGS, page_of
from .parameters import check_names, checked, claim_filter, yes_no
from .past import JSON
from .ranking import LIST_ORDERINGS, is_ranked, ranked_page
from .reference_writes import ReferenceWrites, tag_of, text_of
from .selection import PLAIN, SHAPING, Shape, shape_of

NEWEST_SAID = "-said_on"


# One snapshot with the statement that it rides in.
LEDGER_HEAD = RawSQL(f"SELECT {Ledger.CURSOR_SQL} FROM claims_ledger", ())  # noqa: S608, S611 (constants)


class ClaimViewSet(GenericViewSet):
    """Published claims, as finished texts."""

    queryset = Claim.objects.published()
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    @schema.claim_list
    @by_ledger("as_of", "count")
    def list(self, request: Request) -> HttpResponse:
        filters = self._asked(request, (*PARAMETERS, *SHAPING, "count"))
        moment, shape = filters.moment, shape_of(request.query_params)
        columns = ("uid", "ledger_number") if moment else ("document__summary", *shape.reads)
        place = moment.place if moment else None
        ranked: Mapping[str, Any] = {}
        if is_ranked(request.query_params):
            page, ranked = ranked_page(filters, request, (LEDGER_HEAD, *columns))
        else:
            page = page_of(
                filters.qs,
                request,
                LIST_ORDERINGS,
                NEWEST_SAID,
                (LEDGER_HEAD, *columns),
                place=place,
            )
        if not page.rows and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        head = page.rows[0][2] if page.rows else Ledger.objects.get().cursor
        about: dict[str, Any] = {**ranked}
        if yes_no(request.query_params, "count"):
            about["count"] = filters.count()
        if moment:
            texts, redacted = past.summaries(moment, [row[3] for row in page.rows], shape)
            about |= {
                "as_of": past.told(moment),
                "changed_since": [str(row[3]) for row in page.rows if row[4] > moment.number],
                "redacted": redacted,
            }
        else:
            texts = [
                shape.of(row[3], dict(zip(shape.reads, row[4:], strict=True))) for row in page.rows
            ]
        return _page(page.next, page.previous, head, texts, about)

    @schema.claim_detail
    @by_ledger("as_of")
    def retrieve(self, request: Request, uid: UUID) -> HttpResponse:
        shape = shape_of(request.query_params)
        return self._text(request, uid, "summary", SHAPING, shape)

    @schema.claim_timeline
    @action(detail=True)
    @by_ledger("as_of", "chain")
    def timeline(self, request: Request, uid: UUID) -> HttpResponse:
        if not yes_no(request.query_params, "chain"):
            return self._text(request, uid, "timeline", ("chain",))
        check_names(request.query_params, ("chain", "as_of"))
        if moment := past.moment_of(request.query_params):
            text = chains.past_chain_timeline(uid, moment)
            if text is None:
                return past.text(request, moment, uid, "timeline")
        else:
            text = chains.chain_timeline(uid)
        return HttpResponse(text, content_type=JSON) if text else not_public(request, uid)

    def _asked(self, request: Request, more: tuple[str, ...]) -> ClaimFilter:
        check_names(request.query_params, {*questions(), *more})
        return claim_filter(request.query_params)

    def _text(
        self,
        request: Request,
        uid: UUID,
        name: str,
        known: tuple[str, ...] = (),
        shape: Shape = PLAIN,
    ) -> HttpResponse:
        check_names(request.query_params, ("as_of", *known))
        if moment := past.moment_of(request.query_params):
            return past.text(request, moment, uid, name, shape)
        columns = ("revision", f"document__{name}", "document__ledger_number", *shape.reads)
        row = Claim.objects.published_row(uid, columns)
        if row is None:
            return self.out_of_sight(request, uid, name, shape)
        revision, text, number, *stands = row
        text = shape.of(text, dict(zip(shape.reads, stands, strict=True)))
        headers = {"ETag": revision_tag(revision, text), **past.cite_as(request, uid, number, name)}
        return HttpResponse(text, content_type=JSON, headers=headers)

    def out_of_sight(self, request: Request, uid: UUID, name: str, shape: Shape) -> HttpResponse:
        """What to say where there is no such text for all to see."""
        return not_public(request, uid)


def not_public(request: Request, uid: UUID) -> HttpResponse:
    """What to say of a claim that is not there for all to see. Raises `Gone` or NotFound."""
    claim = Claim.objects.select_related("merged_into").filter(uid=uid).first()
    if claim and claim.merged_into:
        return past.merged(request, uid, claim.merged_into.uid)
    if claim and claim.editorial_state == EditorialState.RETRACTED:
        raise Gone(_("This claim was retracted."), uid=str(uid), reason=claim.state_reason)
    raise NotFound(_("There is no claim with this uid."))


def claim_to_write(request: Request, uid: UUID) -> Claim:
    """A claim that rows are to be written under.

    One that was merged is not led on from, as in a read: what follows a 308 would write over a
    claim that nobody has read. Raises Conflict, `Gone` or NotFound.
    """
    claim = curation.read_for_write(Claim.objects.filter(uid=uid))
    if claim and claim.editorial_state == EditorialState.MERGED:
        raise Conflict(_("This claim was merged into another: read that one, and write there."))
    if claim is None or claim.editorial_state == EditorialState.RETRACTED:
        not_public(request, uid)
        raise NotFound(_("There is no claim with this uid."))
    return claim


class ReferenceViewSet(ReferenceWrites, GenericViewSet):
    """The rows that claims name, in the order of their slugs unless another is asked for."""

    lookup_field = "slug"
    lookup_value_converter = "slug"

    @by_ledger("ordering")
    def list(self, request: Request) -> HttpResponse:
        filters_of = REFERENCE_FILTERS[self.get_queryset().model]
        check_names(request.query_params, {*filters_of.every(), *PARAMETERS})
        filters = checked(filters_of(request.query_params))
        orderings = REFERENCE_ORDERINGS[self.get_queryset().model]
        page = page_of(filters.qs, request, orderings, "slug", (LEDGER_HEAD,))
        if not page.rows and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        rows = self.get_queryset().in_bulk([row[1] for row in page.rows])
        head = page.rows[0][2] if page.rows else Ledger.objects.get().cursor
        return _page(page.next, page.previous, head, [text_of(rows[row[1]]) for row in page.rows])

    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        check_names(request.query_params, ())
        row = self.get_queryset().filter(slug=slug).first()
        if row is None:
            raise NotFound(_("There is nothing with this slug."))
        text = text_of(row)
        return HttpResponse(text, content_type=JSON, headers={"ETag": tag_of(row, text)})


@schema.reference(Speaker)
class SpeakerViewSet(ReferenceViewSet):
    queryset = Speaker.objects.select_related("organisation")


@schema.reference(Source)
class SourceViewSet(ReferenceViewSet):
    queryset = Source.objects.all()
    slug_from = ("publisher", "title")


@schema.reference(Topic)
class TopicViewSet(ReferenceViewSet):
    queryset = Topic.objects.all()


@schema.reference(Collection)
class CollectionViewSet(ReferenceViewSet):
    queryset = Collection.objects.all()


def _page(
    following: str | None,
    previous: str | None,
    head: str,
    texts: list[str],
    about: Mapping[str, Any] | None = None,
) -> HttpResponse:
    envelope = as_json({"head": head, "next": following, "previous": previous, **(about or {})})
    return HttpResponse(f'{envelope[:-1]},"results":[{",".join(texts)}]}}', content_type=JSON)
