"""Whatever file is given, it is refused at its line and column, or read: it never fails."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exchange.columns import TABLES
from claims.models import Change, Topic
from tests.exchange.desk import FILES, faults_of

from .hostile_files import CORPUS, zipped
from .reading import faults_in, upload


def test_it_is_refused_at_its_place(subtests):
    for name, hostile in CORPUS.items():
        with subtests.test(name):
            (fault,) = faults_in(upload(hostile.file, hostile.data))

            place = f"{hostile.file}/{hostile.within}" if hostile.within else hostile.file
            assert (fault.file, fault.line, fault.column) == (place, hostile.line, hostile.column)
            assert hostile.words in fault.message


# An import that goes by the table alone takes two of them for CSV, and minutes over the third.
BY_FORM = {"CSV that goes by another name", "no zip", "a million columns"}


@pytest.mark.django_db
def test_nothing_of_it_is_entered(subtests, tmp_path: Path):
    entries = Change.objects.count()
    for name in CORPUS.keys() - BY_FORM:
        with subtests.test(name):
            hostile = CORPUS[name]
            path = tmp_path / hostile.file
            path.write_bytes(hostile.data)

            assert faults_of(path)
            assert (Topic.objects.count(), Change.objects.count()) == (0, entries)


NAMES = st.sampled_from(
    [f"{table}{suffix}" for table in TABLES for suffix in (".csv", ".ndjson", ".zip")]
)
MARKS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"PK\3\4"]
)
ENCODINGS = st.sampled_from(
    ["", "utf-8", "utf-16", "cp1252", "shift_jis", "gb18030", "ebcdic", "\0"]
)


@given(NAMES, MARKS, st.binary(max_size=400), ENCODINGS)
@settings(max_examples=150)
def test_any_bytes_are_refused_or_read(name: str, mark: bytes, data: bytes, encoding: str):
    for fault in faults_in(upload(name, mark + data), encoding=encoding):
        assert fault.message
        assert str(fault).encode()


GOOD = {
    **{f"{table}.csv": text.encode() for table, text in FILES.items()},
    "topics.ndjson": b'{"slug": "un", "name": "UN"}\n{"slug": "nato", "revision": 1}\n',
    "all.zip": zipped({f"{table}.csv": text for table, text in FILES.items()}),
}


@given(
    st.sampled_from(list(GOOD)),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(max_size=3)),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=150)
def test_a_good_file_with_some_bytes_changed_is_refused_or_read(
    name: str, changes: list[tuple[float, int, bytes]]
):
    data = GOOD[name]
    for where, taken, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + taken :]

    for fault in faults_in(upload(name, data)):
        assert fault.message
        assert str(fault).encode()
