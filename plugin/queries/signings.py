"""What the desk sees of a signing on the tablet: which paper, where it stands, whether somebody has a question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from ...models.clarification import CaseGrant
from ...models.consent import Consent, CostNotice
from ...models.paper import IssuedPaper
from ...models.patient import Patient
from ...models.practice import Practice
from ...models.signing import PaperSigning, Signature
from ..access import scoped
from ..errors import NotFound
from ..extension import session

_RECORDS: Final[dict[str, Any]] = {"consent": Consent, "cost_notice": CostNotice, "case_grant": CaseGrant}


@dataclass(frozen=True, slots=True)
class SigningRow:
    """One signing with its paper and patient; it is over by the clock, too, before anybody wrote that down."""

    id: int
    version: int
    noun: str
    record_id: int
    state: str
    offered_at: dt.datetime
    offered_by: str
    code_until: dt.datetime
    paired_at: dt.datetime | None
    asked_at: dt.datetime | None
    ends_at: dt.datetime
    ended_at: dt.datetime | None
    signed_scan_id: int | None
    paper_id: int
    patient_id: int
    kind: str
    number: str
    first_name: str
    last_name: str
    title: str
    birth_date: dt.date

    def stands(self, at: dt.datetime) -> str:
        """offered, paired, signed, ended, or late: time ran out."""
        return "late" if self.state in ("offered", "paired") and at > self.ends_at else self.state


@dataclass(frozen=True, slots=True)
class SignableRow:
    """A paper that may be given to a tablet, with whom it is about."""

    noun: str
    record_id: int
    paper_id: int
    kind: str
    number: str
    patient_id: int
    first_name: str
    last_name: str
    title: str
    birth_date: dt.date


def signing_row(signing_id: int) -> SigningRow:
    """One signing. Raises NotFound."""
    row = session().execute(scoped(_rows().where(PaperSigning.id == signing_id))).first()
    if row is None:
        raise NotFound(f"signing {signing_id}")
    return SigningRow(*row)


def running_signing(noun: str, record_id: int, at: dt.datetime) -> SigningRow | None:
    """The signing of a record's paper that a tablet may still finish."""
    query = (
        _rows()
        .where(PaperSigning.noun == noun, PaperSigning.record_id == record_id)
        .where(PaperSigning.state.in_(("offered", "paired")), PaperSigning.ends_at >= at)
        .order_by(PaperSigning.id.desc())
    )
    row = session().execute(scoped(query)).first()
    return SigningRow(*row) if row else None


def answered_yes(signing_id: int) -> tuple[str, ...]:
    """The questions answered with yes on the tablet, as they stand on the paper, for a physician to look at."""
    query = (
        select(Signature.note, IssuedPaper.content)
        .join(PaperSigning, PaperSigning.id == Signature.paper_signing_id)
        .join(IssuedPaper, IssuedPaper.id == PaperSigning.paper_id)
        .where(Signature.paper_signing_id == signing_id, Signature.note != "")
    )
    row = session().execute(scoped(query.order_by(Signature.id))).first()
    if row is None:
        return ()
    questions = [str(question["text"]) for question in row.content.get("questions", ())]
    places = [int(each.partition(":")[0]) - 1 for each in row.note.split(", ") if each.endswith(": ja")]
    return tuple(questions[place] for place in places if place < len(questions))


def signable_row(noun: str, record_id: int) -> SignableRow:
    """A record whose paper may be signed on a screen. Raises NotFound."""
    record = _RECORDS.get(noun)
    if record is None:
        raise NotFound(noun)
    query = (
        select(
            record.paper_id, IssuedPaper.kind, IssuedPaper.number, Patient.id, Patient.first_name,
            Patient.last_name, Patient.title, Patient.birth_date,
        )
        .join(IssuedPaper, IssuedPaper.id == record.paper_id)
        .join(Patient, Patient.id == record.patient_id)
        .where(record.id == record_id)
    )  # fmt: skip
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"{noun} {record_id}")
    return SignableRow(noun, record_id, *row)


def parent_of(noun: str, record_id: int) -> int:
    """The course of a consent or cost notice, the case of a grant: where the desk goes on."""
    column = CaseGrant.clarification_id if noun == "case_grant" else _RECORDS[noun].course_id
    found: int = session().scalars(scoped(select(column).where(_RECORDS[noun].id == record_id))).one()
    return found


def talk_on_paper(consent_id: int) -> bool:
    """Whether the talk stands on the consent's paper; on a screen its empty lines cannot be filled in by hand."""
    query = select(IssuedPaper.content).join(Consent, Consent.paper_id == IssuedPaper.id)
    content = session().scalar(scoped(query.where(Consent.id == consent_id))) or {}
    return bool(content.get("talk", {}).get("explained_by"))


def agreement_on_screen(notice_id: int) -> bool:
    """Whether the practice lets the self-payer agreement be signed on a screen (domain 10.1 no. 3)."""
    query = (
        select(Practice.sign_agreement_on_screen)
        .join(CostNotice, CostNotice.practice_id == Practice.id)
        .where(CostNotice.id == notice_id)
    )
    return bool(session().scalar(scoped(query)))


def _rows() -> Select[Any]:
    columns = [getattr(PaperSigning, name) for name in list(SigningRow.__dataclass_fields__)[:15]]
    return (
        select(
            *columns, IssuedPaper.kind, IssuedPaper.number, Patient.first_name, Patient.last_name, Patient.title,
            Patient.birth_date,
        )
        .join(IssuedPaper, IssuedPaper.id == PaperSigning.paper_id)
        .join(Patient, Patient.id == PaperSigning.patient_id)
    )  # fmt: skip
