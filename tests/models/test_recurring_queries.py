from __future__ import annotations

import pytest
from django.db.models import F

from claims.models import Recurring, Topic
from tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return []


@pytest.fixture
def topics(asked):
    """Topics by slug, noting each time that such a query is made."""

    def ask(slug):
        asked.append(slug)
        return Topic.objects.filter(slug=slug).values(at=F("slug"))

    return Recurring(ask)


def test_a_question_is_compiled_once_and_answered_each_time(topics, asked):
    assert topics.rows("roads", "roads") == []
    make_topic(slug="roads")

    assert topics.rows("roads", "roads") == [{"at": "roads"}]
    assert asked == ["roads"]


def test_of_very_many_questions_it_forgets(topics, asked, monkeypatch):
    monkeypatch.setattr(Recurring, "MOST", 2)
    for slug in ("roads", "rails", "roads", "ports", "roads"):
        topics.rows(slug, slug)

    assert asked == ["roads", "rails", "ports", "roads"]
    assert len(topics.compiled) <= 2
