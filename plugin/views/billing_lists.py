"""Two lists of the invoices' area: treatments without an invoice, and the open items by age with the credits."""

from __future__ import annotations

import datetime as dt
from typing import Final

from flask import render_template, request

from ...models.rules.ageing import Age
from ...models.rules.dunning import warned_limitation
from ...models.rules.payers import PayerKind
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..queries.receivables import After, ages, barred_soon, credits_held, open_items
from ..queries.unbilled import Obstacle, Part, unbilled_page
from ..texts import lazy_kt
from . import invoice_words

PARTS: Final = {Part.OPEN: lazy_kt("Zu berechnen"), Part.FREE: lazy_kt("Nicht berechnet")}
OBSTACLES: Final = {
    Obstacle.UNDECIDED: lazy_kt("Ärztlich ist noch nicht entschieden, ob medizinisch oder kosmetisch."),
    Obstacle.NO_CHAIN: lazy_kt("Zu dieser Behandlungsart sind noch keine Positionen hinterlegt."),
    Obstacle.NO_AGREEMENT: lazy_kt("Die Selbstzahlervereinbarung ist nicht unterschrieben abgelegt."),
}
WHY_FREE: Final = {
    "goodwill": lazy_kt("Kulanz: wird nicht berechnet"),
    "not_billable": lazy_kt("als nicht berechenbar eingetragen"),
}
AGES: Final = {
    Age.NOT_DUE: lazy_kt("Noch nicht fällig"),
    Age.TO_30: lazy_kt("1 bis 30 Tage"),
    Age.TO_60: lazy_kt("31 bis 60 Tage"),
    Age.TO_90: lazy_kt("61 bis 90 Tage"),
    Age.OLDER: lazy_kt("Mehr als 90 Tage"),
}
BARRED: Final = "barred"  # in place of a step of age: what is barred, or will be before long
PAYERS: Final = {
    PayerKind.GKV: lazy_kt("Gesetzlich"),
    PayerKind.PKV: lazy_kt("Privat, Beihilfe"),
    PayerKind.SELF_PAYER: lazy_kt("Selbstzahlend"),
}


@bp.route("/invoices/unbilled")
@requires(Permission.SEE_PATIENTS)
def unbilled_list() -> str:
    """Sessions that took place and have no invoice, each with its way to one or the reason why not."""
    asked = request.args.get("part", "")
    part = Part(asked) if asked in set(Part) else Part.OPEN
    after = _number(request.args.get("after", ""))
    return render_template(
        "kostenklar/invoices/unbilled.html", page=unbilled_page(part, after), part=part, started=after is not None,
        parts=PARTS, obstacles=OBSTACLES, why_free=WHY_FREE,
    )  # fmt: skip


@bp.route("/invoices/receivables")
@requires(Permission.SEE_PATIENTS)
def receivables_show() -> str:
    """What is open today: the sums by age and payer, the items of one age or all, and the credits."""
    asked = request.args.get("age", "")
    age, barred = Age(asked) if asked in set(Age) else None, asked == BARRED
    after = read_after(request.args.get("after", ""))
    return render_template(
        "kostenklar/invoices/receivables.html", ages=ages(today()), age=age, barred=barred,
        items=open_items(today(), age, after, barred=barred), barred_soon=barred_soon(today()),
        credits=credits_held() if age is None and after is None and not barred else (), started=after is not None,
        names=AGES, payers=PAYERS, words=invoice_words, write_after=write_after, limitation=warned_limitation,
    )  # fmt: skip


def read_after(text: str) -> After | None:
    """ "2026-11-23.17"; None for the start and for what cannot be read."""
    day, _, number = text.partition(".")
    row = _number(number)
    try:
        return After(dt.date.fromisoformat(day), row) if row is not None else None
    except ValueError:
        return None


def write_after(after: After | None) -> str | None:
    """The text that read_after reads again."""
    return f"{after.due_on.isoformat()}.{after.id}" if after else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
