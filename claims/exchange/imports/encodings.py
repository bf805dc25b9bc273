"""Bytes into physical lines of text: which encoding they are in, and what is no text in it."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from claims.filter_fields import nearest

from .sheets import Fault, Unreadable

MAX_LINE = 2_000_000  # characters, of a line and of a row: whatever has no end is none of ours
HEAD = 512  # bytes that a file is told by

# UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
# Those that can be asked for, as Python calls them: none keeps a state from line to line.
ENCODINGS = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "ascii"),
    *(f"cp{page}" for page in range(1250, 1259)),
    *(f"iso8859-{part}" for part in range(1, 17) if part != 12),
    *("cp437", "cp850", "cp852", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
    *("shift_jis", "cp932", "euc_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr", "cp949"),
)

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_LONE_RETURN = re.compile("\r(?!\n)")
_BAD = re.compile("[\0\udc80-\udcff]|\r(?!\n)")
_BAD_OR_REPLACED = re.compile("[\0\ufffd]|\r(?!\n)")


@dataclass(frozen=True)
class Encoding:
    """How the bytes of one file are read, and how sure that is."""

    codec: str  # Python's name
    marked: bool = False  # the file begins with its byte order mark
    asked: bool = False  # somebody said so

    @property
    def label(self) -> str:
        return self.codec.upper() if self.codec.startswith("utf") else self.codec

    @property
    def note(self) -> str:
        if self.marked:
            return _("Its encoding is %(encoding)s: it begins with that byte order mark.") % {
                "encoding": self.label
            }
        if self.asked:
            return _("Its encoding is %(encoding)s, as you say.") % {"encoding": self.label}
        return _("Its encoding is %(encoding)s.") % {"encoding": self.label}

    @property
    def wide(self) -> int:
        """Bytes of an ASCII character."""
        return 4 if self.codec.startswith("utf-32") else 2 if self.codec.startswith("utf-16") else 1


def encoding_of(head: bytes, asked: str = "") -> Encoding:
    """The encoding of a file that begins with `head`: as its mark says, as asked, or UTF-8.

    Raises ValueError where `asked` is none that is known here, or not what the mark says.
    """
    codec = _codec(asked)
    for marked, mark in _MARKS.items():
        if head.startswith(mark):
            if codec not in ("", marked, marked[:6]):
                raise ValueError(
                    _(
                        "The file begins with the byte order mark of %(marked)s, so it is not "
                        "%(asked)s: leave the encoding out."
                    )
                    % {"marked": marked.upper(), "asked": asked}
                )
            return Encoding(marked, marked=True)
    if codec:
        return Encoding(
            {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(codec, codec), asked=True
        )
    for order, zeros, letters in (("le", head[1::2], head[::2]), ("be", head[::2], head[1::2])):
        if zeros and 0 not in letters and zeros.count(0) > len(zeros) * 0.8:
            raise ValueError(
                _(
                    "The file looks like UTF-16 without a byte order mark: save it as UTF-8, or "
                    "say encoding=utf-16-%(order)s."
                )
                % {"order": order}
            )
    return Encoding("utf-8")


def _codec(asked: str) -> str:
    """Python's name of the encoding that is asked for. Raises ValueError."""
    if not asked:
        return ""
    try:
        codec = codecs.lookup(asked).name.removesuffix("-sig")
    except (LookupError, ValueError):  # ValueError: a NUL in it
        codec = ""
    if codec not in ENCODINGS:
        raise ValueError(
            _("There is no encoding “%(asked)s” here; such as utf-8, utf-16, cp1252, cp1251.")
            % {"asked": asked[:60]}
            + nearest(asked[:60], ENCODINGS)
        )
    return codec


@dataclass(frozen=True)
class BadCharacter:
    """The first thing in a row that is no text."""

    line: int
    message: str


