"""What follows when an invoice is not paid: dunning letters, their hand-over, the hold, writing off, base rates."""

from __future__ import annotations

import datetime as dt

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.dunning import DunningLevel
from ...models.rules.severity import RuleBroken
from ...models.rules.states import InvoiceState, InvoiceStep, StepNotAllowed
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..errors import NotFound
from ..forms import dunning as forms
from ..forms.base import bound
from ..forms.invoices import DeliveryForm
from ..queries import practice as practice_query
from ..queries.base_rates import rates_of
from ..queries.invoice_pages import invoice_page, invoice_record
from ..queries.invoice_rows import IssuedPage
from ..queries.payments import reminder_row
from ..services import base_rates, dunning, payments, write_offs
from ..shell import notice
from ..texts import kt
from .dunning_words import LETTERS
from .invoices import shown_page
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/invoices/<int:invoice_id>/dunning/<int:level>", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def dunnings_new(invoice_id: int, level: int) -> AnyResponse:
    """The first or the second dunning letter; what is unusual is asked about once."""
    if level not in (DunningLevel.FIRST, DunningLevel.SECOND):
        raise NotFound(f"dunning level {level}")
    page = _unpaid(invoice_id)
    if page is None or not page.money.open:
        return _refused(invoice_id)
    wanted, now = DunningLevel(level), clock.today()
    until = now + dt.timedelta(days=practice_query.own_practice().dunning_days)
    form = bound(forms.DunningForm, version=page.head.version, pay_until=until)

    def dun() -> str:
        try:
            dunning.issue_dunning(
                invoice_id, form.version.data, wanted, form.pay_until.data, now,
                confirmed=form.confirmed, with_interest=form.with_interest.data,
            )  # fmt: skip
        except RuleBroken as broken:
            form.ask(broken.findings)
            raise
        notice(kt("Die Mahnung ist ausgestellt. Bitte drucken und übergeben Sie sie."))
        return _url(invoice_id)

    done = carried_out(form, dun)
    if done:
        return done
    letter = dunning.previewed(invoice_record(invoice_id), wanted, form.pay_until.data or until, now)
    return form_page("payments/dunning.html", form, page=page, letter=letter, level=wanted, name=kt(LETTERS[wanted]))


