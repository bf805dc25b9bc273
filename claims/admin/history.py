"""What is only ever inserted, to be looked at: the ledger's entries and redactions."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Change, Redaction

from .differences import history_page


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["claims/admin.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "actor", "operation", "cause", "subject", "key", "what_changed")
    list_filter = ("subject", "operation")
    search_fields = ("=key", "=actor")
    search_help_text = gettext_lazy("The uid of a claim, the slug of any other row, or an actor.")
    fields = (
        *("number", "at", "actor", "operation", "cause", "subject", "key", "what_changed"),
        *("the_differences", "the_record", "record_digest", "previous_hash", "hash"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("record").order_by("-number")

    @admin.display(description=gettext_lazy("fields changed"))
    def what_changed(self, change: Change) -> str:
        return ", ".join(change.fields_changed)

    @admin.display(description=gettext_lazy("what changed"))
    def the_differences(self, change: Change) -> str:
        entries = Change.objects.filter(subject=change.subject, key=change.key)
        entry = history_page(entries, str(change.number + 1), 1)["entries"][0]
        return render_to_string("admin/claims/differences.html", {"entry": entry})

    @admin.display(description=gettext_lazy("record"))
    def the_record(self, change: Change) -> str:
        if change.record is None:
            return _("(redacted)")
        facts = json.dumps(json.loads(change.record), ensure_ascii=False, indent=2)
        return format_html('<pre class="record">{}</pre>', facts)


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ("at", "table", "row", "column", "legal_basis", "actor")
    list_filter = ("table",)
