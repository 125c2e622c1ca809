"""Releases and powers of attorney: one case, one insurer, signed by the right person, taken back at any time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from kostenklar.models.clarification import CaseGrant, Clarification
from kostenklar.models.patient import Insurer, Patient, Representative
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.errors import NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.case_grants import grants_of, missing_grant, standing_grant
from kostenklar.plugin.sentences import sentence
from kostenklar.plugin.services import case_grants
from kostenklar.plugin.services.case_grants import Revocation, discard_grant, prepare_grant, revoke_grant, sign_grant
from kostenklar.plugin.services.papers import content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.grant_scene import HOLDER, LATER, SCAN, a_case, a_plan, a_prepared_one, a_signed_one, grant

pytestmark = pytest.mark.usefixtures("as_reception")


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    assert all(sentence(finding) for finding in broken.value.findings)
    return [finding.code for finding in broken.value.findings]


def paper_of(there: CaseGrant) -> Any:
    """What stands on its paper."""
    return content_of(there.paper)


def revoked(grant_id: int, at: dt.datetime | None = None) -> None:
    with unit_of_work():
        revoke_grant(grant_id, None, Revocation(at or now(), "am Telefon", "Sabine Krüger"), now())


def test_a_release_names_patient_insurer_purpose_documents_and_period(cast):
    case_id = a_case(cast)
    there = grant(a_prepared_one(case_id))
    paper = paper_of(there)
    assert there.number.startswith("SE-")
    assert (there.state, there.signer_role, there.signer_name) == ("prepared", "patient", "Gisela Yılmaz-Hofer")
    assert paper.patient.birth_date == dt.date(1957, 9, 2)
    assert paper.insurer[:2] == ("Albatros Kranken", "Leistung")
    assert (paper.shown, paper.photos, paper.valid_until) == (("estimate", "diagnosis"), False, today() + LATER)
    assert "nur für diesen Fall" in paper.declaration.body
    assert "freiwillig" in paper.terms[-1].body
    assert "§ 213 VVG" in paper.terms[0].body


def test_a_power_of_attorney_is_signed_by_the_policyholder_who_may_be_somebody_else(cast):
    there = grant(a_prepared_one(a_case(cast, **HOLDER), "power_of_attorney"))
    paper = paper_of(there)
    assert there.number.startswith("VM-")
    assert (there.signer_role, there.signer_name) == ("policyholder", "Hakan Yılmaz")
    assert paper.recipient == ("Hakan Yılmaz", "Ring 1", "50668 Köln")
    assert paper.holder.birth_date == dt.date(1955, 4, 1)
    assert paper.patient.name == "Gisela Yılmaz-Hofer"
    assert "§ 192 Abs. 8 VVG" in paper.terms[0].body


def test_a_letter_to_a_policyholder_abroad_names_the_country(cast):
    abroad = {**HOLDER, "holder_postcode": "1010", "holder_city": "Wien", "holder_country": "AT"}
    paper = paper_of(grant(a_prepared_one(a_case(cast, **abroad), "power_of_attorney")))
    assert paper.recipient == ("Hakan Yılmaz", "Ring 1", "1010 Wien", "ÖSTERREICH")


def test_the_release_is_the_patients_even_where_somebody_else_holds_the_policy(cast):
    there = grant(a_prepared_one(a_case(cast, **HOLDER)))
    assert (there.signer_role, there.signer_name) == ("patient", "Gisela Yılmaz-Hofer")


def test_the_vvg_is_not_cited_towards_the_beihilfe(cast):
    case_id = a_case(cast, kind="beihilfe")
    for kind in ("release", "power_of_attorney"):
        paper = paper_of(grant(a_prepared_one(case_id, kind)))
        assert not any("VVG" in told for told in paper.texts())


def test_for_a_minor_both_guardians_sign(cast):
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).birth_date = today() - dt.timedelta(days=15 * 365)
        session().add(
            Representative(practice_id=cast.practice_id, patient_id=cast.patient_id, name="Ayla Hofer", kind="parent")
        )
    there = grant(a_prepared_one(a_case(cast)))
    paper = paper_of(there)
    assert (there.signer_role, there.signer_name) == ("guardian", "Ayla Hofer")
    assert [(line.role, line.name) for line in paper.signatures] == [("guardian", "Ayla Hofer"), ("guardian", "")]
    assert paper.declaration.heading == "Erklärung der Sorgeberechtigten"


def test_what_is_signed_stands_until_its_last_day(cast):
    case_id = a_case(cast)
    grant_id = a_signed_one(case_id)
    there = standing_grant(case_id, "release", today())
    assert there
    assert (there.id, there.state, there.medium, there.recorded_by) == (grant_id, "signed", "paper", "Sabine Krüger")
    assert standing_grant(case_id, "release", today() + LATER)
    assert standing_grant(case_id, "release", today() + LATER + dt.timedelta(days=1)) is None
    assert standing_grant(case_id, "power_of_attorney", today()) is None


def test_on_the_screen_is_fine_for_a_release(cast):
    """Domain 10.1 no. 3."""
    grant_id = a_prepared_one(a_case(cast))
    with unit_of_work():
        sign_grant(grant_id, None, today(), SCAN, today(), "screen")
    assert grant(grant_id).medium == "screen"


def test_a_release_for_another_insurer_neither_is_filed_nor_stands(cast):
    case_id = a_case(cast)
    signed, prepared = a_signed_one(case_id), a_prepared_one(case_id, valid_until=today() + LATER)
    with unit_of_work():
        other = Insurer(practice_id=cast.practice_id, name="Nordlicht", kind="pkv")
        session().add(other)
        session().flush()
        session().get_one(Clarification, case_id).insurer_id = other.id
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        sign_grant(prepared, None, today(), SCAN, today())
    assert codes(broken) == ["grant_for_other_insurer"]
    assert standing_grant(case_id, "release", today()) is None
    missing = missing_grant(case_id, "release", today())
    assert missing
    assert missing.code == "release_other_insurer"
    assert grant(signed).state == "signed"


@pytest.mark.parametrize(("days", "code"), [(1, "signed_in_future"), (-1, "signed_before_paper")])
def test_nobody_signs_in_the_future_or_before_the_paper(cast, days, code):
    grant_id = a_prepared_one(a_case(cast))
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        sign_grant(grant_id, None, today() + dt.timedelta(days=days), SCAN, today())
    assert codes(broken) == [code]


def test_nobody_signs_after_its_last_day(cast):
    grant_id = a_prepared_one(a_case(cast), valid_until=today())
    tomorrow = today() + dt.timedelta(days=1)
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        sign_grant(grant_id, None, tomorrow, SCAN, tomorrow)
    assert codes(broken) == ["grant_signed_too_late"]


def test_the_insurers_own_form_is_filed_in_place_of_ours_and_may_be_older(cast):
    case_id = a_case(cast, own_form=True)
    grant_id = a_prepared_one(case_id)
    with unit_of_work():
        sign_grant(grant_id, None, today() - dt.timedelta(days=5), SCAN, today(), own_form=True)
    assert standing_grant(case_id, "release", today())


def test_signing_twice_is_not_possible_and_what_was_signed_is_frozen(cast):
    grant_id = a_signed_one(a_case(cast))
    with pytest.raises(StepNotAllowed), unit_of_work():
        sign_grant(grant_id, None, today(), SCAN, today())
    with pytest.raises(DatabaseError), unit_of_work():
        session().execute(text(f"UPDATE kostenklar_case_grant SET photos = 1 = 1 WHERE id = {grant_id}"))


def test_it_can_be_taken_back_at_any_time_to_the_minute(cast):
    case_id = a_case(cast)
    grant_id = a_signed_one(case_id)
    revoked(grant_id)
    there = grant(grant_id)
    assert (there.state, there.revoked_how, there.revoked_by) == ("revoked", "am Telefon", "Sabine Krüger")
    assert standing_grant(case_id, "release", today()) is None
    missing = missing_grant(case_id, "release", today())
    assert missing
    assert missing.code == "release_revoked"


def test_a_release_taken_back_is_told_to_the_case_unless_another_one_holds(cast, monkeypatch):
    told: list[int] = []
    monkeypatch.setattr(case_grants, "release_withdrawn", told.append)
    case_id = a_case(cast)
    first, second = a_signed_one(case_id), a_signed_one(case_id)
    attorney = a_signed_one(case_id, "power_of_attorney")
    revoked(attorney)
    revoked(first)
    assert told == []
    revoked(second)
    assert told == [case_id]


def test_a_withdrawn_release_moves_a_ready_case_back_to_the_patient(cast):
    """Domain 10.1 no. 10."""
    case_id = a_case(cast, state="ready")
    revoked(a_signed_one(case_id))
    session().expire_all()
    assert session().get_one(Clarification, case_id).state == "with_patient"


@pytest.mark.parametrize(
    ("shift", "code"),
    [(dt.timedelta(hours=1), "revoked_in_future"), (-dt.timedelta(days=3), "revoked_before_signed")],
)
def test_nobody_takes_back_in_the_future_or_before_the_signature(cast, shift, code):
    grant_id = a_signed_one(a_case(cast))
    with pytest.raises(RuleBroken) as broken:
        revoked(grant_id, now() + shift)
    assert codes(broken) == [code]


def test_a_sheet_put_aside_keeps_its_number_and_the_next_one_gets_the_next(cast):
    case_id = a_case(cast)
    first = a_prepared_one(case_id)
    with pytest.raises(RuleBroken) as broken:
        a_prepared_one(case_id)
    assert codes(broken) == ["grant_waits"]
    with unit_of_work():
        discard_grant(first, None, "falscher Zweck")
    a_prepared_one(case_id)
    assert [(row.number[-4:], row.state) for row in grants_of(case_id)] == [("0002", "prepared"), ("0001", "void")]
    with pytest.raises(StepNotAllowed), unit_of_work():
        revoke_grant(first, None, Revocation(now(), "mündlich", "S"), now())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"documents": ()}, "release_without_documents"),
        ({"purpose": " "}, "grant_without_purpose"),
        ({"valid_until": dt.date(2020, 1, 1)}, "grant_ends_before_start"),
    ],
)
def test_a_release_of_nothing_for_nothing_or_for_days_gone_by_is_refused(cast, changes, code):
    case_id = a_case(cast)
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        prepare_grant(case_id, None, a_plan(**changes), today())
    assert codes(broken) == [code]


def test_a_case_without_insurer_or_one_that_is_over_gets_no_sheet(cast):
    case_id = a_case(cast, state="closed")
    with unit_of_work():
        session().get_one(Clarification, case_id).insurer_id = None
    with pytest.raises(RuleBroken) as broken:
        a_prepared_one(case_id)
    assert codes(broken) == ["grant_insurer_missing", "grant_case_closed"]


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        standing_grant(4711, "release", today())
    with pytest.raises(NotFound):
        revoked(4711)
