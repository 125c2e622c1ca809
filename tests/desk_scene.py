"""What a caller asks about: cases with an insurer, their answers, contacts and guardians."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from kostenklar.models.clarification import Clarification, ClarificationAnswer
from kostenklar.models.disclosure import AuthorisedContact
from kostenklar.models.patient import Insurer, Representative
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.agreement_plans import AgreementPlan
from kostenklar.plugin.services.fee_agreements import prepare_fee_agreement
from kostenklar.plugin.services.incoming import Arrived, take_in
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast

_counted = itertools.count(1)


def put(record: Any) -> int:
    """The id of a record that is written as it stands."""
    with unit_of_work():
        session().add(record)
        session().flush()
        return int(record.id)


def a_case(cast: Cast, state: str = "submitted", **more: Any) -> int:
    """The id of a clarification with Albatros Kranken."""
    insurer = put(Insurer(practice_id=cast.practice_id, name="Albatros Kranken", kind="pkv"))
    values = {
        "practice_id": cast.practice_id, "patient_id": cast.patient_id, "course_id": cast.course_id, "state": state,
        "insurer_id": insurer, "payer_role": "pkv", "number": f"KK-{today().year}-{next(_counted):04d}",
    }  # fmt: skip
    return put(Clarification(**(values | more)))


def an_answer(cast: Cast, case_id: int, decision: str = "part", **more: Any) -> int:
    """The id of an answer of today."""
    values = {
        "practice_id": cast.practice_id, "clarification_id": case_id, "round": 1, "dated_on": today(),
        "received_on": today(), "form": "letter", "decision": decision, "recorded_at": now(), "recorded_by": "S",
    }  # fmt: skip
    return put(ClarificationAnswer(**(values | more)))


def a_contact(cast: Cast, name: str = "Ahmet Yılmaz", scope: str = "costs", **more: Any) -> int:
    """The id of somebody the patient allowed to be told."""
    values = {"practice_id": cast.practice_id, "patient_id": cast.patient_id, "name": name, "scope": scope}
    return put(AuthorisedContact(**(values | {"allowed_on": today() - dt.timedelta(days=1)} | more)))


def a_guardian(cast: Cast, patient_id: int, name: str = "Maria Kurz", kind: str = "parent", **more: Any) -> int:
    """The id of somebody who acts for a patient."""
    person = Representative(practice_id=cast.practice_id, patient_id=patient_id, name=name, kind=kind, **more)
    return put(person)


def a_prepared_agreement(cast: Cast) -> int:
    """The id of a § 2 agreement on five times the fee, printed and not signed yet."""
    plan = AgreementPlan("Gisela Yılmaz-Hofer", cast.physician_id, today(), (Decimal(5),))
    with unit_of_work():
        return prepare_fee_agreement(cast.course_id, None, plan, today()).id


def an_incoming_scan(cast: Cast, content: bytes = b"%PDF-1.4 letter") -> int:
    """The id of a scan that waits."""
    with unit_of_work():
        return take_in(cast.practice_id, [Arrived("brief.pdf", content, "application/pdf")], today())[0][0]
