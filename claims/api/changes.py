"""The feed: the ledger, entry by entry, which is what a copy is kept in sync by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError as FieldError
from django.db.models import BooleanField, ExpressionWrapper, Q, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims.as_of import BEFORE_ALL
from claims.choices import AssessmentCause, Operation, Subject
from claims.documents import RECORDED, ChoiceText, as_json
from claims.filter_fields import NamesField, WordsField
from claims.models import CURSOR, Change, Ledger

from . import schema
from .errors import Behind, Gone
from .pagination import size_of
from .parameters import check_names
from .views import JSON, LEDGER_HEAD

SCANNED = 5_000  # entries that a page of a filtered feed looks at, at most
CAUSES = [*AssessmentCause.choices, ("cosmetic", "cosmetic")]
FILTERS = {
    "subject": WordsField(words=Subject),
    "operation": WordsField(words=Operation),
    "fields": NamesField(names=RECORDED),
}


class ChangeSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    cursor = serializers.CharField(help_text="To be given as `after`.")
    at = serializers.DateTimeField()
    operation = ChoiceText(choices=Operation.choices)
    cause = ChoiceText(
        choices=CAUSES,
        allow_blank=True,
        help_text="Of an assessment, why it was made; `cosmetic` of an edit that left the meaning "
        "as it was; else empty.",
    )
    subject = ChoiceText(choices=Subject.choices)
    key = serializers.CharField(help_text="A claim's uid, another subject's slug.")
    fields_changed = serializers.ListField(
        child=serializers.CharField(),
        help_text="The members of `record` that this entry changed, but for the two revisions.",
    )
    previous_hash = serializers.CharField(help_text="The hash of the entry before this one.")
    hash = serializers.CharField(
        help_text=(
            "SHA-256 of the canonical JSON (RFC 8785) of at, cause, fields_changed, key, number, "
            "operation, previous_hash, record_digest and subject."
        )
    )
    record_digest = serializers.CharField(
        help_text="SHA-256 of the salt and the record's canonical JSON, one after the other."
    )
    salt = serializers.CharField(allow_null=True, help_text="Null: redacted with its record.")
    record = serializers.DictField(
        allow_null=True,
        help_text="The subject's facts after the change, all of them; null: redacted. Other rows "
        "are named by slug or uid.",
    )


# What an entry's operation means, and its `fields_changed` then.
_OPERATIONS = {
    Operation.CREATE: ("a speaker, source, topic or collection is new", "empty"),
    Operation.PUBLISH: (
        "a claim is new; or it came back after a retraction",
        "empty; or `editorial_state`",
    ),
    Operation.EDIT: (
        "a claim was edited (`cause` is `cosmetic` where that left the meaning as it was), or "
        "another subject was (a speaker who is renamed: `name`)",
        "what was edited",
    ),
    Operation.APPEARANCE: ("it was said again", "`appearances`, and perhaps `evidence`"),
    Operation.EVIDENCE: ("evidence was added, changed or removed", "`evidence`"),
    Operation.ASSESS: (
        "an assessment was recorded; `cause`: `first`, `development` (what was said before was "
        "right then), `correction` (it was wrong), `reaffirmation` (said again of edited words) "
        "or `method`",
        "`assessments`; `outcome` and `status` where they are others than before; `progress`",
    ),
    Operation.LINK: ("it was linked to another claim, or a link was taken away", "`links`"),
    Operation.RETRACT: (
        "it was taken back: drop it. `record` has its uid and the `reason`, none of its text",
        "`editorial_state`",
    ),
    Operation.MERGE: (
        "it was a duplicate, for good: go on with `record.merged_into`",
        "`editorial_state`",
    ),
    Operation.REDACT: (
        "texts were removed by law, on the ground that `record.reason` gives: empty the entries "
        "that `record.redacted_entries` numbers, and go on with `record`",
        "what reads otherwise now",
    ),
}
_TABLE = "\n".join(
    f"| `{operation}` | {meaning} | {fields} |"
    for operation, (meaning, fields) in _OPERATIONS.items()
)

change_list = extend_schema(
    summary="Follow the ledger",
    description=f"""\
Every public change in order and without gaps. Begin without `after`; go on with `next_after`
until it equals `head`. A record is the whole subject as it then stood, so a copy puts each in the
place of the one before.

| `operation` | what happened | `fields_changed` |
|---|---|---|
{_TABLE}

