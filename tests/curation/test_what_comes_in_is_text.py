"""The door of every write: what no column, JSON text or CSV cell can carry is refused by field."""

import pytest

from claims import curation
from claims.models import Claim, Speaker
from tests.factories import add_evidence, edit, make_claim, make_draft, make_source, make_speaker

pytestmark = pytest.mark.django_db


def fields(make, **values):
    with pytest.raises(curation.BatchRefused) as refused:
        make(**values)
    return sorted(refused.value.error_dict)


NO_TEXT = {
    "NUL": "a\x00b",
    "a lone surrogate": "a\ud800b",
    "a bell": "a\x07b",
    "a form feed": "a\x0cb",
    "delete": "a\x7fb",
    "a C1 control": "a\x85b",
    "a lone carriage return": "a\rb",
}


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
@pytest.mark.parametrize("column", ["statement", "quote", "speaker_role", "external_id"])
def test_what_is_no_text_is_refused_by_field(column, text):
    assert fields(make_draft, **{column: text}) == [column]


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_dates_and_amounts_are_no_back_door(text):
    assert fields(make_draft, said_on=text, quantity=text) == ["quantity", "said_on"]


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_nor_are_lists_and_rows_of_a_claim_and_reasons(text):
    claim = make_claim()

    assert fields(make_speaker, aliases=[text]) == ["aliases"]
    assert fields(lambda: add_evidence(claim, summary=text)) == ["summary"]
    assert fields(lambda: edit(claim, values={"quote": "Q"}, cosmetic=text)) == ["cosmetic"]


def test_the_fault_is_named_with_its_place():
    with pytest.raises(curation.BatchRefused) as refused:
        make_draft(statement="ab\x00")

    assert refused.value.message_dict == {
        "statement": ["Position 3 holds the character U+0000, which is no text."]
    }


def test_line_ends_of_a_browser_become_line_feeds():
    assert make_draft(quote="One\r\n\r\nTwo\tthree").quote == "One\n\nTwo\tthree"


def test_letters_of_every_script_and_pictures_are_text():
    text = "Ż 道 שלום 👩‍🚀 “quoted” ½"

    assert make_draft(statement=text).statement == text


@pytest.mark.parametrize(
    ("column", "length"),
    [
        ("statement", 1_000),
        ("quote", 2_000),
        ("quote_prefix", 200),
        ("condition", 500),
        ("measure", 300),
        ("external_id", 200),
    ],
)
def test_a_text_has_a_bound(column, length):
    assert getattr(make_draft(**{column: "x" * length}), column) == "x" * length
    assert fields(make_draft, **{column: "x" * (length + 1)}) == [column]


@pytest.mark.parametrize("statement", ["", " ", " \n\t", None])
def test_blanks_are_no_statement(statement):
    assert fields(make_draft, statement=statement) == ["statement"]


@pytest.mark.parametrize("column", ["url", "archive_url"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://daily.example/1",
        "data:text/html,x",
        "//daily.example/1",
        "daily.example/1",
        "https://",
        "https://daily.example/\n1",
        "https://daily.example/" + "x" * 600,
    ],
)
def test_an_address_is_on_the_web(column, address):
    assert fields(make_source, **{column: address}) == [column]


@pytest.mark.parametrize("address", ["http://daily.example/1?a=b#c", "https://daily.example/ą"])
def test_http_and_https_are_fine(address):
    assert make_source(url=address).url == address


def test_an_unknown_column_is_refused_by_name():
    assert fields(make_draft, colour="red") == ["colour"]


def test_a_row_stays_with_its_claim():
    claim, other = make_claim(), make_claim()
    row = curation.RowWrite(row=add_evidence(claim), values={"claim": other})

    assert fields(lambda: edit(claim, evidence=[row])) == ["claim"]


@pytest.mark.parametrize(
    "aliases",
    ["Stas", None, {"name": "Stas"}, [1], [["Stas"]], ["x" * 201], ["Stas"] * 51],
    ids=["a text", "nothing", "an object", "a number", "a list", "a long one", "many"],
)
def test_aliases_are_a_short_list_of_short_texts(aliases):
    assert fields(make_speaker, aliases=aliases) == ["aliases"]


@pytest.mark.parametrize(
    "extra",
    [
        *("page 7", None, ["page"], {"page": 7}, {"page": None}, {"page": ["7"]}, {7: "page"}),
        *({"": "7"}, {" ": "7"}, {"x" * 61: "7"}, {"page": "x" * 2_001}),
        *({f"page {number}": "" for number in range(51)}, {"\x00": "7"}, {"page": "\ud800"}),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_extra_is_a_small_object_of_texts(extra):
    assert fields(make_draft, extra=extra) == ["extra"]


def test_extra_up_to_the_bound_is_kept():
    extra = {f"{number:060}": f"{number:02000}" for number in range(50)}

    assert Claim.objects.get(pk=make_draft(extra=extra).pk).extra == extra


def test_aliases_up_to_the_bound_are_kept():
    aliases = [f"{number:0200}" for number in range(50)]

    make_speaker(aliases=aliases)

    assert Speaker.objects.get().aliases == aliases
