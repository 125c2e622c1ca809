"""The lines of an invoice's page, each with the way to its amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ...models.invoice import InvoiceLine
from ...models.rules.goae import SINGLE, fee
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.invoice import LineKind
from ...models.rules.severity import Finding, Severity
from ...models.rules.surcharges import PERCENTAGES, Percentage, operation_of
from ...models.rules.vat import Indication, VatRegime, line_vat, on_demand
from ...reports.content.services import number_shown, service_wording
from ..texts import language
from .invoice_drafts import Draft


@dataclass(frozen=True, slots=True)
class Base:
    """The service that a surcharge is a percentage of: its number, and its single rate in euros."""

    number: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with the way to its amount. `rate` in per cent, None where exempt or undecided; `state` a look or "".

    `base` is known in a draft only. Expenses and goods have neither number nor points.
    """

    id: int
    number: str
    wording: str
    service_on: dt.date
    points: int
    factor: Decimal
    quantity: int
    amount: Decimal
    indication: str
    on_demand: bool
    rate: Decimal | None
    body_site: str
    clock_time: str
    reason: str
    agreement_on: dt.date | None
    state: str = ""
    kind: str = LineKind.GOAE.value
    receipt_id: int | None = None
    other_illness: bool = False
    analog_service: str = ""
    goae_number: str = ""
    base: Base | None = None
    decided_by: str = ""
    decided_reason: str = ""

    @property
    def single(self) -> Decimal:
        """Euros net of one."""
        return self.amount / self.quantity if self.quantity else self.amount

    @property
    def share(self) -> Percentage | None:
        """What part of another service it costs, where it has no points of its own."""
        return None if self.points else PERCENTAGES.get(self.goae_number)

    @property
    def time(self) -> dt.time | None:
        """The clock time of the service, where one is noted."""
        return dt.time.fromisoformat(self.clock_time) if self.clock_time else None


def line_row(
    line: InvoiceLine,
    indication: Indication,
    rate: Decimal | None,
    minutes: int | None = None,
    state: str = "",
) -> LineRow:
    """A line as the page shows it; `minutes` is the minimum duration of the legend."""
    service = line.kind == LineKind.GOAE.value
    wording = service_wording(
        language(), line.goae_number, line.service, analog_service=line.analog_service, minimum_minutes=minutes
    )
    return LineRow(
        id=line.id,
        number=number_shown(line.goae_number, line.analog_service) if service else "",
        wording=wording if service else line.service,
        service_on=line.service_on,
        points=line.points,
        factor=line.factor,
        quantity=line.quantity,
        amount=line.net,
        indication=indication.value,
        on_demand=service and on_demand(indication),
        rate=rate,
        body_site=line.body_site,
        clock_time=line.clock_time,
        reason=line.reason,
        agreement_on=line.agreement_on,
        state=state,
        kind=line.kind,
        receipt_id=line.receipt_id,
        other_illness=line.other_illness,
        analog_service=line.analog_service,
        goae_number=line.goae_number,
        decided_by=line.indication_by,
        decided_reason=line.indication_reason,
    )


def draft_lines(draft: Draft) -> tuple[LineRow, ...]:
    """The lines as they would be issued today, each with the state of its weightiest finding."""
    return tuple(
        replace(
            line_row(
                record,
                line.indication,
                _rate(line, draft.regime),
                line.position.minimum_minutes if line.position else None,
                _weight(index, draft.findings),
            ),
            agreement_on=line.agreement_signed_on,
            base=_base(line, draft.lines[: index - 1]),
        )
        for index, (record, line) in enumerate(zip(draft.invoice.lines, draft.lines, strict=True), start=1)
    )


def _rate(line: RuleLine, regime: VatRegime) -> Decimal | None:
    """Per cent, None where it is exempt or undecided."""
    found = line_vat(line, regime)
    return found[0] or None if found else None


def _base(line: RuleLine, above: Sequence[RuleLine]) -> Base | None:
    """What a surcharge is a percentage of, as line_prices reckons it."""
    if line.position is None or line.position.points is not None or line.number not in PERCENTAGES:
        return None
    key = line.session, line.service_on
    before = [each.position for each in above if each.position and (each.session, each.service_on) == key]
    its = operation_of(line.number, before)
    return Base(its.number, fee(its, SINGLE)) if its else None


def _weight(index: int, findings: tuple[Finding, ...]) -> str:
    """The state of a line: that of the weightiest finding about it; blocks come first."""
    for finding in findings:
        if finding.facts.get("line") == str(index):
            return {Severity.BLOCK: "blocked", Severity.WARN: "overdue"}.get(finding.severity, "")
    return ""
