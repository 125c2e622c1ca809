"""What pages read about disclosures: what was told or printed about a patient, the latest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.disclosure import Disclosure
from ..access import scoped
from ..extension import session

SHOWN = 8


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One line of the log."""

    at: dt.datetime
    actor_name: str
    what: str
    sentence: str
    told_name: str
    told_role: str
    identity: str


def disclosures_of(patient_id: int, most: int = SHOWN) -> list[DisclosureRow]:
    """One statement."""
    columns = [getattr(Disclosure, name) for name in DisclosureRow.__dataclass_fields__]
    query = select(*columns).where(Disclosure.patient_id == patient_id)
    rows = session().execute(scoped(query.order_by(Disclosure.at.desc(), Disclosure.id.desc()).limit(most)))
    return [DisclosureRow(*row) for row in rows]
