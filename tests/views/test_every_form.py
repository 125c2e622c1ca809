"""All forms of all pages x what nobody should type: a sentence or a kept value, never a broken page (promise 16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kostenklar.models.invoice import Invoice
from kostenklar.plugin.access import GRANTS, Role
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.extension import session
from kostenklar.tests.forms_of import forms_in
from kostenklar.tests.people import Cast
from kostenklar.tests.views.test_every_route import address, guarded, ids, methods

pytestmark = pytest.mark.slow
__all__ = ["ids"]  # the fixture

ALONE = ("x\u202ey", "9" * 30)
"""Typed into one field, the others as the page shows them."""
EVERYWHERE = (
    "\x00", "-1", "01.01.0001", "31.12.9999", "z" * 5001, "sNaN", "🙂", "999999,99", "9223372036854775808",
)  # fmt: skip
"""Typed into all fields at once."""
NOT_TYPED = {"csrf_token", "once", "version"}
PARTS = 2
KINDS = (
    "/invoices/{draft}/lines/new?number=740", "/invoices/{draft}/lines/new?kind=expense",
    "/invoices/{draft}/lines/new?kind=goods", "/invoices/batches/new?kind=print", "/invoices/batches/new?kind=remind",
    "/invoices/{billed}", "/invoices/{billed}/payments", "/invoices/{billed}/hold", "/invoices/{billed}/handover",
    "/invoices/{billed}/instalments", "/invoices/{billed}/reminder", "/invoices/{billed}/dunning/1",
    "/invoices/{billed}/dunning/2", "/invoices/{billed}/write-off", "/invoices/{billed}/cancel",
)  # fmt: skip
"""Pages that show another form for another question, or for an issued invoice."""


def forms(app: Flask, ids: dict[str, Any], sits: Callable[..., Any]) -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """(client, address, values) of each form once, as somebody sees it who may send it."""
    seen = set()
    for client, url in pages(app, ids, sits):
        page = client.get(url)
        if page.status_code == 200 and page.mimetype == "text/html":
            for action, shown in forms_in(page.text):
                key = re.sub(r"\d+", "#", action or url), tuple(sorted(shown))
                if key not in seen:
                    seen.add(key)
                    yield client, action or url, shown


def pages(app: Flask, ids: dict[str, Any], sits: Callable[..., Any]) -> Iterator[tuple[Any, str]]:
    """Every page of every route, and the further ones of some."""
    for rule, permission in guarded(app):
        if "GET" in methods(rule):
            role = next((role for role in (Role.PHYSICIAN, *Role) if permission in GRANTS[role]), Role.OWNER)
            yield sits(role.value), address(app, rule, ids)
    for role in (Role.PHYSICIAN, Role.OWNER):
        for kind in KINDS:
            yield sits(role.value), f"/kostenklar{kind.format(draft=ids['invoice_id'], billed=ids['billed_id'])}"


@pytest.fixture
def all_ids(app: Flask, cast: Cast, ids: dict[str, Any]) -> dict[str, Any]:
    """Also an invoice that was issued."""
    with app.app_context(), acting_as("user:test", practices=[cast.practice_id]):
        billed = session().scalars(select(Invoice.id).where(Invoice.number.is_not(None))).first()
    return ids | {"billed_id": billed}


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_typed_into_a_form_no_page_breaks(
    app: Flask, all_ids: dict[str, Any], sits: Callable[..., Any], part: int
) -> None:
    broken, found = [], list(forms(app, all_ids, sits))
    for client, url, shown in found[part::PARTS]:
        fields = [name for name in shown if name not in NOT_TYPED]
        typed = [(name, {**shown, name: text}) for name in fields for text in ALONE]
        typed += [("all", {**shown, **dict.fromkeys(fields, text)}) for text in EVERYWHERE]
        for name, values in typed:
            values.pop("once", None)  # a new form each time
            if client.post(url, data=values).status_code >= 500:
                broken.append((url, name, values.get(name, values)))
    assert broken == []
    assert len(found) > 75
