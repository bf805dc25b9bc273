"""A query as a condition in SQL: the index says where it may be, the text whether it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func

from .query import Query, Term

Sql = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Spelling:
    """How an index wants its queries; words are letters and digits, so nothing is to be escaped."""

    whole: str
    beginning: str
    both: str
    either: str
    without: str

    def query(self, query: Query) -> str:
        """What has all that `query` needs. Of a phrase only its words are asked for, in whatever
        order, and one that is unwanted is not asked for at all."""
        wanted = self.both.join(
            f"({self.either.join(map(self._term, alternatives))})" for alternatives in query.wanted
        )
        unwanted = [self._term(term) for term in query.unwanted if len(term.words) == 1]
        if not unwanted:
            return wanted
        return f"({wanted}){self.without}({self.either.join(unwanted)})"

    def _term(self, term: Term) -> str:
        *before, last = term.words
        spelled = dict.fromkeys(self.whole % word for word in before)
        spelled[(self.whole if term.whole else self.beginning) % last] = None
        return f"({self.both.join(spelled)})"


FTS5 = Spelling('"%s"', '"%s"*', " AND ", " OR ", " NOT ")
TSQUERY = Spelling("'%s'", "'%s':*", " & ", " | ", " & !")


class Found(Func):
    """Whether a claim, in whatever state, is found by `query`."""

    output_field = BooleanField()

    def __init__(self, query: Query) -> None:
        self.query = query
        super().__init__(F("pk"))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        # The plus keeps SQLite from sorting all that is found: it walks the list in the list's
        # own order instead, and looks each claim up among what is found, then in its text.
        pk, params = compiler.compile(self.source_expressions[0])
        sql = f"+{pk} IN (SELECT rowid FROM claims_search WHERE claims_search MATCH %s)"
        where, spelled = self._in_text("instr")
        if where:
            sql += (
                f" AND EXISTS (SELECT 1 FROM claims_searchtext WHERE claim_id = {pk} AND {where})"
            )
        return f"({sql})", (*params, FTS5.query(self.query), *(params if where else ()), *spelled)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        # Its statistics say how many there are, so it chooses where to begin.
        pk, params = compiler.compile(self.source_expressions[0])
        where, spelled = self._in_text("strpos")
        and_where = f" AND {where}" if where else ""
        sql = f"SELECT claim_id FROM claims_searchtext WHERE words @@ %s::tsquery{and_where}"
        return f"{pk} IN ({sql})", (*params, TSQUERY.query(self.query), *spelled)

    def _in_text(self, position: str) -> Sql:
        """What is left to ask where there are phrases; nothing where the index says it all."""
        there, absent = f"{position}(text, %s) > 0", f"{position}(text, %s) = 0"
        conditions: list[str] = []
        spelled: list[str] = []
        for alternatives in self.query.wanted:
            if any(len(term.words) > 1 for term in alternatives):
                conditions.append(f"({' OR '.join([there] * len(alternatives))})")
                spelled += [term.spelled for term in alternatives]
        for term in self.query.unwanted:
            if len(term.words) > 1:
                conditions.append(absent)
                spelled.append(term.spelled)
        return " AND ".join(conditions), tuple(spelled)
