"""Slugs and ids made of somebody else's names: the same for the same name, on every run."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.validators import slug_re
from django.utils.text import slugify
from django.utils.translation import gettext as _

LENGTH = 120  # characters of a slug, as many as its column takes


class Namer:
    """Names rows of our tables. `name` is the mapping's: ids of two mappings are never the same."""

    def __init__(self, name: str) -> None:
        self.namespace = uuid5(NAMESPACE_URL, f"mapping:{name}")
        self._named: dict[tuple[str, str], str] = {}

    def uid(self, table: str, text: str) -> str:
        """A uid as it is; of any other text, one made of it (RFC 9562, version 5)."""
        try:
            return str(UUID(text))
        except ValueError:
            return str(uuid5(self.namespace, f"{table}:{text}"))

    def slug(self, table: str, text: str) -> str:
        """A slug in small letters as it is; of any other text, one made of it.

        What does not fit into one, of an address or another script, is told apart by a digest.
        Raises ValueError where two names come to one slug.
        """
        if slug_re.match(text) and text == text.lower() and len(text) <= LENGTH:
            return text
        _scheme, is_address, rest = text.partition("://")
        slug = slugify(rest if is_address else text)
        if is_address or len(slug) > LENGTH or not slug or _is_foreign(text):
            digest = sha256(text.encode()).hexdigest()[:10]
            slug = "-".join(filter(None, (slug[:60].strip("-"), digest)))
        folded = " ".join(text.casefold().split())
        other = self._named.setdefault((table, slug), folded)
        if other != folded:
            raise ValueError(
                _("“%(text)s” and “%(other)s” would both be “%(slug)s” among the %(table)s.")
                % {"text": text[:60], "other": other[:60], "slug": slug, "table": table}
            )
        return slug


def _is_foreign(text: str) -> bool:
    """Does it have letters that a slug has no place for?"""
    apart = unicodedata.normalize("NFKD", text)
    return any(each.isalnum() and not each.isascii() for each in apart)
