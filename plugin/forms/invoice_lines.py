"""The forms around the lines of a draft: a service, an expense, goods, and the buttons beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import HiddenField

from ...models.practice import Article
from ...models.rules.billing import LASER_NUMBERS
from ...models.rules.mends import Mend, MendKind
from ...models.rules.vat import STANDARD_RATE, Indication
from .. import formats
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, ListField, LongTextField, RadioRow, TextField, choices
from .scan import ScanField
from .typed import AmountField, DateTextField, FactorField, TimeTextField, WholeNumberField

REDUCED_RATE = Decimal("7.00")  # § 12(2) UStG
_RATES = {STANDARD_RATE: lazy_kt("19 %"), REDUCED_RATE: lazy_kt("7 %")}
_CENT = Decimal("0.01")
_DECISIONS = {
    "session": lazy_kt("wie die Sitzung"),
    Indication.MEDICAL.value: lazy_kt("medizinisch"),
    Indication.COSMETIC.value: lazy_kt("kosmetisch"),
}


class _OfSessionForm(KostenklarForm):
    """A line that belongs to a session of the draft; with one session there is nothing to choose."""

    session = ListField(lazy_kt("Sitzung"), coerce=int)
    service_on = DateTextField(lazy_kt("Datum der Leistung"), future=False)

    def offer_sessions(self, offered: Sequence[tuple[int, str]]) -> None:
        """The sessions to choose from, whose day counts where none is typed; a single one is taken as it is."""
        self.session.choices = choices(list(offered))
        if len(offered) < 2:
            del self.session
        else:
            self.service_on.flags.required = False

    def session_id(self, offered: Sequence[tuple[int, str]]) -> int:
        """The session chosen, or the only one; 0 where there is none."""
        if "session" in self:
            return int(self["session"].data)
        return offered[0][0] if offered else 0


class ServiceForm(_OfSessionForm):
    """A service of the fee schedule: what the desk may say of it."""

    number = ListField(lazy_kt("Nummer"), choices=choices([(number, number) for number in sorted(LASER_NUMBERS)]))
    factor = FactorField(lazy_kt("Faktor"))
    quantity = WholeNumberField(lazy_kt("Anzahl"), least=1, most=99)
    clock_time = TimeTextField(lazy_kt("Uhrzeit"), required=False)
    analog_service = TextField(lazy_kt("Tatsächlich erbracht"), required=False, longest=300)
    sample = ListField(lazy_kt("Begründung aus der Vorlage"), required=False)
    reason = LongTextField(lazy_kt("Begründung"), required=False, longest=600)
    other_illness = CheckField(lazy_kt("Andere Erkrankung, also ein eigener Behandlungsfall"))

    def offer_reasons(self, reasons: Sequence[str]) -> None:
        """The texts of the procedure's chain to choose from."""
        self.sample.choices = choices([("", kt("keine")), *((text, text) for text in reasons)])
        if not reasons:
            del self.sample

    def written_reason(self) -> str:
        """What was typed, and the chosen text where it does not stand in it already."""
        typed = (self.reason.data or "").strip()
        chosen = (self["sample"].data or "") if "sample" in self else ""
        if not chosen or chosen in typed:
            return typed
        return f"{typed} {chosen}".strip()


class ExpenseForm(_OfSessionForm):
    """An expense of § 10 GOÄ."""

    service = TextField(lazy_kt("Art der Auslage"), missing=lazy_kt("Was es war, fehlt noch. Zum Beispiel: Farbstoff."))
    amount = AmountField(lazy_kt("Tatsächliche Kosten"), least=_CENT)
    receipt = ScanField(lazy_kt("Beleg"), required=False)


class GoodsForm(KostenklarForm):
    """Goods: one of the practice's articles, or something else with its price and VAT."""

    article = ListField(lazy_kt("Artikel der Praxis"), required=False, coerce=int)
    service = TextField(lazy_kt("Bezeichnung"), required=False)
    price = AmountField(lazy_kt("Preis netto für eins"), required=False, least=_CENT)
    rate = ListField(lazy_kt("Umsatzsteuer"), required=False, coerce=Decimal, choices=choices(list(_RATES.items())))
    quantity = WholeNumberField(lazy_kt("Anzahl"), least=1, most=999)
    service_on = DateTextField(lazy_kt("Abgegeben am"), future=False)

    def offer_articles(self, articles: Sequence[Article]) -> None:
        """The articles to choose from, each with its price."""
        offered = ((each.id, article_label(each)) for each in articles)
        self.article.choices = choices([("", kt("etwas anderes")), *offered])
        if not articles:
            del self.article

    def offer_rates(self, own: Decimal | None, *, charged: bool) -> None:
        """The rates to choose from, with the line's own; none where the practice charges no VAT (§ 19 UStG)."""
        if not charged:
            del self.rate
            return
        offered = dict(_RATES) | ({own: formats.percent(own)} if own is not None and own not in _RATES else {})
        first = [("", kt("wie beim Artikel"))] if "article" in self else []
        self.rate.choices = choices([*first, *offered.items()])

    def article_id(self) -> int | None:
        """The article chosen, if any."""
        chosen: int | None = self["article"].data if "article" in self else None
        return chosen

    def validate(self, extra_validators: object = None) -> bool:
        """Without an article name, price and VAT are asked for."""
        fine = bool(super().validate())
        if self.article_id() or not fine:
            return fine
        for name, sentence in (
            ("service", kt("Die Bezeichnung fehlt noch. Bitte wählen Sie einen Artikel, oder tippen Sie sie.")),
            ("price", kt("Der Betrag fehlt. Zum Beispiel 1.251,78.")),
            ("rate", kt("Bitte wählen Sie, mit wie viel Umsatzsteuer.")),
        ):
            if name in self and self[name].data in (None, ""):
                self.add_problem(name, sentence)
        return not self.problems()


class LineToolsForm(KostenklarForm):
    """The buttons beside the lines: higher, lower, remove."""


class MendForm(KostenklarForm):
    """A button that mends: which change of which line."""

    kind = HiddenField()
    line = HiddenField()
    value = HiddenField()

    def mend(self) -> Mend | None:
        """The change that was sent, None for what is none."""
        line = self.line.data or ""
        if self.kind.data not in set(MendKind) or not (line.isascii() and line.isdigit() and len(line) < 6):
            return None
        return Mend(MendKind(self.kind.data), int(line), self.value.data or "")


def article_label(article: Article) -> str:
    """An article as a line to choose: name, price, VAT."""
    return kt(
        "{name}, {price} netto je {unit}, {rate} USt",
        name=article.name,
        price=formats.money(article.net_price),
        unit=article.unit,
        rate=formats.percent(article.vat_rate),
    )


class LineIndicationForm(KostenklarForm):
    """What a physician decides for one line alone, with the reason that an auditor will ask for."""

    decision = RadioRow(lazy_kt("Diese Position ist"), choices=choices(list(_DECISIONS.items())))
    reason = LongTextField(lazy_kt("Begründung"), required=False, longest=600)

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.decision.data in set(Indication) and not (self.reason.data or "").strip():
            self.add_problem("reason", kt("Die Begründung fehlt. Zum Beispiel: Abklärung eines auffälligen Flecks."))
            fits = False
        return fits

    def decided(self) -> Indication | None:
        """The indication, or None for the session's."""
        return Indication(self.decision.data) if self.decision.data in set(Indication) else None
