"""What the lines of an invoice rest on: the sessions they bill, what was decided there, and the § 2 GOÄ agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.invoice import Invoice, InvoiceLine
from ...models.practice import Staff
from ...models.rules.goae import Position
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.invoice import LineKind
from ...models.rules.joint import joint_indication
from ...models.rules.money import to_cent
from ...models.rules.vat import NO_RATE, Indication
from ...models.treatment import Treatment, TreatmentSite
from ..access import scoped
from ..clock import BERLIN
from ..extension import session
from .fee_agreements import AgreementRow, agreements_of
from .fees import positions


def treatments_of(lines: Iterable[InvoiceLine]) -> tuple[Treatment, ...]:
    """The treatments that the lines bill, with their lesions and people, in one statement."""
    ids = {line.treatment_id for line in lines if line.treatment_id is not None}
    query = (
        select(Treatment)
        .where(Treatment.id.in_(ids))
        .order_by(Treatment.id)
        .options(
            joinedload(Treatment.sites).joinedload(TreatmentSite.lesion),
            joinedload(Treatment.performed_by).joinedload(Staff.physician),
            joinedload(Treatment.supervised_by).joinedload(Staff.physician),
        )
    )
    return tuple(session().scalars(scoped(query)).unique())


def treated_indication(treatment: Treatment) -> Indication:
    """The one indication of what was treated; undecided where the lesions differ or none is recorded."""
    return joint_indication(Indication(entry.lesion.indication) for entry in treatment.sites)


def treated_area(treatment: Treatment) -> Decimal | None:
    """The treated area of the session in cm², None where no site names one."""
    areas = [entry.area_cm2 for entry in treatment.sites if entry.area_cm2]
    return sum(areas, Decimal()) if areas else None


def areas_by_session(treatments: Iterable[Treatment]) -> dict[str, Decimal]:
    """The treated area of each session in cm², by the key that its lines have; sessions without one are left out."""
    return {str(treatment.id): area for treatment in treatments if (area := treated_area(treatment))}


def service_day(treatment: Treatment) -> dt.date:
    """The day of the service (§ 12(2) no. 1 GOÄ): when it began, in Germany."""
    return treatment.started_at.astimezone(BERLIN).date() if treatment.started_at else treatment.planned_on


def rule_lines(invoice: Invoice, treatments: Sequence[Treatment]) -> tuple[RuleLine, ...]:
    """The invoice's lines as rules read them: with the indication decided and the agreement signed by now."""
    decided = {treatment.id: treated_indication(treatment) for treatment in treatments}
    days = {line.service_on for line in invoice.lines}
    schedule = {day: positions([line.goae_number for line in invoice.lines], day) for day in days}
    found = [(line, schedule[line.service_on].get(line.goae_number)) for line in invoice.lines]
    high = any(position and line.factor > position.threshold for line, position in found)
    agreements = agreements_of(invoice.course_id) if high else []
    return tuple(_rule_line(line, _indication(line, decided), position, agreements) for line, position in found)


def _indication(line: InvoiceLine, decided: Mapping[int, Indication]) -> Indication:
    """What a physician decided for the line alone, else what the session says now."""
    own = Indication(line.indication)
    return own if line.indication_by else decided.get(line.treatment_id or 0, own)


def _rule_line(
    line: InvoiceLine, indication: Indication, position: Position | None, agreements: Sequence[AgreementRow]
) -> RuleLine:
    signed_on, factor = _agreed(line, position, agreements)
    return RuleLine(
        service_on=line.service_on,
        number=line.goae_number,
        text=line.analog_service or line.service,
        single=to_cent(line.net / line.quantity),
        indication=indication,
        count=line.quantity,
        factor=line.factor,
        position=position,
        reason=line.reason,
        agreement_signed_on=signed_on,
        agreed_factor=factor,
        matter="course" if line.kind == LineKind.GOAE.value and not line.indication_by else "",
        session=str(line.treatment_id or ""),
        kind=LineKind(line.kind),
        goods_rate=(line.vat_rate or NO_RATE) if line.kind == LineKind.GOODS.value else None,
        clock_time=line.clock_time,
        analog=bool(line.analog_service),
        other_illness=line.other_illness,
        receipt=line.receipt_id is not None,
        decided_apart=bool(line.indication_by),
    )


def _agreed(
    line: InvoiceLine, position: Position | None, agreements: Sequence[AgreementRow]
) -> tuple[dt.date | None, Decimal | None]:
    """(signed on, factor) of the § 2 GOÄ agreement that the line rests on, the latest signed by the day of service.

    Up to the threshold a line needs none; up to the maximum it may also rest on a reason, and then names no other
    factor's agreement.
    """
    if position is None or line.factor <= position.threshold:
        return None, None
    signed = [
        (row.signed_on, row.id, agreed.factor)
        for row in agreements
        if row.state == "signed" and row.signed_on and row.signed_on <= line.service_on
        for agreed in row.lines
        if agreed.goae_number == line.goae_number
    ]
    if not signed:
        return None, None
    signed_on, _, factor = max(signed)
    if factor != line.factor and line.factor <= position.maximum:
        return None, None
    return signed_on, factor
