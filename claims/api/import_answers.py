"""What is said of an import, as the schema describes it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.choices import UploadState
from claims.documents import ChoiceText
from claims.exchange.columns import TABLES
from claims.exchange.imports import uploads
from claims.models import Upload, instant


class FaultSerializer(serializers.Serializer):
    file = serializers.CharField()
    line = serializers.IntegerField(help_text="From 1; of a row, where it begins.")
    column = serializers.CharField(help_text="Empty: the row as a whole.")
    message = serializers.CharField()


class FaultsSerializer(serializers.Serializer):
    """The first faults, and how many there are in all."""

    count = serializers.IntegerField()
    told = FaultSerializer(many=True)


class TableReportSerializer(serializers.Serializer):
    """What becomes of the rows of one table."""

    table = serializers.ChoiceField(choices=list(TABLES))
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField(help_text="Rows at fault, or in conflict.")
    passed_over = serializers.IntegerField(help_text="Rows that need one that is refused.")


class ChangedColumnSerializer(serializers.Serializer):
    column = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ChangedRowSerializer(serializers.Serializer):
    file = serializers.CharField()
    line = serializers.IntegerField()
    table = serializers.ChoiceField(choices=list(TABLES))
    key = serializers.CharField(help_text="The row's slug or uid.")
    columns = ChangedColumnSerializer(many=True)


class ImportReportSerializer(serializers.Serializer):
    rows = serializers.IntegerField(help_text="In all tables.")
    good = serializers.IntegerField(help_text="Rows that are taken, the unchanged ones too.")
    others = serializers.IntegerField(help_text="Rows that are not: `refused.zip` has them.")
    faulty = serializers.BooleanField(help_text="It is only entered with `keep_going=true`.")
    tables = TableReportSerializer(many=True)
    faults = FaultsSerializer()
    conflicts = FaultsSerializer(
        help_text="Rows that somebody changed after the file was made, or after it was checked."
    )
    differences = ChangedRowSerializer(many=True, help_text="The first hundred rows that change.")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="How the files were read."
    )
    needs = serializers.ListField(
        child=serializers.CharField(), help_text="Django permissions to enter it."
    )


class ImportInBriefSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    table = serializers.CharField(help_text="Empty: as the files are named.")
    encoding = serializers.CharField(help_text="Empty: as each file looks.")
    safe = serializers.BooleanField()
    uploaded_at = serializers.DateTimeField()
    state = ChoiceText(choices=UploadState.choices)
    moved_at = serializers.DateTimeField()
    done = serializers.IntegerField(
        help_text="Rows that the newest run is through with; all of them are committed."
    )
    of = serializers.IntegerField(help_text="Rows that it has in all.")


class ImportSerializer(ImportInBriefSerializer):
    lacking = serializers.ListField(
        child=serializers.CharField(), help_text="Of `report.needs`, what you do not have."
    )
    report = ImportReportSerializer()


class ImportsSerializer(serializers.Serializer):
    results = ImportInBriefSerializer(many=True)


def in_brief(upload: Upload) -> dict[str, Any]:
    return {
        "uid": str(upload.uid),
        "name": upload.name,
        "size": upload.size,
        "table": upload.table,
        "encoding": upload.encoding,
        "safe": upload.safe,
        "uploaded_at": instant(upload.uploaded_at),
        "state": upload.state,
        "moved_at": instant(upload.moved_at),
        "done": upload.done,
        "of": upload.of,
    }


def in_full(upload: Upload) -> dict[str, Any]:
    return in_brief(upload) | {
        "lacking": uploads.lacking_permissions(upload),
        "report": upload.report,
    }
