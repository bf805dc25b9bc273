"""A suggestion, from what is known of a claim and what was observed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from claims.choices import (
    Certainty,
    ClaimKind,
    DueBasis,
    DueMode,
    Outcome,
    allowed_outcomes,
)

from . import modes
from .answers import cannot_tell, suggest
from .facts import ClaimFacts, Observation, Suggestion
from .findings import Findings, weakest

_RESTS_ON_A_DATE = (Outcome.BORNE_OUT_LATE, Outcome.NOT_BORNE_OUT)


def advise(
    facts: ClaimFacts,
    observations: Iterable[Observation],
    today: date,
    *,
    condition_arose: bool | None = None,
) -> Suggestion:
    """Propose an outcome for a claim from what was observed up to `today` (UTC).

    An observation shows the claim met or not: by its quantity where both have one, else by its
    stance, and then of a claim with a quantity no more than *likely*. It counts where its date
    does. Context, other desks' verdicts and the speaker's own words never decide, but where one
    points the other way, nothing is proposed from silence.

    - **by**: met in time, ``borne_out``; met after the last due day, ``borne_out_late``. Met
      early stays met. A figure seen late does not show that it was not reached in time, so late
      is *certain* of a figure only after one that fell short on the last day or later. Nothing
      seen and the period over: *likely* ``not_borne_out``, never certain, for it may still come
      late.
    - **at**: what is for the end of the period decides (`findings.at_the_end`); silence does not.
    - **throughout**: one contrary observation inside the period, ``not_borne_out`` at once;
      none to its end, *likely* ``borne_out``, for nobody sees every day.
    - An assertion: what is for the time it refers to decides (`findings.of_the_time`).

    It cannot tell, and says why, where a date that counts or a bound is missing, open, marked
    (``~``, ``?``) or astride, where figures are too vague, and where observations conflict. Of
    a claim due by a date these conflict: a contrary one that is not certainly before one that
    shows it met (not yet, then done), and, without a figure, support from either side of the
    last due day. Elsewhere: contrary ones of the same time.

    `condition_arose` answers whether a claim's condition arose; it is ignored where there is
    none. None is no answer, and then nothing is certain; where it never arose, the claim is void.

    Laws, for one claim and one day:

    - The order of the observations does not matter.
    - Certain stays certain, or becomes a conflict: if some observations make an outcome certain,
      then with any added that same outcome is certain, or the answer is ``cannot_tell`` and
      `Suggestion.conflicting` names observations.
    - ``certain`` rests on unmarked dates with both sides of every comparison decided.
    - An outcome is one that curation would record for this claim.
    """
    if facts.condition and condition_arose is False:
        return _void(facts)
    found = Findings(facts, observations, today)
    if facts.kind == ClaimKind.ASSERTION:
        suggestion = modes.assertion(facts, found)
    elif facts.due is None:
        ask = _("When is it due: by, at the end of, or all through what time?")
        suggestion = cannot_tell([_("It has no due period, so nothing says when it counts.")], ask)
    elif facts.due_mode == DueMode.BY:
        suggestion = modes.by(facts.due, facts, found, today)
    elif facts.due_mode == DueMode.AT:
        suggestion = modes.at(facts.due, found, today)
    else:
        suggestion = modes.throughout(facts.due, facts, found, today)
    others = [each.says for each in (*found.unclear, *found.aside)]
    reasons = [
        *suggestion.reasons,
        *(says for says in others if says not in suggestion.reasons),
        *found.left_out,
    ]
    if facts.due_basis == DueBasis.OURS and suggestion.outcome in _RESTS_ON_A_DATE:
        reasons.append(
            _("We set the due period, not the speaker: that it is late or missed rests on us.")
        )
    suggestion = replace(suggestion, reasons=tuple(reasons))
    return _unanswered(facts, suggestion) if facts.condition and not condition_arose else suggestion


def _void(facts: ClaimFacts) -> Suggestion:
    reason = _("Its condition never arose: “%(condition)s”.") % {"condition": facts.condition}
    if Outcome.VOID not in allowed_outcomes(facts.kind):
        return cannot_tell([reason, _("So it claims nothing that could be judged.")])
    return suggest(Outcome.VOID, Certainty.CERTAIN, [reason])


def _unanswered(facts: ClaimFacts, suggestion: Suggestion) -> Suggestion:
    ask = _("Did its condition arise: “%(condition)s”?") % {"condition": facts.condition}
    if void := allowed_outcomes(facts.kind).get(Outcome.VOID):
        ask += " " + _("If it never did, the verdict is “%(void)s”.") % {"void": void}
    return replace(
        suggestion,
        certainty=weakest(suggestion.certainty, Certainty.LIKELY),
        reasons=(
            _("It rests on a condition, and nothing is certain before that is answered."),
            *suggestion.reasons,
        ),
        ask_first=ask,
    )
