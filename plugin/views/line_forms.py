"""The form of a service's line, new or changed: what it offers, what it shows, what saving it does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.billing import LASER_NUMBERS, position_unknown
from ...models.rules.goae import Position
from ...models.rules.surcharges import PERCENTAGES, chargeable
from ...models.rules.vat import Indication
from ..forms.base import KostenklarForm, bound
from ..forms.invoice_lines import ServiceForm
from ..queries.draft_choices import Usual, usual_for
from ..queries.fees import positions
from ..queries.invoice_line_rows import line_row
from ..sentences import sentence
from ..services import draft_lines
from ..services.draft_lines import LineChange
from ..texts import kt
from .line_pages import Args, LinePage, Offered, day_of, nothing, sessions_offered


def new_service(invoice: Invoice, args: Args) -> LinePage:
    """A service more: the number that was asked for, else the search for one."""
    offered, day = sessions_offered(invoice)
    number = args.get("number", "").strip()[:20]
    position = _position(number, day)
    if position is None or (not offered and invoice.state == "draft"):
        return _without_number(number, day, offered)
    usual = usual_for(invoice, position.number, day)
    form = bound(
        ServiceForm,
        version=invoice.version,
        service_on=day_of(offered, day),
        factor=usual.factor or position.threshold,
        quantity=1,
        analog_service=usual.analog_service,
    )
    del form.number
    form.offer_sessions(offered)
    form.offer_reasons(usual.reasons)

    def save(invoice_id: int, sent: Any) -> None:
        change = _change(sent, position.number)
        draft_lines.add_service(invoice_id, sent.version.data, sent.session_id(offered), change)

    return LinePage("line.html", form, save, _about(position, usual, new=True))


def _without_number(number: str, day: dt.date, offered: Offered) -> LinePage:
    """The search, with a sentence where something was typed that is no number, or nothing can be billed."""
    form = bound(KostenklarForm)
    if not offered:
        form.add_problem(None, kt("In dieser Serie ist keine Sitzung offen, die berechnet werden kann."))
    elif number:
        form.add_problem(None, sentence(position_unknown(number, day)))
    return LinePage("line_search.html", form, nothing, {"fee_day": day}, ready=False)


def changed_service(invoice: Invoice, line: InvoiceLine, args: Args) -> LinePage:
    """A service of the draft; `number` in the address proposes another laser position."""
    position = _position(line.goae_number, line.service_on)
    usual = usual_for(invoice, line.goae_number, line.service_on)
    laser, wanted = line.goae_number in LASER_NUMBERS, args.get("number", "")
    form = bound(
        ServiceForm,
        version=invoice.version,
        number=wanted if wanted in LASER_NUMBERS else line.goae_number,
        service_on=line.service_on,
        factor=line.factor,
        quantity=line.quantity,
        reason=line.reason,
        clock_time=dt.time.fromisoformat(line.clock_time) if line.clock_time else None,
        analog_service=line.analog_service,
        other_illness=line.other_illness,
    )
    del form.session
    if not laser:
        del form.number
    form.offer_reasons(usual.reasons)

    def save(invoice_id: int, sent: Any) -> None:
        change = _change(sent, sent["number"].data if "number" in sent else "")
        draft_lines.change_line(invoice_id, sent.version.data, line.id, change)

    row = line_row(line, Indication(line.indication), line.vat_rate)
    return LinePage("line.html", form, save, _about(position, usual, row=row), line.id)


def _change(form: Any, number: str) -> LineChange:
    hour = form.clock_time.data
    return LineChange(
        form.factor.data,
        form.quantity.data,
        form.written_reason(),
        f"{hour:%H:%M}" if hour else "",
        number,
        form.analog_service.data or "",
        form.other_illness.data,
        form.service_on.data,
    )


def _about(position: Position | None, usual: Usual, *, row: Any = None, new: bool = False) -> dict[str, Any]:
    share = PERCENTAGES.get(position.number) if position and position.points is None else None
    return {"position": position, "usual": usual, "line": row, "new": new, "share": share}


def _position(number: str, day: dt.date) -> Position | None:
    found = positions([number, number.upper()], day) if number else {}
    its = found.get(number) or found.get(number.upper())
    return its if its is not None and chargeable(its) else None
