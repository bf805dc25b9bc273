"""Every write to the tables of the field goes through here, whoever asks.

A call takes a list, and opens one transaction that locks the ledger, checks the rules, writes the
rows, appends to the ledger and refreshes the finished texts; calls may nest. All raise Django's
ValidationError, and then nothing is written.
"""

from .assessments import AssessmentWrite, assess
from .claims import ClaimWrite, Fate, RowWrite, Written, delete_drafts, write_claims
from .counts import count_claims_anew
from .dossier import Place
from .dossiers import (
    Checked,
    Dossier,
    DossierAssessment,
    DossierRow,
    DossiersRefused,
    Named,
    check_dossiers,
    enter_dossiers,
)
from .guard import BatchRefused, StaleRevision, WrongState
from .idempotency import KeyReused, answered, remember_answer
from .ledger import locked_ledger, read_for_write
from .links import LinkWrite, check_links, link, unlink
from .publication import (
    StateChange,
    back_to_draft,
    merge,
    publish,
    retract,
    set_aside,
    submit_for_review,
)
from .reaffirmation import reaffirm
from .redaction import Redacted, redact
from .reference import (
    ReferenceWrite,
    adopt,
    check_references,
    rebuild_documents,
    refresh_documents,
    write_reference,
)
from .uploads import (
    MOST_UPLOADS,
    begin_upload,
    is_stalled,
    keep_upload,
    move_upload,
    throw_upload_away,
    why_not_entered,
)

__all__ = [
    "MOST_UPLOADS",
    "AssessmentWrite",
    "BatchRefused",
    "Checked",
    "ClaimWrite",
    "Dossier",
    "DossierAssessment",
    "DossierRow",
    "DossiersRefused",
    "Fate",
    "KeyReused",
    "LinkWrite",
    "Named",
    "Place",
    "Redacted",
    "ReferenceWrite",
    "RowWrite",
    "StaleRevision",
    "StateChange",
    "Written",
    "WrongState",
    "adopt",
    "answered",
    "assess",
    "back_to_draft",
    "begin_upload",
    "check_dossiers",
    "check_links",
    "check_references",
    "count_claims_anew",
    "delete_drafts",
    "enter_dossiers",
    "is_stalled",
    "keep_upload",
    "link",
    "locked_ledger",
    "merge",
    "move_upload",
    "publish",
    "read_for_write",
    "reaffirm",
    "rebuild_documents",
    "redact",
    "refresh_documents",
    "remember_answer",
    "retract",
    "set_aside",
    "submit_for_review",
    "throw_upload_away",
    "unlink",
    "why_not_entered",
    "write_claims",
    "write_reference",
]
