"""Two texts, word by word: what was kept, what went, what came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

KEPT, REMOVED, ADDED = "kept", "removed", "added"

# Insertions and deletions that a comparison looks for, so that its cost is bounded: about
# EDITS² steps. Texts further apart than this are compared by sentences, then not at all.
EDITS = 250
# Between two changes a stretch shorter than this, and than both, reads better as part of them.
SHORT = 20

# Scripts that put no spaces between words: here each character stands alone.
_SPACELESS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
# What joins the character before it, beside the combining marks: joiners, skin tones, tags,
# the inner letters of Korean syllables, Thai and Lao AM, half-width voicing marks.
_JOINING = (
    "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
    "\u1160-\u11ff\ud7b0-\ud7fb\u0e33\u0eb3\uff9e\uff9f"
)
_PLANES = (range(0x20000), range(0xE0100, 0xE01F0))  # where Unicode has combining marks


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was `kept`, `removed` or `added`."""

    kind: str
    text: str


def runs(before: str, after: str) -> list[Run]:
    """The way from one text to the other.

    Kept and removed runs joined are `before`, kept and added ones `after`. No run is empty; where
    something takes the place of something, the removed run comes first.
    """
    old, new = words(before), words(after)
    steps = _shortest_way(old, new)
    if steps is None:
        steps = _shortest_way(_sentences(old), _sentences(new))
    if steps is None:
        steps = [(REMOVED, before), (ADDED, after)]
    return [
        Run(kind, text)
        for removed, added, kept in map(_without_common_end, _readable(_stretches(steps)))
        for kind, text in ((REMOVED, removed), (ADDED, added), (KEPT, kept))
        if text
    ]


def words(text: str) -> list[str]:
    """The text cut into words, blanks and signs, which joined are the text again.

    No cut falls inside what a reader takes for one character (a grapheme cluster, as nearly as
    UAX 29 can be had from the standard library).
    """
    return _pattern().findall(text)


@cache
def _pattern() -> re.Pattern[str]:
    marks = "".join(
        chr(code)
        for plane in _PLANES
        for code in plane
        if unicodedata.category(chr(code)).startswith("M")
    )
    joins = f"[{marks}{_JOINING}]"
    letters = rf"(?:[^\W{_SPACELESS}]{joins}*+)++"
    return re.compile(
        rf"(?:\s(?!{joins}))++"
        # A word, with the apostrophes inside it; a number, with its points and commas.
        rf"|{letters}(?:(?:['’](?=\w)|(?<=[0-9])[.,](?=[0-9])){letters})*+"
        rf"|[\U0001f1e6-\U0001f1ff]{{2}}{joins}*+"  # a flag
        # Anything else, with what a zero-width joiner ties to it.
        rf"|.{joins}*+(?:(?<=\u200d).{joins}*+)*+",
        re.DOTALL,
    )


def _sentences(tokens: Iterable[str]) -> list[str]:
    """Words joined up to each end of a sentence or line, with the blanks behind it."""
    found, ended = [""], False
    for token in tokens:
        if ended and not token.isspace():
            found.append("")
        found[-1] += token
        ended = token in (*".!?…。！？؟।",) or (token.isspace() and (ended or "\n" in token))
    return found


def _shortest_way(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]] | None:
    """Steps from `old` to `new` with the fewest changes; None where that takes over EDITS.

    E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).
    """
    reach = {1: 0}  # how far into `old` each diagonal has come
    trail: list[dict[int, int]] = []
    for edits in range(min(EDITS, len(old) + len(new)) + 1):
        trail.append(reach.copy())
        for diagonal in range(-edits, edits + 1, 2):
            came_from = _neighbour(reach, diagonal, edits)
            x = reach[came_from] + (came_from < diagonal)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _walked(old, new, trail)
    return None


def _neighbour(reach: dict[int, int], diagonal: int, edits: int) -> int:
    """The diagonal from which the last change came: above, an addition; below, a removal."""
    if diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return diagonal + 1
    return diagonal - 1


def _walked(
    old: Sequence[str], new: Sequence[str], trail: Sequence[dict[int, int]]
) -> list[tuple[str, str]]:
    steps = []
    x, y = len(old), len(new)
    for edits in range(len(trail) - 1, -1, -1):
        came_from = _neighbour(trail[edits], x - y, edits)
        from_x = trail[edits][came_from]
        from_y = from_x - came_from
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            steps.append((KEPT, old[x]))
        if edits:
            steps.append((ADDED, new[from_y]) if x == from_x else (REMOVED, old[from_x]))
        x, y = from_x, from_y
    steps.reverse()
    return steps


Stretch = tuple[str, str, str]  # removed, added, and what is kept behind them


def _stretches(steps: Iterable[tuple[str, str]]) -> list[Stretch]:
    found: list[dict[str, str]] = [{REMOVED: "", ADDED: "", KEPT: ""}]
    for kind, token in steps:
        if kind != KEPT and found[-1][KEPT]:
            found.append({REMOVED: "", ADDED: "", KEPT: ""})
        found[-1][kind] += token
    return [(each[REMOVED], each[ADDED], each[KEPT]) for each in found]


def _readable(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbouring changes made one where next to nothing was kept between them."""
    found: list[Stretch] = []
    for removed, added, kept in stretches:
        if found:
            earlier_removed, earlier_added, between = found[-1]
            change = max(len(earlier_removed), len(earlier_added))
            least = min(change, max(len(removed), len(added)), SHORT)
            if change and (between.isspace() or len(between) <= least):
                found[-1] = (
                    earlier_removed + between + removed,
                    earlier_added + between + added,
                    kept,
                )
                continue
        found.append((removed, added, kept))
    return found


def _without_common_end(stretch: Stretch) -> Stretch:
    """The blanks behind both sides of a change are kept."""
    removed, added, kept = stretch
    blanks = removed[len(removed.rstrip()) :]
    if not blanks or blanks != added[len(added.rstrip()) :]:
        return stretch
    return removed.removesuffix(blanks), added.removesuffix(blanks), blanks + kept
