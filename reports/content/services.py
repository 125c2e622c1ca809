"""The services on an invoice or a cost notice: the wording that § 12 GOÄ asks for, and the groups per VAT rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ...models.rules.invoice import LineKind
from ...models.rules.vat import Exemption
from .base import Language, PaperContradictsItself, PaperDoesNotAddUp
from .formats import NBSP, day, money


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service as performed: § 12(2) no. 1, 2 and 7, § 12(3) and (4) GOÄ. Amounts are net euros of the whole line.

    `service` is the official name of the number. With `analog_service` (what was really done) the line is charged by
    analogy, § 6(2) GOÄ. An expense (§ 10 GOÄ) and goods have neither number nor factor; with `receipt` the expense's
    is attached (§ 12(2) no. 5).
    """

    performed_on: date
    number: str
    service: str
    amount: Decimal
    factor: Decimal | None
    quantity: int = 1
    clock_time: str = ""
    analog_service: str = ""
    minimum_minutes: int | None = None
    site: str = ""
    reason: str = ""
    on_demand: bool = False
    agreement_on: date | None = None
    kind: LineKind = LineKind.GOAE
    receipt: bool = False

    @property
    def single(self) -> Decimal:
        """Net euros of one, never negative: each service was rounded by itself and then multiplied."""
        return abs(self.amount / self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class VatGroup:
    """The lines of one VAT rate in per cent; without a rate they are exempt, for the reason in `exemption`.

    `exempt` is that reason as a code; papers of the first version have none.
    """

    rate: Decimal | None
    net: Decimal
    vat: Decimal
    lines: tuple[ServiceLine, ...]
    exemption: str = ""
    exempt: Exemption | None = None

    def __post_init__(self) -> None:
        if sum((line.amount for line in self.lines), Decimal()) != self.net:
            raise PaperDoesNotAddUp(f"the lines of the group do not make {self.net}")
        if (self.rate is None) != bool(self.exemption):
            raise PaperContradictsItself("a group has either a rate or the reason of its exemption")
        if self.rate is None and self.vat:  # § 14c UStG: wrongly shown VAT is owed
            raise PaperContradictsItself("an exempt group shows VAT")


def check_total(groups: Sequence[VatGroup], total: Decimal) -> None:
    """Raise PaperDoesNotAddUp where net and VAT of all groups do not make the total."""
    if sum((group.net + group.vat for group in groups), Decimal()) != total:
        raise PaperDoesNotAddUp(f"the groups do not make {total}")


def net_of(groups: Sequence[VatGroup]) -> Decimal:
    """Net euros of all groups."""
    return sum((group.net for group in groups), Decimal())


def vat_of(groups: Sequence[VatGroup]) -> Decimal:
    """Euros VAT of all groups."""
    return sum((group.vat for group in groups), Decimal())


def with_line_kinds(groups: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored groups of a paper's first version as the second stores them: an expense was a line without number."""
    return [
        {
            **group,
            "exempt": None,
            "lines": [
                {**line, "kind": (LineKind.GOAE if line["number"] else LineKind.EXPENSE).value, "receipt": False}
                for line in group["lines"]
            ],
        }
        for group in groups
    ]


def number_shown(number: str, analog_service: str) -> str:
    """The number as it stands in its column; an analogous one with the customary A."""
    return f"A{NBSP}{number}" if analog_service else number


def service_wording(
    language: Language, number: str, service: str, *, analog_service: str, minimum_minutes: int | None
) -> str:
    """The name of a service: with its minimum duration, § 12(2) no. 2, or as an analogy, § 12(4) GOÄ.

    The word "entsprechend" is the statute's own and stays in the English paper.
    """
    named = service
    if minimum_minutes and "mindestens" not in service:
        minutes = f"{minimum_minutes}{NBSP}"
        named += f" (Dauer mindestens {minutes}Minuten)" if language == "de" else f" (at least {minutes}minutes)"
    if not analog_service:
        return named
    if language == "de":
        return f"{analog_service}, entsprechend Nr.{NBSP}{number} GOÄ „{named}“ (§{NBSP}6 Abs.{NBSP}2 GOÄ)"
    equivalent = f"entsprechend (corresponding to) No.{NBSP}{number} GOÄ “{named}”"
    return f"{analog_service}, {equivalent} (section{NBSP}6(2) GOÄ)"


def on_demand_mark(language: Language) -> str:
    """§ 12(2) no. 7 with § 1(2) sentence 2 GOÄ."""
    if language == "de":
        return f"auf Verlangen erbracht, §{NBSP}1 Abs.{NBSP}2 S.{NBSP}2 GOÄ"
    return f"on request (auf Verlangen), section{NBSP}1(2) sentence{NBSP}2 GOÄ"


def receipt_mark(language: Language) -> str:
    """§ 12(2) no. 5 GOÄ: the receipt of an expense lies with the invoice."""
    if language == "de":
        return f"Beleg liegt bei, §{NBSP}12 Abs.{NBSP}2 Nr.{NBSP}5 GOÄ"
    return f"receipt attached, section{NBSP}12(2) no.{NBSP}5 GOÄ"


def agreement_note(language: Language, agreed_on: date) -> str:
    """The agreement under § 2 GOÄ that a factor above 3.5 rests on."""
    if language == "de":
        return f"Vereinbarung nach §{NBSP}2 GOÄ vom {day(agreed_on, language)}"
    return f"agreement under section{NBSP}2 GOÄ of {day(agreed_on, language)}"


def explanations(line: ServiceLine, language: Language) -> tuple[str, ...]:
    """What stands in small print under a service, in reading order."""
    clock = f"{line.clock_time}{NBSP}Uhr" if language == "de" else line.clock_time
    where = ", ".join(part for part in (clock if line.clock_time else "", line.site) if part)
    marks = [where, on_demand_mark(language) if line.on_demand else ""]
    if line.kind is not LineKind.GOAE and line.quantity != 1:
        marks.append(
            f"je {money(line.single, language)}" if language == "de" else f"{money(line.single, language)} each"
        )
    if line.agreement_on:
        marks.append(agreement_note(language, line.agreement_on))
    if line.receipt:
        marks.append(receipt_mark(language))
    if line.reason:
        marks.append(f"{'Begründung' if language == 'de' else 'Reason'}: {line.reason}")
    return tuple(mark for mark in marks if mark)
