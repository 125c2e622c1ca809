"""What a person at the desk does in a browser; each screen that comes up is looked at on the way."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

    from kostenklar.tests.people import Cast

PREFIX = "/kostenklar"
PICTURES = os.environ.get("KOSTENKLAR_TEST_PICTURES", "")
WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`))"""
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    (found) => `${found.impact} ${found.id}: ${found.help}: ` + found.nodes.map((node) => node.html).join(" | "))"""


@dataclass(frozen=True)
class House:
    """The running application, who is in its practice, and their passwords by role."""

    app: Flask
    cast: Cast
    address: str
    logins: dict[str, str]
    passwords: dict[str, str]


class Desk:
    """One browser with its own cookies. `noticed` collects what must not happen on any page."""

    def __init__(
        self, browser: Browser, house: House, width: int, height: int,
        *, dark: bool = False, english: bool = False, script: bool = True,
    ) -> None:  # fmt: skip
        self.house, self.noticed, self.script = house, list[str](), script
        self.screens: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB" if english else "de-DE",
            java_script_enabled=script,
            base_url=house.address,
        )
        self.context.set_default_timeout(30_000)  # on a busy machine, too
        look = f"{'en' if english else 'de'}.{'dark' if dark else 'light'}"
        self.context.add_cookies([{"name": "kostenklar_look", "value": look, "url": house.address}])
        if script:
            self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._notice(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def sign_in(self, role: str) -> None:
        """Through the sign-in page, as anybody."""
        self.open(f"{PREFIX}/")
        self.write("Anmeldename|Sign-in name|Login name", self.house.logins[role])
        self.write("Passwort|Password", self.house.passwords[role])
        self.press("Anmelden|Sign in")

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.look()

    def press(self, words: str) -> None:
        """Press a button or follow a link that begins with these words, and look at what comes."""
        target = self.page.get_by_role("main").get_by_role("button", name=_begins(words))
        if not target.count():
            target = self.page.get_by_role("link", name=_begins(words))
        with self.page.expect_navigation():
            target.first.click()
        self.look()

    def try_to(self, words: str) -> None:
        """The same for a step that the page may refuse."""
        self.press(words)

    def hit(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.look()

    def write(self, label: str, text: str) -> None:
        """Fill in the field under this label."""
        named = self.page.get_by_role("textbox", name=_begins(label))  # in a table two texts make the name
        self.page.get_by_label(_begins(label)).or_(named).first.fill(text)

    def tick(self, label: str) -> None:
        """Choose a radio button or tick a box."""
        self.page.get_by_label(_begins(label)).first.check()

    def choose(self, label: str, option: str) -> None:
        """Take an entry of a list."""
        named = self.page.get_by_role("combobox", name=_begins(label))
        self.page.get_by_label(_begins(label)).or_(named).first.select_option(label=option)

    def unfold(self, words: str) -> None:
        """Open what is folded away."""
        self.page.locator("summary").filter(has_text=re.compile(words)).first.click()

    def questions(self) -> list[str]:
        """The questions of the page that are answered with a choice, as patterns."""
        groups = self.page.get_by_role("main").get_by_role("group")
        asked = groups.filter(has=self.page.get_by_label("nein")).all()
        return [re.escape(group.inner_text().strip()[:12]) for group in asked]

    def answer(self, question: str, answer: str) -> None:
        """Choose an answer in the group whose words begin so."""
        groups = self.page.get_by_role("main").get_by_role("group").filter(has_text=_begins(question))
        groups.last.get_by_label(answer).first.check()

    def draw(self) -> None:
        """Sign in the first field, with the mouse for a pen."""
        pad = self.page.locator("canvas").first
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in _NAME]
        self.page.mouse.move(*points[0])
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*point, steps=6)
        self.page.mouse.up()

    def attach(self, label: str, name: str, content: bytes, media_type: str) -> None:
        """Choose a file."""
        field = self.page.get_by_label(_begins(label)).first
        field.set_input_files({"name": name, "mimeType": media_type, "buffer": content})

    def fetch(self, words: str) -> bytes:
        """What a link to a paper gives; the paper is frozen, so it is a PDF of the same bytes each time."""
        link = self.page.get_by_role("link", name=_begins(words)).first
        answer = self.context.request.get(str(link.get_attribute("href")))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), answer.url
        return answer.body()

    @property
    def url(self) -> str:
        """The path that stands in the address field."""
        return self.page.url.removeprefix(self.house.address)

    @property
    def heading(self) -> str:
        """What stands above all."""
        return self.page.get_by_role("main").get_by_role("heading", level=1).first.inner_text()

    @property
    def says(self) -> str:
        """The text of the page's content, no-break spaces as spaces."""
        return re.sub(r"[\u00a0\u202f]", " ", self.page.get_by_role("main").inner_text())

    def find(self, pattern: str) -> str:
        """What the group of the pattern holds in the page's text."""
        found = re.search(pattern, self.says)
        assert found, self.says
        return found[1]

    @property
    def at(self) -> str:
        """The path below the plugin's prefix."""
        return self.page.url.removeprefix(self.house.address).removeprefix(PREFIX)

    @property
    def focus(self) -> str:
        """The id of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def tab_until_primary(self) -> list[str]:
        """Press Tab until the primary button has the focus; gives what was on the way, each one visible."""
        stops: list[str] = []
        while len(stops) < 40:
            self.page.keyboard.press("Tab")
            stop = self.page.locator(":focus")
            assert stop.is_visible(), stops
            if "btn-primary" in str(stop.get_attribute("class")):
                break
            stops.append(str(stop.evaluate("(element) => element.outerHTML")))
        return stops

    def look(self) -> None:
        """Nothing scrolls sideways, axe has nothing to say; a picture where KOSTENKLAR_TEST_PICTURES names a folder."""
        self.screens.append(self.at)
        if PICTURES:
            name = re.sub(r"\W+", "-", self.at).strip("-")[:60]
            size = self.page.viewport_size or {"width": 0}
            file = Path(PICTURES) / f"{size['width']}-{len(self.screens):02}-{name}.png"
            self.page.screenshot(path=file, full_page=True)
        if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            self._notice("scrolls sideways")
        if self.script:
            self.page.evaluate(_axe())
            found: list[str] = self.page.evaluate(RUN_AXE)
            self.noticed += [f"{self.at}: axe: {line}" for line in found]

    def close(self) -> None:
        """Close the browser's window."""
        self.context.close()

    def _notice(self, what: str) -> None:
        self.noticed.append(f"{self.at}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        refused = "the server responded with a status of 4" in message.text  # a page that asks back is no error
        if message.type in {"error", "warning"} and not refused:
            self._notice(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.house.address}/", "data:")):
            self._notice(f"request to {request.url}")

    def _response(self, response: Response) -> None:
        asset = response.request.resource_type != "document"
        if response.status >= (400 if asset else 500):
            self._notice(f"{response.status} {response.url}")


_NAME = [(0.10, 0.70), (0.18, 0.20), (0.22, 0.75), (0.30, 0.35), (0.36, 0.70), (0.45, 0.40), (0.55, 0.72), (0.80, 0.30)]


def _begins(words: str) -> Any:
    """A pattern for an accessible name that begins with one of the words."""
    return re.compile(rf"^\s*(?:{words})")


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
