"""What follows a session in the demo: side effects, an invoice over the series, payments, reminders, letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from ..models.invoice import Invoice
from ..models.rules.analog import laser_position
from ..models.rules.money import ZERO, to_cent
from ..models.rules.payments import PaymentKind
from ..models.rules.side_effects import SideEffectKind
from ..models.treatment import Treatment
from .clock import now, today
from .demo_cost_file import CostFile
from .demo_scan import signed_scan
from .extension import session
from .services import contacts, draft_lines, dunning, incoming, invoices, payments, receipts, reminders, side_effects
from .services.contacts import ContactData
from .services.draft_lines import LineChange
from .services.incoming import Arrived
from .services.payments import Received
from .services.side_effects import Judgement, Report

_HALF: Final = Decimal("0.5")


@dataclass
class WholeFile(CostFile):
    """A patient's file with all that can happen to it in the demo."""

    effect_id: int = 0
    payment_id: int = 0
    letter_id: int = 0
    cancelled_id: int = 0

    def report_side_effect(self) -> None:
        """On the telephone, on the third day."""
        report = Report(
            now(), "telephone", (SideEffectKind.BLOODY_BLISTER, SideEffectKind.SWELLING), self.data.last_name,
            self.lesion_ids[0], today() - dt.timedelta(days=1), "zwei kleine Blasen am Rand, gespannt, kein Fieber",
            "nicht aufkratzen, kühlen, sauber abdecken; bei Fieber oder Eiter sofort kommen",
            today() + dt.timedelta(days=1),
        )  # fmt: skip
        self.effect_id = side_effects.report_side_effect(self.treatment_id, report, today()).id

    def see_side_effect(self) -> None:
        judgement = Judgement(expected=True, measure="steril abgedeckt, Kontrolle", follow_up_on=None)
        side_effects.see_side_effect(self.effect_id, None, judgement, today())

    def side_effect_gone(self) -> None:
        side_effects.close_side_effect(self.effect_id, None, "gone", today(), "abgeheilt, keine Narbe", today())

    def draft_by_area(self) -> None:
        """A laser is charged by the whole area of the session (domain 1.2)."""
        self.draft()
        number = laser_position(self.wish.dose.area_cm2 or ZERO)
        for line in self._invoice.lines:
            change = LineChange(line.factor, line.quantity, line.reason, line.clock_time, number)
            draft_lines.change_line(self.invoice_id, None, line.id, change)

    def draft_series(self) -> None:
        """One invoice over all sessions that are done and not billed yet."""
        query = select(Treatment.id).where(
            Treatment.course_id == self.course_id, Treatment.state == "done", Treatment.billing == "open"
        )
        self.invoice_id = invoices.draft_course_invoice(self.course_id, list(session().scalars(query)))

    def pay_half(self) -> None:
        self._pay(to_cent(self._invoice.gross_total * _HALF))

    def pay_rest(self) -> None:
        self._pay(self._invoice.gross_total - self._invoice.paid_total)

    def receipt(self) -> None:
        receipts.issue_receipt(self.payment_id, today())

    def reissue(self) -> None:
        """The cancelled invoice is written anew, with the same lines."""
        self.cancelled_id = self.invoice_id
        self.invoice_id = invoices.reissue_invoice(self.invoice_id, None)

    def move_credit(self) -> None:
        """What was paid on the cancelled invoice counts for the new one."""
        paid = session().get_one(Invoice, self.cancelled_id).paid_total
        if paid > ZERO:
            payments.move_credit(self.cancelled_id, None, self.invoice_id, paid, today())

    def remind(self) -> None:
        reminders.issue_reminder(self.invoice_id, None, today() + dt.timedelta(days=10), today())

    def dun(self) -> None:
        """The first dunning letter; a base rate that is still to come does not keep it back."""
        until = today() + dt.timedelta(days=14)
        confirmed = ("base_rate_awaited",)
        self.letter_id = dunning.issue_dunning(self.invoice_id, None, 1, until, today(), confirmed=confirmed).id

    def post_letter(self) -> None:
        dunning.record_letter_delivery(self.letter_id, today(), "post")

    def letter_comes(self) -> None:
        """A scan that waits to be filed to its case."""
        scan = signed_scan(f"Schreiben eines Versicherers, Akte {self.patient_id}", today())
        incoming.take_in(self.house.practice_id, [Arrived("scan-0001.pdf", scan.content, scan.media_type)], today())

    def allow_contact(self) -> None:
        data = ContactData(
            name=f"Erik {self.data.last_name}", scope="costs", allowed_on=today(), relation="Ehemann", how="schriftlich"
        )
        contacts.allow_contact(self.patient_id, None, data, today())

    def _pay(self, amount: Decimal) -> None:
        received = Received(amount, today(), PaymentKind.TRANSFER, payer=self.data.last_name)
        self.payment_id = payments.record_payment(self.invoice_id, None, received, today()).id

    @property
    def _invoice(self) -> Invoice:
        return session().get_one(Invoice, self.invoice_id)
