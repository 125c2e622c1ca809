"""Stylesheets, font, icons and script, all from our own route: packed once, cached for ever by content hash."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request, url_for
from markupsafe import Markup

from .access import Permission, requires

ICONS: Final = (
    "arrow-counterclockwise",
    "arrow-left",
    "arrow-right",
    "box-arrow-right",
    "building",
    "calendar3",
    "check-circle-fill",
    "check-lg",
    "circle",
    "clipboard2-check-fill",
    "clipboard2-pulse",
    "clock-history",
    "dash-circle",
    "download",
    "envelope",
    "envelope-paper",
    "exclamation-circle",
    "exclamation-triangle-fill",
    "eye",
    "file-earmark-check",
    "file-earmark-pdf",
    "file-earmark-text",
    "hourglass-split",
    "house-door",
    "inbox",
    "info-circle",
    "lightbulb",
    "lock",
    "pencil",
    "people",
    "person-circle",
    "person-plus",
    "plus-lg",
    "printer",
    "question-circle",
    "receipt",
    "search",
    "shield-check",
    "slash-circle-fill",
    "star",
    "star-fill",
    "tablet",
    "telephone",
    "upload",
    "x-lg",
)
"""The Bootstrap Icons we use; one icon, one meaning. A page that asks for another one fails by name."""

_FOR_EVER = "public, max-age=31536000, immutable"
_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it goes over the wire; `version` is the start of its SHA-256."""

    plain: bytes
    packed: bytes
    version: str
    media_type: str


def register_assets(blueprint: Blueprint) -> None:
    """Add the route `assets_show`; it touches neither session nor database and is open to people not signed in."""
    blueprint.add_url_rule("/assets/<version>/<name>", "assets_show", assets_show)


@requires(Permission.OPEN)
def assets_show(version: str, name: str) -> Response:
    """The asset's bytes, gzipped where the browser takes it; an old version gets today's bytes, but keeps asking."""
    if name not in _SOURCES:
        abort(404)
    found = _asset(name)
    packed = request.accept_encodings.quality("gzip") > 0
    answer = Response(found.packed if packed else found.plain, content_type=found.media_type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = _FOR_EVER if version == found.version else "no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def asset(name: str) -> str:
    """The address of an asset, with its version; raises KeyError for a name we do not serve."""
    return url_for("kostenklar.assets_show", version=_asset(name).version, name=name)


def icon(name: str) -> Markup:
    """An icon before a word, hidden from screen readers; raises LookupError for one that is not in ICONS."""
    if name not in ICONS:
        raise LookupError(f"the icon {name!r} is not in plugin/assets.py: ICONS")
    return Markup('<svg class="kk-i" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>').format(
        asset("icons.svg"), name
    )


@cache
def _asset(name: str) -> Asset:
    source, media_type = _SOURCES[name]
    plain = source()
    return Asset(
        plain=plain,
        packed=gzip.compress(plain, 9, mtime=0),
        version=hashlib.sha256(plain).hexdigest()[:12],
        media_type=media_type,
    )


def _in_package(package: str, path: str) -> bytes:
    """A file of an installed package, found without importing it: Bootstrap-Flask would pull in what we do not use."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the package {package} is not installed")
    return (Path(spec.submodule_search_locations[0]) / path).read_bytes()


def _bootstrap(path: str) -> bytes:
    return _in_package("flask_bootstrap", f"static/bootstrap5/{path}")


def _font(weight: str) -> bytes:
    """The papers' face, byte for byte as its authors ship it (SIL OFL 1.1: only changed files must be renamed)."""
    return _in_package("font_source_sans_pro", f"files/SourceSansPro-{weight}.ttf")


def _stylesheet() -> bytes:
    """Our stylesheet, its url("name") pointing to the hashed addresses beside it."""
    text = (_STATIC / "kostenklar.css").read_text("utf-8")
    return re.sub(r'url\("([\w.-]+)"\)', lambda hit: f'url("../{_asset(hit[1]).version}/{hit[1]}")', text).encode()


def _symbols() -> dict[str, str]:
    text = _bootstrap("icons/bootstrap-icons.svg").decode()
    return {hit[1]: hit[0] for hit in re.finditer(r'<symbol [^>]*id="([^"]+)">.*?</symbol>', text)}


def _favicon() -> bytes:
    """The brand's clipboard in petrol, for the browser's tab."""
    drawing = re.sub(r"</?symbol[^>]*>", "", _symbols()["clipboard2-check-fill"])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#0b5c66">{drawing}</svg>'.encode()


def _sprite() -> bytes:
    """Only the icons of ICONS out of the two thousand of Bootstrap Icons (1.1 MB)."""
    symbols = _symbols()
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols[name] for name in ICONS)}</svg>'.encode()


_SOURCES: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "bootstrap.css": (lambda: _bootstrap("css/bootstrap.min.css"), "text/css; charset=utf-8"),
    "kostenklar.css": (_stylesheet, "text/css; charset=utf-8"),
    "kostenklar.js": ((_STATIC / "kostenklar.js").read_bytes, "text/javascript; charset=utf-8"),
    "fees.js": ((_STATIC / "fees.js").read_bytes, "text/javascript; charset=utf-8"),
    "signature.js": ((_STATIC / "signature.js").read_bytes, "text/javascript; charset=utf-8"),
    "signing.js": ((_STATIC / "signing.js").read_bytes, "text/javascript; charset=utf-8"),
    "favicon.svg": (_favicon, "image/svg+xml"),
    "icons.svg": (_sprite, "image/svg+xml"),
    "sans-400.ttf": (lambda: _font("Regular"), "font/ttf"),
    "sans-600.ttf": (lambda: _font("Semibold"), "font/ttf"),
}
