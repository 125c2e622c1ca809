"""Patients at the desk: somebody who is registered, and what the tests of the pages look at."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask import Flask

from kostenklar.models.patient import Patient
from kostenklar.models.rules.payers import PolicyKind
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.patients import PatientData, register_patient
from kostenklar.plugin.services.policies import PolicyData
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import forms_in
from kostenklar.tests.people import Cast

PATIENTS = "/kostenklar/patients"
MUELLER = {"last_name": "Müller", "first_name": "Anna", "birth_date": "02.01.1990", "policy-kind": "gkv"}


def register(
    app: Flask, cast: Cast, last: str = "Müller", first: str = "Anna", born: dt.date = dt.date(1990, 1, 2), **more: Any
) -> int:
    """The id of a privately insured patient from Cologne."""
    policy = PolicyData(kind=PolicyKind.PKV_FULL, insurer="Albatros Kranken")
    with app.app_context(), acting_as("t", name="Sabine Krüger", practices=[cast.practice_id]), unit_of_work():
        data = PatientData(last_name=last, first_name=first, birth_date=born, city="Köln", **more)
        return register_patient(cast.practice_id, data, [policy])


def shown(html: str) -> dict[str, Any]:
    """The values that stand in the page's form."""
    return forms_in(html)[0][1]


def ask(app: Flask, statement: Any) -> Any:
    """The first value of a query."""
    with app.app_context():
        return session().scalar(statement)


def patient(app: Flask, patient_id: int) -> Patient:
    """The record as it stands in the database."""
    with app.app_context():
        return session().get_one(Patient, patient_id)


def id_in(location: str) -> int:
    """The patient's id in the address a form led to."""
    return int(re.findall(r"/patients/(\d+)$", location)[0])
