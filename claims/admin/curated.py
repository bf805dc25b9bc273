"""Admin pages that write through curation, and how they show what it refuses."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

from claims.models import Change

from .differences import history_page
from .fields import VALUE_INPUTS
from .revisions import SeenRevision, UncheckedModelForm


class CuratedForm(UncheckedModelForm, SeenRevision):
    """A form whose values curation checks and writes."""

    refusal: ValidationError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = self.instance

    def clean(self) -> dict[str, Any]:
        self.check_revision()
        return self.cleaned_data

    def full_clean(self) -> None:
        super().full_clean()
        if self.refusal and self.is_bound:
            self.refuse(self.refusal)


class CuratedAdmin(admin.ModelAdmin):
    """Saving is one call to curation, `write`; Django's own steps write nothing.

    A refusal rolls the whole request back; then the posted form is shown again, unwritten, with
    the refusal's faults at its fields.
    """

    form = CuratedForm
    formfield_overrides = VALUE_INPUTS
    show_full_result_count = False
    list_per_page = 50
    change_form_template = "admin/claims/change_form.html"
    object_history_template = "admin/claims/object_history.html"
    subject: str  # what the ledger calls such a row

    class Media:
        css = {"all": ["claims/admin.css"]}

    def write(self, request: HttpRequest, form: Any, formsets: Any) -> models.Model:
        """Hand the forms to curation; returns the row as written."""
        raise NotImplementedError

    def ledger_key(self, row: Any) -> str:
        return row.slug

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Nothing yet: the inline rows go with it, in `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        for formset in formsets:
            formset.save(commit=False)  # only notes what changed, for the admin's log
        written = self.write(request, form, formsets)
        form.instance.pk = written.pk

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        ledger = {}
        if row:
            entries = Change.objects.filter(subject=self.subject, key=self.ledger_key(row))
            ledger = history_page(entries, request.GET.get("before", ""))
        return super().history_view(request, object_id, ledger | (extra_context or {}))


def actor_of(request: HttpRequest) -> str:
    """The name under which a write stands in the ledger."""
    return request.user.get_username()
