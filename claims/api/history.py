"""The history of a claim or a name: its ledger entries, each with what it changed."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import choices
from claims.choices import Subject
from claims.diffs import (
    ADDED,
    BEHIND,
    KEPT,
    LIST,
    REMOVED,
    ROWS,
    TEXT,
    VALUE,
    Telling,
    Untold,
    told,
)
from claims.documents import ChoiceText
from claims.models import Change, Ledger, instant

from . import schema
from .authentication import AUTHENTICATION
from .conditional import UNCACHED
from .pagination import Ordering, page_of
from .parameters import check_names
from .views import LEDGER_HEAD

ORDERINGS = {"number": Ordering("number", int)}
COLUMNS = (
    *("number", "at", "actor", "operation", "cause", "subject", "key", "fields_changed"),
    *("record", "hash"),
)


def _one_of(*codes: str) -> ChoiceText:
    return ChoiceText(choices=[(code, code) for code in codes])


@extend_schema_field(
    {"type": ["string", "boolean", "integer", "array", "null"], "items": {"type": "string"}}
)
class FactField(serializers.Field):
    """A fact as a record has it."""

    def to_representation(self, value: Any) -> Any:
        return value


class RunSerializer(serializers.Serializer):
    kind = _one_of(KEPT, REMOVED, ADDED)
    text = serializers.CharField()


class FieldDifferenceSerializer(serializers.Serializer):
    """One field that changed."""

    field = serializers.CharField()
    label = serializers.CharField(help_text="What people call the field.")  # type: ignore[assignment]
    form = _one_of(VALUE, TEXT, LIST, ROWS)
    before = FactField(help_text="Null: there was nothing; always so for `rows`.")
    after = FactField(help_text="Null: there is nothing; always so for `rows`.")
    runs = RunSerializer(
        many=True,
        allow_null=True,
        help_text="Of a `text` before and after: kept and removed runs joined are the text before.",
    )
    added = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="What came to a `list`."
    )
    removed = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="What left a `list`."
    )


class RowDifferenceSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    change = _one_of("added", "removed", "changed")
    differences = FieldDifferenceSerializer(
        many=True, help_text="Of a row that came or went: all that it says, or said."
    )


class DifferenceSerializer(FieldDifferenceSerializer):
    rows = RowDifferenceSerializer(
        many=True,
        allow_null=True,
        help_text="With `rows`: the appearances, evidence, assessments or links that changed.",
    )


class HistoryEntrySerializer(serializers.Serializer):
    number = serializers.IntegerField()
    cursor = serializers.CharField(help_text="Its place in the ledger, as in `changes/`.")
    at = serializers.DateTimeField()
    operation = ChoiceText(choices=choices.Operation.choices)
    operation_label = serializers.CharField()
    cause = serializers.CharField(help_text="Of an assessment; `cosmetic` where an edit was.")
    reason = serializers.CharField(
        allow_null=True, help_text="Why, in the editor's words; null: redacted."
    )
    fields_changed = serializers.ListField(child=serializers.CharField())
    hash = serializers.CharField(help_text="SHA-256 over the entry before it and this one.")
    actor = serializers.CharField(
        allow_null=True, help_text="Null for all but signed-in staff who may see it."
    )
    changes = DifferenceSerializer(
        many=True, allow_null=True, help_text="Null: cannot be told, and `untold` says why."
    )
    untold = ChoiceText(choices=Untold.choices, allow_null=True)


DIFFERENCES = DifferenceSerializer(many=True)


class HistoryView(APIView):
    """The entries about one row of the ledger's `subject`, newest first."""

    subject: str = Subject.CLAIM
    # Who is asking decides only whether actors are named; a token or a session says so, and it is
    # not looked at unless one is offered.
    authentication_classes = AUTHENTICATION

    @schema.history(HistoryEntrySerializer(many=True))
    def get(self, request: Request, **key: UUID | str) -> Response:
        check_names(request.query_params, ("cursor", "page_size"))
        (name,) = key.values()
        entries = Change.objects.filter(subject=self.subject, key=str(name))
        page = page_of(entries, request, ORDERINGS, "-number", (*COLUMNS, LEDGER_HEAD))
        if not page.rows and not entries.exists():
            raise NotFound(_("Nothing with this name was ever public."))
        shows_actors = _may_see_actors(request)
        changes = [Change(**dict(zip(COLUMNS, row[2:-1], strict=True))) for row in page.rows]
        behind = _behind(entries, changes[-1]) if page.next else []
        tellings = islice(told([*changes, *behind][::-1]), len(behind), None)
        body = {
            "head": page.rows[0][-1] if page.rows else Ledger.objects.get().cursor,
            "next": page.next,
            "previous": page.previous,
            "results": [_entry(each, shows_actors) for each in tellings][::-1],
        }
        # What staff see is kept by nobody on the way.
        headers = {"Vary": "Authorization, Cookie"}
        if shows_actors:
            headers["Cache-Control"] = UNCACHED
        return Response(body, headers=headers)


def _behind(entries: QuerySet[Change], last: Change) -> list[Change]:
    return list(entries.filter(number__lt=last.number).order_by("-number")[:BEHIND])


def _may_see_actors(request: Request) -> bool:
    user = request.user
    return bool(user and user.is_staff and user.has_perm("claims.view_change"))


def _entry(telling: Telling, shows_actor: bool) -> dict[str, Any]:
    change, found = telling.change, telling.differences
    return {
        "number": change.number,
        "cursor": change.cursor,
        "at": instant(change.at),
        "operation": change.operation,
        "operation_label": change.get_operation_display(),
        "cause": change.cause,
        "reason": telling.reason,
        "fields_changed": change.fields_changed,
        "hash": change.hash,
        "actor": change.actor if shows_actor else None,
        "changes": None if found is None else DIFFERENCES.to_representation(found),
        "untold": telling.untold,
    }


addresses = [
    path("claims/<uuid:uid>/history/", HistoryView.as_view(), name="claim-history"),
    *(
        path(
            f"{subject}s/<slug:slug>/history/",
            HistoryView.as_view(subject=subject),
            name=f"{subject}-history",
        )
        for subject in Subject.values
        if subject != Subject.CLAIM
    ),
]
