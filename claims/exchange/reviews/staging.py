"""The reviews of a file as sheets of our tables: each thing once, and only what the desk lacks."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Self
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.choices import Attribution, ClaimKind, EvidenceKind, Stance
from claims.exchange.columns import TABLES
from claims.exchange.imports.sheets import Faults, Row, Sheet
from claims.models import Source, Speaker

from .desk import KNOWN, Staged, other_ratings
from .elements import elements
from .nodes import Graph, Node, types
from .review import Party, Review, Unusable, Work, read_review

BLOCK = 250  # rows that are looked up at once
MAX_RATING = 200  # characters of Evidence.original_rating
MAX_NAMES = 1_000  # that are counted one by one; what comes after them is counted together

_IDS = uuid5(NAMESPACE_URL, "https://schema.org/ClaimReview")  # never to change
_SHEETS: dict[Any, str] = {Speaker: "speakers", Source: "sources"}  # that others name by slug


@dataclass(frozen=True)
class _Found:
    """A review in an element, where it stands there, and the address of what is around it."""

    node: Node
    place: str
    around: str


class StagedReviews:
    """Reviews of one file, on disk until they are asked for, so that memory stays flat.

    `base` is an address that relative ones are relative to, `speaker` names who made a claim
    whose review does not say, `kind` is what its claims come in as. In faults, and in rows, the
    number of the element in its file stands in place of a line.
    """

    def __init__(
        self, *, base: str = "", speaker: str = "", kind: str = ClaimKind.ASSERTION
    ) -> None:
        self.base, self.speaker, self.kind = base, speaker, kind
        self.name = ""
        self.faults = Faults()  # reviews that cannot be used
        self.reviews = 0  # that can be
        self.repeated = 0  # of them, those that were there before
        self.undated = 0  # of them, those whose claim has a day from the review
        self.cut = 0  # of them, those whose rating is whole in the summary only
        self.unmapped: Counter[str] = Counter()  # ratings that the table of stances lacks
        self.unused: Counter[str] = Counter()  # properties, by path
        self.others: Counter[str] = Counter()  # elements without a review, by type
        self.known = 0  # rows that the desk has already; of the sheets that were asked for
        self.differing = Faults()  # of them, reviews whose rating is another by now
        # A temporary file of SQLite's own, which goes when it is closed.
        self._rows = sqlite3.connect("")
        self._rows.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE rows (number INTEGER PRIMARY KEY, sheet TEXT, key TEXT, slug TEXT,"
            " line INTEGER, cells TEXT, known INTEGER DEFAULT 0, UNIQUE (sheet, key))"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._rows.close()

    def read(self, name: str, stream: BinaryIO) -> None:
        """Read the file. Raises `Unreadable` where it is no JSON."""
        self.name = name
        for element in elements(name, stream):
            graph = Graph(element.value)
            found = list(_reviews(graph.value, graph))
            for each in found:
                self._take(element.number, each)
            if not found and not element.is_frame:
                _count(self.others, _kind_of(graph.value))

    def sheets(self) -> list[Sheet]:
        """What the desk lacks, table by table, in the order in which they name each other."""
        for name in KNOWN:
            self._match(name)
        return [Sheet(TABLES[name], self.name, self._sheet(name)) for name in KNOWN]

    def _take(self, number: int, found: _Found) -> None:
        try:
            review = read_review(
                found.node, around=found.around, base=self.base, speaker=self.speaker
            )
        except Unusable as fault:
            place = ".".join(filter(None, (found.place, fault.path)))
            self.faults.add(self.name, number, place, fault.message)
            return
        self.reviews += 1
        self.undated += review.day_is_guessed
        self.cut += len(review.rating) > MAX_RATING
        for path in found.node.unused():
            _count(self.unused, path)
        if review.stance is None:
            _count(self.unmapped, review.rating[:MAX_RATING])
        self._stage(number, review)

    def _stage(self, line: int, review: Review) -> None:
        who = self._put_party(line, review.speaker)
        uid = str(uuid5(_IDS, json.dumps([who, _same(review.statement)])))
        behind = review.on_behalf_of
        claim = {
            "kind": self.kind,
            "statement": review.statement,
            "quote": review.quote,
            "quote_language": review.quote_language,
            "speaker": who,
            "speaker_role": review.speaker_role,
            "on_behalf_of": self._put_party(line, behind) if behind else "",
            "attribution": Attribution.REPORTED,
            "source": self._put_work(line, review.first) if review.first else "",
            "said_on": review.said_on,
            "refers_to": review.refers_to if self.kind == ClaimKind.ASSERTION else "",
        }
        self._put("claims", line, uid, uid, claim)
        for page in review.again:
            source = self._put_work(line, page)
            again = str(uuid5(UUID(uid), f"said again {source}"))
            appearance = {"claim": uid, "said_on": page.published_on, "source": source}
            self._put("appearances", line, again, again, appearance)
        rating = review.rating
        source = self._put_work(line, review.page)
        evidence = {
            "claim": uid,
            "kind": EvidenceKind.FACT_CHECK,
            "stance": review.stance or Stance.CONTEXT,
            "summary": review.summary,
            "source": source,
            "original_rating": (
                rating if len(rating) <= MAX_RATING else f"{rating[: MAX_RATING - 1]}…"
            ),
        }
        key = str(uuid5(UUID(uid), source))
        self.repeated += not self._put("evidence", line, key, key, evidence)

    def _put_party(self, line: int, party: Party) -> str:
        key = _same(party.name)
        cells = {
            "name": party.name,
            "kind": party.kind,
            "aliases": json.dumps(party.aliases, ensure_ascii=False) if party.aliases else "",
            "wikidata_id": party.wikidata_id,
        }
        self._put("speakers", line, key, _slug(party.name, key), cells)
        return key

    def _put_work(self, line: int, work: Work) -> str:
        host = (urlsplit(work.url).hostname or "").removeprefix("www.")
        slug = f"{slugify(host.replace('.', '-'))[:80]}-{_digest(work.url)}".lstrip("-")
        self._put("sources", line, work.url, slug, asdict(work))
        return work.url

    def _put(self, sheet: str, line: int, key: str, slug: str, cells: dict[str, str]) -> bool:
        """Whether it is the first of this key: what comes later is left out."""
        placed = self._rows.execute(
            "INSERT OR IGNORE INTO rows (sheet, key, slug, line, cells) VALUES (?, ?, ?, ?, ?)",
            (sheet, key, slug, line, json.dumps(cells)),
        )
        return placed.rowcount > 0

    def _match(self, sheet: str) -> None:
        """Note which rows the desk has, and what they are called there."""
        last = 0
        while block := self._rows.execute(
            "SELECT number, line, key, slug, cells FROM rows WHERE sheet = ? AND number > ?"
            " ORDER BY number LIMIT ?",
            (sheet, last, BLOCK),
        ).fetchall():
            last = block[-1][0]
            rows = [
                Staged(number, line, key, slug, json.loads(cells))
                for number, line, key, slug, cells in block
            ]
            there = KNOWN[sheet](rows)
            self._rows.executemany(
                "UPDATE rows SET known = 1, slug = ? WHERE number = ?",
                [(slug, number) for number, slug in there.items()],
            )
            self.known += len(there)
            if sheet == "evidence":
                self._tell_other_ratings(rows)

    def _tell_other_ratings(self, rows: list[Staged]) -> None:
        was = other_ratings(rows)
        for row in rows:
            if row.number in was:
                self.differing.add(
                    self.name,
                    row.line,
                    "reviewRating",
                    _("The desk has “%(was)s” for this review (%(uid)s), which now says “%(now)s”.")
                    % {
                        "was": was[row.number],
                        "uid": row.slug,
                        "now": row.cells["original_rating"],
                    },
                )

    def _sheet(self, sheet: str) -> Iterator[Row]:
        table = TABLES[sheet]
        named = {column.name: column.names for column in table.columns if column.names}
        for slug, line, text in self._rows.execute(
            "SELECT slug, line, cells FROM rows WHERE sheet = ? AND known = 0 ORDER BY number",
            (sheet,),
        ):
            cells = json.loads(text)
            for name, model in named.items():
                if cells.get(name) and model in _SHEETS:
                    cells[name] = self._slug_of(_SHEETS[model], cells[name])
            key = "slug" if "slug" in table.by_name else "id"
            yield Row(line, {key: slug} | cells)

    def _slug_of(self, sheet: str, key: str) -> str:
        (slug,) = self._rows.execute(
            "SELECT slug FROM rows WHERE sheet = ? AND key = ?", (sheet, key)
        ).fetchone()
        return str(slug)


def _reviews(value: Any, graph: Graph, place: str = "", around: str = "") -> Iterator[_Found]:
    """The reviews in a value, wherever they stand in it, but none within another."""
    if isinstance(value, list):
        for position, each in enumerate(value):
            yield from _reviews(each, graph, f"{place}[{position}]", around)
    elif isinstance(value, dict):
        if "ClaimReview" in types(value):
            yield _Found(Node(value, graph), place, around)
            return
        url = value.get("url")
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            around = url
        for name, each in value.items():
            yield from _reviews(each, graph, f"{place}.{name[:60]}".lstrip("."), around)


def _kind_of(value: Any) -> str:
    named = sorted(types(value)) if isinstance(value, dict) else []
    return ", ".join(named)[:100] or _("no type")


def _count(counter: Counter[str], name: str) -> None:
    counter[name if name in counter or len(counter) < MAX_NAMES else "…"] += 1


def _same(text: str) -> str:
    """What texts that differ in case, blanks or full stops only have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".")


def _slug(name: str, key: str) -> str:
    """The name in small letters, where that is all there is to it; else with a mark of its own."""
    slug = slugify(name)[:100]
    return slug if slug.replace("-", " ") == key else f"{slug}-{_digest(key)}".lstrip("-")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:10]
