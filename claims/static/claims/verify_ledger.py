#!/usr/bin/env python3
"""Check an exported ledger of Borne Out, without trusting whoever made it.

    python verify_ledger.py ledger.ndjson --manifest manifest.json --head 12.0123456789abcdef

It needs Python 3.8 or newer, and nothing else. It reads a line at a time, so a file may be larger
than the memory. For every line it recomputes both hashes:

    record_digest  SHA-256 of the salt, then the record as canonical JSON
    hash           SHA-256 of this as canonical JSON: at, cause, fields_changed, key, number,
                   operation, previous_hash, record_digest, subject

Canonical JSON has sorted keys, no spaces, letters of every script as themselves, and is UTF-8: for
what stands in a ledger, the form of RFC 8785. A record that was removed by law is null, like its
salt; its digest stays, so the chain still checks, and such lines are counted.

What this proves: with --head, a head that you noted earlier (from the feed, a list's answer or a
manifest), that everything up to it is as it was then, and in the same order. Without it, only that
the file agrees with itself: whoever can write a whole ledger anew can make such a file.

Exit codes: 0 it checks; 1 it does not; 2 the question cannot be answered (a file that cannot be
read, or wrong arguments).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from typing import Any

GENESIS = "0" * 64  # the hash before the first entry
FORMAT = 1
HASHED = (
    "at",
    "cause",
    "fields_changed",
    "key",
    "number",
    "operation",
    "previous_hash",
    "record_digest",
    "subject",
)
KEYS = {*HASHED, "cursor", "hash", "record", "salt"}
HEAD = re.compile(r"([0-9]{1,18})\.([0-9a-f]{16,64})")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class DoesNotCheck(Exception):
    """What is wrong, and where."""


class CannotSay(Exception):
    """Why there is no answer."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", help="the exported file: ledger.ndjson")
    parser.add_argument("--manifest", help="the manifest.json that was exported with it")
    parser.add_argument(
        "--head",
        type=_head,
        help="a head that you noted earlier, such as 12.0123456789abcdef",
    )
    asked = parser.parse_args(arguments)
    try:
        print(check(asked.ledger, asked.manifest, asked.head))
    except DoesNotCheck as fault:
        print(f"DOES NOT CHECK. {fault}", file=sys.stderr)
        return 1
    except RecursionError:
        print("DOES NOT CHECK. Something in it is nested too deeply.", file=sys.stderr)
        return 1
    except CannotSay as reason:
        print(f"Cannot say. {reason}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Cannot say. {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def _head(text: str) -> tuple[int, str]:
    match = HEAD.fullmatch(text)
    if not match:
        raise argparse.ArgumentTypeError(
            "a head looks like 12.0123456789abcdef: a number, a point, 16 to 64 digits of a hash"
        )
    return int(match[1]), match[2]


def check(ledger: str, manifest_path: str | None, head: tuple[int, str] | None) -> str:
    """What is to be said of a file that checks. Raises DoesNotCheck, CannotSay or OSError."""
    manifest = read_manifest(manifest_path) if manifest_path else None
    whole = hashlib.sha256()
    number, last, at, redacted = 0, GENESIS, "", 0
    compare_with_noted(number, last, head)
    with open(ledger, "rb") as file:
        for line in file:
            whole.update(line)
            entry = read_line(line, number + 1)
            at, gone = check_entry(entry, number + 1, last, at)
            number, last, redacted = number + 1, entry["hash"], redacted + gone
            compare_with_noted(number, last, head)
    if head and head[0] > number:
        raise DoesNotCheck(
            f"The noted head is number {head[0]}, but the file ends at {number}: "
            "it was made before that head, or its end is missing."
        )
    if manifest:
        compare_with_manifest(manifest, number, whole.hexdigest(), f"{number}.{last}")
    advice = (
        f" Everything up to number {head[0]} is as it was when that head was noted."
        if head
        else " Without --head this shows only that the file agrees with itself."
    )
    return f"Checks: {number} entries, {redacted} of them redacted; head {number}.{last}.{advice}"


def read_manifest(path: str) -> dict[str, Any]:
    with open(path, "rb") as file:
        try:
            manifest = json.loads(file.read().decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise CannotSay(f"{path} is no JSON: {error}.") from error
    if not isinstance(manifest, dict) or not {"format", "rows", "sha256", "head"} <= set(manifest):
        raise CannotSay(f"{path} is no manifest: it names no format, rows, sha256 and head.")
    if manifest["format"] != FORMAT:
        raise CannotSay(
            f"{path} is in format {manifest['format']}, and this script knows {FORMAT}: "
            "get the script anew."
        )
    return manifest


def read_line(line: bytes, number: int) -> dict[str, Any]:
    """The entry on the line of this number."""
    if not line.endswith(b"\n"):
        raise DoesNotCheck(f"Line {number} is cut off: the end of the file is missing.")
    try:
        entry = json.loads(line.decode("utf-8"), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise DoesNotCheck(f"Line {number} is no JSON: {error}.") from error
    if not isinstance(entry, dict) or set(entry) != KEYS:
        names = ", ".join(sorted(KEYS))
        raise DoesNotCheck(f"Line {number} should be an object with just these: {names}.")
    return entry


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that is there twice is read one way here and another way elsewhere."""
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a key stands in it twice")
    return names


def check_entry(
    entry: dict[str, Any], number: int, previous: str, earlier: str
) -> tuple[str, bool]:
    """When this entry is of, and whether its record is gone."""
    if type(entry["number"]) is not int or entry["number"] != number:
        raise DoesNotCheck(
            f"Line {number} has entry {entry['number']!r}, but entry {number} should stand here: "
            "lines are missing or not in order."
        )
    if entry["previous_hash"] != previous:
        raise DoesNotCheck(
            f"Entry {number} follows {entry['previous_hash']}, "
            f"but the hash of the entry before it is {previous}."
        )
    at = entry["at"]
    if not isinstance(at, str) or not INSTANT.fullmatch(at):
        raise DoesNotCheck(f"Entry {number} is of {at!r}, which is no instant.")
    if at < earlier:
        raise DoesNotCheck(f"Entry {number} is of {at}, which is before {earlier}.")
    gone = entry["record"] is None and entry["salt"] is None
    if not gone:
        if entry["record"] is None or not isinstance(entry["salt"], str):
            raise DoesNotCheck(f"Entry {number} lacks its record or the salt of it, but not both.")
        digest = sha256(entry["salt"] + canonical(entry["record"]), number)
        if digest != entry["record_digest"]:
            raise DoesNotCheck(
                f"Entry {number}: its record has the digest {digest}, "
                f"not {entry['record_digest']}: it was altered."
            )
    recomputed = sha256(canonical({name: entry[name] for name in HASHED}), number)
    if recomputed != entry["hash"]:
        raise DoesNotCheck(
            f"Entry {number} hashes to {recomputed}, not {entry['hash']}: it was altered."
        )
    if entry["cursor"] != f"{number}.{recomputed[:16]}":
        raise DoesNotCheck(f"Entry {number}: its cursor is not made of its number and hash.")
    return at, gone


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str, number: int) -> str:
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise DoesNotCheck(f"Entry {number} holds what is no text: {error}.") from error


def compare_with_noted(number: int, last: str, head: tuple[int, str] | None) -> None:
    if head and head[0] == number and not last.startswith(head[1]):
        raise DoesNotCheck(
            f"Entry {number} has the hash {last}, but the noted head says {head[1]}: "
            "this is another history."
        )


def compare_with_manifest(manifest: dict[str, Any], rows: int, digest: str, head: str) -> None:
    for name, is_so in (("rows", rows), ("head", head), ("sha256", digest)):
        if manifest[name] != is_so:
            raise DoesNotCheck(f"Its {name} is {is_so}, but the manifest says {manifest[name]}.")


if __name__ == "__main__":
    sys.exit(main())
