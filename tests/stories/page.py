"""A page as a person finds their way in it: headings, links, buttons and fields by the words that stand at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset({"input", "img", "br", "meta", "link", "hr", "use", "source", "wbr"})
_UNSEEN = frozenset({"script", "style", "template", "head"})
_BLOCKS = frozenset({"p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "dt", "dd", "label", "legend", "section"})


@dataclass
class Node:
    """An element with its children; strings are its texts."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    inside: list[Node | str] = field(default_factory=list)

    def every(self, *tags: str) -> Iterator[Node]:
        """All elements below with one of these tags, in reading order."""
        for child in self.inside:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def up(self, tag: str) -> Node | None:
        """The nearest element around this one with the tag."""
        node = self.parent
        while node is not None and node.tag != tag:
            node = node.parent
        return node

    @property
    def text(self) -> str:
        """The words in it, no-break spaces as spaces."""
        return re.sub(r"\s+", " ", "".join(self._words())).strip()

    def _words(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag not in _UNSEEN and "hidden" not in child.attrs:
                if child.tag in _BLOCKS:
                    yield " "
                yield from child._words()
                if child.tag in _BLOCKS or child.tag == "br":
                    yield " "


class Page(HTMLParser):
    """The parsed page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self._at = self.root
        self.feed(html)
        self._by_id = {node.attrs["id"]: node for node in self._all() if "id" in node.attrs}
        self._labels = {node.attrs["for"]: node for node in self.root.every("label") if "for" in node.attrs}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.inside.append(node)
        if tag not in _EMPTY:
            self._at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._at.inside.append(Node(tag, {name: value or "" for name, value in attrs}, self._at))

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self._at
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self._at = node.parent

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)

    @property
    def main(self) -> Node:
        """What the page is about, without navigation and top bar."""
        return next(self.root.every("main"), self.root)

    def name(self, node: Node) -> str:
        """The accessible name: aria-label, aria-labelledby, the label, or the words inside."""
        if told := node.attrs.get("aria-label"):
            return told
        if ids := node.attrs.get("aria-labelledby"):
            return " ".join(self._by_id[one].text for one in ids.split() if one in self._by_id)
        if node.tag in ("input", "select", "textarea"):
            label = self._labels.get(node.attrs.get("id", "")) or node.up("label")
            return label.text if label else ""
        return node.text

    def one(self, words: str, *tags: str, fits: Callable[[Node], bool] = lambda _node: True) -> Node | None:
        """The first element whose name begins with one of the words ("Drucken|Print"), content before navigation."""
        pattern = re.compile(rf"\s*(?:{words})")
        for place in (self.main, self.root):
            for node in place.every(*tags):
                if fits(node) and pattern.match(self.name(node)):
                    return node
        return None

    def names(self, *tags: str) -> list[str]:
        """The names of all such elements of the content: what a failing story tells."""
        return [self.name(node) for node in self.main.every(*tags)]

    def _all(self, node: Node | None = None) -> Iterator[Node]:
        for child in (node or self.root).inside:
            if isinstance(child, Node):
                yield child
                yield from self._all(child)
