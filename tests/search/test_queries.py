"""What is typed becomes a query, or is refused with what would be right."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from claims.search import MAX_LENGTH, MAX_TERMS, Query, parse
from claims.search.query import Term


def term(*words: str, whole: bool = False) -> Term:
    return Term(words, whole)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("roads", Query(((term("roads"),),))),
        ("New  Roads", Query(((term("new"),), (term("roads"),)))),
        ('"new roads"', Query(((term("new", "roads", whole=True),),))),
        ("“new roads”", Query(((term("new", "roads", whole=True),),))),
        ("„neue Straßen“", Query(((term("neue", "strassen", whole=True),),))),
        ("follow-up", Query(((term("follow", "up"),),))),
        ("roads -new", Query(((term("roads"),),), (term("new"),))),
        ('roads -"by pass"', Query(((term("roads"),),), (term("by", "pass", whole=True),))),
        ("roads OR bridges", Query(((term("roads"), term("bridges")),))),
        ("new roads OR bridges", Query(((term("new"),), (term("roads"), term("bridges"))))),
        ("a OR b OR c", Query(((term("a"), term("b"), term("c")),))),
        ("a or b", Query(((term("a"),), (term("or"),), (term("b"),)))),
        ('"OR"', Query(((term("or", whole=True),),))),
        (
            "roads & bridges - tunnels",
            Query(((term("roads"),), (term("bridges"),), (term("tunnels"),))),
        ),
        ("联合国", Query(((term("联合", "合国"),),))),
        ("国", Query(((term("国"),),))),
        ('"国"', Query(((term("国"),),))),
        ('"联合国 大会"', Query(((term("联合", "合国", "国", "大会", whole=True),),))),
        ("国2020", Query(((term("国", "2020"),),))),
    ],
)
def test_words_phrases_minus_and_or(typed, query):
    assert parse(typed) == query


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no letter or digit"),
        ("   ", "no letter or digit"),
        ("?! & --", "no letter or digit"),
        ('""', "no letter or digit"),
        ("-roads", "what to find too"),
        ('-roads -"by pass"', "what to find too"),
        ('the "ring road', "position 5 has no other"),
        ('"', "position 1 has no other"),
        ("OR", "OR stands between"),
        ("roads OR", "OR stands between"),
        ("OR roads", "OR stands between"),
        ("roads OR OR bridges", "OR stands between"),
        ("roads OR -bridges", "OR stands between"),
        ("roads -bridges OR tunnels", "OR stands between"),
        ("roads OR ?!", "OR stands between"),
        ("a" * (MAX_LENGTH + 1), "at most 200 characters"),
        ("word " * (MAX_TERMS + 1), "at most 8 words"),
        ("a b c d -e -f -g -h -i", "at most 8 words"),
        ("a\x00b", "Position 2 holds the character U+0000"),
        ("ab\ud800", "Position 3 holds the character U+D800"),
        ("\ufffd", "Position 1 holds the character U+FFFD"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_what_would_be_right(typed, said):
    with pytest.raises(ValidationError) as refused:
        parse(typed)

    assert said in refused.value.messages[0]


@given(st.text() | st.text(alphabet='ab -"OR国“', max_size=MAX_LENGTH))
@example("ﷺ" * MAX_LENGTH)
def test_anything_is_a_query_or_refused(text):
    try:
        query = parse(text)
    except ValidationError:
        return
    assert query.terms
    assert all(each.words for each in (*query.terms, *query.unwanted))
    assert len(query.terms) + len(query.unwanted) <= MAX_TERMS
