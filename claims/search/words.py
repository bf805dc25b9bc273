"""Words as search knows them: folded, and cut where a script leaves no spaces between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, combining, decimal, normalize

LONGEST = 200  # characters of a word; PostgreSQL takes 2,046 bytes

# What is no part of a word and does not end it: the soft hyphen, joiners, marks of direction, the
# byte order mark, variation selectors, the Arabic tatweel.
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
# Letters that Unicode does not take apart, though readers do; and apostrophes that it has among
# the letters.
_ALIKE = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĸ": "k",
        **dict.fromkeys("ʹʺʻʼʽˈ", " "),
    }
)
_ASCII_WORD = re.compile("[a-z0-9]+")
# Thai, Lao, Myanmar, Khmer, Hangul (whose endings are part of its words), Bopomofo, kana, Han.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff\u3005-\u3007\u3041-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff]+"
)


def fold(text: str) -> str:
    """`text` without case and accents: Unicode's compatibility caseless form (Unicode 3.13, D146)
    less the marks that readers leave out.

    Those are accents, Hebrew points and Arabic vowels, by their combining class; the vowels and
    tones of Thai or Hindi are none of them, nor is the mark that makes か into が.
    """
    if text.isascii():
        return text.lower()
    text = _IGNORED.sub("", text)
    bare = _without_accents(normalize("NFKD", text)).casefold()
    return normalize("NFC", _without_accents(normalize("NFKD", bare)).translate(_ALIKE))


def _without_accents(text: str) -> str:
    return "".join(each for each in text if not _is_accent(combining(each)))


def _is_accent(combining_class: int) -> bool:
    return 10 <= combining_class <= 36 or combining_class >= 200


def words(text: str) -> Iterator[str]:
    """The words of `text`, folded.

    A run of a script without spaces becomes the pairs of its neighbours, and its last character
    alone, so that each of its characters begins a word: 联合国 is 联合, 合国, 国.
    """
    folded = fold(text)
    if folded.isascii():
        for match in _ASCII_WORD.finditer(folded):
            yield match[0][:LONGEST]
        return
    for run in "".join(map(_letter, folded)).split():
        end = 0
        for match in _SPACELESS.finditer(run):
            if match.start() > end:
                yield run[end : match.start()][:LONGEST]
            end = match.end()
            yield from (match[0][place : place + 2] for place in range(len(match[0])))
        if end < len(run):
            yield run[end:][:LONGEST]


def _letter(character: str) -> str:
    """Itself where it is part of a word, a digit of any script as one of ours, else a blank."""
    if character.isdecimal():
        return str(decimal(character))
    if character.isalnum() or category(character) in ("Mn", "Mc"):
        return character
    return " "


def is_spaceless(word: str) -> bool:
    """Is it of a script without spaces?"""
    return _SPACELESS.match(word) is not None
