"""Claims: the list, the form, and who may do what."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import curation, search
from claims.choices import DueMode, Subject
from claims.curation.claims import EDITABLE_STATES
from claims.filters import ClaimFilter
from claims.models import Claim, Evidence, SearchText

from .claim_page import ClaimPage
from .curated import CuratedForm, actor_of
from .fields import ObjectInput
from .rows import AppearanceInline, EvidenceInline

BATCH = 250  # claims that one action publishes


class ClaimForm(CuratedForm):
    cosmetic = forms.CharField(
        required=False,
        label=gettext_lazy("Cosmetic, because"),
        help_text=gettext_lazy(
            "Only where the meaning stays: “a typo in the name”. Standing verdicts then stay "
            "fresh. Left empty, an edit of the words asks for the verdict to be looked at again."
        ),
        widget=admin.widgets.AdminTextInputWidget,
    )

    extra = ObjectInput(required=False, label=gettext_lazy("Columns of its own"))


class AskedFilter(admin.SimpleListFilter):
    """Choices that are filters of the public list: what is overdue here is overdue there."""

    # By its code: what it is called, and the filters of which a claim meets one.
    choices_by_code: ClassVar[dict[str, tuple[Any, list[dict[str, str]]]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, label) for code, (label, _asked) in self.choices_by_code.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        _label, asked = self.choices_by_code.get(self.value() or "", ("", []))
        return queryset.filter(reduce(or_, map(_conditions, asked), Q()))


def _conditions(asked: dict[str, str]) -> Q:
    filters = ClaimFilter(asked)
    if not filters.is_valid():
        raise ValueError(filters.errors)
    return filters.conditions()


class VerdictFilter(AskedFilter):
    title = gettext_lazy("verdict")
    parameter_name = "verdict"
    choices_by_code = {
        "stale": (gettext_lazy("Stale: the words were edited since"), [{"stale": "true"}])
    }


class DueFilter(AskedFilter):
    title = gettext_lazy("due")
    parameter_name = "due"
    choices_by_code = {
        "overdue": (gettext_lazy("Overdue"), [{"overdue": "true"}, {"possibly_overdue": "true"}]),
        "soon": (gettext_lazy("Within 30 days"), [{"closed": "false", "due_within": "30d"}]),
        "open": (gettext_lazy("Open: no verdict yet"), [{"closed": "false"}]),
    }


def _without(nested: list[Any], beginning: str) -> list[Any]:
    """Lists within lists, without the lines that begin so."""
    kept = [_without(each, beginning) if isinstance(each, list) else each for each in nested]
    return [each for each in kept if each != [] and not str(each).startswith(beginning)]


@admin.action(permissions=["publish"], description=gettext_lazy("Publish selected claims"))
def publish_selected(
    model_admin: ClaimAdmin, request: HttpRequest, queryset: QuerySet[Claim]
) -> None:
    claims = list(queryset[: BATCH + 1])
    if len(claims) > BATCH:
        raise ValidationError(_("Publish at most %(most)d at a time.") % {"most": BATCH})
    try:
        published = curation.publish(
            [curation.StateChange(claim=each, revision=each.revision) for each in claims],
            actor=actor_of(request),
        )
    except curation.BatchRefused as refusal:
        raise ValidationError(
            [
                f"{Truncator(claims[position].statement).chars(60)} {' '.join(fault.messages)}"
                for position, fault in refusal.by_item.items()
            ]
        ) from refusal
    for claim in published:
        model_admin.log_change(request, claim, _("Published."))
    done = ngettext("%(count)d claim is public.", "%(count)d claims are public.", len(published))
    model_admin.message_user(request, done % {"count": len(published)}, messages.SUCCESS)


@admin.register(Claim)
class ClaimAdmin(ClaimPage):
    subject = Subject.CLAIM
    form = ClaimForm
    inlines = (AppearanceInline, EvidenceInline)
    actions = (publish_selected,)
    list_display = ("the_statement", "speaker", "said_on", "when_due", "standing", "state")
    list_filter = (
        DueFilter,
        VerdictFilter,
        "editorial_state",
        "status",
        "kind",
        ("collections", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("speaker",)
    search_fields = ("external_id",)  # beside the full text, see get_search_results
    search_help_text = gettext_lazy(
        "Words of statement, quote, criteria or a speaker’s names, “a phrase”, -without, a OR b; "
        "or an external id."
    )
    autocomplete_fields = ("speaker", "on_behalf_of", "source", "topics", "collections")

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        fieldsets = [
            (_("What was said"), {"fields": ("statement", "quote", "source", "said_on")}),
            (
                _("Where the quote stands on its page, and its language"),
                {
                    "classes": ("collapse",),
                    "fields": (
                        ("quote_prefix", "quote_suffix"),
                        ("quote_language", "quote_is_translation"),
                    ),
                },
            ),
            (
                _("Who said it"),
                {"fields": (("speaker", "on_behalf_of"), "speaker_role", "attribution")},
            ),
            (
                _("What kind of claim, and when it is due"),
                {"fields": ("kind", "due", ("due_mode", "due_basis"), "refers_to", "condition")},
            ),
            (_("How it will be judged"), {"fields": ("quantity", "measure", "criteria")}),
            (_("Filed under"), {"fields": ("topics", "collections", "external_id", "extra")}),
        ]
        if obj and obj.is_published:
            fieldsets.append((_("About this edit"), {"fields": ("cosmetic",)}))
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        help_texts = {
            "due": _("For a promise or prediction: any day up to its last is in time."),
            "refers_to": _("For an assertion: the time it speaks of."),
            "quantity": _("The figure that was named, if any."),
        }
        return super().get_form(request, obj, change, help_texts=help_texts, **kwargs)

    def ledger_key(self, row: Claim) -> str:
        return str(row.uid)

    def write(self, request: HttpRequest, form: Any, formsets: Any) -> Claim:
        rows = {formset.model: formset.writes() for formset in formsets}
        evidence = rows.pop(Evidence, [])
        (appearances,) = rows.values() or [[]]
        (written,) = curation.write_claims(
            [
                curation.ClaimWrite(
                    claim=None if form.instance._state.adding else form.instance,
                    revision=form.revision,
                    values=form.columns(),
                    topics=list(form.cleaned_data["topics"]),
                    collections=list(form.cleaned_data["collections"]),
                    appearances=appearances,
                    evidence=evidence,
                    cosmetic=form.cleaned_data["cosmetic"],
                )
            ],
            actor=actor_of(request),
        )
        return written.claim

    # The list

    @admin.display(description=gettext_lazy("statement"), ordering="statement")
    def the_statement(self, claim: Claim) -> str:
        return Truncator(claim.statement).chars(110)

    @admin.display(description=gettext_lazy("due"), ordering="due_last")
    def when_due(self, claim: Claim) -> SafeString | str:
        if not claim.due:
            return ""
        mode = {DueMode.BY: _("by"), DueMode.AT: _("at"), DueMode.THROUGHOUT: _("all through")}
        text = f"{mode[DueMode(claim.due_mode)]} {claim.due}"
        if not claim.is_past_due():
            return text
        late = _("possibly overdue") if claim.due.marked else _("overdue")
        return format_html('{} <span class="mark late">{}</span>', text, late)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, claim: Claim) -> SafeString:
        mark = format_html('<span class="mark {}">{}</span>', claim.status, claim.status_label)
        if not claim.stale:
            return mark
        return format_html('{} <span class="mark outdated">{}</span>', mark, _("stale"))

    @admin.display(description=gettext_lazy("state"), ordering="editorial_state")
    def state(self, claim: Claim) -> str:
        return str(claim.get_editorial_state_display())

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        try:
            found = Q(search.Found(search.parse(search_term)))
        except ValidationError as refusal:
            # Not while somebody types into a box that completes it.
            if request.resolver_match and request.resolver_match.url_name != "autocomplete":
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return queryset.none(), False
        return queryset.filter(found | Q(external_id=search_term.strip())), False

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """An action is done with all that it logs, or refused with nothing done."""
        try:
            with transaction.atomic():
                return super().response_action(request, queryset, *args)
        except ValidationError as refusal:
            return self.refused(request, refusal, request.get_full_path())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:  # published while its editor was asked
            return self.refused(request, refusal, "../change/")

    def refused(
        self, request: HttpRequest, refusal: ValidationError, address: str
    ) -> HttpResponseRedirect:
        for message in refusal.messages:
            self.message_user(request, message, messages.ERROR)
        return HttpResponseRedirect(address)

    # Who may do what

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.publish_claim")

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """A published claim is an editor's to change; one that left the public is nobody's."""
        if obj and obj.editorial_state not in EDITABLE_STATES:
            return False
        if obj and obj.is_published and not self.has_publish_permission(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What was public is retracted, not deleted."""
        if obj and obj.published_at:
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What an editor has written; the text that search made of it goes unmentioned."""
        nested, counts, *rest = super().get_deleted_objects(objs, request)
        meta = SearchText._meta
        counts.pop(str(meta.verbose_name_plural), None)
        return _without(nested, f"{capfirst(meta.verbose_name)}: "), counts, *rest

    def delete_model(self, request: HttpRequest, obj: Claim) -> None:
        curation.delete_drafts([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        curation.delete_drafts(list(queryset))
