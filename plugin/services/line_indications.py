"""A physician decides for one line of a draft what it is: per lesion and per line (domain 10.1 no. 1)."""

from __future__ import annotations

from ...models.practice import Practice
from ...models.rules.billing import not_decidable
from ...models.rules.invoice import LineKind
from ...models.rules.severity import RuleBroken
from ...models.rules.vat import Indication, VatRegime, on_demand, vat_rate
from ...models.treatment import Treatment
from ..extension import actor, session
from ..queries.invoice_lines import treated_indication
from ..unit_of_work import SYSTEM
from .draft_lines import line_of, open_draft


def decide_line(
    invoice_id: int, version: int | None, line_id: int, indication: Indication | None, reason: str = ""
) -> None:
    """Set the line's own indication with its reason, or with None let it follow its session again.

    VAT, the on-demand mark and the wording follow. Raises RuleBroken for goods, whose VAT has its own rate, and for
    "undecided"; StepNotAllowed where the invoice is no draft any more.
    """
    invoice = open_draft(invoice_id, version)
    line = line_of(invoice, line_id)
    if line.kind == LineKind.GOODS.value or indication is Indication.UNDECIDED:
        raise RuleBroken([not_decidable()])
    line.indication_by = (actor() or SYSTEM).name if indication else ""
    line.indication_reason = reason if indication else ""
    if indication is None:
        treatment = session().get(Treatment, line.treatment_id) if line.treatment_id else None
        indication = treated_indication(treatment) if treatment else Indication(line.indication)
    regime = VatRegime(session().get_one(Practice, invoice.practice_id).vat_regime)
    line.indication = indication.value
    line.vat_rate = vat_rate(indication, regime) or None
    line.on_demand = line.kind == LineKind.GOAE.value and on_demand(indication)
    session().flush()
