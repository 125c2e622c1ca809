"""The forms around a debt: a letter of correction, instalments and their end, the hand-over to a lawyer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from wtforms import HiddenField

from ...models.rules.instalments import (
    FEWEST_INSTALMENTS,
    MOST_INSTALMENTS,
    NoSplit,
    Rate,
    monthly,
    split_by_amount,
    split_by_count,
)
from ..services.handovers import Lawyer
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import LongTextField, RadioRow, TextField, choices
from .payments import ConfirmedForm
from .typed import DateTextField, DecimalTextField

SPLITS = {"count": lazy_kt("nach Anzahl"), "amount": lazy_kt("nach Betrag")}
_CENT = Decimal("0.01")


class LetterForm(KostenklarForm):
    """The button that writes the letter beside a corrected invoice."""


class InstalmentsForm(ConfirmedForm):
    """How a debt is parted into monthly instalments; `seen` is what the page showed: nobody agrees blind."""

    split = RadioRow(lazy_kt("Aufteilen"), choices=choices(list(SPLITS.items())), default="count")
    figure = DecimalTextField(
        lazy_kt("Anzahl oder Betrag"),
        least=_CENT,
        missing=lazy_kt("Die Zahl fehlt. Zum Beispiel 3 Raten oder 50,00 je Rate."),
    )
    first_on = DateTextField(lazy_kt("Erste Rate zahlbar bis"))
    seen = HiddenField()

    def rates(self, total: Decimal) -> tuple[Rate, ...]:
        """The instalments for what is open; () with a sentence at the field where it cannot be parted so."""
        figure: Decimal = self.figure.data
        by_amount = self.split.data == "amount"
        try:
            parts = split_by_amount(total, figure) if by_amount else split_by_count(total, whole(figure))
        except NoSplit:
            self.add_problem("figure", self._unfit())
            return ()
        return monthly(parts, self.first_on.data)

    def _unfit(self) -> str:
        bounds = {"least": FEWEST_INSTALMENTS, "most": MOST_INSTALMENTS}
        if self.split.data == "amount":
            return kt("Dieser Betrag ergibt weniger als {least} oder mehr als {most} Raten.", **bounds)
        return kt("Möglich sind {least} bis {most} Raten, jede von mindestens einem Cent.", **bounds)

    def shows(self, rates: Sequence[Rate]) -> bool:
        """Whether the page showed just these before; from now on it does."""
        said = ";".join(f"{rate.due_on.isoformat()} {rate.amount}" for rate in rates)
        now = sha256(said.encode()).hexdigest()[:16]
        before = self.seen.data
        self.seen.raw_data, self.seen.data = None, now
        return bool(before == now)


class EndPlanForm(KostenklarForm):
    """Why instalments end before they are paid."""

    reason = TextField(
        lazy_kt("Grund"), longest=300, missing=lazy_kt("Der Grund fehlt. Zum Beispiel: zahlt den Rest auf einmal.")
    )


class HandoverForm(ConfirmedForm):
    """To whom a claim goes."""

    lawyer = TextField(
        lazy_kt("Kanzlei, Anwältin oder Anwalt"), missing=lazy_kt("Der Name fehlt. Er steht auf der Aufstellung.")
    )
    street = TextField(lazy_kt("Straße"), missing=lazy_kt("Die Straße fehlt."))
    postcode = TextField(lazy_kt("Postleitzahl"), longest=10, missing=lazy_kt("Die Postleitzahl fehlt."))
    city = TextField(lazy_kt("Ort"), missing=lazy_kt("Der Ort fehlt."))
    note = LongTextField(lazy_kt("Hinweis an die Kanzlei"), required=False, longest=1000)

    def to(self) -> Lawyer:
        """Whoever was typed."""
        return Lawyer(self.lawyer.data, self.street.data, self.postcode.data, self.city.data)


class EndHandoverForm(KostenklarForm):
    """Why a claim comes back."""

    reason = TextField(
        lazy_kt("Grund"), longest=300, missing=lazy_kt("Der Grund fehlt. Zum Beispiel: bezahlt, zurückgezogen.")
    )


def whole(figure: Decimal) -> int:
    """The figure as a count. Raises NoSplit for two and a half instalments."""
    if figure != figure.to_integral_value():
        raise NoSplit(str(figure))
    return int(figure)
