"""What a mapping cannot say is refused by name, with what was probably meant."""

import pytest

from claims.exchange.mappings.language import BUILT_IN, MappingFault, parse_mapping, read_mapping

TOPICS = 'name = "desk"\n[[topics]]\nslug = "{id}"\n'

FAULTS = {
    "": "name is missing, or no text.",
    'name = ""\n': "name is missing, or no text.",
    'name = "desk"\n': "It maps nothing: give one of these tables: topics, collections,",
    f"recrods = 'a'\n{TOPICS}": "recrods: there is no such key. Did you mean “records”?",
    f"leave_out = [1]\n{TOPICS}": "leave_out is missing, or no text.",
    f"topics = 'all'\n{TOPICS.partition('[')[0]}": "topics is no table of TOML.",
    f"{TOPICS}nam = 'a'": "topics.nam: there is no such key. Did you mean “name”?",
    f"{TOPICS}[[topics]]\nslug = 'a'\nnam = 'a'": "topics[1].nam: there is no such key.",
    f"{TOPICS}name = 1": "topics.name is missing, or no text.",
    f"{TOPICS}name = '{{id'": "topics.name: There is a brace at 1 that has no other",
    f"{TOPICS}name = 'id}}'": "topics.name: There is a brace at 3 that has no other",
    f"{TOPICS}name = '{{}}'": "topics.name: “{}” names no field.",
    f"{TOPICS}name = '{{id|slugg}}'": "topics.name: There is no filter “slugg”.",
    f"{TOPICS}name = '{{id|wordz}}'": "Did you mean “words”?",
    f"{TOPICS}name = '{{id|map}}'": "A filter lacks what follows: map:NAME, as [maps.NAME] has it.",
    f"{TOPICS}name = '{{id|cut:x}}'": "“cut” takes a number of characters.",
    f"{TOPICS}name = '{{id|map:b}}'": "topics.name: there is no [maps.b].",
    f"{TOPICS}name = '{{id|map:a}}'\n[maps]\na = 1": "maps.a is no table of TOML.",
    f"{TOPICS}name = '{{id|map:a}}'\n[maps.a]\nb = 1": "maps.a.b is missing, or no text.",
    f"{TOPICS}each = 'a'": "topics.each: write “quotes as quote”, not “a”.",
    f"{TOPICS}each = 'a as b c'": "topics.each: write “quotes as quote”",
    f"{TOPICS}take = 'first'": "topics: with a group, “take” is one of all, first, others",
    f"{TOPICS}group = '{{id}}'\ntake = 'last'": "“take” is one of all, first, others",
    f"{TOPICS}by = '{{id}}'": "topics.by orders a group: say which.",
    f"{TOPICS}of = 'claims'": "topics.of: no rows of that table are made.",
    f"{TOPICS}of = 'topics'": "topics.of: its rows are made later than these.",
    f"{TOPICS}extra = ['a']": "topics: only claims have an extra.",
    "name = 'a'\n[claims]\nid = 'a'\nclosed = 'true'": "claims.closed: there is no such key.",
    "name = 'a'\n[topics]\nname = 'a'": "topics: give it slug, which its rows go by.",
    "name = 'a'\n[claims]\nkind = 'a'": "claims: give it id or external_id, which its rows go by.",
    "name = 'a'\n[links]\nid = '1'\ntype = 'a'": "links.claim is missing. The claim's id.",
    f"{TOPICS}[names]\na = '{{b}}'\nb = '{{a}}'": "names.a leads back to itself.",
    f"{TOPICS}[names]\na = '{{previous.a}}'": "names.a leads back to itself.",
    f"{TOPICS}[with.b]\nfile = 'b'\nkey = '{{id}}'\non = '{{b.id}}'": (
        "with.b leads back to itself."
    ),
    f"{TOPICS}[with.b]\nfile = 'b'\nkey = '{{b.id}}'\non = '{{id}}'": (
        "with.b.key is about its own records: name a field of those."
    ),
    f"{TOPICS}[with.people]\nkey = '{{id}}'": "with.people.file is missing, or no text.",
    f"{TOPICS}[with.people]\nfil = 'a'": "with.people.fil: there is no such key.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_by_name(text: str):
    with pytest.raises(MappingFault) as refused:
        parse_mapping(text)

    assert FAULTS[text] in str(refused.value)


def test_what_is_no_toml_is_told_with_file_and_line(tmp_path):
    path = tmp_path / "desk.toml"
    path.write_text('name = "desk"\n[topics\n')

    with pytest.raises(MappingFault, match=r"desk\.toml: .* \(at line 2, column 8\)"):
        read_mapping(str(path))


def test_nor_are_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "desk.toml"
    path.write_bytes(b'name = "caf\xe9"')

    with pytest.raises(MappingFault, match=r"desk\.toml: save it as UTF-8\."):
        read_mapping(str(path))


def test_a_mapping_that_is_nowhere_is_told_with_those_that_are():
    with pytest.raises(MappingFault, match=r"no file factopolys.* Did you mean “factopolis”\?"):
        read_mapping("factopolys")


def test_those_that_come_with_the_desk_can_be_read():
    assert {"factopolis", "trumptracker"} <= BUILT_IN.keys()
    assert [read_mapping(name).name for name in BUILT_IN] == list(BUILT_IN)
