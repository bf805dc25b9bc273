"""A chain is told by the days on which its claims were said."""

from claims.dates import FuzzyDate
from claims.goalposts import in_order
from tests.goalposts.strategies import Said


def said(pk, said_on, revises_id=None):
    return Said(pk, FuzzyDate.parse(said_on), None, revises_id)


def order(*claims):
    return [each.pk for each in in_order(claims)]


def test_by_the_first_day_also_where_two_revise_one():
    first, second = said(1, "2019"), said(2, "2021", 1)
    third, fourth = said(3, "2020-03", 2), said(4, "2022", 1)

    assert order(fourth, third, second, first) == [1, 2, 3, 4]


def test_what_is_revised_comes_first_even_where_its_first_day_is_later():
    assert order(said(1, "2020", 2), said(2, "2020-06")) == [2, 1]


def test_on_one_day_the_older_row_comes_first():
    assert order(said(3, "2020", 1), said(2, "2020", 1), said(1, "2020")) == [1, 2, 3]


def test_what_revises_a_claim_that_is_not_there_is_a_beginning():
    assert order(said(2, "2021", 99), said(1, "2020", 2)) == [2, 1]
