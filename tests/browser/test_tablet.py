"""A consent goes to the tablet by its code, is signed there with the pen, and lies in the file."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from kostenklar.tests.browser.desk import PICTURES, PREFIX
from kostenklar.tests.browser.papers import text_of

pytestmark = pytest.mark.browser
NAME = [(0.10, 0.70), (0.18, 0.20), (0.22, 0.75), (0.30, 0.35), (0.36, 0.70), (0.45, 0.40), (0.55, 0.72), (0.80, 0.30)]


def draw(at, path=NAME) -> None:
    """Move the pen over the first field, pressed down."""
    pad = at.page.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in path]
    at.page.mouse.move(*points[0])
    at.page.mouse.down()
    for point in points[1:]:
        at.page.mouse.move(*point, steps=6)
    at.page.mouse.up()


def picture(at, name: str) -> None:
    if PICTURES:
        at.page.screenshot(path=Path(PICTURES) / f"tablet-{name}.png", full_page=True)


def last_page(pdf: bytes) -> tuple[Image.Image, int]:
    """The page that is signed, as a picture, and how many vector paths it has; pictures it has none."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[len(document) - 1]
        kinds = [one.type for one in page.get_objects()]
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
        return page.render(scale=2).to_pil().convert("L"), kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH)


def test_a_consent_is_signed_with_the_pen(desk):
    at, tablet = desk("reception"), desk(None, width=820, height=1180)
    at.open(f"{PREFIX}/courses/{at.house.cast.course_id}")
    at.press("Einwilligung vorbereiten")
    at.press("Einwilligung ausstellen")
    issued = at.fetch("Öffnen und drucken")
    at.press("Auf das Tablet geben")
    assert "wartet auf das Tablet" in at.says
    code = at.page.locator(".kk-code").inner_text()

    tablet.open(f"{PREFIX}/tablet")
    tablet.write("Code vom Bildschirm", code)
    tablet.press("Dieses Blatt öffnen")
    assert "Gisela Yılmaz-Hofer" in tablet.says
    at.page.get_by_text("wird gelesen").wait_for()  # the desk's page noticed by itself
    picture(tablet, "paper")

    for question in tablet.page.get_by_role("group").filter(has=tablet.page.get_by_label("nein")).all():
        question.get_by_label("nein").check()
    draw(tablet, [(0.5, 0.5), (0.502, 0.5)])
    tablet.press("Unterschreiben")
    assert "fehlt die Unterschrift" in tablet.says
    tablet.page.get_by_role("button", name="Neu zeichnen").first.click()
    draw(tablet)
    tablet.page.get_by_role("button", name="Ich möchte noch fragen").click()
    tablet.page.get_by_text("Der Empfang weiß Bescheid").wait_for()
    at.page.get_by_text("Es gibt eine Frage").wait_for()
    picture(at, "question")
    picture(tablet, "drawn")
    for hit in tablet.page.get_by_role("button").all():
        assert hit.bounding_box()["height"] >= 44
    tablet.press("Unterschreiben")
    assert "Vielen Dank" in tablet.says
    assert "Yılmaz" not in tablet.says
    picture(tablet, "thanks")

    at.page.get_by_text("Das unterschriebene Blatt liegt in der Akte.").wait_for()
    picture(at, "signed")
    signed = at.fetch("Unterschriebenes Blatt öffnen")
    assert re.search(r"auf dem Tablet unterschrieben am \d\d\.\d\d\.\d{4} um \d\d:\d\d Uhr", text_of(signed))
    (before, paths), (after, more) = last_page(issued), last_page(signed)
    assert more == paths + 1
    ink = ImageChops.difference(before, after)
    assert sum(count for shade, count in enumerate(ink.histogram()) if shade > 100) > 200
    if PICTURES:
        after.save(Path(PICTURES) / "tablet-pdf.png")
        (Path(PICTURES) / "tablet.pdf").write_bytes(signed)

    tablet.page.go_back()
    assert "Yılmaz" not in tablet.page.content()
    at.press("Zur Serie")
    assert "unterschrieben am" in at.says


def test_without_a_script_the_tablet_says_that_ink_is_needed(desk):
    at, tablet = desk("reception"), desk(None, width=320, height=640, script=False)
    at.open(f"{PREFIX}/courses/{at.house.cast.course_id}")
    at.press("Einwilligung vorbereiten|Neue Einwilligung")
    at.press("Einwilligung ausstellen")
    at.press("Auf das Tablet geben")
    picture(at, "code")
    tablet.open(f"{PREFIX}/tablet")
    tablet.write("Code vom Bildschirm", at.page.locator(".kk-code").inner_text())
    tablet.press("Dieses Blatt öffnen")
    assert "Bitte unterschreiben Sie das Blatt auf Papier" in tablet.says
    at.press("Zurücknehmen")
    tablet.open(f"{PREFIX}/tablet/paper")
    assert "Das Blatt ist geschlossen" in tablet.says
