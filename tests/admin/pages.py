"""The admin's pages as a browser meets them: where they are, and what it would post."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from claims.models import Claim


class _Form(HTMLParser):
    """The controls of the page's own form: the one marked `novalidate`."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.inside = False
        self.textarea = ""
        self.select = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        attrs = dict(attributes)
        if tag == "form":
            self.inside = "novalidate" in attrs
        if not self.inside:
            return
        if tag == "input" and attrs.get("name"):
            ticked = attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs
            if ticked and attrs.get("type") != "submit":
                self.put(attrs["name"], attrs.get("value") or "")
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.put(self.textarea, "")
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and self.select and "selected" in attrs:
            self.put(self.select, attrs["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.textarea:
            text = self.data[self.textarea][-1]
            # The line feed that opens a text area is not part of its text.
            self.data[self.textarea][-1] = text.removeprefix("\n").removeprefix("\r\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.textarea:
            self.data[self.textarea][-1] += data

    def put(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


def filled(response: Any, **changes: Any) -> dict[str, Any]:
    """The form of a page as it stands, with some controls set to something else."""
    assert response.status_code == 200, response
    form = _Form()
    form.feed(response.content.decode())
    assert "csrfmiddlewaretoken" in form.data
    return form.data | changes


def new_row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """One more row, the `number`th of its formset from 0, as the page's script would add it."""
    return {
        f"{prefix}-TOTAL_FORMS": str(number + 1),
        **{f"{prefix}-{number}-{name}": value for name, value in values.items()},
    }


def page_of(row: Any, page: str = "change") -> str:
    """The address of a row's page in the admin."""
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/{page}/"


def stored(claim: Claim) -> Claim:
    """The claim as the database has it."""
    return Claim.objects.get(pk=claim.pk)
