"""The forms around a batch: what is to be done with many invoices at once."""

from __future__ import annotations

from typing import Any

from ...models.rules.batch_states import BatchKind
from ..clock import today
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField
from .typed import DateTextField
from .validators import Unreadable


class BatchForm(KostenklarForm):
    """The button that makes a batch; it counts once."""

    def wanted(self) -> dict[str, Any]:
        """The answers as the batch keeps them."""
        return {}


class PrintBatchForm(BatchForm):
    """Whether the hand-over is noted with it."""

    delivered_on = DateTextField(lazy_kt("Mit der Post verschickt am"), required=False, future=False)

    def wanted(self) -> dict[str, Any]:
        day = self.delivered_on.data
        return {"delivered_on": day.isoformat()} if day else {}


class LaterDay(DateTextField):
    """A day after today."""

    def read(self, text: str) -> Any:
        day = super().read(text)
        if day <= today():
            raise Unreadable(kt("Der neue Zahltag liegt nicht nach heute. Bitte nehmen Sie einen späteren."))
        return day


class RemindBatchForm(BatchForm):
    """Until when the letters ask to pay."""

    pay_until = LaterDay(lazy_kt("Neuer Zahltag"))

    def wanted(self) -> dict[str, Any]:
        return {"pay_until": self.pay_until.data.isoformat()}


FORMS: dict[BatchKind, type[BatchForm]] = {
    BatchKind.ISSUE: BatchForm,
    BatchKind.PRINT: PrintBatchForm,
    BatchKind.REMIND: RemindBatchForm,
}


class BeginForm(KostenklarForm):
    """The button that does what was looked through."""

    with_warned = CheckField(lazy_kt("Auch die ausstellen, zu denen es eine Warnung gibt"))


class HoldForm(KostenklarForm):
    """The button that holds a batch, puts it away, or goes on with it."""
