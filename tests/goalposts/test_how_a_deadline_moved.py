"""From the last day of the old deadline to the first of the new at least; at most the reverse."""

import pytest

from claims.goalposts import goalposts, move
from tests.goalposts.strategies import dues, line_of


@pytest.mark.parametrize(
    ("old", "new", "direction", "least", "most"),
    [
        ("2020-12-31", "2021-09-16", "later", 259, 259),
        ("2021-09-16", "2020-12-31", "earlier", -259, -259),
        ("2020", "2021", "later", 1, 730),
        ("2020-Q4", "2021-06", "later", 152, 272),
        ("2021-H1", "2021", "unclear", -180, 364),
        ("2020-12-31", "2021-09-16~", "unclear", 259, 259),
        ("2020?", "2021", "unclear", 1, 730),
        ("2020", "2021/..", "later", 1, None),
        ("../2020", "2021", "later", 1, None),
        ("2021/..", "2020", "earlier", None, -1),
        ("2020/..", "2021/..", "unclear", None, None),
        ("2020", "2020", "unchanged", 0, 0),
        ("2020", "2020-01/2020-12", "unchanged", 0, 0),
        ("2020", "2020~", "unchanged", 0, 0),
        ("", "2020", "set", None, None),
        ("2020", "", "dropped", None, None),
        ("", "", "unchanged", None, None),
    ],
)
def test_a_move(old, new, direction, least, most):
    found = move(*dues(old, new))

    assert (found.direction, found.least, found.most) == (direction, least, most)


@pytest.mark.parametrize(
    ("deadlines", "moved", "direction", "least", "most"),
    [
        (["2020-12-31", "2021-03-31", "2021-09-30"], 2, "later", 273, 273),
        (["2020-12-31", "2020-12-31", "2021-09-30"], 1, "later", 273, 273),
        (["2020-12-31", "2021-03-31", "2020-12-31"], 2, "unchanged", 0, 0),
        (["2020", "2021", "2022"], 2, "later", 366, 1095),
        (["", "2020-12-31", "2021-12-31"], 1, "later", 365, 365),
        (["", "2020-12-31"], 0, "unchanged", 0, 0),
        (["2020", "2021", ""], 2, "dropped", None, None),
        (["", ""], 0, "unchanged", None, None),
        (["2020"], 0, "unchanged", 0, 0),
    ],
)
def test_a_chain_moves_from_its_first_deadline_to_its_last_claims(
    deadlines, moved, direction, least, most
):
    found = goalposts(line_of(dues(*deadlines)))

    assert found.moved == moved
    assert (found.total.direction, found.total.least, found.total.most) == (direction, least, most)
    assert [each.revises.pk for each in found.revisions] == list(range(len(deadlines) - 1))
