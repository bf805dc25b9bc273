"""What hangs on one claim is in memory together, so there is a limit to it."""

from pathlib import Path

import pytest

from claims.exchange.imports import claim_bundles
from claims.models import Claim
from tests.exchange.desk import FIGURE, PROMISE, faults_of, put_desk, take_in


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ("MAX_PARTS", "rows hang on this claim; at most 1 are taken"),
        ("MAX_TEXT", "characters; at most 1 are taken at once. Bring the others in another file"),
    ],
)
def test_a_claim_with_more_is_refused_at_its_line_and_the_others_are_well(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, reason: str
):
    monkeypatch.setattr(claim_bundles, limit, 1)
    put_desk(tmp_path)
    (tmp_path / "links.csv").unlink()

    (fault,) = faults_of(tmp_path)
    take_in(tmp_path, keep_going=True)

    assert (Path(fault.file).name, fault.line) == ("claims.csv", 2)
    assert reason in fault.message
    assert not Claim.objects.filter(uid=PROMISE).exists()
    assert Claim.objects.filter(uid=FIGURE).exists()
