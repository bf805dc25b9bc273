"""Addresses under ``/api/v1/``."""

from django.urls import include, path
from django.views.decorators.cache import cache_control
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from . import (
    across_claims,
    assessments,
    calendar,
    changes,
    claim_review,
    claim_rows,
    claim_writes,
    corrections,
    drafts,
    exports,
    feeds,
    history,
    imports,
    permalinks,
    root,
    scorecards,
    stats,
    suggestion,
    tokens,
    using,
    views,
)

router = SimpleRouter(use_regex_path=False)  # no suffixes: they would swallow claims.csv
router.register("claims", claim_writes.WritableClaimViewSet, basename="claim")
router.register("drafts", drafts.DraftViewSet, basename="draft")
router.register("assessments", across_claims.AllAssessmentsViewSet, basename="all-assessments")
router.register("evidence", across_claims.AllEvidenceViewSet, basename="all-evidence")
router.register("corrections", corrections.CorrectionViewSet, basename="correction")
router.register("speakers", views.SpeakerViewSet, basename="speaker")
router.register("sources", views.SourceViewSet, basename="source")
router.register("topics", views.TopicViewSet, basename="topic")
router.register("collections", views.CollectionViewSet, basename="collection")
router.register("changes", changes.ChangeViewSet, basename="change")

# It hands out the token against forgery, which is its reader's own.
docs = cache_control(private=True, no_store=True)(SpectacularSwaggerSplitView.as_view())

urlpatterns = [
    path("", include(router.urls)),  # the most asked for come first
    path("", root.RootView.as_view(), name="root"),
    path("claims.atom", feeds.ClaimFeedView.as_view(), name="claims-atom"),
    path("verdicts.atom", feeds.VerdictFeedView.as_view(), name="verdicts-atom"),
    path("corrections.atom", feeds.CorrectionFeedView.as_view(), name="corrections-atom"),
    path("calendar.ics", calendar.CalendarView.as_view(), name="calendar"),
    path(
        "claims/<uuid:uid>/suggestion/",
        suggestion.SuggestionView.as_view(),
        name="claim-suggestion",
    ),
    path(
        "claims/<uuid:uid>/assessments/",
        assessments.AssessmentViewSet.as_view({"get": "list", "post": "create"}),
        name="assessment-list",
    ),
    path(
        "claims/<uuid:uid>/assessments/<uuid:assessment>/",
        assessments.AssessmentViewSet.as_view({"get": "retrieve"}),
        name="assessment-detail",
    ),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    *exports.addresses,
    *claim_review.addresses,
    *permalinks.addresses,
    *claim_rows.addresses,
    *history.addresses,
    *scorecards.addresses,
    *tokens.addresses,
    *imports.addresses,
    path("stats/", stats.StatsView.as_view(), name="stats"),
    path("docs/", docs, name="docs"),
    path("docs/using/", using.UsingView.as_view(), name="using"),
]
