"""What an estimate's page says and offers: its lines, what to look at again, and the next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.rules.payers import PayerKind
from ...models.rules.vat import Indication
from ...reports.content.services import number_shown, on_demand_mark, service_wording
from .. import formats
from ..access import may
from ..queries.estimates import EstimateLineRow, EstimateRow, RestingCase
from ..queries.gate_links import address
from ..queries.next_step import NextStep
from ..queries.standing import Standing
from ..queries.words import ESTIMATE_FLAGS
from ..texts import kt


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line as the macro `money_table` knows it."""

    number: str
    text: str
    how: str
    factor: Decimal
    vat: str
    amount: Decimal
    state: str = ""


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A clarification that rests on the estimate; `url` is "" where this installation has no page for it."""

    number: str
    payer: str
    url: str


def money_lines(lines: Sequence[EstimateLineRow]) -> list[MoneyLine]:
    """The lines as they stand on the paper, in German: the ordinance prescribes the words."""
    return [_line(line) for line in lines]


def _line(line: EstimateLineRow) -> MoneyLine:
    wording = service_wording(
        "de", line.goae_number, line.service, analog_service=line.analog_service, minimum_minutes=None
    )
    how = [
        on_demand_mark("de") if line.on_demand else "",
        kt("nur mit Honorarvereinbarung vor der Behandlung") if line.fee_agreement else "",
        kt("Begründung: {reason}", reason=line.reason) if line.reason else "",
    ]
    return MoneyLine(
        number=number_shown(line.goae_number, line.analog_service),
        text=wording,
        how=" · ".join(part for part in how if part),
        factor=line.factor,
        vat=formats.percent(line.vat_rate) if line.vat_rate is not None else kt("frei"),
        amount=line.net,
    )


def cases(resting: Sequence[RestingCase]) -> list[CaseLink]:
    """The clarifications with the way to their pages."""
    return [
        CaseLink(case.number, case.payer, address("clarifications_show", clarification_id=case.id)) for case in resting
    ]


def warnings(estimate: EstimateRow, indication: str, today: dt.date) -> list[str]:
    """What speaks against using the estimate as it is; nothing about one that is replaced."""
    if estimate.state == "replaced":
        return [kt("Es gibt einen neueren Kostenvoranschlag. Dieser gilt nicht mehr.")]
    found = []
    if estimate.expired(today):
        found.append(
            kt("Gültig war er bis {day}. Bitte stellen Sie einen neuen aus.", day=formats.day(estimate.valid_until))
        )
    flag = estimate.flag or ("indication_changed" if estimate.indication != indication else "")
    if flag in ESTIMATE_FLAGS:
        found.append(kt(ESTIMATE_FLAGS[flag]))
    return found


def step_of(estimate: EstimateRow, at: Standing, resting: Sequence[RestingCase], today: dt.date) -> NextStep:
    """The page's one primary button."""
    if resting:
        text = kt("Die Kostenklärung läuft mit diesem Kostenvoranschlag.")
        return _to(text, kt("Kostenklärung öffnen"), "clarifications_show", clarification_id=resting[0].id)
    if not estimate.live(today):
        text = kt("Dieser Kostenvoranschlag gilt nicht mehr.")
        return _to(text, kt("Neuen Kostenvoranschlag ausstellen"), "estimates_new", course_id=estimate.course_id)
    asks = at.payer is PayerKind.PKV or (at.payer is PayerKind.GKV and estimate.indication == Indication.MEDICAL.value)
    if asks and address("clarifications_new", course_id=estimate.course_id):
        text = kt("Als Nächstes wird beim Kostenträger angefragt, mit diesem Blatt als Anlage.")
        return _to(text, kt("Kostenklärung beginnen"), "clarifications_new", course_id=estimate.course_id)
    if estimate.state == "issued":
        text = kt("Bitte drucken und mitgeben.")
        return _to(text, kt("Übergabe eintragen"), "estimates_hand", estimate_id=estimate.id)
    return NextStep(kt("Der Kostenvoranschlag ist übergeben."))


def _to(text: str, label: str, endpoint: str, **where: int) -> NextStep:
    url = address(endpoint, **where) if may("clarify_costs") else ""
    return NextStep(text, label if url else "", url)
