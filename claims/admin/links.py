"""Links between claims: made from a claim's page, seen and taken away here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims import curation
from claims.curation.claims import EDITABLE_STATES
from claims.models import Claim, Link

from .curated import actor_of
from .history import ReadOnlyAdmin


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    list_display = ("claim", "type", "target")
    list_filter = ("type",)
    list_select_related = ("claim", "target")
    search_fields = ("claim__statement", "target__statement")
    fields = ("claim", "type", "target")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj and obj.claim.editorial_state not in EDITABLE_STATES:
            return False
        return request.user.has_perm("claims.delete_link")

    def delete_model(self, request: HttpRequest, obj: Link) -> None:
        self._unlink(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        self._unlink(request, list(queryset))

    def _unlink(self, request: HttpRequest, links: list[Link]) -> None:
        """Whoever takes a link away has seen the link, and does it over whatever else is new."""
        with curation.locked_ledger():
            for link in links:
                revision = Claim.objects.values_list("revision", flat=True).get(pk=link.claim_id)
                curation.unlink([link], [revision], actor=actor_of(request))
