"""API tokens: everybody makes and revokes their own; administrators revoke others' too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.models import ApiToken
from claims.models.api_token import DAYS, MOST_DAYS


class TokenForm(forms.ModelForm):
    owner: Any
    days = forms.IntegerField(
        label=_("Days"),
        initial=DAYS,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("How long it lives: at most 365."),
    )

    class Meta:
        model = ApiToken
        fields = ("name", "scope")
        help_texts = {"name": _("What it is for.")}
        widgets = {"scope": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.user = self.owner  # whose names it is checked against


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """A token is never changed, and its secret is on the page that answers its making alone."""

    list_display = ("name", "scope", "expires", "user", "begins_with", "created")
    list_select_related = ("user",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "user__username")
    readonly_fields = ("name", "user", "scope", "begins_with", "created", "expires")

    class Media:
        css = {"all": ["claims/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        tokens: Any = super().get_queryset(request)
        return tokens.in_reach_of(request.user)

    def get_list_display(self, request: HttpRequest) -> Any:
        if request.user.has_perm("auth.change_user"):
            return self.list_display
        return [column for column in self.list_display if column != "user"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ("name", "scope", "days")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        return type("OwnTokenForm", (TokenForm,), {"owner": request.user})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        one_button = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().add_view(request, form_url, one_button | (extra_context or {}))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("API tokens")} | (extra_context or {}))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = _("Revoke an API token: it stops working at once")
        return super().delete_view(request, object_id, {"title": title} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        obj.secret = obj.issue(days=form.cleaned_data["days"])

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Not a redirect: the secret would have to be kept somewhere on the way."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Your new API token"),
            "token": obj,
            "secret": obj.secret,
        }
        return TemplateResponse(request, "admin/claims/apitoken/made.html", context)

    @admin.display(description=_("begins with"), ordering="token_key")
    def begins_with(self, token: ApiToken) -> str:
        return format_html("<code>{}</code>", token.hint)

    @admin.display(description=_("expires"), ordering="expiry")
    def expires(self, token: ApiToken) -> Any:
        day = token.expiry.date()
        if token.is_expired:
            mark = '{} <span class="mark outdated">{}</span>'
            return format_html(mark, localize(day), _("expired"))
        return day
