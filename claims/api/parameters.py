"""Query parameters: each is known, given once and filled, or the request is refused by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError as FieldError
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from claims.filter_fields import YesNoField, nearest
from claims.filter_sets import FiltersAsked
from claims.filters import ClaimFilter
from claims.models import Ledger

from .errors import Behind, Gone

Filters = TypeVar("Filters", bound=FiltersAsked)


SHOWN = 10  # faults of names that are told at once


def check_names(params: QueryDict, known: Collection[str]) -> None:
    """Refuse an unknown or a repeated parameter: never a 200 with the wrong rows."""
    errors: dict[str, list[str]] = {}
    for name, values in params.lists():
        if len(errors) == SHOWN:  # each is told what there is
            break
        if name not in known:
            errors[name] = [
                _("There is no such parameter.%(nearest)s Known: %(known)s.")
                % {"nearest": nearest(name, known), "known": ", ".join(sorted(known)) or "none"}
            ]
        elif len(values) > 1:
            errors[name] = [_("Give this once; several values go with commas between them.")]
    if errors:
        raise ValidationError(errors)


def yes_no(params: QueryDict, name: str) -> bool:
    """What a parameter says; no where it is left out."""
    if name not in params:
        return False
    try:
        return bool(YesNoField().clean(params[name]))
    except FieldError as error:
        raise ValidationError({name: error.messages}) from error


def claim_filter(params: Mapping[str, str]) -> ClaimFilter:
    """The filters named in `params`, checked. Parameters that are no filters are left alone."""
    filters = ClaimFilter(params)
    if filters.errors.as_data().keys() == {"as_of"}:
        if filters.form.has_error("as_of", "another_history"):
            raise Gone(filters.errors["as_of"][0], head=Ledger.objects.get().cursor)
        if filters.form.has_error("as_of", "ahead"):
            raise Behind(head=Ledger.objects.get().cursor)
    return checked(filters)


def checked(filters: Filters) -> Filters:
    """The same filters. Raises ValidationError by parameter."""
    if not filters.is_valid():
        raise ValidationError(filters.errors)
    # One name of nothing shows in an empty answer; among several it would hide.
    if unknown := filters.unknown_names(among=2):
        raise ValidationError(unknown)
    return filters
