"""All routes x all roles x a foreign practice: closed unless granted, and a foreign id is not there (promise 8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from kostenklar.models.records import Article, Insurer, InvoiceLine, IssuedPaper, Payment, Policy, ProcedurePosition
from kostenklar.plugin.access import GRANTS, Permission, Role
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import signings, tablets
from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.services.dunning import issue_dunning
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.batch_scene import looked_through
from kostenklar.tests.debt_scene import a_handover, a_plan
from kostenklar.tests.desk_scene import an_incoming_scan
from kostenklar.tests.estimate_scene import a_fee_agreement, an_estimate
from kostenklar.tests.grant_scene import a_case, a_contact, a_prepared_one
from kostenklar.tests.invoice_scene import PLAN, a_session
from kostenklar.tests.payment_scene import an_invoice, paid
from kostenklar.tests.people import KEYS, Cast
from kostenklar.tests.side_effect_scene import a_side_effect

pytestmark = pytest.mark.slow


@pytest.fixture
def ids(app: Flask, cast: Cast) -> dict[str, Any]:
    """One record of every noun that stands in an address, all of the practice "Lindenhof"."""
    with app.app_context(), acting_as(KEYS["physician"], roles=["physician"], practices=[cast.practice_id]):
        billed = an_invoice(cast)
        payment = paid(billed, "5.00")
        letter = a_letter(payment)
        plan, handover = a_plan(billed), a_handover(billed)
        treatment = a_session(cast)
        case = a_case(cast)
        grant = a_prepared_one(case)
        contact = a_contact(cast)
        estimate, agreement = an_estimate(cast), a_fee_agreement(cast)
        with unit_of_work():
            consent = prepare_consent(cast.course_id, None, ConsentPlan(3, today() + dt.timedelta(days=90)), today())
            notice = issue_cost_notice(cast.course_id, None, PLAN, today())
            invoice = draft_invoice(treatment)
        ended, on_tablet = two_signings(consent.id)
        blob = session().scalars(select(IssuedPaper.blob_id)).first()
        return {
            "patient_id": cast.patient_id, "course_id": cast.course_id, "lesion_id": cast.lesion_id,
            "consent_id": consent.id, "notice_id": notice.id, "treatment_id": treatment, "invoice_id": invoice,
            "line_id": session().scalars(select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice)).one(),
            "payment_id": payment, "reminder_id": letter, "level": 1, "paper_id": consent.paper_id, "blob_id": blob,
            "device_id": cast.device_id, "staff_id": cast.assistant_id, "site_id": cast.site_id,
            "policy_id": session().scalars(select(Policy.id)).first(), "code": "talk",
            "noun": "consent", "record_id": consent.id, "signing_id": on_tablet, "other_cookie": ended,
            "clarification_id": case, "step": "cancel", "kind": "release", "grant_id": grant, "contact_id": contact,
            "estimate_id": estimate, "agreement_id": agreement, "plan_id": plan, "handover_id": handover,
            "scan_id": an_incoming_scan(cast), "effect_id": a_side_effect(treatment),
            "insurer_id": session().scalars(select(Insurer.id)).first(),
            **catalogue_ids(cast),
            "batch_id": looked_through(cast, [invoice]), "part": 1,
        }  # fmt: skip


def a_letter(payment_id: int) -> int:
    """The id of a dunning letter about the invoice that was paid in part."""
    later = today() + dt.timedelta(60)
    confirmed = ("dunning_skips_level", "dunning_without_delivery")
    with unit_of_work():
        invoice_id = session().get_one(Payment, payment_id).invoice_id
        return issue_dunning(invoice_id, None, 1, later + dt.timedelta(14), later, confirmed=confirmed).id


def catalogue_ids(cast: Cast) -> dict[str, Any]:
    """A procedure with a position of its chain, an article, and a number of the schedule."""
    article = Article(practice_id=cast.practice_id, name="Sonnencreme", net_price=Decimal(10), vat_rate=Decimal(19))
    session().add(article)
    session().commit()
    chain = select(ProcedurePosition.id).where(ProcedurePosition.procedure_id == cast.procedure_id)
    return {
        "procedure_id": cast.procedure_id,
        "position_id": session().scalars(chain).first(),
        "article_id": article.id,
        "number": "740",
    }


def two_signings(consent_id: int) -> tuple[str, int]:
    """The cookie of a signing that the desk has ended, and the id of one that a tablet has open."""
    with unit_of_work():
        first = signings.offer("consent", consent_id, now())
    cookie = tablets.pair(first.code, "", now()).cookie
    with unit_of_work():
        second = signings.offer("consent", consent_id, now())
    tablets.pair(second.code, "", now())
    return cookie, second.signing_id


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


def test_only_files_of_the_screen_the_tablet_and_the_not_found_page_are_open(app: Flask) -> None:
    opened = {rule.endpoint for rule in our_rules(app) if named(app, rule) is Permission.OPEN}
    assert {name for name in opened if not name.startswith("kostenklar.tablet_")} <= {
        "kostenklar.assets_show",
        "kostenklar.nowhere_show",
    }


@pytest.mark.parametrize("cookie", ["", "1.guess", "foreign"])
@pytest.mark.parametrize("role", [None, *Role])
def test_no_open_page_tells_anything_without_its_own_capability(
    app: Flask, ids: dict[str, Any], sits: Callable[..., Any], role: Role | None, cookie: str
) -> None:
    """Whoever sits there, signed in or not: a paper on a tablet is seen by the one cookie that was paired with it."""
    somebody, told = sits(role.value if role else None), []
    if cookie:
        secret = ids["other_cookie"] if cookie == "foreign" else cookie
        somebody.set_cookie("kostenklar_tablet", secret, path="/kostenklar/tablet")
    for rule in our_rules(app):
        if named(app, rule) is Permission.OPEN and rule.endpoint.startswith("kostenklar.tablet_"):
            for method in methods(rule):
                answer = sent(somebody, method, address(app, rule, ids | {"code": "0" * 10}))
                if (
                    answer.status_code >= 500
                    or "Yılmaz" in answer.text
                    or "%PDF" in answer.text
                    or "<nav" in answer.text
                ):
                    told.append((method, rule.endpoint, answer.status_code))
    assert told == []


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
        if not rule.arguments - {"number"}:  # the fee schedule is the law's, not a practice's
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
