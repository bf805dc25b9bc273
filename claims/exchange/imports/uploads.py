"""Files brought over HTTP: checked at once and kept, then entered while somebody watches."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from claims import curation
from claims.choices import UploadState
from claims.curation import Fate
from claims.exchange.columns import TABLES
from claims.models import Upload
from claims.models.upload import MAX_ENCODING

from .importing import Import
from .reading import open_sheets
from .report import Report
from .sheets import Fault, Faults
from .staging import Stage

SHOWN = 20  # faults of a file of which nothing can be read


Steps = Generator["Step", None, None]  # to be closed by whoever goes away before its end


class FileRefused(ValidationError):
    """Rows are at fault, so that nothing is entered unless the others are to be."""


@dataclass(frozen=True)
class Step:
    """How far a run has come: `done` of `of` rows are through its checks, or entered."""

    doing: str  # checking, entering
    done: int
    of: int


def check_upload(
    account: Any, content: bytes, *, name: str, table: str = "", encoding: str = "", safe: bool
) -> Upload:
    """See what would become of a file, and keep it with that. No row of the field is written.

    Raises ValidationError under "file" where no row of it can be read, or under "encoding".
    """
    if len(encoding) > MAX_ENCODING:
        raise ValidationError({"encoding": _("There is no encoding with such a name.")})
    name = "".join(each for each in name if each.isprintable())
    upload = Upload(
        name=name[:200] or "upload",
        table=table or _table_in(name),
        encoding=encoding,
        safe=safe,
        # Packed: SQLite goes through the whole row whenever a run says how far it is.
        content=zlib.compress(content, 1),
        size=len(content),
    )
    with _opened(upload, account) as importing:
        report = importing.check()
        if not report.rows:
            faults = [str(each) for each in report.faults.told[:SHOWN]]
            raise ValidationError({"file": faults or [_("There are no rows in it.")]})
        return curation.keep_upload(
            account,
            name=upload.name,
            table=upload.table,
            encoding=encoding,
            safe=safe,
            content=upload.content,
            size=upload.size,
            seen=importing.staging.seen(),
            **_findings(importing),
        )


def read_again(upload: Upload, *, encoding: str) -> Upload:
    """The same file, taken for being in another encoding; it stands in for `upload`, which goes.

    Raises as `check_upload` does, or `WrongState` where it is past its check.
    """
    if upload.state != UploadState.CHECKED:
        raise curation.WrongState(curation.why_not_entered(upload))
    again = check_upload(
        upload.account,
        zlib.decompress(upload.content),
        name=upload.name,
        table=upload.table,
        encoding=encoding,
        safe=upload.safe,
    )
    curation.throw_upload_away(upload)
    return again


def enter_upload(upload: Upload, *, keep_going: bool = False) -> Steps:
    """Enter a file that was checked, or with `keep_going` the rows of it that are well.

    It is checked again first, against what the editor was shown: what somebody changed since then
    is in conflict. Closed before its end, it stops after the block that it is at; entered again,
    it goes on. `upload.state` and `upload.report` tell what came of it.

    Raises `FileRefused`, PermissionDenied or `WrongState` at once, where there is no use to begin.
    """
    if lacking := lacking_permissions(upload):
        raise PermissionDenied(in_words(lacking))
    if upload.report["faulty"] and not keep_going:
        raise FileRefused(
            _(
                "Nothing was entered: rows are at fault. Mend the file and bring it again, or "
                "enter the others with keep_going=true."
            )
        )
    curation.begin_upload(upload)
    return _entering(upload, keep_going)


def _entering(upload: Upload, keep_going: bool) -> Steps:
    try:
        with _opened(upload, upload.account) as importing:
            for report in importing.checking():
                curation.move_upload(upload)
                yield Step("checking", report.done, report.rows)
            findings = _findings(importing)
            upload.report = findings["report"]
            stops = upload.report["faulty"] and not keep_going
            if stops or lacking_permissions(upload):
                curation.move_upload(upload, state=UploadState.CHECKED, **findings)
                return
            curation.move_upload(upload)  # it may have been thrown away by now
            for report in importing.entering():
                curation.move_upload(upload, done=report.done, of=report.rows)
                yield Step("entering", report.done, report.rows)
            findings = _findings(importing)
            curation.move_upload(upload, state=UploadState.ENTERED, **findings)
    except curation.WrongState:  # it is another's now, or nobody's
        raise
    except BaseException:
        # The server stops, the reader went away, the database did: it is to be gone on with.
        began = upload.of > 0  # or it was still being checked
        state = UploadState.CUT_OFF if began else UploadState.CHECKED
        curation.move_upload(upload, state=state)
        raise


def _opened(upload: Upload, account: Any) -> Import:
    faults = Faults()
    stream = io.BytesIO(zlib.decompress(upload.content))
    stream.name = upload.name
    sheets = open_sheets(
        [stream], faults, table=upload.table, encoding=upload.encoding, safe=upload.safe
    )
    return Import(
        sheets,
        actor=account.get_username(),
        faults=faults,
        # None: nobody was shown anything of it yet.
        seen=None if upload._state.adding else upload.seen,
    )


def _table_in(name: str) -> str:
    """The table that a file's name speaks of, such as “claims-2026 (1).csv”; empty: none, many."""
    words = set(re.split("[^a-z]+", name.lower()))
    found = words & TABLES.keys()
    return found.pop() if len(found) == 1 and "zip" not in words else ""


