"""Breaking text into lines: at spaces, and inside a word only where it alone is wider than the line."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from .fonts import width

Measure = Callable[[str], float]
LINE_HEIGHT = 1.2
# A paragraph and its figure, an amount and its unit never part.
_BOUND = re.compile(r"(§|\bNr\.|\bAbs\.|\bS\.|\bEUR) (?=\d)|(?<=\d) (?=€|%|cm²|Abs\.)|(?<=\d[a-z]) (?=Abs\.)")


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in a column of `room` points; line breaks in the text are kept, it is never empty."""
    wide = partial(width, size=size, bold=bold)
    lines: list[str] = []
    for paragraph in _plain(text).splitlines() or [""]:
        lines += _filled_lines(paragraph, room, wide) if wide(paragraph) > room else [paragraph]
    return lines


def _plain(text: str) -> str:
    # Soft hyphens would be printed as hyphens in the middle of a line.
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").expandtabs(4)
    return _BOUND.sub(lambda found: (found[1] or "") + "\u00a0", text)


def _filled_lines(paragraph: str, room: float, wide: Measure) -> Iterator[str]:
    space = wide(" ")
    line: list[str] = []
    used = 0.0
    for word in _words(paragraph, room, wide):
        needed = wide(word)
        if line and used + space + needed > room:
            yield " ".join(line)
            line, used = [], 0.0
        used += needed + (space if line else 0.0)
        line.append(word)
    yield " ".join(line)


def _words(paragraph: str, room: float, wide: Measure) -> Iterator[str]:
    for word in paragraph.split(" "):
        if wide(word) <= room:
            yield word
        else:
            yield from _pieces(word, room, wide)


def _pieces(word: str, room: float, wide: Measure) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and wide(piece + character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def fitted(
    texts: Iterable[str], room: float, height: float, sizes: Iterable[float], *, bold: bool = False
) -> tuple[float, list[str]]:
    """The largest size at which the texts fit into a box, with their lines; the smallest where none does.

    Names are never cut off: a window that holds six lines takes a very long name in smaller type.
    """
    wanted = [text for text in texts if text]
    size, lines = 0.0, list[str]()
    for size in sizes:
        lines = [line for text in wanted for line in wrapped(text, room, size, bold=bold)]
        if len(lines) * size * LINE_HEIGHT <= height:
            break
    return size, lines
