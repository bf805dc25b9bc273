"""What one ClaimReview says, in our words for it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from claims.choices import SpeakerKind, Stance
from claims.dates import FuzzyDate
from claims.models import Claim, Evidence, Source, Speaker

from .nodes import Node
from .stances import stance_of, stance_of_number
from .values import address, cut, date, language, most, short

_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]{0,14})/?")
_ORGANISATIONS = {"Corporation", "NGO", "PoliticalParty", "Airline", "Consortium", "SportsTeam"}


class Unusable(Exception):
    """A review that makes no claim of ours: the property at fault, and what would be right."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


@dataclass(frozen=True)
class Party:
    """Who spoke, or whom it was said for."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    wikidata_id: str = ""


@dataclass(frozen=True)
class Work:
    """A page: where something was said, or the review itself."""

    url: str
    archive_url: str
    publisher: str
    title: str
    published_on: str
    language: str


@dataclass(frozen=True)
class Review:
    statement: str
    speaker: Party
    speaker_role: str
    on_behalf_of: Party | None
    said_on: str
    day_is_guessed: bool  # from the day of the review
    first: Work | None
    again: tuple[Work, ...]  # each with a date
    refers_to: str
    quote: str
    quote_language: str
    page: Work
    rating: str  # verbatim, whole; a number where there are no words; empty: none
    stance: Stance | None  # None: the table does not know the rating
    summary: str


def read_review(node: Node, *, around: str, base: str, speaker: str) -> Review:
    """Read a review. `around` is the address of what it stands in, `base` what relative ones are
    relative to where nothing else says so, `speaker` who speaks where it names nobody.

    Raises `Unusable`.
    """
    item = node.node("itemReviewed") or Node({}, node.graph, "itemReviewed")
    statement = node.text("claimReviewed")
    if not statement and "Claim" in item.types:
        statement = item.text("text")
    if not statement:
        raise Unusable("claimReviewed", _("The review does not say which claim it is about."))
    if len(statement) > most(Claim, "statement"):
        raise Unusable(
            "claimReviewed",
            _("It has %(length)d characters; a statement has at most %(most)d.")
            % {"length": len(statement), "most": most(Claim, "statement")},
        )
    page = _page(node, around, base)
    who, role = _speaker(item, speaker)
    works = [work for part in _appearances(item) if (work := _work(part, page.url))]
    works = [work for work in works if work.url != page.url]
    first = works[0] if works else None
    said_on = date(item, "datePublished", "dateCreated") or (first.published_on if first else "")
    guessed = not said_on
    if guessed and page.published_on:
        said_on = f"{page.published_on[:7]}?"
    if not said_on:
        raise Unusable(
            "datePublished",
            _("Neither the claim nor the review has a date, such as 2020-10-16."),
        )
    quotation = _quotation(item)
    rating, stance, number = _rating(node)
    return Review(
        statement=statement,
        speaker=who,
        speaker_role=role,
        on_behalf_of=_party(item, "sourceOrganization"),
        said_on=said_on,
        day_is_guessed=guessed,
        first=first,
        again=_again(item, works[1:]),
        refers_to=_period(item),
        quote=short(quotation, "text", Claim, "quote") if quotation else "",
        quote_language=language(quotation) if quotation else "",
        page=page,
        rating=rating,
        stance=stance,
        summary=_summary(node, page, rating, number),
    )


def _page(node: Node, around: str, base: str) -> Work:
    """The page of the review. Who published its markup (`sdPublisher`) may be a tool on another
    site, so that a relative address is never taken to be there."""
    authors = [*node.nodes("author"), *node.nodes("publisher")]
    bases = [url for each in authors if (url := each.link("url"))]
    main = node.node("mainEntityOfPage")
    found = [node.link("url"), main.text("url", "name") or main.id if main else "", node.id, around]
    for text in filter(None, found):
        if url := address(text, around, *bases, base):
            names = [name for each in authors if (name := each.text("name"))]
            return Work(
                url=url,
                archive_url="",
                publisher=cut(names[0] if names else _host(url), most(Source, "publisher")),
                title=cut(node.text("headline", "name") or url, most(Source, "title")),
                published_on=date(node, "datePublished", "dateCreated", "dateModified"),
                language=language(node),
            )
    raise Unusable(
        "url",
        _("“%(url)s” is no web address; for relative ones, say what they are relative to.")
        % {"url": next(filter(None, found))[:100]}
        if any(found)
        else _("The review has no address, such as https://example.org/check."),
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _speaker(item: Node, unnamed: str) -> tuple[Party, str]:
    for name in ("author", "creator"):
        if party := _party(item, name):
            node = item.node(name)
            return party, short(node, "jobTitle", Claim, "speaker_role") if node else ""
    if unnamed:
        return Party(unnamed, SpeakerKind.PERSON), ""
    raise Unusable(
        "itemReviewed.author",
        _("The review does not name who made the claim: a Person or Organization with a name."),
    )


def _party(item: Node, name: str) -> Party | None:
    """The first of them with a name that fits."""
    for node in item.nodes(name):
        text = short(node, "name", Speaker, "name")
        if not text or not any(map(str.isalnum, text)):
            continue
        organisation = any(
            each.endswith("Organization") or each in _ORGANISATIONS for each in node.types
        )
        pages = node.texts("sameAs")
        known = [match[1] for each in pages if (match := _WIKIDATA.fullmatch(each))]
        if len(pages) > len(known[:1]):
            node.refuse("sameAs")
        return Party(
            name=text,
            kind=SpeakerKind.ORGANISATION if organisation else SpeakerKind.PERSON,
            aliases=tuple(dict.fromkeys(each[:200] for each in node.texts("alternateName"))),
            wikidata_id=known[0] if known else "",
        )
    return None


def _appearances(item: Node) -> list[Node]:
    """Where it was said, first things first. Before there was a type Claim, the item reviewed was
    the work itself."""
    works = [*item.nodes("firstAppearance"), *item.nodes("appearance")]
    if not works and "Claim" not in item.types and item.thing.get("url"):
        return [item]
    return works


def _work(node: Node, page: str) -> Work | None:
    """None: it has no address by which to find it."""
    text = node.link("url") or node.id
    url = address(text, page) if text else ""
    if not url:
        node.refuse("url")
        return None
    publisher = node.node("publisher")
    name = publisher.text("name") if publisher else ""
    return Work(
        url=url,
        archive_url=address(node.link("archivedAt")),
        publisher=cut(name or _host(url), most(Source, "publisher")),
        title=cut(node.text("headline", "name") or url, most(Source, "title")),
        published_on=date(node, "datePublished", "dateCreated"),
        language=language(node),
    )


def _again(item: Node, works: list[Work]) -> tuple[Work, ...]:
    """An appearance is dated: of those that are not, nobody knows when it was said again."""
    for work in works:
        if not work.published_on:
            item.refuse("appearance (undated)")
    return tuple(work for work in works if work.published_on)


def _period(item: Node) -> str:
    text = item.text("temporalCoverage")
    with suppress(ValueError):
        return FuzzyDate.parse(text).text if text else ""
    item.refuse("temporalCoverage")
    return ""


def _quotation(item: Node) -> Node | None:
    return next((each for each in item.nodes("isBasedOn") if "Quotation" in each.types), None)


def _rating(node: Node) -> tuple[str, Stance | None, str]:
    """The words of the rating, where they point, and its number with its scale."""
    rating = node.node("reviewRating")
    if rating is None:
        return "", Stance.CONTEXT, ""
    value = rating.text("ratingValue")
    worst, best = rating.text("worstRating"), rating.text("bestRating")
    number = value if re.fullmatch(r"[-+]?[0-9]+(?:[.,][0-9]+)?", value) else ""
    # A plain text in place of the object is its name.
    words = rating.text("alternateName", "name") or ("" if number else value)
    if number and worst and best:
        number = _("%(value)s on a scale from %(worst)s (worst) to %(best)s (best)") % {
            "value": value[:20],
            "worst": worst[:20],
            "best": best[:20],
        }
    if words:
        return words, stance_of(words), number
    if number:
        return value[:20], stance_of_number(value, worst, best), number
    return "", Stance.CONTEXT, ""


def _summary(node: Node, page: Work, rating: str, number: str) -> str:
    """What the review shows: in its own words if it has some, with the whole of its rating."""
    parts = [
        (_("%(desk)s rated it: %(rating)s") if rating else _("%(desk)s reviewed it."))
        % {"desk": page.publisher, "rating": rating}
    ]
    if number:
        parts.append(_("Rating %(number)s.") % {"number": number})
    explained = node.node("reviewRating")
    body = node.text("reviewBody", "description") or (
        explained.text("ratingExplanation") if explained else ""
    )
    return cut("\n".join([*parts, *([body] if body else [])]), most(Evidence, "summary"))