# What was found


def _findings(importing: Import) -> dict[str, Any]:
    return {"report": report_of(importing), "refused": _refused_zip(importing)}


def report_of(importing: Import) -> dict[str, Any]:
    """What an import comes to, as JSON has it."""
    report, count = importing.run.report, importing.staging.count
    tables = [
        {
            "table": name,
            **{str(fate): report.fates[name, fate] for fate in Fate},
            "refused": count(name, stage=Stage.REFUSED),
            "passed_over": count(name, stage=Stage.PASSED_OVER),
        }
        for name in TABLES
        if name in importing.staging.tables
    ]
    good = sum(report.fates.values())
    rows = count()
    return {
        "rows": rows,
        "good": good,
        "others": rows - good,
        # Beside rows that are not taken: a file that cannot be read to its end.
        "faulty": bool(rows - good or report.refused),
        "tables": tables,
        "faults": _faults(report.faults),
        "conflicts": _faults(report.conflicts),
        "differences": [
            {
                "file": each.file,
                "line": each.line,
                "table": each.table,
                "key": each.key,
                "columns": [
                    {"column": name, "before": plain(before), "after": plain(after)}
                    for name, (before, after) in each.columns.items()
                ],
            }
            for each in report.differences
        ],
        "notes": list(dict.fromkeys(map(plain, report.notes))),
        "needs": _needs(report),
    }


def _faults(faults: Faults) -> dict[str, Any]:
    return {"count": faults.count, "told": [_fault(each) for each in faults.told]}


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "file": plain(fault.file),
        "line": fault.line,
        "column": plain(fault.column),
        "message": plain(fault.message),
    }


def plain(text: str) -> str:
    """`text` without what no JSON column carries: it repeats what a file had in it."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode()


def _refused_zip(importing: Import) -> bytes:
    """The rows that are not taken, each table's as CSV with the reasons; empty: there are none."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            blocks = importing.refused(table)
            if first := next(blocks, ""):
                with archive.open(f"{table}.csv", "w") as member:
                    for block in (first, *blocks):
                        member.write(block.encode())
    return packed.getvalue() if archive.namelist() else b""


def refused_rows(upload: Upload, table: str) -> bytes | None:
    """Those of one table, as CSV; None: there are none."""
    if not upload.refused:
        return None
    with zipfile.ZipFile(io.BytesIO(bytes(upload.refused))) as archive:
        name = f"{table}.csv"
        return archive.read(name) if name in archive.namelist() else None


# Who may


def _needs(report: Report) -> list[str]:
    """The permissions that the desk asks for the same acts."""
    verbs = {Fate.CREATED: "add", Fate.CHANGED: "change"}
    needed = {
        f"claims.{verbs[fate]}_{TABLES[table].model._meta.model_name}"
        for (table, fate), rows in report.fates.items()
        if rows and fate in verbs and table != "assessments"
    }
    if report.fates["assessments", Fate.CREATED]:
        needed.add("claims.assess_claim")
    if report.public:
        needed.add("claims.publish_claim")
    return sorted(needed)


def lacking_permissions(upload: Upload) -> list[str]:
    """What its account may not do, of what is in it."""
    return [each for each in upload.report["needs"] if not upload.account.has_perm(each)]


def in_words(permissions: Iterable[str]) -> str:
    acts = (each.partition(".")[2].replace("_", " ") for each in permissions)
    return _("Your roles do not allow all that is in this file: %(acts)s.") % {
        "acts": ", ".join(acts)
    }
