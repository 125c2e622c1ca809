"""A person at the counter, over HTTP: presses what stands on the page, writes where the label says."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urljoin

from kostenklar.tests.signing_scene import SIGNED
from kostenklar.tests.stories.page import Node, Page

_TYPED = ("text", "search", "email", "tel", "number", "password", "date", "time", "hidden", "")


class Counter:
    """One client with its own cookies; speaks like tests.browser.desk.Desk, so that a story runs with either."""

    def __init__(self, client: Any, prefix: str = "") -> None:
        self.client, self.prefix = client, prefix
        self.url = f"{prefix}/"
        self.page = Page("<main></main>")
        self.typed: dict[int, dict[str, Any]] = {}

    def open(self, path: str) -> None:
        """Type an address; redirects are followed as a browser does."""
        self._take(self.client.get(path, follow_redirects=True))

    def press(self, words: str) -> None:
        """Press the button or follow the link that begins with these words; the page must not ask back."""
        self.try_to(words)
        assert self.status == 200, f"{words!r} was answered with {self.status} on {self.url}: {self.says}"

    def try_to(self, words: str) -> None:
        """Press it, whatever the answer."""
        button = self.page.one(words, "button", fits=lambda node: node.up("form") is not None)
        if button is not None:
            self._send(button)
            return
        link = self.page.one(words, "a", "summary")
        assert link is not None, (
            f"nothing to press like {words!r} on {self.url}: {self.page.names('a', 'button')}\n{self.says}"
        )
        self.open(urljoin(self.url, link.attrs["href"]))

    def write(self, label: str, text: str) -> None:
        """Fill in the field under this label."""
        self._set(self._field(label, "input", "textarea"), text)

    def choose(self, label: str, option: str) -> None:
        """Take an entry of a list."""
        field = self._field(label, "select")
        chosen = next((one for one in field.every("option") if one.text == option), None)
        assert chosen is not None, f"{option!r} is not among {[one.text for one in field.every('option')]}"
        self._set(field, chosen.attrs.get("value", chosen.text))

    def tick(self, label: str) -> None:
        """Choose a radio button or tick a box."""
        box = self._field(label, "input", kinds=("radio", "checkbox"))
        if box.attrs["type"] == "radio":
            self._set(box, box.attrs.get("value", "on"))
        else:
            form = self.typed.setdefault(id(_form(box)), {})
            name = f"+{box.attrs['name']}"
            form[name] = [*form.get(name, []), box.attrs.get("value", "on")]

    def answer(self, question: str, answer: str) -> None:
        """Choose among the radio buttons of the group whose question begins with these words."""
        group = self.page.one(question, "fieldset")
        assert group is not None, f"no question {question!r}: {self.page.names('fieldset')}"
        for box in group.every("input"):
            if self.page.name(box).startswith(answer):
                self._set(box, box.attrs["value"])
                return
        raise AssertionError(f"{question!r} has no answer {answer!r}")

    def unfold(self, words: str) -> None:
        """Open what is folded away; without a script its fields are there anyway."""
        assert self.page.one(words, "summary"), f"nothing to unfold like {words!r}: {self.page.names('summary')}"

    def questions(self) -> list[str]:
        """The questions of the page that are answered with a choice, by the beginning of their words."""
        groups = [group for group in self.page.main.every("fieldset") if self._says_no(group)]
        return [re.escape(self.page.name(group)[:40]) for group in groups]

    def draw(self) -> None:
        """Sign with the pen in the first field."""
        pad = next(node for node in self.page.main.every("input") if node.attrs.get("name", "").startswith("strokes"))
        self._set(pad, SIGNED)

    def attach(self, label: str, name: str, content: bytes, media_type: str) -> None:
        """Choose a file."""
        self._set(self._field(label, "input", kinds=("file",)), (name, content, media_type))

    def fetch(self, words: str) -> bytes:
        """What a link to a paper gives."""
        link = self.page.one(words, "a")
        assert link is not None, f"no paper {words!r}: {self.page.names('a')}"
        answer = self.client.get(urljoin(self.url, link.attrs["href"]))
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), link.attrs["href"]
        return bytes(answer.data)

    @property
    def says(self) -> str:
        """The text of the page's content."""
        return self.page.main.text

    @property
    def heading(self) -> str:
        """What stands above all."""
        return next((node.text for node in self.page.main.every("h1")), "")

    def find(self, pattern: str) -> str:
        """What the group of the pattern holds in the page's text."""
        found = re.search(pattern, self.says)
        assert found, self.says
        return found[1]

    def _says_no(self, group: Node) -> bool:
        return any(self.page.name(box).startswith("nein") for box in group.every("input"))

    def _field(self, label: str, *tags: str, kinds: tuple[str, ...] = _TYPED) -> Node:
        def fits(node: Node) -> bool:
            return node.tag != "input" or node.attrs.get("type", "") in kinds

        found = self.page.one(label, *tags, fits=fits)
        assert found is not None, f"no field {label!r} on {self.url}: {self.page.names('input', 'select', 'textarea')}"
        return found

    def _set(self, field: Node, value: Any) -> None:
        self.typed.setdefault(id(_form(field)), {})[field.attrs["name"]] = value

    def _send(self, button: Node) -> None:
        form = _form(button)
        sent = _shown(form)
        for name, value in self.typed.get(id(form), {}).items():
            if name.startswith("+"):
                sent[name[1:]] = [*sent.get(name[1:], []), *value]
            elif isinstance(value, tuple):
                file_name, content, media_type = value
                sent[name] = [(io.BytesIO(content), file_name, media_type)]
            else:
                sent[name] = [value]
        if button.attrs.get("name"):
            sent[button.attrs["name"]] = [button.attrs.get("value", "")]
        to = urljoin(self.url, button.attrs.get("formaction") or form.attrs.get("action") or self.url)
        if form.attrs.get("method", "get").lower() == "post":
            self._take(self.client.post(to, data=sent, follow_redirects=True))
        else:
            self._take(self.client.get(to, query_string=sent, follow_redirects=True))

    def _take(self, answer: Any) -> None:
        assert answer.status_code < 500, f"{answer.request.path}: {answer.status_code}"
        self.url = answer.request.full_path.rstrip("?")
        self.status = answer.status_code
        self.page, self.typed = Page(answer.text), {}


def _form(node: Node) -> Node:
    found = node.up("form")
    assert found is not None, node
    return found


def _shown(form: Node) -> dict[str, list[Any]]:
    """What the form would send as it stands."""
    sent: dict[str, list[Any]] = {}
    for node in form.every("input", "select", "textarea"):
        name, kind = node.attrs.get("name"), node.attrs.get("type", "")
        if not name or kind in ("file", "submit", "button", "image") or "disabled" in node.attrs:
            continue
        if node.tag == "select":
            chosen = [one for one in node.every("option") if "selected" in one.attrs] or list(node.every("option"))[:1]
            sent.setdefault(name, []).extend(one.attrs.get("value", one.text) for one in chosen)
        elif node.tag == "textarea":
            raw = "".join(part for part in node.inside if isinstance(part, str))
            sent.setdefault(name, []).append(raw.removeprefix("\r\n").removeprefix("\n"))
        elif kind not in ("checkbox", "radio") or "checked" in node.attrs:
            sent.setdefault(name, []).append(node.attrs.get("value", "on" if kind in ("checkbox", "radio") else ""))
    return sent
