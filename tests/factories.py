"""Plain functions that make rows the way the product does: through curation."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group, User

from claims import curation
from claims.models import (
    ApiToken,
    Appearance,
    Assessment,
    Claim,
    Collection,
    Evidence,
    Link,
    Source,
    Speaker,
    Topic,
    Upload,
)

ACTOR = "ada.lovelace"
_numbers = count(1)


def make_speaker(**values: Any) -> Speaker:
    number = next(_numbers)
    return _reference(Speaker, {"slug": f"speaker-{number}", "name": f"Speaker {number}"} | values)


def make_source(**values: Any) -> Source:
    number = next(_numbers)
    return _reference(
        Source,
        {
            "slug": f"source-{number}",
            "publisher": "The Daily",
            "title": f"Report {number}",
            "url": f"https://daily.example/{number}",
            "published_on": "2020-10-16",
        }
        | values,
    )


def make_topic(**values: Any) -> Topic:
    number = next(_numbers)
    return _reference(Topic, {"slug": f"topic-{number}", "name": f"Topic {number}"} | values)


def make_collection(**values: Any) -> Collection:
    number = next(_numbers)
    return _reference(
        Collection, {"slug": f"collection-{number}", "name": f"Collection {number}"} | values
    )


def make_draft(
    *,
    topics: list[Topic] | None = None,
    collections: list[Collection] | None = None,
    **values: Any,
) -> Claim:
    """A promise, due in 2020, still a draft."""
    values = {
        "statement": f"The road will be open in 2020 ({next(_numbers)}).",
        "kind": "promise",
        "said_on": "2020-01-15",
        **(
            {"due": "2020", "due_mode": "by", "due_basis": "stated"} if "kind" not in values else {}
        ),
    } | values
    values.setdefault("speaker", None)
    values["speaker"] = values["speaker"] or make_speaker()
    if "source" not in values:
        values["source"] = make_source()
    (written,) = curation.write_claims(
        [curation.ClaimWrite(values=values, topics=topics, collections=collections)], actor=ACTOR
    )
    return written.claim


def make_claim(**values: Any) -> Claim:
    """A published promise, due in 2020."""
    draft = make_draft(**values)
    (claim,) = curation.publish(
        [curation.StateChange(claim=draft, revision=draft.revision)], actor=ACTOR
    )
    return claim


def add_evidence(claim: Claim, **values: Any) -> Evidence:
    values = {"kind": "report", "stance": "supports", "summary": "It was opened."} | values
    if values["kind"] != "search":
        values.setdefault("source", None)
        values["source"] = values["source"] or make_source()
    claim.refresh_from_db()
    curation.write_claims(
        [
            curation.ClaimWrite(
                claim=claim, revision=claim.revision, evidence=[curation.RowWrite(values=values)]
            )
        ],
        actor=ACTOR,
    )
    claim.refresh_from_db()
    return claim.evidence.latest("pk")


def say_again(claim: Claim, **values: Any) -> Appearance:
    values = {"said_on": "2020-03", "quote": "As I said."} | values
    values.setdefault("source", None)
    values["source"] = values["source"] or make_source()
    edit(claim, appearances=[curation.RowWrite(values=values)])
    return claim.appearances.latest("pk")


def assess(claim: Claim, outcome: str = "", **values: Any) -> Assessment:
    """Record a verdict (or an update: give `progress`) that rests on evidence of its own."""
    evidence = values.pop("evidence", None) or [add_evidence(claim)]
    confirmed = values.pop("happened_before_said", False)
    claim.refresh_from_db()
    (assessment,) = curation.assess(
        [
            curation.AssessmentWrite(
                claim=claim,
                revision=claim.revision,
                words_revision=values.pop("words_revision", claim.words_revision),
                values={"outcome": outcome, "rationale": "The report says so."} | values,
                evidence=evidence,
                happened_before_said=confirmed,
            )
        ],
        actor=ACTOR,
    )
    claim.refresh_from_db()
    return assessment


def link(
    claim: Claim, target: Claim, link_type: str = "revises", *, uid: UUID | None = None
) -> Link:
    claim.refresh_from_db()
    write = curation.LinkWrite(
        claim=claim, revision=claim.revision, type=link_type, target=target, uid=uid
    )
    (made,) = curation.link([write], actor=ACTOR)
    claim.refresh_from_db()
    return made


def make_revision(of: Claim, **values: Any) -> Claim:
    """A published claim by the same speaker, on the same day unless said, that revises `of`."""
    claim = make_claim(**{"speaker": of.speaker} | values)
    link(claim, of)
    return claim


def edit(claim: Claim, **write: Any) -> curation.Written:
    """One write over the claim as it now stands: `values`, `topics`, `appearances`, …"""
    claim.refresh_from_db()
    (written,) = curation.write_claims(
        [curation.ClaimWrite(claim=claim, revision=claim.revision, **write)], actor=ACTOR
    )
    claim.refresh_from_db()
    return written


def rename(row: Any, **values: Any) -> Any:
    """An edit of a speaker, source, topic or collection."""
    row.refresh_from_db()
    ((edited, _fate),) = curation.write_reference(
        [curation.ReferenceWrite(model=type(row), row=row, revision=row.revision, values=values)],
        actor=ACTOR,
    )
    return edited


def move(step: Any, claim: Claim, reason: str = "") -> Claim:
    """One claim through `curation.publish`, `retract`, `set_aside`, …"""
    claim.refresh_from_db()
    (moved,) = step(
        [curation.StateChange(claim=claim, revision=claim.revision, reason=reason)], actor=ACTOR
    )
    claim.refresh_from_db()
    return moved


def make_account(role: str = "", name: str = "", **values: Any) -> User:
    """An account in a role, or in none."""
    user = User.objects.create_user(name or f"account-{next(_numbers)}", **values)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_token(user: User, scope: str = "write", *, days: int = 90, **values: Any) -> str:
    """The clear text of a new token; its row is the account's newest."""
    token = ApiToken(user=user, scope=scope, **{"name": f"Script {next(_numbers)}"} | values)
    return token.issue(days=days)


