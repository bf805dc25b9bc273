"""Whole tables to download: CSV, NDJSON, a workbook, or all of them in a zip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import BoundedSemaphore
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict, StreamingHttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.exchange.columns import CLAIMS, TABLES, Table
from claims.exchange.exports import (
    MOST_ROWS,
    ON_A_CLAIM,
    Block,
    Extract,
    TooManyRows,
    archive,
    claims_extract,
    csv_blocks,
    ndjson_blocks,
    rows_about,
    table_extract,
    workbook_blocks,
)
from claims.filters import ClaimFilter, questions
from claims.models import Change, Ledger

from . import schema
from .conditional import by_ledger
from .errors import Busy
from .pagination import CLAIM_ORDERINGS, ordering_of
from .parameters import check_names, claim_filter, yes_no
from .vocabularies import VOCAB, vocabularies

NEWEST_SAID = "-said_on"
CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
# Of claims as they are now: an export of several tables has no past.
PRESENT = tuple(name for name in questions() if name not in ("as_of", "changed"))


def _renderer(media: str) -> type[BaseRenderer]:
    """Tells content negotiation that this is to be had; the view writes it itself, as a stream."""
    return type("DownloadRenderer", (BaseRenderer,), {"media_type": media, "format": media})


class Download:
    """The bytes of a stream, which holds one of the places for downloads until it is closed.

    A download keeps a server thread for as long as its client reads, so there are always some
    left for everybody else. Raises `Busy` where no place is free.
    """

    places = BoundedSemaphore(3)

    def __init__(self, blocks: Iterator[Block]) -> None:
        if not self.places.acquire(blocking=False):
            raise Busy
        self.blocks = blocks

    def __iter__(self) -> Iterator[bytes]:
        return (block.data for block in self.blocks if block.data)

    def close(self) -> None:
        self.places.release()
        close = getattr(self.blocks, "close", None)
        if close is not None:  # ends the snapshot of one that was broken off
            close()


class ExportView(APIView):
    """A file that is streamed; its name says which."""

    metadata_class = None  # OPTIONS has nothing to say of it
    media: ClassVar[str] = CSV
    file: ClassVar[str]

    def get_renderers(self) -> list[BaseRenderer]:
        return [_renderer(self.media)(), JSONRenderer()]

    @by_ledger()
    def answer(self, request: Request) -> StreamingHttpResponse:
        head = Ledger.objects.get()  # read first: the rows are no older
        headers = {
            "Content-Disposition": f'attachment; filename="{self.file}"',
            "Ledger-Head": head.cursor,
        }
        blocks = self.blocks(request, head, headers)
        # HEAD asks for the headers alone: no query, and no place among the downloads.
        return StreamingHttpResponse(
            Download(blocks) if request.method == "GET" else (),
            content_type=f"{self.media}; charset=utf-8" if self.media == CSV else self.media,
            headers=headers,
        )

    def blocks(self, request: Request, head: Ledger, headers: dict[str, str]) -> Iterator[Block]:
        """Those of the file; may add headers. Raises ValidationError by parameter."""
        raise NotImplementedError


class ClaimsView(ExportView):
    """Claims under the filters of their list."""

    known: ClassVar[tuple[str, ...]] = ("ordering", VOCAB, "columns")

    def blocks(self, request: Request, head: Ledger, headers: dict[str, str]) -> Iterator[Block]:
        params = request.query_params
        check_names(params, {*questions(), *self.known})
        filters = claim_filter(params)
        column, descending = ordering_of(params, CLAIM_ORDERINGS, NEWEST_SAID)
        claims = filters.qs.order_by(*column.order_by(descending=descending))
        _refuse_unknown_names(filters)
        if filters.moment:
            headers["Ledger-As-Of"] = filters.moment.cursor
        try:
            extract = claims_extract(
                claims,
                site_url=_site(request),
                as_of=filters.moment.number if filters.moment else None,
                vocabularies=vocabularies(params),
                columns=_columns(params),
                safe=_safe(params),
            )
        except ValueError as error:
            raise ValidationError({"columns": [str(error)]}) from error
        return self.written(extract, request, head)

    def written(self, extract: Extract, request: Request, head: Ledger) -> Iterator[Block]:
        raise NotImplementedError


class ClaimsCsvView(ClaimsView):
    file = "claims.csv"
    known = (*ClaimsView.known, "safe", "bom")

    def written(self, extract: Extract, request: Request, head: Ledger) -> Iterator[Block]:
        return csv_blocks(extract, bom=yes_no(request.query_params, "bom"))


class ClaimsNdjsonView(ClaimsView):
    file, media = "claims.ndjson", NDJSON

    def written(self, extract: Extract, request: Request, head: Ledger) -> Iterator[Block]:
        return ndjson_blocks(extract)


class ClaimsWorkbookView(ClaimsView):
    file, media = "claims.xlsx", XLSX
    known = (*ClaimsView.known, "safe")

    def written(self, extract: Extract, request: Request, head: Ledger) -> Iterator[Block]:
        if request.method != "GET":
            return iter(())
        made = Change.objects.filter(number=head.number).values_list("at", flat=True).first()
        try:
            return workbook_blocks(extract, of=made)
        except TooManyRows as error:
            raise ValidationError([str(error)]) from error


class ArchiveView(ExportView):
    """Every table, or of every table what the claims under the filters are about."""

    file, media = "claims.zip", ZIP

    def blocks(self, request: Request, head: Ledger, headers: dict[str, str]) -> Iterator[Block]:
        params = request.query_params
        check_names(params, {*PRESENT, "safe"})
        filters = claim_filter(params)
        _refuse_unknown_names(filters)
        return archive(
            filters.qs if filters.filters else None,
            filters=filters.asked,
            site_url=_site(request),
            safe=_safe(params),
        )


class TableView(ExportView):
    """A table as CSV; one whose rows hang on claims, under the filters of these."""

    table: ClassVar[Table]

    def blocks(self, request: Request, head: Ledger, headers: dict[str, str]) -> Iterator[Block]:
        params = request.query_params
        hangs = self.table.name in ON_A_CLAIM
        check_names(params, {*(PRESENT if hangs else ()), "columns", "safe", "bom"})
        rows: QuerySet | None = None
        if hangs:
            filters = claim_filter(params)
            _refuse_unknown_names(filters)
            rows = rows_about(self.table, filters.qs) if filters.filters else None
        try:
            extract = table_extract(
                self.table,
                rows,
                site_url=_site(request),
                columns=_columns(params),
                safe=_safe(params),
            )
        except ValueError as error:
            raise ValidationError({"columns": [str(error)]}) from error
        return csv_blocks(extract, bom=yes_no(params, "bom"))


def _refuse_unknown_names(filters: ClaimFilter) -> None:
    """One name of nothing, where it leaves nothing to export."""
    if filters.filters and not filters.qs.exists() and (unknown := filters.unknown_names()):
        raise ValidationError(unknown)


def _site(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _safe(params: QueryDict) -> bool:
    return "safe" not in params or yes_no(params, "safe")


def _columns(params: QueryDict) -> Sequence[str] | None:
    if "columns" not in params:
        return None
    if not params["columns"]:
        raise ValidationError({"columns": [_("This is empty: leave it out, or name columns.")]})
    return str(params["columns"]).split(",")


# How they describe themselves

_SAFE = schema.query(
    "safe",
    {"type": "boolean", "default": True},
    "One apostrophe before a text that a spreadsheet would run, which the importer takes away; "
    "false: texts as they are, for machines.",
)
_BOM = schema.query(
    "bom", {"type": "boolean", "default": False}, "A byte order mark, by which Excel knows UTF-8."
)
_ORDERING = schema.paging(list(CLAIM_ORDERINGS), NEWEST_SAID)[2]
_PRESENT = [schema.FILTERS_BY_NAME[name] for name in PRESENT]
_DIALECT = (
    "RFC 4180, UTF-8. An empty cell is a value that is not there, and several values are a JSON "
    "array. The header `Ledger-Head` has the ledger's cursor."
)
_AS_OF = (
    " With `as_of`, `Ledger-As-Of` has that place, a last column says which claims have changed "
    "since, and of a claim whose record of then was redacted there is only `id`, `url` and that "
    "column."
)


def _choice(table: Table) -> OpenApiParameter:
    names = [column.name for column in table.columns]
    return schema.query(
        "columns",
        {"type": "array", "items": {"type": "string", "enum": names}},
        "Only these columns, in this order.",
    )


def _described(
    view: type[ExportView],
    summary: str,
    description: str,
    parameters: list[OpenApiParameter],
    tag: str,
    kind: Any = OpenApiTypes.STR,
) -> type[ExportView]:
    """The view, which answers to GET so described."""

    @extend_schema(
        operation_id=view.file.replace(".", "_"),
        summary=summary,
        description=description,
        parameters=parameters,
        tags=[tag],
        auth=[],
        responses={(200, view.media): kind, **schema.BAD, **schema.GONE, **schema.BUSY},
    )
    def get(self: ExportView, request: Request) -> HttpResponseBase:
        return self.answer(request)

    return type(view.__name__, (view,), {"get": get})


_OF_CLAIMS = [*schema.FILTERS_BY_NAME.values(), _ORDERING, schema.IN_VOCABULARIES, _choice(CLAIMS)]


def _table_view(name: str) -> type[ExportView]:
    view = type("TableView", (TableView,), {"table": TABLES[name], "file": f"{name}.csv"})
    filters = _PRESENT if name in ON_A_CLAIM else []
    return _described(
        view,
        f"Export {name} as CSV",
        f"{'Of the claims under the filters' if filters else 'All of them'}; no pages. {_DIALECT}",
        [*filters, _choice(TABLES[name]), _SAFE, _BOM],
        name,
    )


VIEWS = (
    _described(
        ClaimsCsvView,
        "Export claims as CSV",
        f"The same filters; no pages. {_DIALECT}{_AS_OF}",
        [*_OF_CLAIMS, _SAFE, _BOM],
        "claims",
    ),
    _described(
        ClaimsNdjsonView,
        "Export claims as NDJSON",
        "An object a line, with the columns of the CSV: null where a cell is empty; arrays, "
        "booleans and whole numbers as such; dates, quantities and decimals as written, and texts "
        f"as they are.{_AS_OF}",
        _OF_CLAIMS,
        "claims",
    ),
    _described(
        ClaimsWorkbookView,
        "Export claims as a workbook",
        "The columns of the CSV in one sheet, every cell a text: no program makes a date of "
        f"`2020-10`. At most {MOST_ROWS - 1:,} claims.{_AS_OF}",
        [*_OF_CLAIMS, _SAFE],
        "claims",
        OpenApiTypes.BINARY,
    ),
    _described(
        ArchiveView,
        "Export every table in a zip",
        "A CSV a table, `README.md` on their columns, and `manifest.json`: rows, bytes and "
        "SHA-256 of each file, the ledger's head, the filters, the licence. Under filters: the "
        "claims that match, what hangs on them, and what any of that names; links to other claims "
        "are left out. Without a manifest, the download was cut short.",
        [*_PRESENT, _SAFE],
        "claims",
        OpenApiTypes.BINARY,
    ),
    *(_table_view(name) for name in TABLES if name != CLAIMS.name),
)

addresses = [path(view.file, view.as_view(), name=view.file.replace(".", "-")) for view in VIEWS]
