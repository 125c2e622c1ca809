"""Pages as a test reads them: the address of an invoice, and the words without their markup."""

from __future__ import annotations

import html
import re
from typing import Any

BASE = "/kostenklar"


def show(invoice_id: int, more: str = "") -> str:
    """The address of an invoice's page, or of what lies below it."""
    return f"{BASE}/invoices/{invoice_id}{more}"


def said(answer: Any) -> str:
    """The page's text as a person reads it."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))
