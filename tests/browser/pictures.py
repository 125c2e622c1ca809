"""Makes the guide's pictures from the demo practice, on SQLite in a throw-away folder: `make pictures`."""

from __future__ import annotations

import io
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image
from sqlalchemy import select, text

from kostenklar.app import create_app, db
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.demo import load_demo
from kostenklar.plugin.standalone import accounts
from kostenklar.plugin.standalone.schema import upgrade_host
from kostenklar.plugin.standalone.serve import bound

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 860
COLOURS = 48  # a palette keeps a picture below 60 kB


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of the demo: `path` holds {id}, which `of` reads for the person named `whose`.

    The element with the id `scroll_to` stands in the middle of the picture.
    """

    name: str
    path: str
    of: str = ""
    whose: str = ""
    role: str = "empfang"
    scroll_to: str = ""


_COURSE = (
    "SELECT c.id FROM kostenklar_course c JOIN kostenklar_patient p ON p.id = c.patient_id WHERE p.last_name = :who"
)
_CASE = (
    "SELECT c.id FROM kostenklar_clarification c JOIN kostenklar_patient p ON p.id = c.patient_id"
    " WHERE p.last_name = :who AND c.payer_role = 'pkv'"
)
_SESSION = (
    "SELECT t.id FROM kostenklar_treatment t JOIN kostenklar_patient p ON p.id = t.patient_id"
    " WHERE p.last_name = :who ORDER BY t.id DESC"
)
_INVOICE = (
    "SELECT i.id FROM kostenklar_invoice i JOIN kostenklar_patient p ON p.id = i.patient_id"
    " WHERE p.last_name = :who ORDER BY i.id DESC"
)
_PATIENT = "SELECT id FROM kostenklar_patient WHERE last_name = :who"
_EFFECT = (
    "SELECT e.id FROM kostenklar_side_effect e JOIN kostenklar_patient p ON p.id = e.patient_id"
    " WHERE p.last_name = :who ORDER BY e.id DESC"
)
_ESTIMATE = (
    "SELECT e.id FROM kostenklar_estimate e JOIN kostenklar_patient p ON p.id = e.patient_id WHERE p.last_name = :who"
)
SHOTS = (
    Shot("today", "/"),
    Shot("missing", "/treatments/{id}", _SESSION, "Yılmaz-Hofer"),
    Shot("session", "/treatments/{id}/record", _SESSION, "Müller"),
    Shot("estimate", "/estimates/{id}", _ESTIMATE, "Brandstätter"),
    Shot("clarification", "/clarifications/{id}", _CASE, "Brandstätter"),
    Shot("answer", "/clarifications/{id}/answer", _CASE, "Brandstätter"),
    Shot("telephone", "/telephone/{id}", _PATIENT, "Brandstätter"),
    Shot("tomorrow", "/tomorrow"),
    Shot("side-effect", "/side-effects/{id}", _EFFECT, "Lang", role="aerztin"),
    Shot("invoice", "/invoices/{id}", _INVOICE, "Hartmann"),
    Shot("draft", "/invoices/{id}", _INVOICE, "Dreyer", scroll_to="pruefung"),
    Shot("receivables", "/invoices/receivables"),
)


def make(folder: Path = FOLDER) -> list[Path]:
    """Write every picture in German and in English; returns their paths."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="kostenklar-") as instance, _demo(Path(instance)) as house:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            written = [path for language in ("de", "en") for path in _screens(browser, house, folder, language)]
            browser.close()
        return [*written, *_papers(house, folder)]


@dataclass(frozen=True, slots=True)
class Demo:
    """The served demo: its application, its address and who can sign in."""

    app: Any
    address: str
    passwords: dict[str, str]

    def find(self, query: str, whose: str) -> int:
        """The id that a page of this person's needs."""
        with self.app.app_context():
            found = db.session.execute(text(query), {"who": whose}).scalars().first()
            db.session.remove()
        if found is None:
            raise LookupError(f"{whose}: {query}")
        return int(found)


@contextmanager
def _demo(instance: Path) -> Iterator[Demo]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app({"KOSTENKLAR_INSTANCE": str(instance), "KOSTENKLAR_PORT": str(port)})
    with app.app_context():
        upgrade_host(db.engine)
        bring_up_to_date()
        passwords = {login: password for _, login, password in accounts.create_demo_accounts(load_demo())}
        db.session.remove()
    chosen = app.extensions["kostenklar_host"]
    server = bound(app, chosen)
    thread = threading.Thread(target=server.run, name="pictures", daemon=True)
    thread.start()
    yield Demo(app, chosen.address.rstrip("/"), passwords)
    server.trigger.pull_trigger(server.close)
    thread.join(10)
    server.task_dispatcher.shutdown()
    with app.app_context():
        db.engine.dispose()


def _screens(browser: Browser, house: Demo, folder: Path, language: str) -> Iterator[Path]:
    pages: dict[str, Page] = {}
    (folder / language).mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        page = pages.get(shot.role) or pages.setdefault(shot.role, _signed_in(browser, house, shot.role, language))
        where = shot.path.format(id=house.find(shot.of, shot.whose)) if shot.of else shot.path
        answer = page.goto(f"{house.address}/kostenklar{where}")
        if answer is None or answer.status != 200:
            raise LookupError(f"{shot.name}: {where} {answer and answer.status}")
        if shot.scroll_to:
            page.evaluate(
                "(id) => document.getElementById(id).scrollIntoView({block: 'center', behavior: 'instant'})",
                shot.scroll_to,
            )
        yield _saved(Image.open(io.BytesIO(page.screenshot())), folder / language / f"{shot.name}.png")
    for page in pages.values():
        page.context.close()


def _signed_in(browser: Browser, house: Demo, login: str, language: str) -> Page:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB" if language == "en" else "de-DE"
    )
    context.add_cookies([{"name": "kostenklar_look", "value": f"{language}.light", "url": house.address}])
    page = context.new_page()
    page.goto(f"{house.address}/kostenklar/")
    page.locator("input[type=text], input[name=username], input[name=email]").first.fill(login)
    page.locator("input[type=password]").first.fill(house.passwords[login])
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    page.wait_for_url("**/kostenklar/")
    return page


def _papers(house: Demo, folder: Path) -> Iterator[Path]:
    """The first page of the papers that readers ask for most, in German."""
    from kostenklar.models.paper import IssuedPaper
    from kostenklar.plugin import blobs

    for kind in ("consent", "cost_notice", "estimate", "cost_query", "invoice"):
        with house.app.app_context():
            query = select(IssuedPaper).where(IssuedPaper.kind == kind, IssuedPaper.language == "de")
            pdf = blobs.opened(db.session.scalars(query.order_by(IssuedPaper.id.desc()).limit(1)).one().blob)
            db.session.remove()
        with pypdfium2.PdfDocument(pdf) as document:
            yield _saved(document[0].render(scale=1.2).to_pil(), folder / "papers" / f"{kind}.png")


def _saved(picture: Image.Image, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{made.stat().st_size // 1000:4} kB {made}\n")
