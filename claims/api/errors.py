"""Errors as RFC 9457 problem details, with field errors in DRF's shape under ``errors``."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as CurationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.views import exception_handler

from claims.curation import KeyReused
from claims.documents import as_json

MEDIA_TYPE = "application/problem+json"


class Gone(exceptions.APIException):
    """It was here, and was taken back: `facts` is what is left to say of it."""

    status_code = HTTPStatus.GONE
    default_code = "gone"

    def __init__(self, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.facts = facts


class Busy(exceptions.APIException):
    """As much is going on as the server bears; it will be over soon."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = _("Too many downloads are going on: try again in half a minute.")
    wait = 30  # seconds; DRF sends it as Retry-After


class Behind(exceptions.APIException):
    """A cursor is ahead of this server: `head` is as far as it knows the ledger.

    A replica that lags and a server that was restored from a backup look alike from here. The
    first catches up; once the second has written past that number, it says `Gone`.
    """

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "behind"
    wait = 5  # seconds; DRF sends it as Retry-After

    def __init__(self, head: str) -> None:
        super().__init__(
            _(
                "This cursor is ahead of this server, which knows the ledger up to “head”. It will "
                "catch up, so try again in a while; if it was restored from a backup instead, it "
                "answers 410 once it has written past that number."
            )
        )
        self.facts = {"head": head}


class Conflict(exceptions.APIException):
    """What is to be written over has moved on, or is in a state that does not allow it."""

    status_code = HTTPStatus.CONFLICT
    default_detail = _("Somebody else has changed this since you read it: read it again.")
    default_code = "conflict"


class Unprocessable(exceptions.APIException):
    """The key of an earlier request, with another one."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "unprocessable"


class PreconditionRequired(exceptions.APIException):
    """A write over something that does not say what its writer has read."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = _("Say what you have read: send its ETag as If-Match.")
    default_code = "precondition_required"


class PreconditionFailed(exceptions.APIException):
    """It is not what its writer has read any more; `tag` is its ETag now."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = _("Somebody else has changed this since you read it: read it again.")
    default_code = "precondition_failed"

    def __init__(self, tag: str = "") -> None:
        super().__init__()
        self.tag = tag


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: DRF decides the status and headers, this the body."""
    if isinstance(error, CurationError):
        error = _of_curation(error)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    response = problem(answer.status_code, **_said(error, answer))
    if isinstance(error, PreconditionFailed) and error.tag:
        response["ETag"] = error.tag
    for name, value in answer.headers.items():
        if name.lower() not in ("content-type", "content-length"):
            response[name] = value
    return response


def _of_curation(error: CurationError) -> exceptions.APIException:
    if isinstance(error, KeyReused):
        return Unprocessable(error.messages[0])
    if _has_code(error, "stale"):
        return Conflict()
    if _has_code(error, "state"):
        return Conflict(error.messages[0])
    return exceptions.ValidationError(get_error_detail(error))


def _has_code(error: CurationError, code: str) -> bool:
    """Whether it is curation's error with this code, or a batch of one refused for it."""
    return not hasattr(error, "error_dict") and any(each.code == code for each in error.error_list)


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """A problem details body; `more` are further members of it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return HttpResponse(as_json(body | more), status=status, content_type=MEDIA_TYPE)


def _said(error: Exception, answer: Response) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = answer.data if isinstance(answer.data, dict) else {"non_field_errors": answer.data}
        name, messages = next(iter(errors.items()))
        return {"detail": f"{name}: {messages[0]}", "errors": errors}
    facts = error.facts if isinstance(error, Gone | Behind) else {}
    return {"detail": str(answer.data["detail"]), **facts}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For requests that Django refuses before any view, such as one to an unknown host."""
    return problem(HTTPStatus.BAD_REQUEST, "This request is not one that is served here.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For addresses under the API that lead nowhere."""
    return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The fault is ours, and has been logged.")
