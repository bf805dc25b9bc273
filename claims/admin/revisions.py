"""Forms that remember which revision their editor saw, and show what has been saved since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import pretty_name
from django.utils.translation import gettext as _

from claims import curation

COUNTERS = {"seen_revision", "save_over"}


class _Counter(forms.IntegerField):
    """A revision: never a change of the editor's."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class UncheckedModelForm(forms.ModelForm):
    """A form that leaves its row's columns to curation, which cleans them and knows the rules.

    Django would run each constraint as a query, and name constraints to the editor.
    """

    def _get_validation_exclusions(self) -> set[str]:
        return {column.name for column in self._meta.model._meta.fields}

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def columns(self) -> dict[str, Any]:
        """The values of the row's own columns, as curation takes them."""
        return {
            column.name: self.cleaned_data[column.name]
            for column in self._meta.model._meta.fields
            if column.name in self.cleaned_data and column.name not in ("id", "claim")
        }


class SeenRevision(forms.Form):
    """A form about `row`, whose editor saw one revision of it.

    A stale form is refused with everything in it kept. Only by ticking `save_over`, which names
    the revision that is stored now, does its editor save over that one.
    """

    seen_revision = _Counter(required=False, widget=forms.HiddenInput)
    save_over = _Counter(required=False, widget=forms.HiddenInput)

    row: Any  # as it is stored now; unsaved where there is nothing to go stale
    is_stale = False

    def check_revision(self) -> None:
        """Refuse a stale form. Curation checks again, under the lock."""
        chosen = {self.cleaned_data.get(name) for name in COUNTERS}
        if self.revision is not None and self.revision not in chosen:
            self.is_stale = True
            self.add_error(None, curation.StaleRevision())

    @property
    def revision(self) -> int | None:
        """The revision that a form which is not stale is saved over; None for a new row."""
        return self.row.revision if self.row.pk else None

    @property
    def carried_revision(self) -> Any:
        """What `seen_revision` holds when the form is shown (again)."""
        return self["seen_revision"].value() if self.is_stale else self.revision

    def differences(self) -> Iterator[tuple[str, str]]:
        """Label and stored value of each field in which the form differs from what is stored."""
        for name in self.changed_data:
            if name in self.initial and name not in COUNTERS:
                field = self.fields[name]
                label = str(field.label or pretty_name(name))
                yield label, _as_stored(field, self.initial[name]) or _("(empty)")

    def refuse(self, refusal: ValidationError) -> None:
        """Show each fault at its field, or at the top where this form has no such field."""
        if self.is_stale:
            return  # said already, with what is stored now
        for name, faults in refusal.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, faults)


def _as_stored(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        chosen = value if isinstance(value, list) else [value]
        keys = [each.pk if isinstance(each, models.Model) else each for each in chosen]
        rows: Any = field.queryset
        return ", ".join(str(row) for row in rows.filter(pk__in=keys))
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    value = field.prepare_value(value)
    return "" if value is None else str(value)
