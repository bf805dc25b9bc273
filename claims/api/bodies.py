"""Request bodies: one JSON object, whose members are known and each named once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from claims.filter_fields import nearest

SHOWN = 60  # characters of a name that is refused, and such names


class _Repeated(Exception):
    """A member is there twice: its name, as JSON."""


class JsonParser(JSONParser):
    """JSON (RFC 8259) in UTF-8, of a bounded depth, that says nothing twice."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            body = json.loads(
                stream.read().decode(), object_pairs_hook=_once, parse_constant=_no_number
            )
            json.dumps(body, ensure_ascii=False).encode()  # what we repeat of it can be sent back
        except UnicodeEncodeError:
            raise ParseError(_("A text holds half a surrogate pair, which is no text.")) from None
        except _Repeated as repeated:
            raise ParseError(_("%(name)s is there twice.") % {"name": repeated}) from None
        except RecursionError:
            raise ParseError(_("Too many brackets stand within each other.")) from None
        except ValueError as error:
            raise ParseError(_("This is not JSON: %(fault)s") % {"fault": error}) from None
        return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise _Repeated(json.dumps(name[:SHOWN]))
        members[name] = value
    return members


def _no_number(name: str) -> None:
    raise ValueError(_("%(name)s is no number of JSON.") % {"name": name})


def body_of(request: Request) -> dict[str, Any]:
    """The object that was sent. Raises UnsupportedMediaType, ParseError or ValidationError."""
    try:
        body = request.data
    except RequestDataTooBig:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raise ParseError(_("Send at most %(most)d bytes.") % {"most": most}) from None
    if not isinstance(body, dict):
        raise ValidationError({"non_field_errors": [_("Send one JSON object.")]})
    if type(body) is not dict:  # a form's fields, which the check for forgery has read already
        raise UnsupportedMediaType(request.content_type)
    return body


def unknown_members(body: Mapping[str, Any], known: Collection[str]) -> dict[str, list[str]]:
    """What to say of each member that is none."""
    return {
        name[:SHOWN]: [
            _("There is no such member.%(nearest)s Known: %(known)s.")
            % {"nearest": nearest(name, known), "known": ", ".join(known)}
        ]
        for name in islice((name for name in body if name not in known), SHOWN)
    }


def said_in(
    request: Request, takes: type[serializers.Serializer], *, partial: bool = True
) -> dict[str, Any]:
    """The members of the object that was sent, as `takes` takes them.

    Read as `partial`, where curation says what is missing along with all else.
    Raises as `body_of` does.
    """
    body = body_of(request)
    said = takes(data=body, partial=partial)
    faults = unknown_members(body, said.fields)
    if not said.is_valid() or faults:
        raise ValidationError({**said.errors, **faults})
    return dict(said.validated_data)
