"""The rows edited within a claim: where else it was said, and what the evidence shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims import curation
from claims.curation.guard import cleaned
from claims.curation.rules import appearance_faults, evidence_faults
from claims.models import Appearance, Evidence, Source

from .fields import VALUE_INPUTS
from .revisions import UncheckedModelForm


class SourceSelect(AutocompleteSelect):
    """Knows the source its row has, which Django would ask the database for, row by row."""

    known: Source | None = None

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.known)
        options.append(self.create_option(name, self.known.pk, label, True, len(options)))
        return [(None, options, 0)]


class RowForm(UncheckedModelForm):
    """Asks curation's own rules, so that a fault stands on its row."""

    rules: Callable[[Any], Mapping[str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source_id and "source" in self.fields:
            with_buttons: Any = self.fields["source"].widget
            with_buttons.widget.known = self.instance.source

    def clean(self) -> dict[str, Any]:
        if "id" in self.errors:
            raise ValidationError(
                _(
                    "This row is no longer here to be edited: somebody removed it, or an "
                    "assessment rests on it now. Copy what you need, and tick Delete."
                )
            )
        cleaned(self._meta.model, self.columns())
        return self.cleaned_data

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors and self.has_changed():
            for name, fault in type(self).rules(self.instance).items():
                self.add_error(name, fault)


class AppearanceForm(RowForm):
    rules = staticmethod(appearance_faults)


class EvidenceForm(RowForm):
    rules = staticmethod(evidence_faults)


class RowFormSet(BaseInlineFormSet):
    def get_queryset(self) -> Any:
        """The admin pairs posted forms with these by position, so a row that somebody has removed
        since keeps its place, and its editor's text."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def writes(self) -> list[curation.RowWrite]:
        """What is to be added, changed and removed, as curation takes it."""
        removed: set[Any] = set(self.deleted_forms)
        initial: list[Any] = self.initial_forms
        extra: list[Any] = self.extra_forms
        writes = [
            curation.RowWrite(row=form.instance, values=form.columns(), remove=form in removed)
            for form in initial
            if form.instance.pk and (form in removed or form.has_changed())
        ]
        return writes + [
            curation.RowWrite(values=form.columns())
            for form in extra
            if form.has_changed() and form not in removed
        ]


class RowInline(admin.StackedInline):
    formset = RowFormSet
    formfield_overrides = VALUE_INPUTS
    autocomplete_fields = ("source",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["widget"] = SourceSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AppearanceInline(RowInline):
    model = Appearance
    form = AppearanceForm
    verbose_name = _("appearance")
    verbose_name_plural = _("Said again: the same words, at another time or place")
    fields = (("said_on", "source"), "quote")


class EvidenceInline(RowInline):
    model = Evidence
    form = EvidenceForm
    verbose_name = _("piece of evidence")
    verbose_name_plural = _("Evidence not yet cited by an assessment")
    fields = (
        ("kind", "stance", "dated"),
        "source",
        "summary",
        ("observed", "original_rating", "replaces"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Cited evidence is never edited; the claim's page shows it beside the form."""
        return super().get_queryset(request).filter(assessments__isnull=True)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        replaces: Any = formset.form.base_fields["replaces"]
        replaces.queryset = Evidence.objects.filter(claim=obj, assessments__isnull=False).distinct()
        replaces.choices = list(replaces.choices)  # looked up once, not again for each row
        replaces.help_text = _("The cited piece that this one corrects or updates.")
        return formset