class Lines:
    """The physical lines of a file as text, none longer than MAX_LINE characters.

    What is no text (bytes that are none in the encoding, NUL, a carriage return alone) stands in
    a line as U+DC00 and the byte (of UTF-16 and UTF-32: U+DCFF), so that its cell can be found;
    `bad` is the first of those since `begin`.

    Raises Unreadable where a line, or a row of several, has no end.
    """

    def __init__(self, stream: BinaryIO, encoding: Encoding, name: str) -> None:
        self.number = 0  # of the line read last, from 1
        self.bad: BadCharacter | None = None
        self._encoding = encoding
        self._name = name
        self._begin = 1
        self._length = 0  # characters since `begin`
        self._offset = 0  # bytes before the line
        self._stream = stream

    def __iter__(self) -> Generator[str, None, None]:
        errors = "surrogateescape" if self._encoding.wide == 1 else "replace"
        suspect = _BAD if self._encoding.wide == 1 else _BAD_OR_REPLACED
        # Only a line feed ends a line: that is how a quoted cell keeps its own line ends.
        reader = io.TextIOWrapper(
            self._stream, encoding=self._encoding.codec, errors=errors, newline="\n"
        )
        try:
            while line := reader.readline(MAX_LINE + 1):
                self.number += 1
                self._length += len(line)
                if self._length > MAX_LINE:
                    raise self.unreadable(self._endless(len(line) > MAX_LINE))
                if self.number == 1:
                    line = self._without_mark(line)
                text = line
                if suspect.search(line):
                    self._note(line, suspect)
                    text = _LONE_RETURN.sub("\udc0d", line.replace("\0", "\udc00"))
                    if self._encoding.wide > 1:
                        text = text.replace("\ufffd", "\udcff")
                self._offset += self._bytes_of(line)
                yield text
        finally:
            reader.detach()  # the stream is somebody else's to close

    def begin(self) -> int:
        """The number of the line that comes, in which a row begins."""
        self.bad = None
        self._length = 0
        self._begin = self.number + 1
        return self._begin

    def unreadable(self, message: str, line: int = 0) -> Unreadable:
        return Unreadable(Fault(self._name, line or self._begin, "", message))

    def _without_mark(self, line: str) -> str:
        if self._encoding.marked:
            self._offset = len(_MARKS[self._encoding.codec])
            return line.removeprefix("\ufeff")
        return line

    def _endless(self, one_line: bool) -> str:
        if one_line:
            return _("The line is longer than %(most)d characters.") % {"most": MAX_LINE}
        return _(
            "The row is longer than %(most)d characters, to line %(line)d: is a quote never closed?"
        ) % {"most": MAX_LINE, "line": self.number}

    def _bytes_of(self, text: str) -> int:
        if text.isascii():
            return len(text) * self._encoding.wide
        errors = "surrogateescape" if self._encoding.wide == 1 else "replace"
        return len(text.encode(self._encoding.codec, errors))

    def _note(self, line: str, suspect: re.Pattern[str]) -> None:
        found = suspect.search(line)
        if found is None or self.bad:
            return
        character, offset = found[0], self._offset + self._bytes_of(line[: found.start()])
        if character == "\0":
            message = _("Here is a NUL character (byte %(offset)d of the file); take it out.") % {
                "offset": offset
            }
        elif character == "\r":
            message = _(
                "Here is a carriage return without a line feed (byte %(offset)d of the file): save "
                "the file with line ends of Windows or Unix, and take it out of texts."
            ) % {"offset": offset}
        elif character == "\ufffd":
            message = _(
                "Here are bytes that are no %(encoding)s (byte %(offset)d of the file), or U+FFFD, "
                "which stands for lost text: save the file anew, as UTF-8."
            ) % {"encoding": self._encoding.label, "offset": offset}
        else:
            message = _(
                "Byte %(offset)d of the file (0x%(byte)02X) is not %(encoding)s: save it as UTF-8."
            ) % {
                "offset": offset,
                "byte": ord(character) - 0xDC00,
                "encoding": self._encoding.label,
            }
            if self._encoding.codec == "utf-8" and not self._encoding.marked:
                message += " " + _in_old_encodings(line, found.start())
        self.bad = BadCharacter(self.number, message)


def _in_old_encodings(line: str, at: int) -> str:
    """What the word around a stray byte would be, in the two encodings it is likeliest in."""
    before = re.search(r"[^\s,;\"']{0,20}\Z", line[max(at - 20, 0) : at])
    after = re.match(r"[^\s,;\"']{1,20}", line[at : at + 20])
    word = (before[0] if before else "") + (after[0] if after else line[at])
    raw = word.encode("utf-8", "surrogateescape")
    return _(
        "In Windows-1252 it would be “%(western)s”, in Windows-1251 “%(cyrillic)s”: if one of them "
        "is right, say encoding=cp1252 or encoding=cp1251."
    ) % {"western": raw.decode("cp1252", "replace"), "cyrillic": raw.decode("cp1251", "replace")}


def is_bad(text: str) -> bool:
    """Whether something in `text` is no text, as `Lines` marks it."""
    return _NO_TEXT.search(text) is not None


def mended(text: str) -> str:
    """`text` with U+FFFD for what is none, as it may be shown and stored."""
    return _NO_TEXT.sub("\ufffd", text)
