"""Files to be imported: checked as they come, looked at, entered, and the rest given back."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as CurationError
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims import curation
from claims.documents import as_json
from claims.exchange.columns import TABLES
from claims.exchange.imports import uploads
from claims.filter_fields import nearest
from claims.models import Upload

from . import schema
from .answers import ProblemSerializer
from .authentication import AUTHENTICATION
from .conditional import UNCACHED
from .errors import Conflict, problem
from .import_answers import ImportSerializer, ImportsSerializer, in_brief, in_full
from .parameters import check_names, yes_no
from .past import JSON
from .permissions import needs
from .uploaded_files import FORM, PARSERS, SUFFIXES, file_of, refuse_too_large

NDJSON = "application/x-ndjson"
_SIGNED_IN = {key: each for key, each in schema.NOT_ALLOWED.items() if key[0] != "429"}


def _problem(status: str, said: str) -> dict[tuple[str, str], OpenApiResponse]:
    return {(status, "application/problem+json"): OpenApiResponse(ProblemSerializer, said)}


class OneForm(DefaultContentNegotiation):
    """An answer has the form of its address, whatever is asked for."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class _ImportView(APIView):
    """One's own imports, for those who may bring files."""

    authentication_classes = AUTHENTICATION
    permission_classes = [needs("claims.add_upload")]
    content_negotiation_class = OneForm

    def own(self, request: Request, uid: UUID, *known: str, files: bool = False) -> Upload:
        """Raises NotFound, or ValidationError for a parameter that is not among the `known`."""
        check_names(request.query_params, known)
        rows = Upload.objects.all() if files else Upload.objects.without_files()
        found = rows.one_of(request.user, uid)
        if found is None:
            raise NotFound(_("You have no import with this uid."))
        return found


