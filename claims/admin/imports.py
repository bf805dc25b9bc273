"""“Import a file”: choose one, read what would become of it, enter it and watch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curation
from claims.exchange.columns import TABLES
from claims.exchange.imports import uploads
from claims.models import Upload
from claims.models.upload import MAX_ENCODING

from .import_reports import report_context

NDJSON = "application/x-ndjson"


def _tables() -> list[tuple[str, Any]]:
    plural = {
        name: capfirst(table.model._meta.verbose_name_plural) for name, table in TABLES.items()
    }
    return [("", _("As the file is named")), *plural.items()]


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV as a spreadsheet saves it (save a workbook as CSV), NDJSON, or a zip of several. "
            "Its columns are those of an export, such as /api/v1/claims.csv: to change published "
            "claims, edit that, and bring it back. /api/v1/claims.zip explains every column."
        ),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.ndjson,.jsonl,.zip"}),
    )
    table = forms.ChoiceField(label=gettext_lazy("Its rows are"), choices=_tables, required=False)
    encoding = forms.CharField(
        label=gettext_lazy("Encoding"),
        required=False,
        max_length=MAX_ENCODING,
        help_text=gettext_lazy("Such as cp1252 (Western Europe) or cp1251 (Cyrillic)."),
        widget=AdminTextInputWidget,
    )
    unguarded = forms.BooleanField(
        label=gettext_lazy("Keep apostrophes at the beginning of texts"),
        required=False,
        help_text=gettext_lazy(
            "Only for a file that was exported with safe=0: others have one before a text that a "
            "spreadsheet would run, which is taken away again."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(
                _("It is larger than %(most)s: pack it as a zip, cut it, or ask an administrator.")
                % {"most": filesizeformat(settings.IMPORT_MAX_BYTES)}
            )
        return file

    def checked(self, account: Any) -> Upload | None:
        """The file, kept with what a check found; None: no row of it can be read."""
        said = self.cleaned_data
        try:
            return uploads.check_upload(
                account,
                said["file"].read(),
                name=said["file"].name,
                table=said["table"],
                encoding=said["encoding"].strip(),
                safe=not said["unguarded"],
            )
        except ValidationError as refused:
            self.add_error(None, refused)
            return None


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """One's own: the list of them, a page for each, and the page for a new one."""

    list_display = ("name", "uploaded_at", "state", "how_far")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["claims/admin.css"]}
        js = ("claims/import.js",)

    def get_queryset(self, request: HttpRequest) -> Any:
        everybodys: Any = super().get_queryset(request)
        return everybodys.of(request.user).without_files()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("rows"))
    def how_far(self, upload: Upload) -> str:
        if not upload.of:
            return str(upload.report["rows"])
        return _("%(done)d of %(of)d") % {"done": upload.done, "of": upload.of}

    def delete_model(self, request: HttpRequest, obj: Upload) -> None:
        curation.throw_upload_away(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:uid>/enter/", view(self.enter_view), name="claims_upload_enter"),
            path("<uuid:uid>/again/", view(self.again_view), name="claims_upload_again"),
            path(
                "<uuid:uid>/refused/<slug:table>.csv",
                view(self.refused_view),
                name="claims_upload_refused",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": _("Your imports of the last month")}
        return super().changelist_view(request, title | (extra_context or {}))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = FileForm(*sent)
        if form.is_valid():
            upload = form.checked(request.user)
            if upload:
                return HttpResponseRedirect(_page(upload))
        return self._shown(request, "add", {"title": _("Import a file"), "form": form})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        upload = self.get_object(request, object_id)
        if upload is None or not self.has_view_permission(request, upload):
            raise Http404
        upload.account = request.user
        context = {"title": upload.name, "original": upload, **report_context(upload)}
        return self._shown(request, "report", context)

    def enter_view(self, request: HttpRequest, uid: UUID) -> HttpResponseBase:
        """Streamed to a script that watches; without one, the page when it is done."""
        upload = self._own(request, uid)
        if request.method != "POST":
            return HttpResponseRedirect(_page(upload))
        watched = NDJSON in request.headers.get("Accept", "")
        try:
            steps = uploads.enter_upload(upload, keep_going="keep_going" in request.POST)
            if watched:
                return StreamingHttpResponse(
                    _lines(upload, steps), NDJSON, headers={"X-Accel-Buffering": "no"}
                )
            for _each in steps:
                pass
        except ValidationError as refused:
            self.message_user(request, refused.messages[0], messages.ERROR)
        if watched:
            return HttpResponse(_line(address=_page(upload)), NDJSON)
        return HttpResponseRedirect(_page(upload))

    def again_view(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """Read it in another encoding."""
        upload = self._own(request, uid)
        if request.method == "POST":
            try:
                upload = uploads.read_again(upload, encoding=request.POST.get("encoding", ""))
            except ValidationError as refused:
                self.message_user(request, refused.messages[0], messages.ERROR)
        return HttpResponseRedirect(_page(upload))

    def refused_view(self, request: HttpRequest, uid: UUID, table: str) -> HttpResponse:
        rows = uploads.refused_rows(self._own(request, uid), table)
        if rows is None:
            raise Http404
        name = f'attachment; filename="refused-{table}.csv"'
        headers = {"Content-Disposition": name}
        return HttpResponse(rows, "text/csv; charset=utf-8", headers=headers)

    def _own(self, request: HttpRequest, uid: UUID) -> Upload:
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = Upload.objects.one_of(request.user, uid)
        if upload is None:
            raise Http404
        return upload

    def _shown(self, request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "may_import": self.has_add_permission(request),
        }
        return TemplateResponse(request, f"admin/claims/upload/{page}.html", common | context)


def _page(upload: Upload) -> str:
    return reverse("admin:claims_upload_change", args=[upload.pk])


def _lines(upload: Upload, steps: uploads.Steps) -> Iterator[str]:
    """What the script that watches is told: how far it is, then where to read what came of it."""
    try:
        for step in steps:
            yield _line(doing=step.doing, done=step.done, of=step.of)
    except ValidationError as refused:
        yield _line(problem=refused.messages[0])
    else:
        yield _line(address=_page(upload))
    finally:
        steps.close()


def _line(**said: Any) -> str:
    return json.dumps(said) + "\n"
