"""A case with a private insurer, made by hand, and sheets that are prepared, signed or taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from kostenklar.models.clarification import CaseGrant, Clarification
from kostenklar.models.patient import Insurer, Policy
from kostenklar.models.rules.grants import GrantDocument, GrantKind
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.scan import Scan
from kostenklar.plugin.services.case_grants import prepare_grant, sign_grant
from kostenklar.plugin.services.contacts import ContactData, allow_contact
from kostenklar.plugin.services.grant_content import GrantPlan
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast

SCAN = Scan(b"%PDF-1.4 signed", "application/pdf")
LATER = dt.timedelta(days=90)
HOLDER: dict[str, Any] = {
    "holder_name": "Hakan Yılmaz", "holder_street": "Ring 1", "holder_postcode": "50668", "holder_city": "Köln",
    "holder_birth_date": dt.date(1955, 4, 1),
}  # fmt: skip


def a_case(cast: Cast, *, kind: str = "pkv", own_form: bool = False, state: str = "ready", **holder: Any) -> int:
    """The id of a case of the first patient with Albatros Kranken; `holder` says who else holds the policy."""
    with unit_of_work():
        insurer = Insurer(
            practice_id=cast.practice_id, name="Albatros Kranken", kind=kind, department="Leistung", street="Hafen 1",
            postcode="20457", city="Hamburg", own_release_form=own_form,
        )  # fmt: skip
        session().add(insurer)
        session().flush()
        policy = Policy(
            practice_id=cast.practice_id, patient_id=cast.patient_id, insurer_id=insurer.id, kind="pkv_full",
            contract_no="V-4711", insured_no="01", **holder,
        )  # fmt: skip
        session().add(policy)
        session().flush()
        count = len(list(session().scalars(select(Clarification.id))))
        case = Clarification(
            practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, policy_id=policy.id,
            insurer_id=insurer.id, number=f"KK-2026-{count + 1:04d}", payer_role=kind, state=state,
        )  # fmt: skip
        session().add(case)
        session().flush()
        return case.id


def a_plan(kind: str = "release", **changes: Any) -> GrantPlan:
    """Estimate and diagnosis, no photographs, for 90 days."""
    release = kind == "release"
    values: dict[str, Any] = {
        "kind": GrantKind(kind), "purpose": "Klärung der Kostenübernahme", "valid_until": today() + LATER,
        "documents": (GrantDocument.ESTIMATE, GrantDocument.DIAGNOSIS) if release else (),
    }  # fmt: skip
    return GrantPlan(**(values | changes))


def a_prepared_one(case_id: int, kind: str = "release", **changes: Any) -> int:
    """The id of a sheet that waits for its signature."""
    with unit_of_work():
        return prepare_grant(case_id, None, a_plan(kind, **changes), today()).id


def a_signed_one(case_id: int, kind: str = "release", **changes: Any) -> int:
    """The id of a sheet signed today."""
    grant_id = a_prepared_one(case_id, kind, **changes)
    with unit_of_work():
        sign_grant(grant_id, None, today(), SCAN, today())
    return grant_id


def a_contact(cast: Cast) -> int:
    """The id of the patient's daughter, who may be told about appointments and costs."""
    data = ContactData(name="Elif Yılmaz", relation="Tochter", scope="costs", allowed_on=today())
    with unit_of_work():
        return allow_contact(cast.patient_id, None, data, today())


def grant(grant_id: int) -> CaseGrant:
    """The grant, read afresh."""
    session().expire_all()
    return session().get_one(CaseGrant, grant_id)
