"""Two texts, word by word: the runs join to both, and what differs is marked."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.diffs import ADDED, KEPT, REMOVED, runs, texts, words

# Few words, so that two texts have some in common; of every kind that is cut in its own way.
SPACED = ["road", "roads", "the", " ", "  ", "\r\n", ".", "don't", "3,600", "שלום", "नमस्ते", "한국"]
OTHERS = ["道", "路", "ถนน", "cafe\u0301", "\u0301", "👩\u200d🔬", "👍🏽", "🇰🇬", "\u200d", "\x00"]
vocabulary = st.sampled_from([*SPACED, *OTHERS])
prose = st.one_of(st.text(), st.lists(vocabulary, max_size=40).map("".join))


def shown(before, after):
    marks = {KEPT: "{}", REMOVED: "[-{}-]", ADDED: "[+{}+]"}
    return "".join(marks[run.kind].format(run.text) for run in runs(before, after))


@given(prose, prose)
@example("", "")
@example("", "new")
def test_the_runs_join_to_both_texts(before, after):
    found = runs(before, after)

    assert "".join(run.text for run in found if run.kind != ADDED) == before
    assert "".join(run.text for run in found if run.kind != REMOVED) == after


@given(prose, prose)
def test_no_run_is_empty_or_goes_on_in_the_next(before, after):
    found = runs(before, after)

    assert all(run.text for run in found)
    for one, other in pairwise(found):
        assert (one.kind, other.kind) in {
            *((KEPT, REMOVED), (KEPT, ADDED)),
            *((REMOVED, KEPT), (ADDED, KEPT), (REMOVED, ADDED)),
        }


@given(prose)
def test_a_text_does_not_differ_from_itself(text):
    assert [run.kind for run in runs(text, text)] == ([KEPT] if text else [])


@given(prose)
def test_words_join_to_their_text(text):
    assert "".join(words(text)) == text


@given(prose)
def test_a_combining_mark_stays_with_the_character_before_it(text):
    for _one, other in pairwise(words(text)):
        assert not unicodedata.category(other[0]).startswith("M")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The road  is open.", ["The", " ", "road", "  ", "is", " ", "open", "."]),
        ("It doesn’t cost 3,600.50!", ["It", " ", "doesn’t", " ", "cost", " ", "3,600.50", "!"]),
        ("道路2020年に", ["道", "路", "2020", "年", "に"]),
        ("กำ", ["กำ"]),
        ("नमस्ते दुनिया", ["नमस्ते", " ", "दुनिया"]),
        ("السلام عليكم", ["السلام", " ", "عليكم"]),
        ("👨\u200d👩\u200d👧👍🏽🇰🇬🇦🇲", ["👨\u200d👩\u200d👧", "👍🏽", "🇰🇬", "🇦🇲"]),
        ("e\u0301te\u0301 n\u0303", ["e\u0301te\u0301", " ", "n\u0303"]),
    ],
)
def test_words_are_cut_between_what_a_reader_takes_for_characters(text, cut):
    assert words(text) == cut


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("open by June 2020.", "open by June 2021.", "open by June [-2020-][+2021+]."),
        ("It will open", "It will open soon", "It will open[+ soon+]"),
        ("cost 3,600 soms", "cost 3,700 soms", "cost [-3,600-][+3,700+] soms"),
        ("It will open", "It is going to open", "It [-will-][+is going to+] open"),
        ("cafe", "cafe\u0301", "[-cafe-][+cafe\u0301+]"),
        ("公路将于2020年开通", "公路将于2021年开通", "公路将于[-2020-][+2021+]年开通"),
        ("שלום עולם", "שלום לך", "שלום [-עולם-][+לך+]"),
        ("👩\u200d🔬 said", "👨\u200d🔬 said", "[-👩\u200d🔬-][+👨\u200d🔬+] said"),
    ],
)
def test_only_what_differs_is_marked(before, after, told):
    assert shown(before, after) == told


def test_changes_with_next_to_nothing_between_them_are_told_as_one():
    assert shown("the old bridge closes", "a new tunnel closes") == (
        "[-the old bridge-][+a new tunnel+] closes"
    )


def test_a_long_text_that_is_mostly_new_is_told_by_sentences():
    old = " ".join(f"old{number}" for number in range(300))
    new = " ".join(f"new{number}" for number in range(300))

    assert shown(f"It stays. {old}. So does this.", f"It stays. {new}. So does this.") == (
        f"It stays. [-{old}.-][+{new}.+] So does this."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一二" * 2_000, "二一三" * 1_333),
        ("a " * 2_000, "b a " * 1_000),
        ("x." * 2_000, "y?" * 2_000),
    ],
)
def test_a_comparison_takes_a_bounded_number_of_steps(monkeypatch, before, after):
    steps = []
    neighbour = texts._neighbour

    def counted(*args):
        steps.append(1)
        return neighbour(*args)

    monkeypatch.setattr(texts, "_neighbour", counted)
    runs(before, after)

    assert len(steps) < 100_000
