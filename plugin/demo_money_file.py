"""What the demo does about money beyond the usual invoice: expenses, goods, batches, dunning, instalments, a lawyer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from ..models.practice import Article
from ..models.rules.batch_states import BatchKind
from ..models.rules.instalments import monthly, split_by_count
from .clock import today
from .demo_scan import signed_scan
from .demo_whole_file import WholeFile
from .extension import session
from .queries.batch_candidates import candidates
from .services import (
    batches,
    correction_letters,
    draft_lines,
    dunning,
    expenses_and_goods,
    handovers,
    instalments,
    write_offs,
)
from .services.draft_lines import LineChange
from .services.expenses_and_goods import ExpenseData, GoodsData
from .services.handovers import Lawyer

_LAWYER: Final = Lawyer("Rechtsanwaltskanzlei Beispiel", "Gerichtsplatz 5", "50939", "Köln")
_RATES: Final = 3
_AWAITED: Final = ("base_rate_awaited",)  # a base rate that is still to come keeps nothing back


@dataclass
class MoneyFile(WholeFile):
    """A patient's file to the end of its invoice, whichever that is."""

    def draft_hastily(self) -> None:
        """A draft that the desk can mend by one click each: no reason for the factor, Nr. 1 twice."""
        self.draft()
        (line,) = self._invoice.lines
        draft_lines.change_line(self.invoice_id, None, line.id, LineChange(Decimal("3.5"), 1, "", ""))
        for _ in range(2):
            advice = LineChange(Decimal("2.3"), 1, "", "", number="1")
            draft_lines.add_service(self.invoice_id, None, self.treatment_id, advice)

    def draft_with_extras(self) -> None:
        """With an expense above EUR 25.56, which has its receipt, and goods from the shelf."""
        self.draft()
        receipt = signed_scan("Rechnung Beispiel Medizinbedarf, Augenschutzschalen", today())
        bought = ExpenseData("Augenschutzschalen zum Verbleib", Decimal("31.40"), None, receipt)
        expenses_and_goods.add_expense(self.invoice_id, None, self.treatment_id, bought)
        article = session().scalars(select(Article.id).order_by(Article.id).limit(1)).one()
        expenses_and_goods.add_goods(self.invoice_id, None, GoodsData(1, today(), article))

    def issue_all(self) -> None:
        """One batch over all drafts of the practice."""
        practice_id = self.house.practice_id
        ids = candidates(practice_id, BatchKind.ISSUE, today()).ids
        batch_id = batches.start_batch(practice_id, BatchKind.ISSUE, ids)
        _work_off(batch_id)
        batches.begin_batch(batch_id, with_warned=True)
        _work_off(batch_id)

    def write_letter(self) -> None:
        """Please submit the new invoice."""
        correction_letters.issue_letter(self.invoice_id, None, today())

    def dun_again(self) -> None:
        until = today() + dt.timedelta(days=10)
        self.letter_id = dunning.issue_dunning(self.invoice_id, None, 2, until, today(), confirmed=_AWAITED).id

    def agree_instalments(self) -> None:
        amounts = split_by_count(self._invoice.gross_total - self._invoice.paid_total, _RATES)
        rates = monthly(amounts, today() + dt.timedelta(days=10))
        instalments.agree_instalments(self.invoice_id, None, rates, today())

    def pay_rate(self) -> None:
        self._pay(split_by_count(self._invoice.gross_total, _RATES)[0])

    def hand_to_lawyer(self) -> None:
        note = "Beide Mahnungen blieben ohne Antwort."
        handovers.hand_over(self.invoice_id, None, _LAWYER, note, today(), confirmed=_AWAITED)

    def write_off(self) -> None:
        write_offs.write_off(self.invoice_id, None, "Unbekannt verzogen, Betrag zu klein für eine Klage", today())


def _work_off(batch_id: int) -> None:
    while batches.step(batch_id) is not None:
        session().flush()
