"""What holds of every move and of every chain."""

from hypothesis import given
from hypothesis import strategies as st

from claims.choices import DeadlineMove
from claims.goalposts import goalposts, in_order, in_words, move
from tests.dates.strategies import dates
from tests.goalposts.strategies import days, deadlines, line_of, trees

MIRRORED = {
    DeadlineMove.LATER: DeadlineMove.EARLIER,
    DeadlineMove.SET: DeadlineMove.DROPPED,
    DeadlineMove.UNCLEAR: DeadlineMove.UNCLEAR,
    DeadlineMove.UNCHANGED: DeadlineMove.UNCHANGED,
}
MIRRORED |= {other: one for one, other in MIRRORED.items()}


def negative(days):
    return None if days is None else -days


@given(deadlines, deadlines)
def test_the_least_is_never_more_than_the_most(old, new):
    found = move(old, new)

    assert found.least is None or found.most is None or found.least <= found.most


@given(deadlines, deadlines)
def test_the_way_back_is_the_same_way_with_the_other_sign(old, new):
    there, back = move(old, new), move(new, old)

    assert back.direction == MIRRORED[there.direction]
    assert (back.least, back.most) == (negative(there.most), negative(there.least))


@given(days, days)
def test_between_days_the_least_is_the_most(old, new):
    found = move(old, new)

    assert found.least == found.most == (new.first - old.first).days


@given(dates, dates)
def test_later_is_at_least_a_day_and_never_of_a_marked_date(old, new):
    found = move(old, new)

    if found.direction == DeadlineMove.LATER:
        assert found.least >= 1
        assert not old.marked
        assert not new.marked


@given(dates, dates, st.data())
def test_between_any_two_days_of_the_periods_it_moved_within_the_bounds(old, new, data):
    found = move(old, new)
    if found.direction == DeadlineMove.UNCHANGED:
        return

    def some_day(period):
        first, last = period.first, period.last
        return data.draw(st.dates(*filter(None, (first,)), **({"max_value": last} if last else {})))

    moved = (some_day(new) - some_day(old)).days

    assert found.least is None or found.least <= moved
    assert found.most is None or moved <= found.most


@given(st.lists(days, min_size=1))
def test_from_day_to_day_the_moves_add_up_to_the_whole(chain):
    found = goalposts(line_of(chain))

    assert sum(each.move.least for each in found.revisions) == found.total.least
    assert found.total.least == found.total.most


@given(st.lists(dates.filter(lambda each: each.first and each.last), min_size=1, max_size=6))
def test_the_moves_together_are_no_more_certain_than_the_whole(chain):
    found = goalposts(line_of(chain))

    assert sum(each.move.least for each in found.revisions) <= found.total.least
    assert sum(each.move.most for each in found.revisions) >= found.total.most


@given(trees())
def test_in_order_all_are_there_and_none_before_the_one_it_revises(claims):
    order = [each.pk for each in in_order(claims)]

    assert sorted(order) == sorted(each.pk for each in claims)
    for each in claims:
        if each.revises_id is not None:
            assert order.index(each.revises_id) < order.index(each.pk)


@given(trees(), st.randoms())
def test_the_order_is_the_same_however_they_come(claims, random):
    shuffled = random.sample(claims, len(claims))

    assert in_order(shuffled) == in_order(claims)


@given(trees())
def test_there_are_words_for_every_chain(claims):
    found = goalposts(in_order(claims))

    assert len(found.revisions) == len(claims) - 1
    assert "%" not in in_words(found)
    assert in_words(found).startswith("Deadline moved") == (found.moved > 0)
