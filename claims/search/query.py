"""What is typed into a search, parsed: words, “phrases”, OR between two of them, - before one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .words import is_spaceless, words

MAX_LENGTH = 200  # characters
MAX_TERMS = 8  # words and phrases

# Half a surrogate pair, and what a decoder puts in the place of bytes that are no UTF-8.
_NO_TEXT = re.compile("[\x00\ud800-\udfff\ufffd]")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(r'(?P<minus>-?)"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>[^\s"]+)')


@dataclass(frozen=True)
class Term:
    """Words that stand one behind the other. The last of them may go on, unless it is `whole`."""

    words: tuple[str, ...]
    whole: bool = False

    @property
    def spelled(self) -> str:
        """What stands in the text of a claim that has it."""
        return f" {' '.join(self.words)}{' ' if self.whole else ''}"


@dataclass(frozen=True)
class Query:
    """Of each of `wanted` one alternative is there, and of `unwanted` none."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that may be found."""
        return tuple(term for alternatives in self.wanted for term in alternatives)


def parse(text: str) -> Query:
    """The query that `text` is.

    A word finds all that begin with it; in quotation marks words stand in that order, whole. OR
    joins the two terms beside it, so that ``a b OR c`` is a and one of b, c. Signs without a
    letter or digit say nothing. Raises ValidationError, and nothing else.
    """
    _check(text)
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    joins = follows_wanted = False
    for part in _PART.finditer(text.translate(_QUOTES)):
        if part["bare"] == "OR":
            if joins or not follows_wanted:
                raise _dangling_or()
            joins = True
            continue
        if part["bare"] is None and not part["closed"]:
            raise ValidationError(
                _("The quotation mark at position %(position)d has no other to close it.")
                % {"position": part.start("quoted")}
            )
        minus, term = _term(part)
        if not term.words:
            continue
        if joins and minus:
            raise _dangling_or()
        if minus:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins, follows_wanted = False, not minus
    if joins:
        raise _dangling_or()
    if not wanted:
        raise ValidationError(
            _("Say what to find too, not only what to leave out.")
            if unwanted
            else _("Give a word to look for: there is no letter or digit in this.")
        )
    query = Query(tuple(map(tuple, wanted)), tuple(unwanted))
    if len(query.terms) + len(unwanted) > MAX_TERMS:
        raise ValidationError(_("Give at most %(most)d words and phrases.") % {"most": MAX_TERMS})
    return query


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ValidationError(_("Give at most %(most)d characters.") % {"most": MAX_LENGTH})
    if fault := _NO_TEXT.search(text):
        raise ValidationError(
            _("Position %(position)d holds the character U+%(code)04X, which is no text.")
            % {"position": fault.start() + 1, "code": ord(fault[0])}
        )


def _term(part: re.Match[str]) -> tuple[bool, Term]:
    """Whether it is to be left out, and what it is."""
    quoted = part["bare"] is None
    text = part["quoted"] if quoted else part["bare"]
    found = list(words(text))
    last = found[-1] if found else ""
    alone = len(last) == 1 and is_spaceless(last)
    if alone and len(found) > 1 and len(found[-2]) == 2 and is_spaceless(found[-2]):
        # In the text its run may go on where this one ends: the pair before it has it already.
        found, alone = found[:-1], False
    minus = part["minus"] == "-" if quoted else text.startswith("-")
    return minus, Term(tuple(found), whole=quoted and not alone)


def _dangling_or() -> ValidationError:
    return ValidationError(
        _(
            "OR stands between two things to find: roads OR bridges. "
            "To look for the word, write it in quotation marks."
        )
    )
