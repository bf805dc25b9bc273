"""What a query finds: the same on either engine, and what its words say."""

from random import Random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import curation
from claims.models import Claim, SearchText
from claims.search import MAX_LENGTH, Found, parse
from tests.factories import ACTOR, make_claim, make_speaker

pytestmark = pytest.mark.django_db


def found(typed: str) -> set[str]:
    claims = Claim.objects.filter(Found(parse(typed)))
    return set(claims.values_list("statement", flat=True))


@pytest.mark.parametrize(
    ("statement", "finding", "missing"),
    [
        (
            "The negotiations on the ring road will be finished.",
            ["negotiation", "NEGOTIATIONS", "ring road", "road ring", '"ring road"', "ring-road"],
            ["negotiator", "egotiation", '"ring roa"', '"road ring"', "road-ring", '"negotiation"'],
        ),
        ("The follow-up costs 3,600 euros.", ["follow-up", "3,600", '"follow up"'], ["3,700"]),
        ("Łódź gets a café in the Große Straße.", ["lodz CAFE grosse strasse"], ["lodzi"]),
        ("İzmir'de ışık olacak", ["izmir", "IŞIK", "ISIK"], []),
        ("Die eﬃziente Finanzierung", ["effizient"], ["ef fizient"]),
        ("Переговоры начнутся в ноябре.", ["переговор", "ПЕРЕГОВОРЫ", "ноябре"], ["говоры"]),
        ("Ёлки и йод", ["елки", "иод", "ёлки ЙОД"], []),
        (
            "联合国大会将于2020年通过决议。",
            [
                "联合国",
                "大会",
                "国",
                "议",
                "合国大",
                "2020年",
                "年",
                "联合 决议",
                '"联合国"',
                '"会"',
            ],
            ["联国", "国联", "大国"],
        ),
        ("国際連合はガイドラインを採択する", ["ガイド", "ｶﾞｲﾄﾞ", "する", "連合", "を"], ["カイト"]),
        ("정부는 평화협상을 시작한다", ["협상", "평화협상", "을"], ["협을"]),
        ("รัฐบาลจะสร้างถนนใหม่", ["ถนน", "สร้าง", "ใหม่", "รัฐบาล"], ["ถนม"]),
        ("सरकार हिन्दी में", ["हिन्दी", "हिन्"], ["हन्दी"]),
        ("قال مُحَمَّدٌ إن المفاوضات", ["محمد", "المفاوضات"], []),
        ("שָׁלוֹם עכשיו", ["שלום"], []),
        ("One -two OR", ['"or"', "one two", "one OR nothing"], ["one -two", "nothing OR none"]),
    ],
)
def test_a_claim_is_found_by_its_words(statement, finding, missing):
    make_claim(statement=statement, speaker=make_speaker(name="X"))
    make_claim(statement="Nothing of it.", speaker=make_speaker(name="X"))

    for typed in finding:
        assert statement in found(typed), typed
    for typed in missing:
        assert statement not in found(typed), typed


def test_it_is_found_by_statement_quote_criteria_and_the_names_of_those_who_speak():
    party = make_speaker(name="People’s Party", aliases=["PP"], kind="organisation")
    make_claim(
        statement="alpha",
        quote="beta",
        criteria="gamma",
        speaker=make_speaker(name="Ada Lovelace", aliases=["Countess of L.", "A. A. King"]),
        on_behalf_of=party,
    )

    for typed in ("alpha", "beta", "gamma", "lovelace", "countess", "king", "people", "pp"):
        assert found(typed) == {"alpha"}, typed
    assert found("alpha beta gamma ada party") == {"alpha"}
    assert found('"lovelace countess" OR "alpha beta" OR "l a a king"') == set()


def test_minus_and_or():
    for statement in ("roads", "roads bridges", "bridges tunnels", "tunnels", "new roads"):
        make_claim(statement=statement)

    assert found("roads -bridges") == {"roads", "new roads"}
    assert found('roads -"new roads"') == {"roads", "roads bridges"}
    assert found("roads OR tunnels -bridges") == {"roads", "tunnels", "new roads"}
    assert found('"new roads" OR tunnels') == {"new roads", "bridges tunnels", "tunnels"}
    assert found('bridges roads OR tunnels -"bridges tunnels"') == {"roads bridges"}


def test_a_phrase_far_on_in_a_long_text_is_found():
    words = " ".join(["word a"] * 280)
    make_claim(statement="long", quote=f"{words} at the end", criteria="ﷺ" * 2_000)

    assert found('"word a at the end"') == {"long"}
    assert found('"a word a word at"') == set()


def test_the_longest_queries_are_asked():
    statement = "".join(chr(0x4E00 + number) for number in range(MAX_LENGTH))
    make_claim(statement=statement)
    make_claim(statement="ﷺ" * MAX_LENGTH)

    assert found(statement) == {statement}
    assert found(statement[::-1]) == set()
    assert found("ﷺ" * MAX_LENGTH) == {"ﷺ" * MAX_LENGTH}
    assert found("a" * MAX_LENGTH) == set()


LETTERS = ["a", "ab", "ba", "b", "Ä", "ß", "国", "国会", "会国", "ที่", "한", "б", "-", "'", ".", "𝔸"]
PIECES = [*LETTERS, " ", " ", " ", '"', "-", "OR", " OR "]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
def test_what_is_found_is_what_stands_in_the_text(some_texts, typed):
    try:
        query = parse(typed)
    except ValidationError:
        return
    meant = {
        pk
        for pk, text in some_texts.items()
        if all(any(term.spelled in text for term in each) for each in query.wanted)
        and not any(term.spelled in text for term in query.unwanted)
    }

    assert set(Claim.objects.filter(Found(query)).values_list("pk", flat=True)) == meant


@pytest.fixture
def some_texts():
    if not SearchText.objects.exists():
        chance = Random(1)  # noqa: S311 (any sequence will do)
        writes = [
            curation.ClaimWrite(
                values={
                    "statement": "".join(chance.choices([*LETTERS, " ", " "], k=6)) + ".",
                    "quote": "".join(chance.choices([*LETTERS, " ", " "], k=6)),
                    "kind": "assertion",
                    "said_on": "2020",
                    "speaker": make_speaker(name="."),
                }
            )
            for _ in range(60)
        ]
        curation.write_claims(writes, actor=ACTOR)
    return dict(SearchText.objects.values_list("pk", "text"))
