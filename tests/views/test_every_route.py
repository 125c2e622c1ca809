"""All routes x all roles x a foreign practice: closed unless granted, and a foreign id is not there (promise 8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from kostenklar.models.records import InvoiceLine, IssuedPaper, Policy
from kostenklar.plugin.access import GRANTS, Permission, Role
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import PLAN, a_session
from kostenklar.tests.people import KEYS, Cast

pytestmark = pytest.mark.slow


@pytest.fixture
def ids(app: Flask, cast: Cast) -> dict[str, Any]:
    """One record of every noun that stands in an address, all of the practice "Lindenhof"."""
    with app.app_context(), acting_as(KEYS["physician"], roles=["physician"], practices=[cast.practice_id]):
        treatment = a_session(cast)
        with unit_of_work():
            consent = prepare_consent(cast.course_id, None, ConsentPlan(3, today() + dt.timedelta(days=90)), today())
            notice = issue_cost_notice(cast.course_id, None, PLAN, today())
            invoice = draft_invoice(treatment)
        blob = session().scalars(select(IssuedPaper.blob_id)).first()
        return {
            "patient_id": cast.patient_id, "course_id": cast.course_id, "lesion_id": cast.lesion_id,
            "consent_id": consent.id, "notice_id": notice.id, "treatment_id": treatment, "invoice_id": invoice,
            "line_id": session().scalars(select(InvoiceLine.id)).one(), "paper_id": consent.paper_id, "blob_id": blob,
            "device_id": cast.device_id, "staff_id": cast.assistant_id, "site_id": cast.site_id,
            "policy_id": session().scalars(select(Policy.id)).one(), "code": "talk",
        }  # fmt: skip


def our_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("kostenklar."):
            yield rule


def named(app: Flask, rule: Rule) -> Permission:
    """The permission that the view names."""
    permission: Permission = vars(app.view_functions[rule.endpoint])["permission"]
    return permission


def guarded(app: Flask) -> Iterator[tuple[Rule, Permission]]:
    """Every route that is not open to everybody."""
    for rule in our_rules(app):
        permission = named(app, rule)
        if permission is not Permission.OPEN:
            yield rule, permission


def address(app: Flask, rule: Rule, ids: dict[str, Any]) -> str:
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) & {"GET", "POST"})


def sent(client: Any, method: str, url: str) -> Any:
    """Ask as a person would: a POST carries the CSRF token of the person's own page."""
    data = {}
    if method == "POST":
        page = client.get("/kostenklar/me")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        data = {"csrf_token": found[1] if found else "", "version": "1", "once": "x"}
    return client.open(url, method=method, data=data)


def test_every_view_names_its_permission(app: Flask) -> None:
    unnamed = [rule.endpoint for rule in our_rules(app) if not hasattr(app.view_functions[rule.endpoint], "permission")]
    assert unnamed == []


def test_only_files_of_the_screen_and_the_not_found_page_are_open(app: Flask) -> None:
    opened = {rule.endpoint for rule in our_rules(app) if named(app, rule) is Permission.OPEN}
    assert opened <= {"kostenklar.assets_show", "kostenklar.nowhere_show"}


def test_whoever_is_not_signed_in_gets_no_page(app: Flask, ids: dict[str, Any], sits: Callable[..., Any]) -> None:
    nobody = sits(None)
    let_in = [
        (method, rule.endpoint)
        for rule, _ in guarded(app)
        for method in methods(rule)
        if sent(nobody, method, address(app, rule, ids)).status_code != 401
    ]
    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reaches_what_it_was_granted_and_nothing_else(
    app: Flask, ids: dict[str, Any], sits: Callable[..., Any], role: Role
) -> None:
    person = sits(role.value)
    wrong = []
    for rule, permission in guarded(app):
        granted = permission is Permission.OWN_SETTINGS or permission in GRANTS[role]
        for method in methods(rule):
            status = sent(person, method, address(app, rule, ids)).status_code
            if granted == (status == 403) or status >= 500:
                wrong.append((role.value, method, rule.endpoint, status))
    assert wrong == []


def test_a_foreign_practices_id_is_not_found_on_every_route(
    app: Flask, cast: Cast, ids: dict[str, Any], sits: Callable[..., Any]
) -> None:
    wrong = []
    for rule, permission in guarded(app):
        if not rule.arguments:
            continue
        role = next(role for role in (Role.RECEPTION, Role.PHYSICIAN, Role.OWNER) if permission in GRANTS[role])
        stranger = sits(role.value, (cast.stranger_id,))
        for method in methods(rule):
            status = sent(stranger, method, address(app, rule, ids)).status_code
            if status != 404:
                wrong.append((method, rule.endpoint, status))
    assert wrong == []


def test_a_form_without_its_token_changes_nothing(app: Flask, ids: dict[str, Any], sits: Callable[..., Any]) -> None:
    """CSRF: a POST that another site made the browser send."""
    accepted = []
    for rule, permission in guarded(app):
        role = next((role for role in Role if permission in GRANTS[role]), Role.RECEPTION)
        if "POST" in methods(rule):
            answer = sits(role.value).post(address(app, rule, ids), data={"version": "1", "once": "y"})
            if answer.status_code < 400:
                accepted.append((rule.endpoint, answer.status_code))
    assert accepted == []
