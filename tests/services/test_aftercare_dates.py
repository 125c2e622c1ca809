"""The aftercare sheet of each procedure: the patient's own days for sun and healing, and its place among the papers."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.models.catalogue import facts
from kostenklar.models.patient import Patient
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.papers import papers_of
from kostenklar.plugin.services import treatment_records
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.laser_scene import a_laser_course, a_laser_record
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_record, done, fresh

TREATED = today() - dt.timedelta(days=1)
TWO, THREE = TREATED + dt.timedelta(days=14), TREATED + dt.timedelta(days=21)


def sheet(cast: Cast, procedure: str) -> tuple[Cast, str]:
    """The course and the text of the sheet of a session of yesterday."""
    laser = procedure != "cryopeeling"
    here = a_laser_course(cast, procedure) if laser else cast
    treatment_id = a_plan(here, TREATED)
    make = a_laser_record if laser else a_record
    record = make(here, began=dt.time(10), ended=dt.time(10, 20), reason="Netz war aus")
    done(lambda: treatment_records.record_late(treatment_id, None, TREATED, record))
    paper_id = fresh(treatment_id).aftercare_paper_id
    assert paper_id is not None
    return here, " ".join(pdf_text(bytes_of(paper_id)[0]).split())


@pytest.mark.parametrize("procedure", ["cryopeeling", "pigment_laser", "tattoo_laser"])
def test_the_sheet_names_the_patients_own_days(cast: Cast, as_reception: Actor, procedure: str) -> None:
    here, text = sheet(cast, procedure)
    assert f"Bitte keine Sonne und kein Solarium bis einschließlich {TWO:%d.%m.%Y}." in text
    if procedure == "cryopeeling":
        assert f"voraussichtlich zwischen dem {TWO:%d.%m.%Y} und dem {THREE:%d.%m.%Y} abgefallen" in text
    else:
        assert f"Blasen auf, sind sie voraussichtlich bis etwa {TWO:%d.%m.%Y} abgeheilt" in text
    for fact in facts():
        if procedure in fact.procedures and "aftercare" in fact.papers:
            assert all(phrase in text for phrase in fact.phrases["de"]), fact.number
    assert [paper.kind for paper in papers_of(here.course_id)] == ["aftercare"]


def test_an_english_sheet_names_them_too(cast: Cast, as_reception: Actor) -> None:
    done(lambda: setattr(session().get_one(Patient, cast.patient_id), "language", "en"))
    _, text = sheet(cast, "tattoo_laser")
    assert "they will probably be gone by about" in text
    assert "up to and including" in text
