"""The cast of the tests: a practice, a second one as stranger, staff of every role, a device, a first patient."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from kostenklar.models.records import (
    Course,
    Device,
    Insurer,
    Lesion,
    Patient,
    Physician,
    Policy,
    Practice,
    Procedure,
    Site,
    Staff,
)
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.patients import rewrite_keys
from kostenklar.plugin.services.setup import NewPractice, open_practice
from kostenklar.plugin.unit_of_work import unit_of_work

KEYS = {"reception": "user:sabine", "physician": "user:seidel", "owner": "user:lindner", "admin": "user:admin"}
NAMES = {
    "reception": "Sabine Krüger",
    "physician": "Dr. med. Henrike Seidel",
    "owner": "Dr. med. Karl Lindner",
    "admin": "Nils Petersen",
}


@dataclass
class Cast:
    """Ids of what the scene holds."""

    practice_id: int
    site_id: int
    physician_id: int  # staff
    owner_id: int  # staff
    assistant_id: int  # staff
    device_id: int
    procedure_id: int
    patient_id: int  # statutory insurance
    course_id: int
    lesion_id: int
    stranger_id: int  # another practice
    keys: dict[str, str] = field(default_factory=lambda: dict(KEYS))
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))


def set_the_scene() -> Cast:
    """Hautpraxis am Lindenhof with a patient who wants the age spots on her hand treated; benign, cosmetic."""
    with acting_as("system:tests"), unit_of_work(reason="tests"):
        practice = open_practice(lindenhof())
        stranger = open_practice(NewPractice(name="Praxis Fremd", street="Weg 1", postcode="20095", city="Hamburg"))
        site = session().scalars(select(Site).where(Site.practice_id == practice.id)).one()
        seidel = _physician(practice.id, "physician", "Dr. med.", "Henrike Seidel", "employed")
        lindner = _physician(practice.id, "owner", "Dr. med.", "Karl Lindner", "owner")
        thiele = Staff(
            practice_id=practice.id, actor_key=KEYS["reception"], name="Sabine Krüger", employment="assistant"
        )
        device = Device(
            practice_id=practice.id, site_id=site.id, method="cryo", name="Kältesonde flach 5 mm", maker="Cryon",
            limits={"temperature_min": -89, "temperature_max": -20, "seconds_max": 60, "cycles_max": 5},
        )  # fmt: skip
        session().add_all([thiele, device])
        patient = first_patient(practice.id)
        cryo = (
            session()
            .scalars(select(Procedure).where(Procedure.practice_id == practice.id, Procedure.code == "cryopeeling"))
            .one()
        )
        session().flush()
        course, lesion = _course(practice.id, patient.id, cryo.id, seidel.id)
        return Cast(
            practice.id, site.id, seidel.id, lindner.id, thiele.id, device.id, cryo.id, patient.id, course.id,
            lesion.id, stranger.id,
        )  # fmt: skip


def lindenhof() -> NewPractice:
    """The practice's letterhead."""
    return NewPractice(
        name="Hautpraxis am Lindenhof", street="Lindenhof 4", postcode="50667", city="Köln", telephone="0221 5550100",
        email="praxis@lindenhof.example", tax_number="214/5810/4711", iban="DE02120300000000202051", bic="BYLADEM1001",
        bank_name="Beispielbank", site_name="Mitte",
    )  # fmt: skip


def first_patient(practice_id: int) -> Patient:
    """Gisela Yılmaz-Hofer, statutory insurance, with an address."""
    insurer = Insurer(practice_id=practice_id, name="Kasse Rheinland-West", kind="gkv")
    session().add(insurer)
    session().flush()
    patient = Patient(
        practice_id=practice_id, number="PA-9001", first_name="Gisela", last_name="Yılmaz-Hofer",
        birth_date=dt.date(1957, 9, 2), sex="w", street="Eigelstein 10", postcode="50668", city="Köln",
        sort_key="yilmaz-hofer gisela",
    )  # fmt: skip
    session().add(patient)
    session().flush()
    rewrite_keys(patient)
    session().add(Policy(practice_id=practice_id, patient_id=patient.id, insurer_id=insurer.id, kind="gkv"))
    return patient


def _physician(practice_id: int, role: str, title: str, name: str, employment: str) -> Staff:
    staff = Staff(practice_id=practice_id, actor_key=KEYS[role], title=title, name=name, employment=employment)
    session().add(staff)
    session().flush()
    session().add(
        Physician(
            practice_id=practice_id,
            staff_id=staff.id,
            nisv_kind="Fachärztin/Facharzt",
            nisv_issuer="Ärztekammer",
            nisv_on=dt.date(2021, 3, 1),
        )
    )
    return staff


def _course(practice_id: int, patient_id: int, procedure_id: int, physician_id: int) -> tuple[Course, Lesion]:
    course = Course(
        practice_id=practice_id, patient_id=patient_id, procedure_id=procedure_id,
        title="Altersflecken Handrücken rechts", sessions_min=1, sessions_max=3,
    )  # fmt: skip
    session().add(course)
    session().flush()
    lesion = Lesion(
        practice_id=practice_id, course_id=course.id, kind="age_spot", site="Handrücken", side="R", count=6,
        size_mm=Decimal(8), indication="cosmetic", indication_reason="auf eigenen Wunsch",
        indication_by_id=physician_id, indication_at=dt.datetime(2026, 10, 19, 9, 0, tzinfo=dt.UTC),
        benign_how="Auflichtmikroskopie", benign_by_id=physician_id, benign_on=dt.date(2026, 10, 19),
    )  # fmt: skip
    session().add(lesion)
    session().flush()
    return course, lesion


def practice(practice_id: int) -> Practice:
    """The record of a practice."""
    return session().get_one(Practice, practice_id)
