"""The papers' face: found beside the font package's constants, registered once, and asked what it lacks."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

REGULAR = "KostenklarSans"
BOLD = "KostenklarSans-Semibold"
_FILES = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
_registering = Lock()


class CharactersMissing(ValueError):
    """A text holds characters that the papers' face cannot show."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Face:
    """A registered face: its name for the canvas and its advance widths in thousandths of the size."""

    name: str
    widths: Mapping[int, float]


def _font_files() -> Path:
    # The package's constants name its .otf files, which ReportLab refuses; the .ttf lie beside them.
    return Path(str(files("font_source_sans_pro"))) / "files"


@cache
def _registered(name: str) -> Face:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, str(_font_files() / _FILES[name]), asciiReadable=False)
    pdfmetrics.registerFont(font)
    return Face(name, dict(font.face.charWidths))


def face(*, bold: bool = False) -> Face:
    """The regular or the semibold face; reading the files costs some milliseconds, once in a process."""
    with _registering:
        return _registered(BOLD if bold else REGULAR)


@lru_cache(maxsize=4096)
def _word_width(word: str, *, bold: bool) -> float:
    widths = face(bold=bold).widths
    return sum(widths.get(code, 0.0) for code in map(ord, word))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points."""
    return _word_width(text, bold=bold) * size / 1000


def missing_characters(text: str) -> list[str]:
    """The characters of a text that cannot be printed, each once, in reading order; line breaks and tabs are fine."""
    composed = unicodedata.normalize("NFC", text)
    return sorted(set(composed) - _printable(), key=composed.find)


@cache
def _printable() -> frozenset[str]:
    both = face().widths.keys() & face(bold=True).widths.keys()
    return frozenset({*map(chr, both), "\n", "\r", "\t"})
