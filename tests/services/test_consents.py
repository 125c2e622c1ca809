"""From the paper to the signed consent, and its withdrawal."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from kostenklar.models.consent import Consent, ConsentSigner
from kostenklar.models.course import Course, Explanation
from kostenklar.models.ledger import Move
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient, Representative
from kostenklar.models.rules.minors import SignerRole
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin import blobs
from kostenklar.plugin.clock import BERLIN, now, today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.consents import (
    ConsentPlan,
    Signer,
    Withdrawal,
    discard_consent,
    prepare_consent,
    sign_consent,
    withdraw_consent,
)
from kostenklar.plugin.services.papers import bytes_of, content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.consent import ConsentContent
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.treatment_scene import SCAN, a_plan, a_talk

pytestmark = pytest.mark.usefixtures("as_reception")
GISELA = Signer("Gisela Yılmaz-Hofer", SignerRole.PATIENT, "known")
MUM, DAD = Signer("Ayla Hofer", SignerRole.GUARDIAN), Signer("Bernd Hofer", SignerRole.GUARDIAN)


def plan(days: int = 365, sessions: int = 3) -> ConsentPlan:
    return ConsentPlan(sessions, today() + dt.timedelta(days=days))


def prepared(cast, **changes) -> int:
    with unit_of_work():
        return prepare_consent(cast.course_id, None, plan(**changes), today()).id


def signed(cast, *signers: Signer, on: dt.date | None = None) -> int:
    consent_id = prepared(cast)
    with unit_of_work():
        sign_consent(consent_id, None, on or today(), signers or (GISELA,), SCAN, today())
    return consent_id


def content(consent_id: int) -> ConsentContent:
    paper = content_of(session().get_one(Consent, consent_id).paper)
    assert isinstance(paper, ConsentContent)
    return paper


def refused_with(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def make_minor(cast, **custody) -> None:
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).birth_date = today() - dt.timedelta(days=365 * 15)
        session().add(
            Representative(
                practice_id=cast.practice_id, patient_id=cast.patient_id, name=MUM.name, kind="parent", **custody
            )
        )


def test_the_prepared_consent_draws_a_number_and_covers_sites_sessions_and_time(cast):
    consent = session().get_one(Consent, prepared(cast))
    assert consent.paper.number == f"EW-{today().year}-0001"
    assert (consent.state, consent.sites, consent.sessions) == ("prepared", "Handrücken rechts", 3)
    pdf, name = bytes_of(consent.paper_id)
    assert name == f"EW-{today().year}-0001.pdf"
    assert "Handrücken rechts" in pdf_text(pdf)


def test_the_paper_speaks_the_language_that_was_chosen(cast):
    with unit_of_work():
        english = ConsentPlan(1, today(), "en")
        consent_id = prepare_consent(cast.course_id, None, english, today()).id
    paper = content(consent_id)
    assert (paper.language, paper.sites) == ("en", ("Handrücken right",))
    assert session().get_one(Consent, consent_id).sites == "Handrücken rechts"  # as the gate compares it


def test_a_talk_that_was_held_stands_on_the_paper(cast):
    a_talk(cast, questions="Wie lange bleibt die Haut rosa?")
    talk = session().scalars(select(Explanation)).one()
    paper = content(prepared(cast))
    assert paper.talk.explained_by == "Dr. med. Henrike Seidel"
    assert paper.talk.held_on == talk.started_at.astimezone(BERLIN).date()
    assert paper.talk.questions == "Wie lange bleibt die Haut rosa?"


def test_a_planned_session_puts_the_own_days_without_sun_on_the_paper(cast):
    day = today() + dt.timedelta(days=40)
    a_plan(cast, day)
    before = next(section for section in content(prepared(cast)).sections if f"{day:%d.%m.%Y}" in section.body)
    assert f"{day - dt.timedelta(days=28):%d.%m.%Y}" in before.body
    assert f"{day + dt.timedelta(days=14):%d.%m.%Y}" in before.body


def test_only_one_consent_waits_for_its_signature(cast):
    first = prepared(cast)
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        prepare_consent(cast.course_id, None, plan(), today())
    assert refused_with(refused) == ["consent_waits"]

    with unit_of_work():
        discard_consent(first, None, "falsche Stelle")
    assert session().get_one(Consent, prepared(cast)).paper.number.endswith("0002")


def test_a_refused_consent_draws_no_number(cast):
    with pytest.raises(RuleBroken), unit_of_work():
        prepare_consent(cast.course_id, None, plan(days=-1), today())
    assert session().get_one(Consent, prepared(cast)).paper.number.endswith("0001")


def test_a_signed_consent_has_two_times_its_scan_and_its_signers(cast):
    consent = session().get_one(Consent, signed(cast))
    assert (consent.state, consent.signed_on, consent.recorded_by) == ("signed", today(), "Sabine Krüger")
    assert consent.recorded_at is not None
    assert consent.recorded_at <= now()
    assert consent.scan_id is not None
    assert blobs.get(consent.scan_id) == (SCAN.content, "application/pdf")
    signer = session().scalars(select(ConsentSigner)).one()
    assert (signer.name, signer.role, signer.identity_checked) == ("Gisela Yılmaz-Hofer", "patient", "known")


@pytest.mark.parametrize(("days", "code"), [(1, "signed_in_future"), (-1, "signed_before_paper")])
def test_the_day_of_the_signature_lies_between_the_paper_and_today(cast, days, code):
    consent_id = prepared(cast)
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        sign_consent(consent_id, None, today() + dt.timedelta(days=days), (GISELA,), SCAN, today())
    assert refused_with(refused) == [code]


def test_a_guardian_alone_does_not_sign_for_an_adult(cast):
    with pytest.raises(RuleBroken) as refused:
        signed(cast, MUM)
    assert refused_with(refused) == ["consent_wrong_signer"]


def test_a_minor_signs_with_both_guardians(cast):
    make_minor(cast)
    with pytest.raises(RuleBroken) as refused:
        signed(cast, GISELA, MUM)
    assert refused_with(refused) == ["minor_one_guardian"]
    consent_id = session().scalars(select(Consent.id)).one()
    with unit_of_work():
        sign_consent(consent_id, None, today(), (GISELA, MUM, DAD), SCAN, today())
    assert session().get_one(Consent, consent_id).state == "signed"


def test_proven_sole_custody_makes_one_guardian_enough(cast):
    make_minor(cast, sole_custody=True, proof_seen_by="Sabine Krüger", proof_seen_at=now())
    assert session().get_one(Consent, signed(cast, GISELA, MUM)).state == "signed"


def test_a_minors_paper_has_lines_for_both_guardians(cast):
    make_minor(cast)
    lines = [(line.role, line.name) for line in content(prepared(cast)).signatures]
    assert lines[:3] == [("patient", "Gisela Yılmaz-Hofer"), ("guardian", "Ayla Hofer"), ("guardian", "")]


def test_a_withdrawal_is_kept_to_the_minute_with_who_received_it(cast):
    consent_id, at = signed(cast), now()
    with unit_of_work():
        withdraw_consent(consent_id, None, Withdrawal(at, "am Telefon", "Sabine Krüger"), at)
    consent = session().get_one(Consent, consent_id)
    assert (consent.state, consent.withdrawn_at) == ("withdrawn", at)
    assert (consent.withdrawn_how, consent.withdrawn_by) == ("am Telefon", "Sabine Krüger")
    assert [move.step for move in session().scalars(select(Move).order_by(Move.id))] == ["sign", "withdraw"]


@pytest.mark.parametrize(
    ("delay", "code"),
    [(dt.timedelta(minutes=1), "withdrawn_in_future"), (-dt.timedelta(days=2), "withdrawn_before_signed")],
)
def test_nobody_withdraws_in_the_future_or_before_signing(cast, delay, code):
    consent_id, at = signed(cast), now()
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        withdraw_consent(consent_id, None, Withdrawal(at + delay, "mündlich", "Sabine Krüger"), at)
    assert refused_with(refused) == [code]


def test_a_consent_is_withdrawn_once_and_an_unsigned_one_not_at_all(cast):
    at = now()
    with pytest.raises(StepNotAllowed), unit_of_work():
        withdraw_consent(prepared(cast), None, Withdrawal(at, "mündlich", "S. K."), at)


def test_a_stale_page_files_nothing(cast):
    consent_id = prepared(cast)
    version = session().get_one(Consent, consent_id).version
    with unit_of_work():
        discard_consent(consent_id, version, "falsche Stelle")
    with pytest.raises(StalePage), unit_of_work():
        sign_consent(consent_id, version, today(), (GISELA,), SCAN, today())


def test_without_a_lesion_there_is_no_paper(cast):
    with unit_of_work():
        course = Course(
            practice_id=cast.practice_id, patient_id=cast.patient_id, procedure_id=cast.procedure_id, title="Leer"
        )
        session().add(course)
        session().flush()
        course_id = course.id
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        prepare_consent(course_id, None, plan(), today())
    assert refused_with(refused) == ["lesions_missing"]
    assert session().scalars(select(IssuedPaper)).all() == []
