"""The field for a scanned paper: what arrived is recognised by its bytes, never by its name."""

from __future__ import annotations

import io
import re
from typing import Any, ClassVar, Final, NamedTuple

from flask import current_app
from werkzeug.datastructures import FileStorage
from wtforms.widgets import FileInput

from ..texts import kt, lazy_kt
from .fields import Asked
from .validators import Unreadable

_MEGABYTE = 1024 * 1024
_MOST_PIXELS: Final = 120_000_000
"""A page at 1200 dpi has 140 million pixels; scanners at a desk use 300 (9 million)."""


_BEFORE_PDF: Final = b"\xef\xbb\xbf\0\t\r\n "
_OBJECT: Final = re.compile(rb"[0-9]+\s+[0-9]+\s+obj\b")


class Scan(NamedTuple):
    """The bytes as they came and what they are: application/pdf, image/jpeg or image/png."""

    content: bytes
    media_type: str


class ScanField(Asked):
    """PDF, JPEG or PNG up to KOSTENKLAR_SCAN_MAX_MB; `data` is a Scan, or None where nothing was chosen."""

    widget = FileInput()
    looks: ClassVar[str] = "file"
    missing = lazy_kt("Die Datei fehlt. Bitte wählen Sie den Scan aus.")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"render_kw": {"accept": ".pdf,.jpg,.jpeg,.png"}, **kw})

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        files = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]
        if files:
            self.data = _recognised(_read(files[0], int(current_app.config.get("KOSTENKLAR_SCAN_MAX_MB", 20))))

    def _value(self) -> str:
        return ""


class NamedScan(NamedTuple):
    """A scan with the name of its file, printable and at most 200 characters."""

    name: str
    content: bytes
    media_type: str


class ScansField(Asked):
    """One or several files, each as ScanField takes it; `data` is a tuple of NamedScan, or None for none."""

    widget = FileInput(multiple=True)
    looks: ClassVar[str] = "file"
    missing = lazy_kt("Die Datei fehlt. Bitte wählen Sie einen oder mehrere Scans aus.")

    def __init__(self, label: str = "", *, most: int = 30, **kw: Any) -> None:
        super().__init__(label, **{"render_kw": {"accept": ".pdf,.jpg,.jpeg,.png"}, **kw})
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        files = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]
        if len(files) > self.most:
            raise Unreadable(
                kt("Das sind mehr als {most} Dateien. Bitte wählen Sie weniger auf einmal.", most=self.most)
            )
        if files:
            most = int(current_app.config.get("KOSTENKLAR_SCAN_MAX_MB", 20))
            self.data = tuple(_named(file, most) for file in files)

    def _value(self) -> str:
        return ""


def _named(file: FileStorage, most: int) -> NamedScan:
    """Raises Unreadable with the file's name before the sentence: of several, one knows which."""
    name = "".join(char for char in file.filename or "" if char.isprintable())[-200:]
    try:
        return NamedScan(name, *_recognised(_read(file, most)))
    except Unreadable as wrong:
        raise Unreadable(f"{name}: {wrong}") from None


def _read(file: FileStorage, most: int) -> bytes:
    content = file.stream.read(most * _MEGABYTE + 1)
    if len(content) > most * _MEGABYTE:
        raise Unreadable(
            kt("Die Datei ist größer als {most} MB. Bitte scannen Sie mit 300 dpi, auch Graustufen helfen.", most=most)
        )
    if not content:
        raise Unreadable(kt("Die Datei ist leer. Bitte scannen Sie das Blatt noch einmal."))
    return content


def _recognised(content: bytes) -> Scan:
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return Scan(content, _checked_picture(content))
    if content[:64].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):  # with more before it, it could be a web page as well
        return Scan(content, _checked_pdf(content))
    if content.startswith((b"II*\x00", b"MM\x00*")):
        raise Unreadable(kt("Das ist ein TIFF-Bild, das kein Browser zeigt. Bitte scannen Sie als PDF."))
    raise Unreadable(kt("Das ist kein Scan. Erlaubt sind PDF, JPEG und PNG."))


def _checked_pdf(content: bytes) -> str:
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:] or not _OBJECT.search(content):
        raise Unreadable(_damaged())
    if b"/Encrypt" in content:
        raise Unreadable(kt("Das PDF ist mit einem Kennwort geschützt. Bitte speichern Sie es ohne Kennwort."))
    return "application/pdf"


def _checked_picture(content: bytes) -> str:
    """The picture's type, after reading it to its end; a JPEG at an eighth of its size, which shows a cut one too."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            fits = picture.width * picture.height <= _MOST_PIXELS
            if fits:
                picture.draft("L", (picture.width // 8, picture.height // 8))
                picture.load()
            media_type = "image/jpeg" if picture.format == "JPEG" else "image/png"
    except Image.DecompressionBombError:
        fits = False
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unreadable(_damaged()) from None
    if not fits:
        raise Unreadable(kt("Das Bild hat zu viele Bildpunkte. Bitte scannen Sie mit 300 dpi."))
    return media_type


def _damaged() -> str:
    return kt("Die Datei ist beschädigt. Bitte scannen Sie das Blatt noch einmal.")
