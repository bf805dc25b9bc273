"""The editors' desk: Django's admin, writing only through curation."""

from django.contrib import admin

from . import accounts, assessments, claims, history, links, reference, tasks

__all__ = ["accounts", "assessments", "claims", "history", "links", "reference", "tasks"]

admin.site.site_header = "Borne Out"
admin.site.site_title = "Borne Out"
admin.site.index_title = "The desk"
admin.site.enable_nav_sidebar = False
