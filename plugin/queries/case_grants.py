"""What pages and use cases read about releases and powers of attorney of a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from ...models.clarification import CaseGrant, Clarification
from ...models.paper import IssuedPaper
from ...models.patient import Insurer, Policy
from ...models.rules.grants import GrantFacts, GrantKind, holds, missing_finding
from ...models.rules.severity import Finding
from ..access import scoped
from ..clock import BERLIN
from ..errors import NotFound
from ..extension import session
from ..grant_texts import GRANT_DOCUMENTS, GRANT_KINDS, GRANT_STATES
from ..texts import kt


def standing_grant(clarification_id: int, kind: str, on: dt.date) -> CaseGrant | None:
    """The grant that holds on that day: signed, not revoked, not run out, for the insurer the case has now."""
    insurer_id = _insurer_of(clarification_id)
    return next((grant for grant in _grants(clarification_id, kind) if holds(_facts(grant), insurer_id, on)), None)


def missing_grant(clarification_id: int, kind: str, on: dt.date) -> Finding | None:
    """Why no grant of this kind holds on that day, as a finding with a sentence; None where one does.

    A missing release blocks (§ 203 StGB), a missing power of attorney warns (§ 192(8) VVG).
    """
    grants = (_facts(grant) for grant in _grants(clarification_id, kind))
    return missing_finding(GrantKind(kind), grants, _insurer_of(clarification_id), on)


def _grants(clarification_id: int, kind: str) -> list[CaseGrant]:
    """The newest first."""
    query = (
        select(CaseGrant)
        .where(CaseGrant.clarification_id == clarification_id, CaseGrant.kind == kind)
        .order_by(CaseGrant.id.desc())
    )
    return list(session().scalars(scoped(query)))


def _insurer_of(clarification_id: int) -> int | None:
    """Raises NotFound, also for a foreign practice's case."""
    row = (
        session().execute(scoped(select(Clarification.insurer_id).where(Clarification.id == clarification_id))).first()
    )
    if row is None:
        raise NotFound(f"clarification {clarification_id}")
    found: int | None = row[0]
    return found


def _facts(grant: CaseGrant) -> GrantFacts:
    ended = grant.revoked_at.astimezone(BERLIN).date() if grant.revoked_at else None
    return GrantFacts(grant.state, grant.insurer_id, grant.signed_on, grant.valid_until, ended)


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A release or power of attorney with its paper, as the case's page shows it."""

    id: int
    version: int
    clarification_id: int
    kind: str
    state: str
    number: str
    insurer_id: int | None
    signer_name: str
    signer_role: str
    documents: str
    photos: bool
    purpose: str
    valid_until: dt.date
    medium: str
    scan_id: int | None
    signed_on: dt.date | None
    recorded_at: dt.datetime | None
    recorded_by: str
    revoked_at: dt.datetime | None
    revoked_how: str
    revoked_by: str
    paper_id: int
    issued_on: dt.date
    insurer: str
    own_release_form: bool

    @property
    def paper(self) -> str:
        """What it is, in words."""
        return kt(GRANT_KINDS[self.kind])

    @property
    def shown(self) -> str:
        """What may be shown, in words; "" for a power of attorney."""
        codes = (*self.documents.split(), *(("photos",) if self.photos else ()))
        return ", ".join(kt(GRANT_DOCUMENTS[code]) for code in codes)

    def look(self, on: dt.date) -> tuple[str, str]:
        """(colour word, state in words) on that day: a signed one may have run out."""
        ran_out = self.state == "signed" and self.valid_until < on
        colour, text = GRANT_STATES["expired" if ran_out else self.state]
        return colour, kt(text)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The case a grant belongs to: number, payer, and who holds the policy ("" where it is the patient)."""

    id: int
    version: int
    course_id: int
    patient_id: int
    number: str
    state: str
    payer_role: str
    insurer_id: int | None
    insurer: str
    own_release_form: bool
    holder_name: str


def grants_of(clarification_id: int) -> list[GrantRow]:
    """The case's releases and powers of attorney, the latest first; put aside and taken back ones are among them."""
    query = _rows().where(CaseGrant.clarification_id == clarification_id).order_by(CaseGrant.id.desc())
    return [GrantRow(*row) for row in session().execute(scoped(query))]


def grant_row(grant_id: int) -> GrantRow:
    """One grant. Raises NotFound."""
    row = session().execute(scoped(_rows().where(CaseGrant.id == grant_id))).first()
    if row is None:
        raise NotFound(f"grant {grant_id}")
    return GrantRow(*row)


def case_head(clarification_id: int) -> CaseHead:
    """The case for the pages of its grants. Raises NotFound."""
    names = list(CaseHead.__dataclass_fields__)
    columns = [getattr(Clarification, name) for name in names[: names.index("insurer")]]
    query: Any = (
        select(
            *columns, func.coalesce(Insurer.name, ""), func.coalesce(Insurer.own_release_form, False),
            func.coalesce(Policy.holder_name, ""),
        )
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
        .join(Policy, Policy.id == Clarification.policy_id, isouter=True)
        .where(Clarification.id == clarification_id)
    )  # fmt: skip
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"clarification {clarification_id}")
    return CaseHead(*row)


def _rows() -> Select[Any]:
    names = list(GrantRow.__dataclass_fields__)
    columns = [getattr(CaseGrant, name) for name in names[: names.index("issued_on")]]
    return (
        select(
            *columns, IssuedPaper.issued_on, func.coalesce(Insurer.name, ""),
            func.coalesce(Insurer.own_release_form, False),
        )
        .join(IssuedPaper, IssuedPaper.id == CaseGrant.paper_id)
        .join(Insurer, Insurer.id == CaseGrant.insurer_id, isouter=True)
    )  # fmt: skip
