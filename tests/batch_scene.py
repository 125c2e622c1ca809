"""Scenes of batches, made by the services: drafts, a batch over them, and the job that takes step after step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from flask import current_app
from sqlalchemy import select

from kostenklar.models.batch import Batch, BatchItem
from kostenklar.models.course import Course, Lesion
from kostenklar.models.invoice import Invoice
from kostenklar.models.patient import Patient, Policy
from kostenklar.models.rules.batch_states import BatchKind
from kostenklar.plugin import jobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.batch_candidates import candidates
from kostenklar.plugin.services.batches import begin_batch, start_batch
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_session, insured
from kostenklar.tests.people import Cast


def drafts(cast: Cast, count: int) -> list[int]:
    """The ids of drafts, each for a session of today, that nothing stands against."""
    insured(cast, "self_payer")
    found = []
    for number in range(count):
        treatment_id = a_session(cast, session_no=number + 1)
        with unit_of_work():
            found.append(draft_invoice(treatment_id))
    return found


def somebody(cast: Cast, number: int) -> Cast:
    """The same practice with another patient, who pays for age spots on her own."""
    with unit_of_work():
        first, second = session().get_one(Patient, cast.patient_id), session().get_one(Course, cast.course_id)
        patient = Patient(
            practice_id=cast.practice_id, number=f"PA-{number:05}", first_name="Erika", last_name=f"Muster {number}",
            birth_date=first.birth_date, sex="w", street="Eigelstein 11", postcode="50668", city="Köln",
            sort_key=f"muster {number:05} erika",
        )  # fmt: skip
        session().add(patient)
        session().flush()
        course = Course(
            practice_id=cast.practice_id, patient_id=patient.id, procedure_id=second.procedure_id, title=second.title,
            sessions_min=1, sessions_max=3,
        )  # fmt: skip
        session().add_all([Policy(practice_id=cast.practice_id, patient_id=patient.id, kind="self_payer"), course])
        session().flush()
        lesion = Lesion(
            practice_id=cast.practice_id, course_id=course.id, kind="age_spot", site="Handrücken", side="L", count=6,
            size_mm=Decimal(8), indication="cosmetic", indication_reason="auf eigenen Wunsch",
            indication_by_id=cast.physician_id, indication_at=now(), benign_how="Auflichtmikroskopie",
            benign_by_id=cast.physician_id, benign_on=today(),
        )  # fmt: skip
        session().add(lesion)
        session().flush()
        return replace(cast, patient_id=patient.id, course_id=course.id, lesion_id=lesion.id)


def drafts_of_many(cast: Cast, count: int) -> list[int]:
    """The ids of drafts, each of a patient of its own, in transactions of fifty."""
    found: list[int] = []
    while len(found) < count:
        with unit_of_work():
            next_ones = range(len(found), min(len(found) + 50, count))
            found += [draft_invoice(a_session(somebody(cast, number))) for number in next_ones]
        session().expunge_all()
    return found


def a_batch(cast: Cast, kind: BatchKind = BatchKind.ISSUE, ids: Sequence[int] = (), **wanted: str) -> int:
    """The id of a new batch, over what the page would take or over these invoices."""
    with unit_of_work():
        chosen = ids or candidates(cast.practice_id, kind, today()).ids
        return start_batch(cast.practice_id, kind, chosen, wanted)


def looked_through(cast: Cast, ids: Sequence[int] = ()) -> int:
    """The id of a batch of drafts that has been looked through."""
    batch_id = a_batch(cast, ids=ids)
    jobs_run()
    return batch_id


def begun(batch_id: int, *, with_warned: bool = False) -> int:
    """Somebody has pressed the button."""
    with unit_of_work():
        begin_batch(batch_id, with_warned=with_warned)
    return batch_id


def jobs_run() -> int:
    """What is due is done by the system, which belongs to no practice; returns the number of steps."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), acting_as("system:jobs"):
        return jobs.run_all_due()


def batch(batch_id: int) -> Batch:
    """The batch, read afresh."""
    session().expire_all()
    return session().get_one(Batch, batch_id)


def items(batch_id: int) -> list[tuple[str, str]]:
    """(state, the codes of what was noted) of each of its invoices."""
    session().expire_all()
    rows = session().scalars(select(BatchItem).where(BatchItem.batch_id == batch_id).order_by(BatchItem.position))
    return [(row.state, _codes(row.note)) for row in rows]


def numbers() -> list[str]:
    """The numbers of all invoices that have one."""
    found = session().scalars(select(Invoice.number).where(Invoice.number.is_not(None)).order_by(Invoice.number))
    return [str(number) for number in found]


def _codes(note: str) -> str:
    return " ".join(code for code, *_ in json.loads(note or "[]"))
