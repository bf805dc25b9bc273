"""What becomes of a text's words: case, accents and digits folded, scripts without spaces cut."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.search.words import LONGEST, fold, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("NEGOTIATIONS", "negotiations"),
        ("Łódź, Ærø, Þórður", "lodz, aero, thordur"),
        ("caf\u00e9", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İzmir ve IŞIK ve ışık", "izmir ve isik ve isik"),
        ("eﬃcient ﬁnance", "efficient finance"),
        ("Ελληνικός ΕΛΛΗΝΙΚΌΣ", "ελληνικοσ ελληνικοσ"),
        ("Йод и ёлка", "иод и елка"),
        ("Ї", "і"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("ガイド", "ガイド"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("ที่", "ที่"),
        ("हिन्दी", "हिन्दी"),
        ("m³", "m3"),
        ("co\u00adoperation", "cooperation"),
    ],
)
def test_letters_that_readers_take_for_the_same_are_folded(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("A follow-up of 3,600 people.", ["a", "follow", "up", "of", "3", "600", "people"]),
        ("O’Brien, d'Ivoire", ["o", "brien", "d", "ivoire"]),
        ("об'єкт, об’єкт, обʼєкт", ["об", "єкт"] * 3),
        ("https://news.example/a_b?c=1", ["https", "news", "example", "a", "b", "c", "1"]),
        ("联合国", ["联合", "合国", "国"]),
        ("国", ["国"]),
        ("2020年", ["2020", "年"]),
        ("Windows版です", ["windows", "版で", "です", "す"]),
        ("평화 협상", ["평화", "화", "협상", "상"]),
        ("ที่ดี", ["ที", "ี่", "่ด", "ดี", "ี"]),
        ("٢٠٢٠ ২০২০", ["2020", "2020"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("© — “…” 🛠️", []),
    ],
)
def test_a_text_is_cut_into_words(written, found):
    assert list(words(written)) == found


def test_a_longer_word_is_cut_short():
    assert list(words("a" * 900 + " b")) == ["a" * LONGEST, "b"]
    assert list(words("я" * 900 + " b")) == ["я" * LONGEST, "b"]


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_normal_form_make_no_difference(text):
    for other in (normalize("NFC", text), normalize("NFD", text), normalize("NFKC", text)):
        assert list(words(other)) == list(words(text))
    assert fold(text.lower()) == fold(text)


@given(st.text())
def test_a_word_has_neither_blank_nor_sign(text):
    for word in words(text):
        assert word
        assert not any(each.isspace() or each in "'\"\\:&|!*()" for each in word)
