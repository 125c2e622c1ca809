"""Factur-X: the EN 16931 XML that a recipient may want inside the invoice, and what the file says of it."""

from typing import Final

from .en16931 import Paper, invoice_xml
from .pdfa import EmbeddedFile

FILE_NAME: Final = "factur-x.xml"


def factur_x(content: Paper) -> EmbeddedFile | None:
    """The file to embed; None where nobody asked for it, and on a draft, which is no invoice yet."""
    if content.electronic is None or not content.number:
        return None
    return EmbeddedFile(
        name=FILE_NAME,
        subtype="text#2Fxml",
        content=invoice_xml(content, content.electronic).encode(),
        description="Factur-X (EN 16931)",
        metadata=_METADATA,
    )


def _property(name: str, description: str) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
    )


_NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
# PDF/A takes no property that the file itself does not describe, hence the schema behind the four values.
_METADATA = (
    f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}"><fx:DocumentType>INVOICE</fx:DocumentType>'
    f"<fx:DocumentFileName>{FILE_NAME}</fx:DocumentFileName><fx:Version>1.0</fx:Version>"
    "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
    f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq>"
    + _property("DocumentFileName", "name of the embedded XML invoice file")
    + _property("DocumentType", "INVOICE")
    + _property("Version", "version of the Factur-X XML schema")
    + _property("ConformanceLevel", "conformance level of the embedded Factur-X data")
    + "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