def keep_upload(account: User | None = None, **columns: Any) -> Upload:
    """A file as if it had been checked, of an account of its own unless one is given."""
    return curation.keep_upload(
        account or make_account(),
        **{"name": "topics.csv", "content": b"packed", "size": 10} | columns,
    )


def bearer(token: str) -> dict[str, str]:
    """The headers of a request that offers a token."""
    return {"Authorization": f"Bearer {token}"}


def _reference(model: type[Any], values: dict[str, Any]) -> Any:
    ((row, _fate),) = curation.write_reference(
        [curation.ReferenceWrite(model=model, values=values)], actor=ACTOR
    )
    return row


def make_dossier(**more: Any) -> curation.Dossier:
    """A promise that is due in 2020, to be entered and published. `values` go over its own."""
    values = {
        "statement": f"The road will be open in 2020 ({next(_numbers)}).",
        "kind": "promise",
        "said_on": "2020-01-15",
        "due": "2020",
        "due_mode": "by",
        "due_basis": "stated",
        "speaker": None,
        "source": None,
    } | more.pop("values", {})
    values["speaker"] = values["speaker"] or make_speaker()
    values["source"] = values["source"] or make_source()
    return curation.Dossier(
        **{"claim": None, "uid": uuid4(), "values": values, "state": "published"} | more
    )


def shown(**values: Any) -> curation.DossierRow:
    """A piece of evidence in a dossier."""
    uid = values.pop("uid", None) or uuid4()
    values = {"kind": "report", "summary": "It was opened.", "source": None} | values
    values["source"] = values["source"] or make_source()
    return curation.DossierRow(uid=uid, values=values)


def said_again(**values: Any) -> curation.DossierRow:
    """An appearance in a dossier."""
    values = {"said_on": "2020-02", "source": None} | values
    values["source"] = values["source"] or make_source()
    return curation.DossierRow(uid=uuid4(), values=values)


def judged(outcome: str, *evidence: curation.DossierRow, **more: Any) -> curation.DossierAssessment:
    """A verdict (or, with `values`, an update) in a dossier."""
    values = {"outcome": outcome, "rationale": "The report says so."} | more.pop("values", {})
    cited = [each.uid for each in evidence]
    uid = more.pop("uid", None) or uuid4()
    return curation.DossierAssessment(uid=uid, values=values, evidence=cited, **more)


def over(dossier: curation.Dossier, **more: Any) -> curation.Dossier:
    """The dossier once its claim is there, with some of it said otherwise."""
    claim = Claim.objects.get(uid=dossier.uid)
    if "values" in more:
        more["values"] = {**dossier.values, **more["values"]}
    return replace(dossier, claim=claim, **more)
