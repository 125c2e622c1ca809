"""Fills in a page's form like a person: every field keeps what the page shows, only what is named is changed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Forms(HTMLParser):
    """Collects each POST form with the values its fields would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, Any]]] = []
        self._form: dict[str, Any] | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and found.get("method", "get").lower() == "post":
            self._form = {}
            self.forms.append((found.get("action", ""), self._form))
        elif self._form is None:
            return
        elif tag == "input" and found.get("name"):
            self._take(found, checked="checked" in found)
        elif tag == "select":
            self._select = found.get("name", "")
            self._form.setdefault(self._select, "")
        elif tag == "option" and self._select and ("selected" in found):
            self._form[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._area = found.get("name", "")
            self._form[self._area] = ""

    def _take(self, found: dict[str, str], *, checked: bool) -> None:
        assert self._form is not None
        if found.get("type") in ("checkbox", "radio") and not checked:
            return
        if found.get("type") not in ("file", "submit"):
            self._form[found["name"]] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None:
            self._form[self._area] = self._form[self._area].removeprefix("\r\n").removeprefix("\n")
            self._area = ""


def forms_in(html: str) -> list[tuple[str, dict[str, Any]]]:
    """(action, values) of each POST form on a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def form_at(client: Any, url: str, action: str = "") -> tuple[str, dict[str, Any]]:
    """The address and the values of the page's form: the one with this action, else the first one."""
    page = client.get(url)
    assert page.status_code == 200, page.text
    forms = forms_in(page.text)
    assert forms, f"no form on {url}"
    found = next((form for form in forms if form[0] == action), None) if action else forms[0]
    assert found, f"no form to {action} on {url}, only {[each[0] for each in forms]}"
    return found[0] or url, found[1]


def typed_into(html: str, **values: Any) -> dict[str, list[Any]]:
    """What the page's first form would send, each field as a list, with the named ones changed; see fill."""
    forms = forms_in(html)
    assert forms, "no form on this page"
    return _changed(forms[0][1], values)


def fill(client: Any, url: str, *, action: str = "", **values: Any) -> Any:
    """GET the page, change the named fields of its form, send it; the answer is not followed.

    phones__0__number means the field phones-0-number; None leaves a field out, as an unticked box is.
    """
    to, shown = form_at(client, url, action)
    return client.post(to, data=_changed(shown, values))


def _changed(shown: dict[str, Any], values: dict[str, Any]) -> dict[str, list[Any]]:
    sent = shown | {name.replace("__", "-"): value for name, value in values.items()}
    return {name: value if isinstance(value, list) else [value] for name, value in sent.items() if value is not None}
