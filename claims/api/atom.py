"""Atom documents (RFC 4287): Django's generator, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from .subscriptions import legible

MEDIA_TYPE = "application/atom+xml"
NOTHING_YET = datetime.fromtimestamp(0, UTC)  # an empty feed has to say when it was updated


class AtomFeed(Atom1Feed):
    """Its bytes depend on what it is given alone, never on the clock."""

    def __init__(self, *, links: Mapping[str, str | None], **facts: Any) -> None:
        """`links` are to its other pages, by relation (RFC 5005, 3); None: there is none."""
        super().__init__(**facts, links={rel: each for rel, each in links.items() if each})

    def add_entry(
        self,
        *,
        uid: str,
        link: str,
        title: str,
        html: str,
        published: datetime,
        updated: datetime,
        topics: Sequence[Mapping[str, str]],
    ) -> None:
        """`html` is its content, safe; `topics` have a slug and a name."""
        self.add_item(
            title=legible(title),
            link=link,
            description=None,  # type: ignore[arg-type] # it would be a summary
            unique_id=f"urn:uuid:{uid}",
            pubdate=published,
            updateddate=updated,
            html=legible(html),
            topics=topics,
        )

    def latest_post_date(self) -> datetime:
        return max((each["updateddate"] for each in self.items), default=NOTHING_YET)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["links"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for topic in item["topics"]:
            label = legible(topic["name"])
            handler.addQuickElement("category", "", {"term": topic["slug"], "label": label})
        handler.addQuickElement("content", item["html"], {"type": "html"})