@bp.route("/reminders/<int:reminder_id>/delivered", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def reminders_deliver(reminder_id: int) -> AnyResponse:
    """Note when and how a reminder or a dunning letter reached the patient; asks once."""
    letter = reminder_row(reminder_id)
    page = invoice_page(letter.invoice_id, clock.today())
    if letter.delivered_on and request.method == "GET":
        return _to(letter.invoice_id)
    form = bound(DeliveryForm)

    def deliver() -> str:
        day, how = form.delivered_on.data, form.delivered_how.data
        return _url(dunning.record_letter_delivery(reminder_id, day, how))

    return carried_out(form, deliver) or form_page("payments/delivered.html", form, page=page, letter=letter)


@bp.route("/invoices/<int:invoice_id>/hold", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def dunning_hold(invoice_id: int) -> AnyResponse:
    """Write no letter until a day, for a reason."""
    page = _unpaid(invoice_id)
    if page is None or page.dunning is None or not page.money.open:
        return _refused(invoice_id)
    claim = page.dunning.claim
    form = bound(forms.HoldForm, version=page.head.version, until=claim.hold_until, reason=claim.hold_reason)

    def hold() -> str:
        dunning.hold_dunning(invoice_id, form.version.data, form.until.data, form.reason.data, clock.today())
        notice(kt("Die Mahnsperre ist eingetragen."))
        return _url(invoice_id)

    release = bound(forms.ReleaseForm, version=page.head.version)
    return carried_out(form, hold) or form_page("payments/hold.html", form, page=page, release=release)


@bp.route("/invoices/<int:invoice_id>/hold/end", methods=["POST"])
@requires(Permission.RECORD_PAYMENTS)
def dunning_release(invoice_id: int) -> AnyResponse:
    """Lift the hold."""
    form = bound(forms.ReleaseForm)

    def release() -> str:
        dunning.release_dunning(invoice_id, form.version.data)
        notice(kt("Die Mahnsperre ist aufgehoben."))
        return _url(invoice_id)

    return carried_out(form, release) or shown_page(invoice_id, form)


@bp.route("/invoices/<int:invoice_id>/write-off", methods=ASKED)
@requires(Permission.ENFORCE_DEBTS)
def write_offs_new(invoice_id: int) -> AnyResponse:
    """Take an invoice out of the receivables; asks once, with a reason."""
    page = _unpaid(invoice_id)
    if page is None or not page.money.open:
        return _refused(invoice_id)
    form = bound(forms.WriteOffForm, version=page.head.version)

    def write_off() -> str:
        write_offs.write_off(invoice_id, form.version.data, form.reason.data, clock.today())
        notice(kt("Die Rechnung ist ausgebucht."))
        return _url(invoice_id)

    return carried_out(form, write_off) or form_page("payments/write_off.html", form, page=page)


@bp.route("/invoices/<int:invoice_id>/write-off/undo", methods=ASKED)
@requires(Permission.ENFORCE_DEBTS)
def write_offs_undo(invoice_id: int) -> AnyResponse:
    """Put a written-off invoice back among the receivables; asks once, with a reason."""
    page = _unpaid(invoice_id)
    if page is None or page.head.state != InvoiceState.WRITTEN_OFF.value:
        return _refused(invoice_id)
    form = bound(forms.WriteOffForm, version=page.head.version)

    def take_back() -> str:
        write_offs.take_back_write_off(invoice_id, form.version.data, form.reason.data)
        notice(kt("Die Rechnung ist wieder offen."))
        return _url(invoice_id)

    return carried_out(form, take_back) or form_page("payments/write_off_undo.html", form, page=page)


@bp.route("/invoices/<int:invoice_id>/claims", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def claims_take(invoice_id: int) -> AnyResponse:
    """Take what was paid over the invoice as the interest and cost that a letter asked for."""
    page = invoice_page(invoice_id, clock.today())
    if not isinstance(page, IssuedPage) or not page.money.claims:
        return _refused(invoice_id)
    form = bound(forms.ClaimsForm, version=page.head.version, amount=page.money.claims)

    def take() -> str:
        payments.note_claims(invoice_id, form.version.data, form.amount.data, form.value_date.data, clock.today())
        notice(kt("Zinsen und Mahnkosten sind gebucht."))
        return _url(invoice_id)

    return carried_out(form, take) or form_page("payments/claims.html", form, page=page)


@bp.route("/practice/base-rates", methods=ASKED)
@requires(Permission.EDIT_PRACTICE)
def base_rates_list() -> AnyResponse:
    """The base rates the practice reckons with, and a new one."""
    practice = practice_query.own_practice()
    form = bound(forms.BaseRateForm, version=practice.version)

    def keep() -> str:
        base_rates.keep_base_rate(practice.id, form.version.data, *form.rate())
        notice(kt("Der Basiszinssatz ist eingetragen."))
        return url_for("kostenklar.base_rates_list")

    return carried_out(form, keep) or form_page("practice/base_rates.html", form, rates=rates_of(practice.id))


def _unpaid(invoice_id: int) -> IssuedPage | None:
    """The page of an invoice that is unpaid or written off, else None. Raises NotFound."""
    page = invoice_page(invoice_id, clock.today())
    return page if isinstance(page, IssuedPage) and page.dunning else None


def _refused(invoice_id: int) -> AnyResponse:
    """Where nothing of this can be done: the invoice's page, and for what was sent all the same the reason over it."""
    if request.method == "GET":
        return _to(invoice_id)
    form = bound(forms.ReleaseForm)

    def refuse() -> str:
        raise StepNotAllowed(InvoiceState(invoice_record(invoice_id).state), InvoiceStep.REMIND)

    return carried_out(form, refuse) or shown_page(invoice_id, form)


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
