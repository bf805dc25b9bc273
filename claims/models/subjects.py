"""The models that the ledger's entries are about."""

from __future__ import annotations

from django.db import models

from claims.choices import Subject

from .claim import Claim
from .collection import Collection
from .reference import Reference
from .source import Source
from .speaker import Speaker
from .topic import Topic

REFERENCE_MODELS: dict[str, type[Reference]] = {
    Subject.SPEAKER: Speaker,
    Subject.SOURCE: Source,
    Subject.TOPIC: Topic,
    Subject.COLLECTION: Collection,
}
SUBJECT_MODELS: dict[str, type[models.Model]] = {Subject.CLAIM: Claim, **REFERENCE_MODELS}
