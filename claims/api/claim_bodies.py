"""What is sent of a claim: read member by member, with rows in place of the slugs it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as CurationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import ListSerializer, Serializer

from claims import curation
from claims.curation.guard import assign
from claims.curation.rules import appearance_faults, evidence_faults
from claims.exchange.imports.names import alike, rows_by_slug
from claims.models import (
    Appearance,
    Claim,
    Collection,
    Evidence,
    Source,
    Speaker,
    Topic,
    in_blocks,
)

from .bodies import unknown_members
from .claim_members import MAX_NAMES

Faults = dict[str, list[str]]

NAMED: Mapping[str, type[models.Model]] = {
    "speaker": Speaker,
    "on_behalf_of": Speaker,
    "source": Source,
    "topics": Topic,
    "collections": Collection,
}
# Members that are no columns of the claim.
BESIDE = {"uid", "topics", "collections", "appearances", "evidence", "cosmetic"}
HINTED = 50  # faults of one request that say what may have been meant
BLOCK = 5_000  # slugs that one query looks up


@dataclass
class Sent:
    """One body: what is well in it, by member, and what is wrong with the rest.

    A fault of a row that hangs on the claim is at ``evidence.0.summary``: its list, its place
    there, its member.
    """

    values: dict[str, Any] = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The claim's own values and those of each row on it, with where they stand."""
        yield "", self.values
        for name in ("appearances", "evidence"):
            for position, values in self.values.get(name, {}).items():
                yield f"{name}.{position}.", values

    def write(self, claim: Claim | None = None) -> curation.ClaimWrite:
        """What curation is to do, to `claim` as it stands or with a new one."""
        return curation.ClaimWrite(
            claim=claim,
            revision=claim.revision if claim else None,
            values={name: each for name, each in self.values.items() if name not in BESIDE},
            topics=self.values.get("topics"),
            collections=self.values.get("collections"),
            cosmetic=self.values.get("cosmetic", ""),
            uid=self.values.get("uid"),
            **{
                name: [
                    curation.RowWrite(values=each) for each in self.values.get(name, {}).values()
                ]
                for name in ("appearances", "evidence")
            },
        )


def read(bodies: Sequence[Mapping[str, Any]], members: Serializer) -> list[Sent]:
    """Read bodies that may hold `members`; the slugs of all are looked up at once.

    Made once for each request: a serializer of its own for each claim costs twenty times as much.
    """
    reading = _Reading()
    sent = [reading.of(body, members) for body in bodies]
    _put_rows_for_slugs(sent)
    for each in sent:
        _ask_of_rows(each)
    return sent


def sent_in(body: Mapping[str, Any], members: Serializer) -> Sent:
    """Read one body that names no rows."""
    return _Reading().of(body, members)


def carried_out(sent: Sequence[Sent], claim: Claim | None = None, *, actor: str) -> list[Claim]:
    """The claims that curation makes of them, with everything; none where any has a fault.

    What curation says is then among the faults of each. Raises `BatchRefused` where `claim` is
    in a state in which it cannot be edited.
    """
    try:
        with transaction.atomic():
            written = curation.write_claims([each.write(claim) for each in sent], actor=actor)
            if any(each.faults for each in sent):
                transaction.set_rollback(True)
                return []
    except curation.BatchRefused as refusal:
        for position, error in refusal.by_item.items():
            if isinstance(error, curation.WrongState):
                raise
            sent[position].faults = _messages(error) | sent[position].faults
        return []
    if claim:
        return [each.claim for each in written]
    drafted = Claim.objects.with_everything().in_bulk([each.claim.pk for each in written])
    return [drafted[each.claim.pk] for each in written]


