"""What the public reads of a claim: its record, and the finished texts made from it."""

from .records import (
    ABOUT_THE_ENTRY,
    CLAIM_COLUMNS,
    RECORDED,
    Names,
    assessment_record,
    record,
    records_at,
    reference_record,
    tombstone,
)
from .serializers import (
    CLAIM,
    REFERENCES,
    ChoiceText,
    ClaimSerializer,
    EventSerializer,
    NamedSerializer,
    TimelineSerializer,
)
from .texts import FORMAT, as_json, check_format, render, standing_verdict, with_member

__all__ = [
    "ABOUT_THE_ENTRY",
    "CLAIM",
    "CLAIM_COLUMNS",
    "FORMAT",
    "RECORDED",
    "REFERENCES",
    "ChoiceText",
    "ClaimSerializer",
    "EventSerializer",
    "NamedSerializer",
    "Names",
    "TimelineSerializer",
    "as_json",
    "assessment_record",
    "check_format",
    "record",
    "records_at",
    "reference_record",
    "render",
    "standing_verdict",
    "tombstone",
    "with_member",
]
