"""Services that were charged to a patient before: the lines of the issued invoices that stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, or_, select

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.checks.bill import Service
from ...models.rules.invoice import LineKind
from ...models.rules.states import InvoiceState
from ...models.text_version import GoaePosition
from ..access import scoped
from ..extension import session

_LOOK_BACK = dt.timedelta(days=190)  # six months, the longest that a rule looks back, and a little
_GONE = (InvoiceState.DRAFT.value, InvoiceState.CANCELLED.value, InvoiceState.DISCARDED.value)


def earlier_services(patient_id: int, days: Sequence[dt.date]) -> tuple[Service, ...]:
    """What was charged around these days of service, oldest first, in one statement; each with its section."""
    if not days:
        return ()
    query: Any = (
        select(InvoiceLine, GoaePosition.section)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(
            GoaePosition,
            and_(
                GoaePosition.number == InvoiceLine.goae_number,
                GoaePosition.valid_from <= InvoiceLine.service_on,
                or_(GoaePosition.valid_to.is_(None), GoaePosition.valid_to >= InvoiceLine.service_on),
            ),
        )
        .where(
            Invoice.patient_id == patient_id,
            Invoice.kind == "invoice",
            Invoice.state.not_in(_GONE),
            InvoiceLine.kind == LineKind.GOAE.value,
            InvoiceLine.service_on >= min(days) - _LOOK_BACK,
            InvoiceLine.service_on <= max(days),
        )
        .order_by(InvoiceLine.service_on, InvoiceLine.id, GoaePosition.valid_from)
    )
    rows = {line.id: (line, section or "") for line, section in session().execute(scoped(query))}
    return tuple(_service(line, section) for line, section in rows.values())


def _service(line: InvoiceLine, section: str) -> Service:
    return Service(
        service_on=line.service_on,
        number=line.goae_number,
        section=section,
        count=line.quantity,
        clock_time=line.clock_time,
        session=str(line.treatment_id or ""),
        analog=bool(line.analog_service),
        other_illness=line.other_illness,
        reason=line.reason,
    )
