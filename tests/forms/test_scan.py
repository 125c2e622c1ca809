"""An upload is what its bytes say, not what its name says."""

import io

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import Form

from kostenklar.plugin.forms.scan import ScanField

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


class Upload(Form):
    scan = ScanField("Scan")


@pytest.fixture(autouse=True)
def app():
    app = Flask("scan")
    app.config["KOSTENKLAR_SCAN_MAX_MB"] = 1
    with app.test_request_context("/"):
        yield


def uploaded(content, name="scan.pdf"):
    form = Upload(MultiDict({"scan": FileStorage(io.BytesIO(content), name)}))
    form.validate()
    return form.scan


def picture(kind, size=(400, 300)):
    target = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (picture("JPEG"), "image/jpeg"), (picture("PNG"), "image/png")],
    ids=["pdf", "jpeg", "png"],
)
@pytest.mark.parametrize("name", ["scan.pdf", "foto.exe"])
def test_pdf_jpeg_and_png_are_taken_whatever_their_name(content, media_type, name):
    field = uploaded(content, name)
    assert list(field.errors) == []
    assert field.data == (content, media_type)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Die Datei ist leer."),
        (b"MZ\x90\x00 a program", "Das ist kein Scan."),
        (b"<html><script>alert(1)</script>", "Das ist kein Scan."),
        (picture("GIF"), "Das ist kein Scan."),
        (picture("TIFF"), "Das ist ein TIFF-Bild"),
        (PDF[:-8], "Die Datei ist beschädigt."),
        (b"%PDF-1.7 no page in it startxref 0 %%EOF", "Die Datei ist beschädigt."),
        (b"<html><script></script>" + PDF, "Das ist kein Scan."),
        (picture("JPEG")[:5000], "Die Datei ist beschädigt."),
        (picture("PNG")[:5000], "Die Datei ist beschädigt."),
        (b"\xff\xd8\xff\xe0 not a picture", "Die Datei ist beschädigt."),
        (PDF.replace(b"<<>>\nstart", b"<</Encrypt 5 0 R>>\nstart"), "Das PDF ist mit einem Kennwort geschützt."),
        (PDF + b" " * 1024 * 1024, "Die Datei ist größer als 1 MB."),
    ],
    ids=[
        "empty",
        "program",
        "html",
        "gif",
        "tiff",
        "cut pdf",
        "words of a pdf",
        "page before a pdf",
        "cut jpeg",
        "cut png",
        "false jpeg",
        "locked",
        "large",
    ],
)
def test_what_is_no_readable_scan_gets_its_own_sentence(content, words):
    field = uploaded(content)
    assert field.data is None
    (sentence,) = field.errors
    assert sentence.startswith(words)


def test_no_file_is_asked_for():
    assert uploaded(b"", name="").errors == ["Die Datei fehlt. Bitte wählen Sie den Scan aus."]


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    header = picture("PNG")
    huge = header[:16] + (60000).to_bytes(4, "big") * 2 + header[24:]
    import struct
    import zlib

    ihdr = huge[12:29]
    huge = huge[:29] + struct.pack(">I", zlib.crc32(ihdr)) + huge[33:]
    assert uploaded(huge).errors == ["Das Bild hat zu viele Bildpunkte. Bitte scannen Sie mit 300 dpi."]
