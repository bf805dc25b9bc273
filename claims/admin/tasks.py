"""Tasks: the desk's private slips, outside ledger and curation."""

from __future__ import annotations

from django.contrib import admin

from claims.models import Task


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin):
    list_display = ("claim", "review_on", "assignee", "note")
    list_filter = ("review_on", ("assignee", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("claim", "assignee")
    search_fields = ("claim__statement", "note")
    autocomplete_fields = ("claim",)
    show_full_result_count = False