class _Reading:
    def __init__(self) -> None:
        self.hints = HINTED

    def of(self, body: Any, members: Serializer) -> Sent:
        sent = Sent()
        if not isinstance(body, dict):
            sent.faults["non_field_errors"] = [_("Give an object.")]
            return sent
        sent.faults |= self._unknown(body, members)
        for name, member in members.fields.items():
            if name not in body:
                continue
            if isinstance(member, ListSerializer):
                self._rows(sent, name, body[name], cast(Serializer, member.child))
                continue
            try:
                sent.values[name] = member.run_validation(body[name])
            except ValidationError as error:
                sent.faults[name] = _flat(error.detail)
        return sent

    def _rows(self, sent: Sent, name: str, rows: Any, members: Serializer) -> None:
        if not isinstance(rows, list):
            sent.faults[name] = [_("Give a list of objects.")]
            return
        if len(rows) > MAX_NAMES:
            sent.faults[name] = [_("Give at most %(most)d.") % {"most": MAX_NAMES}]
            return
        read_rows = {}
        for position, row in enumerate(rows):
            of_row = self.of(row, members)
            if isinstance(row, dict):
                read_rows[position] = of_row.values
            sent.faults |= {
                f"{name}.{position}.{member}": fault for member, fault in of_row.faults.items()
            }
        sent.values[name] = read_rows

    def _unknown(self, body: dict[str, Any], members: Serializer) -> Faults:
        """To look for what was meant takes time, which a body of nothing else would add up."""
        unknown = [name for name in body if name not in members.fields]
        if self.hints > 0:
            self.hints -= len(unknown)
            return unknown_members(body, members.fields)
        return {name[:60]: [_("There is no such member.")] for name in unknown[:1]}


def _flat(detail: Any) -> list[str]:
    """Messages as one list, also where they are by position in a list."""
    if isinstance(detail, dict):
        return [message for messages in detail.values() for message in _flat(messages)][:HINTED]
    return list(detail)


def _messages(error: CurationError) -> Faults:
    if not hasattr(error, "error_dict"):
        return {"non_field_errors": error.messages}
    return {
        "non_field_errors" if name == NON_FIELD_ERRORS else name: messages
        for name, messages in error.message_dict.items()
    }


def _put_rows_for_slugs(sent: Sequence[Sent]) -> None:
    wanted: dict[type[models.Model], set[str]] = {}
    for each in sent:
        for _place, values in each.rows:
            for name in NAMED.keys() & values.keys():
                wanted.setdefault(NAMED[name], set()).update(_slugs(values[name]))
    found = {
        model: {
            slug: row
            for block in in_blocks(sorted(slugs), BLOCK)
            for slug, row in rows_by_slug(model, block).items()
        }
        for model, slugs in wanted.items()
        if slugs
    }
    hints: dict[tuple[type[models.Model], str], str] = {}
    for each in sent:
        for place, values in each.rows:
            for name in NAMED.keys() & values.keys():
                value, model = values.pop(name), NAMED[name]
                unknown = [slug for slug in _slugs(value) if slug not in found[model]]
                if unknown:
                    each.faults[place + name] = [_unknown(model, slug, hints) for slug in unknown]
                elif isinstance(value, list):
                    values[name] = [found[model][slug] for slug in value]
                else:
                    values[name] = found[model][value] if value else None


def _slugs(value: list[str] | str | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _unknown(
    model: type[models.Model], slug: str, hints: dict[tuple[type[models.Model], str], str]
) -> str:
    if (model, slug) not in hints and len(hints) < HINTED:
        hints[model, slug] = alike(model, slug)
    return _("There is no %(model)s “%(name)s”.%(hint)s") % {
        "model": model._meta.verbose_name,
        "name": slug,
        "hint": hints.get((model, slug), ""),
    }


def _ask_of_rows(sent: Sent) -> None:
    """Ask curation's rules of each row, so that its faults stand at its place."""
    for name, model, rules in (
        ("appearances", Appearance, appearance_faults),
        ("evidence", Evidence, evidence_faults),
    ):
        for position, values in sent.values.get(name, {}).items():
            row: Any = model()
            try:
                assign(row, values)
                faults: Any = {each: [fault] for each, fault in rules(row).items()}
            except CurationError as error:
                faults = _messages(error)
            for member, messages in faults.items():
                sent.faults.setdefault(f"{name}.{position}.{member}", messages)
        if name in sent.values:  # curation is asked of the claim and its good rows
            faulty = {fault.rpartition(".")[0] for fault in sent.faults}
            sent.values[name] = {
                position: values
                for position, values in sent.values[name].items()
                if f"{name}.{position}" not in faulty
            }
