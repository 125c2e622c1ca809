"""The forms around money: a payment, what is taken back, where a credit goes, the receipt, the reminder."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from wtforms import HiddenField

from ...models.rules.payments import PaymentKind
from ...models.rules.severity import Finding, Severity
from ..clock import today
from ..services.payments import Received
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, ListField, RadioRow, TextField, enum_choices
from .typed import MOST_PAID, AmountField, DateTextField

WAYS = {
    PaymentKind.TRANSFER: lazy_kt("Überweisung"),
    PaymentKind.TILL: lazy_kt("Bezahlt laut Praxiskasse"),
}
_CENT = Decimal("0.01")


class ConfirmedForm(KostenklarForm):
    """A form that asks once about warnings: `asked` holds the codes the page showed, `confirm` is the tick."""

    confirm = CheckField(lazy_kt("Das stimmt so, trotzdem speichern"))
    asked = HiddenField()

    @property
    def asks(self) -> bool:
        """Whether the page shows the box to tick."""
        return bool(self.asked.data)

    @property
    def confirmed(self) -> frozenset[str]:
        """The codes that somebody has seen and ticked."""
        return frozenset((self.asked.data or "").split()) if self.confirm.data else frozenset()

    def ask(self, findings: Iterable[Finding]) -> None:
        """Show the box for these warnings; a tick given for others does not count for them."""
        new = {finding.code for finding in findings if finding.severity is Severity.WARN}
        self.asked.raw_data, self.asked.data = None, " ".join(sorted(self.confirmed | new))
        self.confirm.raw_data, self.confirm.data = None, False


class PaymentForm(ConfirmedForm):
    """Money as it came."""

    amount = AmountField(lazy_kt("Betrag"), least=_CENT, most=MOST_PAID)
    value_date = DateTextField(lazy_kt("Wertstellung"), future=False, default=today)
    kind = RadioRow(
        lazy_kt("Zahlungsweg"), choices=enum_choices(WAYS), coerce=PaymentKind, default=PaymentKind.TRANSFER
    )
    external_receipt_no = TextField(lazy_kt("Beleg-Nr. der Praxiskasse"), required=False, longest=60)
    payer = TextField(lazy_kt("Gezahlt von"), required=False)

    def validate(self, extra_validators: object = None) -> bool:
        """The till's receipt number is asked for where the money went through the till (domain 10.1 no. 4)."""
        fine = bool(super().validate())
        if (
            self.kind.data is PaymentKind.TILL
            and not self.external_receipt_no.data
            and not self.external_receipt_no.errors
        ):
            self.add_problem(
                "external_receipt_no", kt("Die Beleg-Nr. der Praxiskasse fehlt. Sie steht auf dem Kassenbeleg.")
            )
            return False
        return fine

    def received(self) -> Received:
        """What was typed."""
        till = self.kind.data is PaymentKind.TILL
        return Received(
            amount=self.amount.data,
            value_date=self.value_date.data,
            kind=self.kind.data,
            external_receipt_no=(self.external_receipt_no.data or "") if till else "",
            payer=self.payer.data or "",
        )


class ReversalForm(KostenklarForm):
    """When and why a payment is taken back."""

    value_date = DateTextField(lazy_kt("Tag"), future=False, default=today)
    reason = TextField(
        lazy_kt("Grund"),
        longest=300,
        missing=lazy_kt("Der Grund fehlt. Zum Beispiel: Rücklastschrift, falsche Rechnung."),
    )


class CreditForm(KostenklarForm):
    """To which open invoice of the patient a credit goes, and how much of it."""

    target_id = ListField(lazy_kt("Auf welche Rechnung"), coerce=int)
    amount = AmountField(lazy_kt("Betrag"), least=_CENT, most=MOST_PAID)


class RefundForm(KostenklarForm):
    """That a credit was paid back: how much, when, and how."""

    amount = AmountField(lazy_kt("Betrag"), least=_CENT, most=MOST_PAID)
    value_date = DateTextField(lazy_kt("Erstattet am"), future=False, default=today)
    reason = TextField(
        lazy_kt("Auf welchem Weg"),
        longest=300,
        missing=lazy_kt("Wie wurde erstattet? Zum Beispiel: Überweisung auf das Konto der Patientin."),
    )


class ReceiptForm(KostenklarForm):
    """The button that issues a receipt."""


class ReminderForm(ConfirmedForm):
    """Until when the reminder asks to pay."""

    pay_until = DateTextField(lazy_kt("Neuer Zahltag"))
