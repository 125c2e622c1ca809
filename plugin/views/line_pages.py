"""What the forms of all kinds of lines share: the form with its template and what saving it does, the sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...models.invoice import Invoice
from .. import formats
from ..clock import today
from ..queries.draft_choices import sessions_for
from ..texts import kt

Args = Mapping[str, str]
Offered = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class LinePage:
    """A form with its template; `ready` is false where a number has still to be found."""

    template: str
    form: Any
    save: Callable[[int, Any], None]
    facts: dict[str, Any] = field(default_factory=dict)
    line_id: int = 0
    ready: bool = True


def sessions_offered(invoice: Invoice) -> tuple[list[tuple[int, str]], dt.date]:
    """The sessions that a line may belong to, and the day of the first one."""
    found = sessions_for(invoice.id, invoice.course_id)
    labels = [
        (each.id, kt("Sitzung {number} vom {day}", number=each.session_no, day=formats.day(each.day))) for each in found
    ]
    return labels, found[0].day if found else today()


def day_of(offered: Offered, day: dt.date) -> dt.date | None:
    """The day that the form shows; with several sessions it follows from the one that is chosen."""
    return day if len(offered) == 1 else None


def nothing(_invoice_id: int, _form: Any) -> None:
    """Saves nothing: a search, or a form that its view carries out itself."""
