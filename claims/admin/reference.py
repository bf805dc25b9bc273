"""Speakers, sources, topics and collections. They are never deleted: the history names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims import curation
from claims.choices import Subject
from claims.models import Collection, Source, Speaker, Topic

from .curated import CuratedAdmin, actor_of

NAMED = {"name": _("Renaming changes every page that shows the name; the slug stays.")}


class ReferenceAdmin(CuratedAdmin):
    """The slug is fixed once the row is there."""

    slug_from: tuple[str, ...] = ("name",)
    help_texts: dict[str, Any] = NAMED

    def write(self, request: HttpRequest, form: Any, formsets: Any) -> Model:
        row = None if form.instance._state.adding else form.instance
        ((written, _fate),) = curation.write_reference(
            [
                curation.ReferenceWrite(
                    model=self.model, row=row, revision=form.revision, values=form.columns()
                )
            ],
            actor=actor_of(request),
        )
        return written

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, help_texts=self.help_texts, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": self.slug_from}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Speaker)
class SpeakerAdmin(ReferenceAdmin):
    subject = Subject.SPEAKER
    list_display = ("name", "kind", "organisation", "wikidata_id", "slug")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("name", "slug", "aliases")
    autocomplete_fields = ("organisation",)
    fields = ("name", "slug", "kind", "organisation", "aliases", "wikidata_id")
    help_texts = NAMED | {
        "aliases": _("Other names, one a line."),
        "organisation": _("Where they belong today; a claim keeps what they were when they spoke."),
    }


@admin.register(Source)
class SourceAdmin(ReferenceAdmin):
    subject = Subject.SOURCE
    slug_from = ("publisher", "title")
    list_display = ("title", "publisher", "published_on", "language", "page")
    list_filter = ("language",)
    search_fields = ("title", "publisher", "url", "slug")
    fields = ("publisher", "title", "slug", "url", "archive_url", "published_on", "language")
    help_texts = {
        "language": _("A language tag: en, pt-BR."),
    }

    @admin.display(description=_("page"))
    def page(self, source: Source) -> SafeString | str:
        if not source.url:
            return ""
        return format_html('<a href="{}" rel="noreferrer">{}</a>', source.url, _("open"))


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin):
    subject = Subject.TOPIC
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "description")


@admin.register(Collection)
class CollectionAdmin(ReferenceAdmin):
    subject = Subject.COLLECTION
    list_display = ("name", "owner", "starts_on", "ends_on", "slug")
    search_fields = ("name", "slug", "owner")
    fields = ("name", "slug", "owner", ("starts_on", "ends_on"), "selection_note")
