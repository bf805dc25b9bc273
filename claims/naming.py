"""Kinds of filter that name what exists: what does not is told, with the nearest that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from claims.choices import EditorialState, LinkType
from claims.filter_fields import (
    SlugsField,
    TextsField,
    UidsField,
    YesNoOrUidsField,
    nearest,
)
from claims.models import (
    EVER_PUBLIC,
    Claim,
    Link,
    Reading,
    Reference,
    by_slug,
    links_to_public,
    under,
)
from claims.questions import Question

ALIKE = 1_000  # names among which the nearest is looked for


class Known(Question):
    """Names one thing that exists, or one of several."""

    schema = {"type": "array", "items": {"type": "string", "minLength": 1}}

    def unknown(self, value: Sequence[str], among: int) -> str | None:
        if len(value) < among:
            return None
        known = set(self.known(value))
        for name in value:
            if name not in known:
                return _("There is no “%(name)s”.%(nearest)s") % {
                    "name": name[:100],
                    "nearest": nearest(name, self.alike(name)),
                }
        return None

    def known(self, names: Sequence[str]) -> Iterable[str]:
        """Those of them that exist. One query."""
        raise NotImplementedError

    def alike(self, name: str) -> Iterable[str]:
        """Some that exist, of which `name` may be a misspelling. One query."""
        return ()


class Named(Known):
    """A row of `model`, by its slug."""

    field_class = SlugsField
    example = "stanislav-zas"

    def __init__(self, named: type[Reference], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = named._default_manager

    def condition(self, value: list[str], reading: Reading) -> Q:
        return by_slug(str(self.field_name), self.rows, value)

    def known(self, names: Sequence[str]) -> Iterable[str]:
        return self.rows.filter(slug__in=names).values_list("slug", flat=True)

    def alike(self, name: str) -> Iterable[str]:
        return self.rows.filter(slug__startswith=name[:2]).values_list("slug", flat=True)[:ALIKE]


class Under(Named):
    """As `Named`, through a many-to-many relation."""

    def condition(self, value: list[str], reading: Reading) -> Q:
        return under(str(self.field_name), value)


class Used(Known):
    """A text that stands in a `column` of a table; of claims, of those that were ever public."""

    field_class = TextsField

    def __init__(self, model: type[Model], column: str, example: str, **kwargs: Any) -> None:
        self.example = example
        super().__init__(**kwargs)
        self.used_in, self.column = model, column

    def condition(self, value: list[str], reading: Reading) -> Q:
        # The second is so of all of them, and lets the index of those that are not empty be used.
        return self.holds(reading, **{"in": value}) & ~self.holds(reading, exact="")

    def known(self, names: Sequence[str]) -> Iterable[str]:
        return self._texts().filter(**{f"{self.column}__in": names})

    def alike(self, name: str) -> Iterable[str]:
        return self._texts().exclude(**{self.column: ""})[:ALIKE]

    def _texts(self) -> QuerySet[Any, str]:
        rows = self.used_in._default_manager.order_by()
        if self.used_in is Claim:
            rows = rows.filter(EVER_PUBLIC)
        return rows.values_list(self.column, flat=True).distinct()


class Uids(Known):
    """A claim, by its uid."""

    field_class = UidsField
    example = "3b767982-3f20-4389-bd1e-b51526302961"
    schema = {"type": "array", "items": {"type": "string", "format": "uuid"}}

    def condition(self, value: list[str], reading: Reading) -> Q:
        return self.holds(reading, **{"in": value})

    def unknown(self, value: Sequence[str], among: int) -> str | None:
        return super().unknown([uid.lower() for uid in value], among)

    def known(self, names: Sequence[str]) -> Iterable[str]:
        claims = Claim.objects.filter(EVER_PUBLIC, uid__in=names)
        return map(str, claims.values_list("uid", flat=True))


class LinksTo(Uids):
    """Has a link of a type to a public claim: to any, or to one of those with these uids."""

    field_class = YesNoOrUidsField
    example = "true"
    schema = {"type": "string"}

    def __init__(self, link_type: LinkType, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.link_type = link_type

    def condition(self, value: bool | list[str], reading: Reading) -> Q:
        if isinstance(value, bool):
            return (
                Q(links_to_public(self.link_type)) if value else ~Q(links_to_public(self.link_type))
            )
        links = Link.objects.filter(
            type=self.link_type,
            target__uid__in=value,
            target__editorial_state=EditorialState.PUBLISHED,
        )
        return Q(pk__in=links.values("claim"))

    def unknown(self, value: bool | Sequence[str], among: int) -> str | None:
        return None if isinstance(value, bool) else super().unknown(value, among)
