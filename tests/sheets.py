"""Signed sheets as they are uploaded, and forms filled by names with "__" for "-": signers__0__signed."""

from __future__ import annotations

import io
from typing import Any

from kostenklar.tests.forms_of import form_at, forms_in

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def scan(content: bytes = PDF, name: str = "scan.pdf") -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return (io.BytesIO(content), name)


def fill(client: Any, url: str, **values: Any) -> Any:
    """GET the page, type the values into its form, send it; None leaves a field out."""
    to, sent = form_at(client, url)
    return client.post(to, data=_typed(sent, values))


def typed_into(html: str, **values: Any) -> dict[str, Any]:
    """What the page's form would send with these values typed in."""
    return _typed(forms_in(html)[0][1], values)


def _typed(sent: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    named = {name.replace("__", "-"): value for name, value in values.items()}
    return {name: value for name, value in {**sent, **named}.items() if value is not None}
