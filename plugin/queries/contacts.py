"""What pages read about the people a patient allows to be told things."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...models.disclosure import AuthorisedContact
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..grant_texts import CONTACT_SCOPES
from ..texts import kt


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody who may be told, or might until it was taken back."""

    id: int
    version: int
    patient_id: int
    name: str
    relation: str
    telephone: str
    scope: str
    valid_until: dt.date | None
    allowed_on: dt.date
    allowed_how: str
    revoked_on: dt.date | None

    @property
    def about(self) -> str:
        """What may be told, in words."""
        return kt(CONTACT_SCOPES[self.scope])

    def holds(self, on: dt.date) -> bool:
        """Whether the allowance holds on that day; the day it is taken back is already without it."""
        ended = self.revoked_on is not None and self.revoked_on <= on
        return self.allowed_on <= on <= (self.valid_until or on) and not ended


def contacts_of(patient_id: int) -> list[ContactRow]:
    """All of a patient, those not taken back first."""
    query = (
        select(*_columns())
        .where(AuthorisedContact.patient_id == patient_id)
        .order_by(AuthorisedContact.revoked_on.is_not(None), AuthorisedContact.id)
    )
    return [ContactRow(*row) for row in session().execute(scoped(query))]


def contact_row(contact_id: int) -> ContactRow:
    """One of them. Raises NotFound."""
    row = session().execute(scoped(select(*_columns()).where(AuthorisedContact.id == contact_id))).first()
    if row is None:
        raise NotFound(f"contact {contact_id}")
    return ContactRow(*row)


def _columns() -> list[Any]:
    return [getattr(AuthorisedContact, name) for name in ContactRow.__dataclass_fields__]
