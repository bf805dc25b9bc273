"""What the evidence suggests: a proposal for an editor, who judges.

Pure functions over values: no query, no write. `advise` says what it does and which laws it keeps.
"""

from .advice import advise
from .facts import CONDITION_AROSE, ClaimFacts, Observation, Suggestion, observations_of

__all__ = [
    "CONDITION_AROSE",
    "ClaimFacts",
    "Observation",
    "Suggestion",
    "advise",
    "observations_of",
]
