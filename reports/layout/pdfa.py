"""The archive form of every paper: PDF/A-3b (ISO 19005-3) on ReportLab's own writer, with a file inside if asked."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    NoEncryption,
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    pdfdocEnc,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

CREATOR = "Kostenklar"
PDF_VERSION = (1, 7)  # ISO 19005-3 rests on ISO 32000-1
# Made by Pillow's ImageCms.createProfile("sRGB"), with a fixed date: the same bytes on every machine.
_SRGB = Path(__file__).parent.parent / "data" / "srgb.icc"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFile:
    """A file inside the paper that says the same as its pages; `metadata` is RDF that describes it in the XMP."""

    name: str
    subtype: str  # as a PDF name: "/" is written "#2F"
    content: bytes
    description: str
    metadata: str = ""


def archive(canvas: Canvas, made_on: date | None, embedded: EmbeddedFile | None = None) -> None:
    """Make what the canvas will save a PDF/A-3b; to be called last, with title, author and subject set.

    Fonts are the caller's: each one must be embedded.
    """
    document: Any = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001  # no other way leads to the catalog
    document.encrypt = _EndOfLine()
    info = _Info(document.info, made_on)
    document.info = info
    catalog: Any = _Catalog()
    catalog.__dict__.update(document.Catalog.__dict__)
    document.Catalog = document._catalog = catalog  # noqa: SLF001
    catalog.OutputIntents = PDFArray([_output_intent()])
    catalog.Metadata = _stream({"Type": "/Metadata", "Subtype": "/XML"}, _xmp(info, embedded), packed=False)
    if embedded:
        _embed(document, catalog, embedded, made_on)


class _Catalog(PDFCatalog):
    """ReportLab's catalog leaves these two out."""

    __NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents", "AF"]  # noqa: RUF012  # as ReportLab has it


class _EndOfLine(NoEncryption):
    """Puts the end of line before each `endstream` (ISO 19005-3, 6.1.7.1): every stream passes here, once."""

    def encode(self, t: bytes | str) -> PDFObject:
        return _Ended(t if isinstance(t, bytes) else pdfdocEnc(t))


class _Ended(PDFObject):
    """The bytes of a stream; its length does not count the end of line."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, _document: object) -> bytes:
        return self._content + b"\n"


class _Info(PDFInfo):
    """Title, author and the day of the paper, just what the XMP says too; no hour, no empty field."""

    def __init__(self, plain: PDFInfo, made_on: date | None) -> None:
        super().__init__()
        self.__dict__.update(plain.__dict__)
        self.made_on = made_on

    def format(self, document: Any) -> bytes:
        fields = {"Title": self.title, "Author": self.author, "Subject": self.subject, "Creator": self.creator}
        shown = {name: PDFString(text) for name, text in fields.items() if text}
        shown["Producer"] = PDFString(self.producer)
        if self.made_on:
            shown["CreationDate"] = shown["ModDate"] = _pdf_day(self.made_on)
        formatted: bytes = PDFDictionary(shown).format(document)
        return formatted


def _pdf_day(day: date) -> PDFString:
    return PDFString(f"D:{day:%Y%m%d}")


def _stream(entries: dict[str, Any], content: bytes, *, packed: bool = True) -> PDFStream:
    extra = {"Filter": PDFName("FlateDecode")} if packed else {}
    return PDFStream(PDFDictionary({**entries, **extra}), zlib.compress(content) if packed else content)


@cache
def _srgb() -> bytes:
    return _SRGB.read_bytes()


def _output_intent() -> PDFDictionary:
    return PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": _stream({"N": 3}, _srgb()),
        }
    )


def _embed(document: Any, catalog: Any, embedded: EmbeddedFile, made_on: date | None) -> None:
    params: dict[str, Any] = {"Size": len(embedded.content)}
    if made_on:
        params["ModDate"] = _pdf_day(made_on)
    file = _stream(
        {"Type": "/EmbeddedFile", "Subtype": f"/{embedded.subtype}", "Params": PDFDictionary(params)}, embedded.content
    )
    reference = document.Reference(file)
    specification = document.Reference(
        PDFDictionary(
            {
                "Type": "/Filespec",
                "F": PDFString(embedded.name),
                "UF": PDFString(embedded.name),
                "Desc": PDFString(embedded.description),
                "AFRelationship": "/Alternative",
                "EF": PDFDictionary({"F": reference, "UF": reference}),
            }
        )
    )
    names = PDFDictionary({"Names": PDFArray([PDFString(embedded.name), specification])})
    catalog.Names = PDFDictionary({"EmbeddedFiles": names})
    catalog.AF = PDFArray([specification])


def _xmp(info: _Info, embedded: EmbeddedFile | None) -> bytes:
    day = f"{info.made_on:%Y-%m-%d}" if info.made_on else ""
    parts = [
        _element("dc:title", "rdf:Alt", info.title, ' xml:lang="x-default"'),
        _element("dc:creator", "rdf:Seq", info.author),
        _element("dc:description", "rdf:Alt", info.subject, ' xml:lang="x-default"'),
        f"<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>" if day else "",
    ]
    return _XMP.format(
        described="".join(parts),
        creator=escape(info.creator),
        producer=escape(info.producer),
        embedded=embedded.metadata if embedded else "",
    ).encode()


def _element(name: str, container: str, text: str, language: str = "") -> str:
    if not text:
        return ""
    return f"<{name}><{container}><rdf:li{language}>{escape(text)}</rdf:li></{container}></{name}>"


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
{described}<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer></rdf:Description>
{embedded}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
