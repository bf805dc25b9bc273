"""That all contenders give the same answers, before anybody measures how fast they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.request import Request, urlopen

from .contenders import HOST, PRODUCT, Server

PAGE = 50  # claims, for all contenders
TRIED = 3  # addresses of each question


class AnswersDiffer(Exception):
    """A contender says something else than the product, so that speed would mean nothing."""


def check(
    servers: Mapping[str, Server], questions: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    """Raise `AnswersDiffer` unless all give full pages of the same claims, word for word."""
    for question, addresses in questions.items():
        if len(addresses) == 1:
            continue
        for position in range(min(TRIED, len(addresses[PRODUCT]))):
            answers = {
                name: _claims(servers[name], paths[position]) for name, paths in addresses.items()
            }
            wanted = answers[PRODUCT]
            if question.startswith("list") and len(wanted) != PAGE:
                raise AnswersDiffer(f"{question}: {len(wanted)} claims and not a page of {PAGE}")
            for name, claims in answers.items():
                if [each["uid"] for each in claims] != [each["uid"] for each in wanted]:
                    raise AnswersDiffer(f"{question}: {name} lists other claims than {PRODUCT}")
                for given, meant in zip(claims, wanted, strict=True):
                    if fields := [key for key in meant if given.get(key) != meant[key]]:
                        raise AnswersDiffer(f"{question}: {name} differs in {', '.join(fields)}")


def _claims(server: Server, path: str) -> list[dict[str, Any]]:
    """The claims of a page, or the one claim; the format number is the product's own matter."""
    with urlopen(f"http://{HOST}:{server.port}{path}", timeout=60) as answer:
        content = json.load(answer)
    claims = content.get("results", [content])
    return [{key: each[key] for key in each if key != "format"} for each in claims]


def tag(server: Server, path: str) -> str:
    """The ETag of an answer to `load.request`."""
    asked = Request(f"http://{HOST}:{server.port}{path}", headers={"Host": HOST})
    with urlopen(asked, timeout=60) as answer:  # noqa: S310 (our own server)
        return str(answer.headers["ETag"])
