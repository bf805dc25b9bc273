"""Speakers, sources, topics and collections are added and edited; the history keeps each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.reverse import reverse

from claims import curation
from claims.documents import REFERENCES, as_json, reference_record
from claims.models import Reference, Speaker

from .bodies import said_in
from .conditional import revision_tag
from .named import refused_together, with_rows
from .parameters import check_names
from .past import JSON
from .permissions import as_at_the_desk
from .row_bodies import MAX_SLUG, REFERENCE_BODIES
from .writes import Writes, refuse_unseen, written


class ReferenceWrites(Writes):
    queryset: Any
    action: str
    slug_from: ClassVar[tuple[str, ...]] = ("name",)  # as the desk's form fills it in

    @property
    def model(self) -> type[Reference]:
        return self.queryset.model

    def get_permissions(self) -> list[Any]:
        return as_at_the_desk(self.action, str(self.model._meta.model_name))

    def create(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, REFERENCE_BODIES[self.model])
        return written(request, lambda: self._write(request, None, said))

    def partial_update(self, request: Request, slug: str) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, REFERENCE_BODIES[self.model])
        return written(request, lambda: self._over(request, slug, said))

    def _over(self, request: Request, slug: str, said: dict[str, Any]) -> HttpResponse:
        row = self.queryset.filter(slug=slug).first()
        if row is None:
            raise NotFound(_("There is nothing with this slug."))
        refuse_unseen(request, row.revision, lambda: tag_of(row, text_of(row)))
        return self._write(request, row, said)

    def _write(self, request: Request, row: Reference | None, said: dict[str, Any]) -> HttpResponse:
        names = {"organisation": Speaker.objects.all()} if self.model is Speaker else {}
        values, faults = with_rows(said, **names)
        if row is None and "slug" not in said:
            try:
                values["slug"] = slug_made_of(*(said.get(name, "") for name in self.slug_from))
            except ValidationError as error:
                faults["slug"] = error.detail  # type: ignore[assignment]
        write = curation.ReferenceWrite(
            model=self.model, row=row, revision=row.revision if row else None, values=values
        )
        actor = request.user.get_username()
        ((now, _fate),) = refused_together(
            faults, lambda: curation.write_reference([write], actor=actor)
        )
        text = text_of(now)
        headers = {"ETag": tag_of(now, text)}
        if row is None:
            address = f"{self.model._meta.model_name}-detail"
            headers["Location"] = reverse(address, [now.slug], request=request)
        status = 200 if row else 201
        return HttpResponse(text, status=status, content_type=JSON, headers=headers)


def text_of(row: Reference) -> str:
    """What anybody reads of a row."""
    return as_json(REFERENCES[type(row)].to_representation(reference_record(row)))


def tag_of(row: Reference, text: str) -> str:
    return revision_tag(row.revision, text)


def slug_made_of(*texts: str) -> str:
    """A slug in ASCII, as the names have it. Raises ValidationError where it would lose letters.

    A slug is for ever: better asked for than made of what is left of a name.
    """
    text = " ".join(filter(None, texts))
    lost = [each for each in text if each.isalpha() and not slugify(each)]
    if lost:
        raise ValidationError(
            [_("Give a slug: none is made of a name with “%(letter)s”.") % {"letter": lost[0]}]
        )
    slug = slugify(text)[:MAX_SLUG].strip("-_")
    if text and not slug:
        raise ValidationError([_("Give a slug: there is no letter to make one of.")])
    return slug
