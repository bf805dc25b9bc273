"""A zip of tables is read in place, as its manifest says that it was made."""

from pathlib import Path

from tests.exchange.desk import FILES, put_desk

from .hostile_files import TOPICS, manifest, zipped
from .reading import cells_of, faults_in, sheets_of, upload


def test_its_files_are_sheets_in_the_order_in_which_they_name_each_other():
    files = {f"{table}.csv": FILES[table] for table in reversed(FILES)}

    sheets = sheets_of(upload("all.zip", zipped(files)))

    assert [sheet.table.name for sheet in sheets] == list(FILES)
    assert [sheet.name for sheet in sheets] == [f"all.zip/{table}.csv" for table in FILES]
    assert [len(list(sheet.rows)) for sheet in sheets] == [
        text.count("\n") - 1 for text in FILES.values()
    ]


def test_its_sheets_may_be_read_side_by_side():
    data = zipped({"topics.csv": TOPICS + "a,A\n" * 9_000, "speakers.csv": "slug\nx\ny\n"})

    topics, speakers = sheets_of(upload("all.zip", data))

    first = next(iter(topics.rows))
    assert [row.cells for row in speakers.rows] == [{"slug": "x"}, {"slug": "y"}]
    assert first.cells["slug"] == "un"
    assert len(list(topics.rows)) == 9_000


def test_what_stands_beside_the_tables_is_left_out():
    data = zipped(
        {
            "README.md": "# Claims",
            "export/topics.csv": TOPICS,
            "export/": "",
            "__MACOSX/._topics.csv": b"\0\5\x16\7",
            "notes.txt": "x",
            "topics.json": "x",
        }
    )

    assert cells_of(upload("all.zip", data)) == [{"slug": "un", "name": "UN"}]


def test_its_manifest_says_whether_its_texts_are_guarded():
    text = "slug,name\nun,'=1\n"
    raw = zipped({"topics.csv": text, "manifest.json": manifest(safe=False, topics=text)})
    safe = zipped({"topics.csv": text, "manifest.json": manifest(safe=True, topics=text)})

    assert cells_of(upload("all.zip", raw))[0]["name"] == "'=1"
    assert cells_of(upload("all.zip", safe), safe=False)[0]["name"] == "=1"


def test_a_path_in_it_is_only_a_name(tmp_path: Path):
    data = zipped({"../../../topics.csv": TOPICS, "/etc/speakers.csv": "slug\nx\n"})
    path = tmp_path / "all.zip"
    path.write_bytes(data)

    assert len(cells_of(path)) == 2
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_may_hold_one_beside_files(tmp_path: Path):
    put_desk(tmp_path)
    (tmp_path / "topics.csv").unlink()
    (tmp_path / "more.zip").write_bytes(zipped({"topics.csv": TOPICS}))
    (tmp_path / "README.txt").write_text("x")

    assert [sheet.table.name for sheet in sheets_of(tmp_path)] == list(FILES)


def test_a_folder_that_was_an_archive_keeps_what_its_manifest_says_of_texts(tmp_path: Path):
    (tmp_path / "topics.csv").write_text("slug,name\nun,'=2\n")
    (tmp_path / "manifest.json").write_text(manifest(safe=False, topics=TOPICS))

    assert cells_of(tmp_path) == [{"slug": "un", "name": "'=2"}]


def test_an_empty_folder_is_refused(tmp_path: Path):
    (fault,) = faults_in(tmp_path)

    assert fault.message == "The folder holds no CSV, NDJSON or zip file."