A new verdict is an `assess` whose `fields_changed` has `outcome`; with `record.outcome` empty, the
claim was reopened. Filtered by `subject`, `operation` and `fields`, a page looks at {SCANNED:,}
entries at most: one without results moves `next_after` on all the same.

A cursor of another history is a 410: begin again. One that is ahead of this server is a 503 with
`Retry-After`: a replica that lags catches up, and a server that was restored from a backup
answers 410 once it has written past that number. Whoever kept an earlier cursor, numbered no
higher than `head` of that 503, can ask with it at once: a 410 is another history.
""",
    parameters=[
        schema.query("after", {"type": "string"}, "The cursor of the last entry you have."),
        schema.PAGE_SIZE,
        schema.query(
            "subject",
            {"type": "array", "items": {"type": "string", "enum": Subject.values}},
            "Only entries about these.",
        ),
        schema.query(
            "operation",
            {"type": "array", "items": {"type": "string", "enum": Operation.values}},
            "Only these.",
        ),
        schema.query(
            "fields",
            {"type": "array", "items": {"type": "string", "enum": list(RECORDED)}},
            "Only entries with one of these in `fields_changed`.",
        ),
    ],
    responses={
        200: schema.envelope(
            "ChangePage",
            {
                "head": serializers.CharField(help_text="The cursor of the newest entry."),
                "next_after": serializers.CharField(help_text="To be given as `after`."),
                "results": ChangeSerializer(many=True),
            },
        ),
        **schema.BAD,
        **schema.GONE,
    },
)


class ChangeViewSet(GenericViewSet):
    """Pages of entries, oldest first."""

    queryset = Change.objects.all()

    @change_list
    def list(self, request: Request) -> HttpResponse:
        params = request.query_params
        check_names(params, ("after", "page_size", *FILTERS))
        number, mark = _place(params)
        wanted, size = _wanted(params), size_of(params)
        # The entry that the cursor names comes first: it shows that this is the same history, and
        # brings the head of the statement's own snapshot, as the first of all does without one.
        entries = (
            self.get_queryset()
            .filter(number__gte=number)
            .order_by("number")
            .annotate(head=LEDGER_HEAD, is_wanted=Value(True))
        )
        if wanted:
            bounds = Q(number__in=(number or 1, number + SCANNED))
            entries = (
                entries.alias(names=Cast("fields_changed", TextField()))
                .annotate(is_wanted=ExpressionWrapper(wanted, BooleanField()))
                .filter(wanted | bounds, number__lte=number + SCANNED)
            )
        rows = list(entries[: size + 2])
        if number and not rows:
            raise Behind(head=Ledger.objects.get().cursor)
        if (rows[0].cursor if number else BEFORE_ALL) != f"{number}.{mark}":
            raise Gone(
                _("This cursor belongs to another history: begin again without “after”."),
                head=Ledger.objects.get().cursor,
            )
        found = [row for row in rows if row.is_wanted and row.number > number][:size]
        head = next_after = rows[0].head if rows else BEFORE_ALL
        if len(found) == size:
            next_after = found[-1].cursor
        elif rows and rows[-1].number == number + SCANNED:
            next_after = rows[-1].cursor
        body = (
            f'{{"head":{as_json(head)},"next_after":{as_json(next_after)},'
            f'"results":[{",".join(each.line for each in found)}]}}'
        )
        return HttpResponse(body, content_type=JSON)


def _place(params: QueryDict) -> tuple[int, str]:
    match = CURSOR.fullmatch(params.get("after", BEFORE_ALL))
    if not match:
        raise ValidationError(
            {"after": [_("Give a cursor as next_after has it: 12.0123456789abcdef.")]}
        )
    return int(match[1]), match[2]


def _wanted(params: QueryDict) -> Q | None:
    """The entries that the filters ask for; None: all."""
    asked: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for name in FILTERS.keys() & params.keys():
        try:
            asked[name] = FILTERS[name].clean(params[name])
        except FieldError as error:
            faults[name] = error.messages
    if faults:
        raise ValidationError(faults)
    return _matching(asked) if asked else None


def _matching(asked: Mapping[str, list[str]]) -> Q:
    wanted = Q()
    for name, values in asked.items():
        if name == "fields":  # their JSON is the same text on either engine
            wanted &= reduce(or_, (Q(names__contains=as_json(each)) for each in values))
        else:
            wanted &= Q(**{f"{name}__in": values})
    return wanted
