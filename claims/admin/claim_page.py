"""A claim's own page: what is known stands beside the form, and acts on the claim start there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims import curation
from claims.choices import LinkType
from claims.documents import assessment_record
from claims.goalposts import goalposts, in_order, in_words
from claims.models import Claim
from claims.timelines import standings

from .acts import ActForm
from .assessments import NoteProgress, RecordVerdict, what_it_says
from .curated import CuratedAdmin, actor_of
from .moves import MOVES, AddLink
from .reaffirmation import Reaffirm
from .suggestion import suggestion_context

ACTS: tuple[type[ActForm], ...] = (Reaffirm, RecordVerdict, NoteProgress, AddLink, *MOVES)

CHAIN = 50  # claims of a chain that stand beside one of them


class ClaimPage(CuratedAdmin):
    change_form_template = "admin/claims/claim/change_form.html"

    class Media:
        js = ("claims/desk.js",)

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if obj:
            # Not `obj` itself: a refused form has put its editor's values on that.
            stored = Claim.objects.get(pk=obj.pk)
            context |= self.desk_context(request, stored)
            context["may_assess"] = RecordVerdict in context["acts"]
            context |= self.reaffirm_box(context) | {"judge_anew": True}
            if context["adminform"].form.is_stale:
                context["stored_rows"] = stored_rows(stored)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_change(self, request: HttpRequest, obj: Claim) -> HttpResponse:
        if "_verdict" in request.POST:
            return HttpResponseRedirect(reverse("admin:claims_claim_verdict", args=[obj.pk]))
        return super().response_change(request, obj)

    def desk_context(self, request: HttpRequest, claim: Claim) -> dict[str, Any]:
        """What stands beside the forms about a claim."""
        assessments = list(
            claim.assessments.select_related("corrects").prefetch_related("evidence__source")
        )
        stood = standings([assessment_record(each) for each in assessments])
        links = list(claim.links.select_related("target"))
        linked_from = list(claim.linked_from.select_related("claim"))
        in_chain = any(each.type == LinkType.REVISES for each in (*links, *linked_from))
        return {
            "claim": claim,
            "chain": in_chain and chain_of(claim),
            "acts": [
                act for act in ACTS if act.is_for(claim) and act.may_be_done_by(request.user, claim)
            ],
            "assessments": [
                (what_it_says(each), stood[str(each.uid)]["standing"], each)
                for each in reversed(assessments)
            ],
            "links": links,
            "linked_from": linked_from,
        }

    def reaffirm_box(self, context: Any) -> dict[str, Any]:
        """A stale verdict, to be reaffirmed straight from another page."""
        if Reaffirm not in context["acts"]:
            return {}
        form = Reaffirm(claim=context["claim"], admin_site=self.admin_site)
        return {"reaffirm": form, "straight_away": True}

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(
                f"<int:pk>/{act.name}/",
                self.admin_site.admin_view(self.act_view),
                {"act": act},
                name=f"claims_claim_{act.name}",
            )
            for act in ACTS
        ]
        return acts + super().get_urls()

    def act_view(self, request: HttpRequest, pk: int, act: type[ActForm]) -> HttpResponse:
        """One act on one claim: asked with GET, done with POST."""
        claim = get_object_or_404(Claim.objects.select_related("speaker", "source"), pk=pk)
        if not act.may_be_done_by(request.user, claim):
            raise PermissionDenied
        page = reverse("admin:claims_claim_change", args=[pk])
        if not act.is_for(claim):
            self.message_user(request, act.why_not(claim), messages.WARNING)
            return HttpResponseRedirect(page)
        form = act(
            request.POST if request.method == "POST" else None,
            claim=claim,
            admin_site=self.admin_site,
        )
        if form.is_bound:
            with curation.locked_ledger():
                if done := form.is_done(actor_of(request)):
                    self.log_change(request, claim, done)
            if done:
                self.message_user(request, done, messages.SUCCESS)
                return HttpResponseRedirect(page)
        context = {
            **self.admin_site.each_context(request),
            **self.desk_context(request, claim),
            "title": act.label,
            "subtitle": claim.statement,
            "opts": self.opts,
            "original": claim,
            "form": form,
            "media": self.media + form.media,
        }
        if act is RecordVerdict:
            context |= suggestion_context(request, claim) | self.reaffirm_box(context)
        elif act is Reaffirm:
            context["reaffirm"] = form  # what was edited, beside the form itself
        return TemplateResponse(request, "admin/claims/claim/act.html", context)


def chain_of(claim: Claim) -> dict[str, Any] | None:
    """The public claims that a claim is in a chain with, and how the deadline moved, in words."""
    found: list[Any] = list(Claim.objects.chain_of(claim.uid, CHAIN))
    chain = in_order(found)
    if len(chain) < 2:
        return None
    return {"claims": chain, "goalposts": in_words(goalposts(chain)), "cut": len(chain) == CHAIN}


def stored_rows(claim: Claim) -> list[tuple[str, str]]:
    """What hangs on a claim now, for an editor who has an older list of it before them."""
    return [
        (_("Said again"), f"{each.said_on}, {each.source}\n{each.quote}")
        for each in claim.appearances.select_related("source")
    ] + [
        (_("Evidence"), f"{each.get_kind_display()}, {each.get_stance_display()}\n{each.summary}")
        for each in claim.evidence.all()
    ]
