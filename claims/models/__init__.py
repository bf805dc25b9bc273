"""The tables, one noun a file."""

from .allowance import Allowance
from .api_token import ApiToken
from .appearance import Appearance
from .assessment import Assessment, AssessmentEvidence
from .blocks import in_blocks
from .chain import links_to_public, moves_deadline
from .claim import (
    EVER_PUBLIC,
    Claim,
    ClaimQuerySet,
    read_all_that_hangs_on,
    under,
)
from .claim_count import ClaimCount
from .claim_document import ClaimDocument
from .collection import Collection
from .evidence import Evidence
from .idempotency_key import IdempotencyKey
from .ledger import CURSOR, GENESIS, Change, Ledger, canonical, instant
from .link import Link
from .periods import ends_by, overlaps
from .prepared import Recurring
from .redaction import Redaction
from .reference import Reference, by_slug
from .search_text import SearchText
from .source import Source
from .speaker import Speaker
from .standing import DUE_IS_MARKED, Reading, Standing, today
from .subjects import REFERENCE_MODELS, SUBJECT_MODELS
from .task import Task
from .topic import Topic
from .upload import Upload

__all__ = [
    "CURSOR",
    "DUE_IS_MARKED",
    "EVER_PUBLIC",
    "GENESIS",
    "REFERENCE_MODELS",
    "SUBJECT_MODELS",
    "Allowance",
    "ApiToken",
    "Appearance",
    "Assessment",
    "AssessmentEvidence",
    "Change",
    "Claim",
    "ClaimCount",
    "ClaimDocument",
    "ClaimQuerySet",
    "Collection",
    "Evidence",
    "IdempotencyKey",
    "Ledger",
    "Link",
    "Reading",
    "Recurring",
    "Redaction",
    "Reference",
    "SearchText",
    "Source",
    "Speaker",
    "Standing",
    "Task",
    "Topic",
    "Upload",
    "by_slug",
    "canonical",
    "ends_by",
    "in_blocks",
    "instant",
    "links_to_public",
    "moves_deadline",
    "overlaps",
    "read_all_that_hangs_on",
    "today",
    "under",
]