class ImportsView(_ImportView):
    parser_classes = PARSERS

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        refuse_too_large(request)  # the check for forgery would read it
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="imports_list",
        summary="List your imports",
        description="The newest first, at most 50 of the last month, each without its report.",
        responses={200: ImportsSerializer, **schema.BAD, **_SIGNED_IN},
    )
    def get(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ())
        own = Upload.objects.of(request.user).without_files().defer("report")
        return _json({"results": [in_brief(each) for each in own[: curation.MOST_UPLOADS]]})

    @extend_schema(
        operation_id="imports_create",
        summary="Bring a file, and see what would become of it",
        description=(
            "CSV, tab-separated values, NDJSON or a zip of them, in the columns of the exports. "
            "It is checked at once; no row is written until it is applied. The file is kept for a "
            "day, its report for a month."
        ),
        parameters=[
            schema.query("name", {"type": "string"}, "What the file is called: claims.csv."),
            schema.query(
                "table",
                {"type": "string", "enum": list(TABLES)},
                "Whose rows they are, where the name does not say so.",
            ),
            schema.query("encoding", {"type": "string"}, "Such as cp1252, where it is not UTF-8."),
            schema.query(
                "safe",
                {"type": "boolean", "default": True},
                "False: the file was exported with safe=0.",
            ),
        ],
        request={
            **dict.fromkeys(SUFFIXES, OpenApiTypes.BINARY),
            FORM: {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            },
        },
        responses={
            "201": OpenApiResponse(ImportSerializer, "Checked; `Location` is its address."),
            **_problem("400", "A parameter is at fault, or no row of the file can be read."),
            **schema.NOT_ALLOWED,
            **_problem("413", "The file is larger than is taken over HTTP."),
            **_problem("415", "It is no file of a kind that is taken."),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        params = request.query_params
        check_names(params, ("name", "table", "encoding", "safe"))
        if faults := {name: [_("This is empty.")] for name in params if not params[name]}:
            raise ValidationError(faults)
        table = params.get("table", "")
        if table and table not in TABLES:
            raise ValidationError({"table": [_no_table(table)]})
        safe = "safe" not in params or yes_no(params, "safe")
        sent = file_of(request, params.get("name", ""))
        upload = uploads.check_upload(
            request.user,
            sent.content,
            name=sent.name,
            table=table,
            encoding=params.get("encoding", sent.charset),
            safe=safe,
        )
        address = reverse("import-detail", [upload.uid], request=request)
        return _json(in_full(upload), status=201, headers={"Location": address})


class ImportView(_ImportView):
    @extend_schema(
        operation_id="imports_retrieve",
        summary="Read what would become of a file, or what has",
        responses={200: ImportSerializer, **schema.BAD, **_SIGNED_IN, **schema.MISSING},
    )
    def get(self, request: Request, upload: UUID) -> HttpResponse:
        return _json(in_full(self.own(request, upload)))

    @extend_schema(
        operation_id="imports_destroy",
        summary="Throw a file away",
        description="If it is being entered, that stops; what was entered stays.",
        request=None,
        responses={
            204: OpenApiResponse(description="Thrown away."),
            **schema.BAD,
            **schema.NOT_ALLOWED,
            **schema.MISSING,
        },
    )
    def delete(self, request: Request, upload: UUID) -> HttpResponse:
        curation.throw_upload_away(self.own(request, upload))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class ApplyView(_ImportView):
    @extend_schema(
        operation_id="imports_apply_create",
        summary="Enter a file that was checked",
        description=(
            "It is checked again and entered in blocks, each in a transaction of its own; lines "
            "say how far that is: `doing` (checking, entering), `done`, `of`. The last line is the "
            "import itself with its report, or a problem; without one it was cut off. Applied "
            "again it goes on, and enters nothing twice."
        ),
        parameters=[
            schema.query(
                "keep_going",
                {"type": "boolean", "default": False},
                "Enter the rows that are well; the others are in `refused.zip`.",
            )
        ],
        request=None,
        responses={
            ("200", NDJSON): OpenApiResponse(OpenApiTypes.STR, "Lines of JSON, as it goes on."),
            **schema.BAD,
            **schema.NOT_ALLOWED,
            **schema.MISSING,
            **_problem("409", "Rows are at fault, it is being entered, or it was."),
        },
    )
    def post(self, request: Request, upload: UUID) -> HttpResponseBase:
        own = self.own(request, upload, "keep_going", files=True)
        keep_going = yes_no(request.query_params, "keep_going")
        try:
            steps = uploads.enter_upload(own, keep_going=keep_going)
        except uploads.FileRefused as refused:
            raise Conflict(refused.messages[0]) from refused
        # nginx would keep the lines back until there are many.
        return StreamingHttpResponse(
            progress_lines(own, steps), content_type=NDJSON, headers={"X-Accel-Buffering": "no"}
        )


def progress_lines(upload: Upload, steps: uploads.Steps) -> Iterator[str]:
    """A line of JSON for each step, and one for what came of it."""
    try:
        for step in steps:
            yield as_json({"doing": step.doing, "done": step.done, "of": step.of}) + "\n"
    except CurationError as error:
        yield problem(HTTPStatus.CONFLICT, error.messages[0]).content.decode() + "\n"
    else:
        yield as_json(in_full(upload)) + "\n"
    finally:
        steps.close()


class RefusedView(_ImportView):
    @extend_schema(
        operation_id="imports_refused_retrieve",
        summary="Have the rows that are not taken given back",
        description="A zip of CSV files in the same columns, each row with its reasons.",
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            **schema.BAD,
            **_SIGNED_IN,
            **schema.MISSING,
        },
    )
    def get(self, request: Request, upload: UUID) -> HttpResponse:
        own = self.own(request, upload, files=True)
        if not own.refused:
            raise NotFound(_("There are none, or they were thrown away."))
        return download(bytes(own.refused), "application/zip", "refused.zip")


class RefusedTableView(_ImportView):
    @extend_schema(
        operation_id="imports_refused_table_retrieve",
        summary="Have those of one table given back, as CSV",
        parameters=[
            OpenApiParameter(
                "table", {"type": "string", "enum": list(TABLES)}, OpenApiParameter.PATH
            )
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            **schema.BAD,
            **_SIGNED_IN,
            **schema.MISSING,
        },
    )
    def get(self, request: Request, upload: UUID, table: str) -> HttpResponse:
        rows = uploads.refused_rows(self.own(request, upload, files=True), table)
        if rows is None:
            raise NotFound(_("There are none, or they were thrown away."))
        return download(rows, "text/csv; charset=utf-8", f"refused-{table}.csv")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": UNCACHED,
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _no_table(name: str) -> str:
    return _("“%(name)s” is not one of: %(tables)s.%(nearest)s") % {
        "name": name[:60],
        "tables": ", ".join(TABLES),
        "nearest": nearest(name[:60], TABLES),
    }


def _json(value: Any, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    headers = {"Cache-Control": UNCACHED} | (headers or {})
    return HttpResponse(as_json(value), content_type=JSON, headers=headers, **more)


addresses = [
    path("imports/", ImportsView.as_view(), name="import-list"),
    path("imports/<uuid:upload>/", ImportView.as_view(), name="import-detail"),
    path("imports/<uuid:upload>/apply/", ApplyView.as_view(), name="import-apply"),
    path("imports/<uuid:upload>/refused.zip", RefusedView.as_view(), name="import-refused"),
    path(
        "imports/<uuid:upload>/refused/<slug:table>.csv",
        RefusedTableView.as_view(),
        name="import-refused-table",
    ),
]
