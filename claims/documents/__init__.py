"""What the public reads of a claim: its record, and the finished texts made from it."""

from .records import Names, record, reference_record, tombstone
from .serializers import (
    CLAIM,
    REFERENCES,
    ChoiceText,
    ClaimSerializer,
    EventSerializer,
    TimelineSerializer,
)
from .texts import FORMAT, as_json, check_format, render

__all__ = [
    "CLAIM",
    "FORMAT",
    "REFERENCES",
    "ChoiceText",
    "ClaimSerializer",
    "EventSerializer",
    "Names",
    "TimelineSerializer",
    "as_json",
    "check_format",
    "record",
    "reference_record",
    "render",
    "tombstone",
]
