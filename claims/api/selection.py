"""What is made of a finished text before it is sent: members left out, or added in other words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.serializers import PolymorphicProxySerializerExtension
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import Serializer

from claims.documents import CLAIM, as_json
from claims.filter_fields import nearest

from .vocabularies import STANDING, VOCAB, in_vocabularies, vocabularies

SELECTING = ("fields", "omit")
SHAPING = (*SELECTING, VOCAB)


@dataclass(frozen=True)
class Selection:
    """The members to send, or all but them."""

    names: frozenset[str]
    omits: bool

    def of(self, text: str) -> str:
        """The JSON object with what is selected of it, in its own order."""
        members = json.loads(text).items()
        return as_json({name: each for name, each in members if (name in self.names) != self.omits})


def selection_of(params: QueryDict, serializer: Serializer) -> Selection | None:
    """What is asked for of the members that `serializer` describes; None: all of them.

    Raises ValidationError by parameter.
    """
    asked = [name for name in SELECTING if name in params]
    if not asked:
        return None
    if len(asked) > 1:
        raise ValidationError({"omit": [_("Give fields or omit, not both.")]})
    (parameter,) = asked
    names = str(params[parameter]).split(",")
    unknown = [
        _("There is no member “%(name)s”.%(nearest)s Known: %(known)s.")
        % {
            "name": name[:100],
            "nearest": nearest(name, serializer.fields),
            "known": ", ".join(serializer.fields),
        }
        for name in names
        if name not in serializer.fields
    ]
    if unknown:
        raise ValidationError({parameter: unknown[:3]})
    return Selection(frozenset(names), omits=parameter == "omit")


@dataclass(frozen=True)
class Shape:
    """The members that are sent of a claim's text, and the vocabularies that are added."""

    selection: Selection | None = None
    vocabularies: Sequence[str] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Columns that it needs beside the text."""
        return STANDING if self.vocabularies else ()

    def of(self, text: str, stands: Mapping[str, Any]) -> str:
        """The text in this shape; `stands` has at least what it `reads`."""
        selected = self.selection.of(text) if self.selection else text
        return in_vocabularies(selected, self.vocabularies, stands)


PLAIN = Shape()


def shape_of(params: QueryDict) -> Shape:
    """What is asked for. Raises ValidationError by parameter."""
    return Shape(selection_of(params, CLAIM), vocabularies(params))


class Selectable(PolymorphicProxySerializer):
    """In OpenAPI: what one of `serializers` describes, or any of its members."""

    def __init__(self, *serializers: type[Serializer], **kwargs: Any) -> None:
        about = {"__doc__": "What `fields` or `omit` selects."}
        names = [each.__name__.removesuffix("Serializer") for each in serializers]
        members = [
            type(f"Selected{name}Serializer", (_Members, each), about)
            for name, each in zip(names, serializers, strict=True)
        ]
        super().__init__(
            f"{'Or'.join(names)}OrMembers",
            [*serializers, *members],
            resource_type_field_name=None,
            **kwargs,
        )


class _Members(Serializer):
    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class SelectableExtension(PolymorphicProxySerializerExtension):
    """All of them are also some of them: any of the two, where the proxy says one."""

    target_class = "claims.api.selection.Selectable"
    priority = 1

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        schema = super().map_serializer(auto_schema, direction)
        return {"anyOf": schema["oneOf"]}
