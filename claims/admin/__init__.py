"""The editors' desk: Django's admin, writing only through curation."""

from . import accounts, assessments, claims, history, imports, links, reference, tasks, tokens

__all__ = [
    "accounts",
    "assessments",
    "claims",
    "history",
    "imports",
    "links",
    "reference",
    "tasks",
    "tokens",
]
