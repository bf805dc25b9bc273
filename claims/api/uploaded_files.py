"""A file as the body of a request, by itself or as a form's one field."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, UnsupportedMediaType, ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

# By media type: how a file of it is named.
SUFFIXES = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".ndjson",
    "application/zip": ".zip",
}
FORM = "multipart/form-data"
MAX_FORM = 100_000  # bytes of a form beside its file


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Over HTTP a file has at most %(most)d bytes: cut it, pack it as a zip, or enter "
                "it on the server with “manage.py import_claims”."
            )
            % {"most": settings.IMPORT_MAX_BYTES}
        )


class FileParser(BaseParser):
    """The bytes as they are, no more than may be sent. Raises `TooLarge`."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content = stream.read(settings.IMPORT_MAX_BYTES + 1)
        if len(content) > settings.IMPORT_MAX_BYTES:
            raise TooLarge
        return content


PARSERS: list[Any] = [
    *(type("FileParser", (FileParser,), {"media_type": each}) for each in SUFFIXES),
    MultiPartParser,
]


@dataclass(frozen=True)
class Sent:
    name: str
    content: bytes
    charset: str = ""  # as the header says, if it does


def refuse_too_large(request: Any) -> None:
    """Before any of it is read, by what the header says. Raises `TooLarge`."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdigit() and int(declared) > settings.IMPORT_MAX_BYTES + MAX_FORM:
        raise TooLarge


def file_of(request: Request, name: str = "") -> Sent:
    """The file that was sent, called `name` if one is given.

    Raises `TooLarge`, UnsupportedMediaType, ParseError, or ValidationError under "file".
    """
    try:
        data = request.data
    except UnsupportedMediaType as refused:
        known = ", ".join((*SUFFIXES, FORM))
        raise UnsupportedMediaType(
            request.content_type,
            _("Send a file as one of: %(known)s.") % {"known": known},
        ) from refused
    media_type, parameters = parse_header_parameters(request.content_type or "")
    if media_type == FORM:
        return _field_of(request, name)
    disposition = request.META.get("HTTP_CONTENT_DISPOSITION", "")
    called = name or parse_header_parameters(disposition)[1].get("filename", "")
    return Sent(
        PurePath(called).name or f"upload{SUFFIXES.get(media_type, '')}",
        data if isinstance(data, bytes) else b"",  # nothing at all was sent
        parameters.get("charset", ""),
    )


def _field_of(request: Request, name: str) -> Sent:
    files = request.FILES.getlist("file")
    others = {*request.data} - {"file", "csrfmiddlewaretoken"}
    if others:
        raise ValidationError(
            {
                each[:60]: [_("There is no such field: send “file”, the rest goes in the query.")]
                for each in sorted(others)[:10]
            }
        )
    if len(files) != 1:
        raise ValidationError({"file": [_("Send one file.")]})
    (file,) = files
    if file.size > settings.IMPORT_MAX_BYTES:
        raise TooLarge
    return Sent(name or str(file.name), file.read(), "")
