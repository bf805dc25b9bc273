"""Rows of a draft are a contributor's to write; those of a published claim are an editor's."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.models import Change
from tests.api.writing import refused, send
from tests.factories import add_evidence, link, make_claim, make_draft, make_source, say_again

EDITORS = {"editor", "administrator"}
ALL = {"contributor", *EDITORS}
NOTHING_NEW: dict[str, str] = {}
EVIDENCE = {"kind": "report", "summary": "It is open.", "source": "daily"}
SAID_AGAIN = {"said_on": "2020-03", "source": "daily"}
LINK = {"type": "contradicts", "claim": "{target}"}

# Each write, and of whom it is under a draft.
WRITES = {
    "claims_evidence_create": ("post", "evidence/", EVIDENCE, ALL),
    "claims_evidence_partial_update": ("patch", "evidence/{evidence}/", NOTHING_NEW, ALL),
    "claims_evidence_destroy": ("delete", "evidence/{evidence}/", None, ALL),
    "claims_appearances_create": ("post", "appearances/", SAID_AGAIN, ALL),
    "claims_appearances_partial_update": ("patch", "appearances/{appearance}/", NOTHING_NEW, ALL),
    "claims_appearances_destroy": ("delete", "appearances/{appearance}/", None, ALL),
    "claims_links_create": ("post", "links/", LINK, EDITORS),
    "claims_links_destroy": ("delete", "links/{link}/", None, EDITORS),
}


def prepared(name, claim):
    """The method, path and body of a write that can be done to `claim`, with the rows it names."""
    method, path, body, _who = WRITES[name]
    source = make_source(slug="daily")
    makes = {
        "evidence": lambda: add_evidence(claim),
        "appearance": lambda: say_again(claim, source=source),
        "link": lambda: link(claim, make_claim(), "repeats"),
        "target": make_claim,
    }
    names = {each: make().uid for each, make in makes.items() if f"{{{each}}}" in f"{path}{body}"}
    filled = body and {member: value.format(**names) for member, value in body.items()}
    return method, f"claims/{claim.uid}/{path}".format(**names), filled


@pytest.mark.parametrize("make", [make_draft, make_claim])
@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("name", WRITES)
def test_as_at_the_desk(as_role, role, make, name):
    client, claim = as_role(role), make()
    method, path, body = prepared(name, claim)
    entries = Change.objects.count()

    response = send(client, method, path, body, seen="*")

    if role in (EDITORS if claim.is_published else WRITES[name][-1]):
        assert response.status_code < 300, response.content
    else:
        refused(response, 403)
        assert Change.objects.count() == entries


def test_evidence_is_of_those_who_may_edit_its_claim(db):
    user = User.objects.create_user("half")
    user.user_permissions.add(Permission.objects.get(codename="add_evidence"))
    client = Client()
    client.force_login(user)

    refused(send(client, "post", f"claims/{make_draft().uid}/evidence/", EVIDENCE, seen="*"), 403)
