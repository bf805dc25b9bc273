"""What kept counts tell is what counting tells."""

from itertools import permutations

import pytest

from claims.filters import ClaimFilter
from claims.models import Ledger
from tests.api.test_stats import check_every_group
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db

BY = [",".join(each) for n in (1, 2) for each in permutations(("status", "outcome", "kind"), n)]
ASKED = [
    {},
    {"kind": "promise"},
    {"kind": "promise,assertion", "closed": "false"},
    {"closed": "true"},
    {"status": "pending,borne_out"},
    {"outcome": "borne_out,not_borne_out"},
    {"outcome": "void"},
    {"progress": "in_progress"},
    {"progress": "in_progress", "outcome": "borne_out", "kind": "promise"},
]


def answers(api):
    counted = [api("stats/", group_by=by, **asked) for by in BY for asked in ASKED]
    return counted + [
        api("claims/", count="true", page_size=1, **asked)["count"] for asked in ASKED
    ]


@pytest.mark.parametrize("seed", range(2))
def test_every_answer_is_the_same(api, monkeypatch, seed):
    for at, _write in enumerate(write_at_random(seed, 16)):
        if at % 10 == 9:
            kept = answers(api)
            with monkeypatch.context() as patch:
                patch.setattr(ClaimFilter, "is_kept", False)
                assert answers(api) == kept
    check_every_group(api, api("stats/", group_by="kind,status"))
    check_every_group(api, api("stats/", group_by="status,outcome", closed="true", kind="promise"))


def test_before_the_first_claim_there_are_none(api):
    assert api("stats/", group_by="status") == {
        "head": Ledger.objects.get().cursor,
        "as_of": None,
        "group_by": ["status"],
        "claims": {"count": 0, "list": "http://testserver/api/v1/claims/"},
        "changed_since": None,
        "results": [],
        "others": {"groups": 0, "count": 0},
    }
