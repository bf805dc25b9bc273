"""Before anything is written, an import says what it would change."""

from pathlib import Path

from claims.exchange.imports import import_files
from claims.models import Claim
from tests.exchange.desk import FIGURE, PROMISE, put


def differences_of(path: Path) -> list[str]:
    report = import_files([path], actor="ada", dry_run=True)
    return [str(each).removeprefix(f"{path}:") for each in report.differences]


def test_each_changed_column_is_shown_before_and_after(desk: Path, tmp_path: Path):
    path = put(
        tmp_path,
        "claims",
        "id,measure,quantity,quote_is_translation,on_behalf_of\n"
        f"{FIGURE},peacekeepers,approx 3600 people,,\n{PROMISE},,,true,\n",
    )

    assert differences_of(path) == [
        f"2: claims {FIGURE}: measure: “” → “peacekeepers”",
        f"3: claims {PROMISE}: on_behalf_of: “csto” → “”; quote_is_translation: “false” → “true”",
    ]
    assert Claim.objects.get(uid=FIGURE).measure == ""


def test_topics_are_shown_by_their_slugs(desk: Path, tmp_path: Path):
    put(tmp_path, "topics", "slug,name\nun,UN\n")
    put(tmp_path, "claims", f'id,topics\n{PROMISE},"[""un"",""peacekeeping""]"\n')

    report = import_files([tmp_path], actor="ada", dry_run=True)

    (difference,) = report.differences
    assert difference.columns == {"topics": ("peacekeeping", "peacekeeping, un")}


def test_a_renamed_speaker_is_shown(desk: Path, tmp_path: Path):
    path = put(tmp_path, "speakers", "slug,name,aliases\nzas,S. Zas,\n")

    assert differences_of(path) == [
        "2: speakers zas: aliases: “Zas, Стас” → “”; name: “Stanislav Zas” → “S. Zas”"
    ]
