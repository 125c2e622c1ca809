"""Taking in a patient, changing the data, and what is found afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from kostenklar.models.ledger import AuditEntry
from kostenklar.models.patient import Insurer, Patient, PatientKey, Policy
from kostenklar.models.rules.patient_search import read_search
from kostenklar.models.rules.payers import PayerKind, PolicyKind
from kostenklar.plugin.clock import now
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import patient_page, patients
from kostenklar.plugin.services.patients import (
    PatientData,
    PhoneData,
    RecipientData,
    RepresentativeData,
    change_patient,
    register_patient,
)
from kostenklar.plugin.services.policies import PolicyData, change_policy, take_out_policy
from kostenklar.plugin.unit_of_work import unit_of_work

TODAY = dt.date(2026, 11, 23)
BORN = dt.date(1990, 1, 2)


def person(last="Müller", first="Anna", **more):
    return PatientData(**{"last_name": last, "first_name": first, "birth_date": BORN, **more})


def register(practice_id, data=None, *policies):
    with unit_of_work():
        return register_patient(practice_id, data or person(), policies)


def register_and_fail(practice_id):
    with unit_of_work():
        register_patient(practice_id, person())
        raise RuntimeError("power cut")


def change(patient_id, data, version=None):
    with unit_of_work():
        change_patient(patient_id, version, data)


def record(patient_id):
    session().expire_all()
    return session().get_one(Patient, patient_id)


def found(typed):
    return [row.id for row in patients.find_patients(read_search(typed), TODAY).rows]


def test_each_patient_gets_the_next_number(as_reception, cast):
    numbers = [record(register(cast.practice_id)).number for _ in range(3)]
    assert numbers == ["PA-0001", "PA-0002", "PA-0003"]


def test_a_patient_that_was_not_saved_takes_no_number(as_reception, cast):
    with pytest.raises(RuntimeError, match="power cut"):
        register_and_fail(cast.practice_id)
    assert record(register(cast.practice_id)).number == "PA-0001"


def test_nobody_is_taken_in_for_another_practice(as_reception, cast):
    with pytest.raises(NotFound):
        register(cast.stranger_id)


def test_everything_the_desk_knows_is_kept(as_reception, cast):
    data = person(
        title="Dr.", birth_name="Schmitz", sex="w", street="Eigelstein 1", postcode="50668", city="Köln",
        email="anna@example.org", email_consent=True, language="en", kvnr="A123456780", external_id="47-11",
        skin_type=2, privacy_version="2026-01", privacy_on=dt.date(2026, 11, 2),
        phones=(PhoneData(number="0221 5550148", may_leave_message=True), PhoneData(number="0171 1", kind="mobile")),
        representatives=(RepresentativeData(name="Eva Müller", sole_custody=True, proof_seen=True),),
        recipient=RecipientData(name="Firma Beispiel", street="Weg 1", postcode="50667", city="Köln"),
    )  # fmt: skip
    kept = record(register(cast.practice_id, data))
    assert (kept.full_name, kept.birth_name, kept.language) == ("Dr. Anna Müller", "Schmitz", "en")
    phones = [(phone.number, phone.may_leave_message) for phone in kept.phones]
    assert phones == [("0221 5550148", True), ("0171 1", False)]
    assert kept.representatives[0].proof_seen_by == as_reception.name
    assert kept.recipient["name"] == "Firma Beispiel"
    assert kept.privacy_at.isoformat() == "2026-11-01T23:00:00+00:00", "the day began at midnight in Berlin"


@pytest.mark.parametrize(
    "typed",
    [
        "mueller", "Müller", "muller", "anna mü", "anna mue", "müller, a", "schmitz", "02.01.1990", "2.1.90",
        "02011990", "0221 555", "+49 221 5550148", "PA-0001", "pa0001", "A123456780", "47-11", "Müller 02.01.1990",
    ],
)  # fmt: skip
def test_the_patient_is_found(as_reception, cast, typed):
    data = person(
        birth_name="Schmitz", kvnr="A123456780", external_id="47-11", phones=(PhoneData(number="0221 5550148"),)
    )
    new = register(cast.practice_id, data)
    assert found(typed) == [new]


@pytest.mark.parametrize(
    "typed", ["Maier", "03.01.1990", "Müller 03.01.1990", "0221 556", "PA-0002", "%", "_", "ü' OR 1=1 --"]
)
def test_somebody_else_is_not_found(as_reception, cast, typed):
    register(cast.practice_id, person(phones=(PhoneData(number="0221 5550148"),)))
    assert found(typed) == []


def test_an_umlaut_typed_finds_the_umlaut_before_its_bare_letter(as_reception, cast):
    umlaut = register(cast.practice_id, person("Müller"))
    register(cast.practice_id, person("Mustermann"))
    assert found("mü") == [umlaut]
    assert len(found("mu")) == 2


def test_after_a_change_only_the_new_name_is_found(as_reception, cast):
    new = register(cast.practice_id, person("Müller", phones=(PhoneData(number="0221 1"),)))
    change(new, person("Yıldız", phones=(PhoneData(number="0221 2"),)))
    assert found("yildiz") == [new]
    assert (found("müller"), found("0221 1"), found("0221 2")) == ([], [], [new])
    assert record(new).sort_key == "yildiz  anna"


def test_no_key_of_somebody_else_is_touched(as_reception, cast):
    first, second = register(cast.practice_id), register(cast.practice_id)
    change(first, person("Yıldız"))
    assert found("müller") == [second]


def test_search_keys_leave_no_audit_entries_but_the_patient_does(as_reception, cast):
    register(cast.practice_id)
    tables = set(session().scalars(select(AuditEntry.table_name)))
    assert "patient" in tables
    assert "patient_key" not in tables
    assert session().scalar(select(func.count(PatientKey.id)))


def test_restricted_and_merged_patients_are_nowhere_at_the_desk(as_reception, cast):
    restricted, merged = register(cast.practice_id), register(cast.practice_id)
    with unit_of_work():
        session().get_one(Patient, restricted).restricted_since = now()
        session().get_one(Patient, merged).merged_into_id = cast.patient_id
    assert found("müller") == []
    assert {restricted, merged}.isdisjoint(row.id for row in patients.patients_by_name(TODAY).rows)
    assert patients.likely_same("Müller", BORN) == ()
    with pytest.raises(NotFound):
        patient_page.patient_head(restricted)
    with pytest.raises(NotFound):
        change(restricted, person("Yıldız"))


def test_a_stale_page_changes_nothing(as_reception, cast):
    new = register(cast.practice_id)
    version = record(new).version
    change(new, person("Yıldız"), version)
    with pytest.raises(StalePage) as caught:
        change(new, person("Schmitz"), version)
    assert caught.value.changed_by == as_reception.name
    assert record(new).last_name == "Yıldız"


def test_a_changed_telephone_alone_makes_the_old_page_stale(as_reception, cast):
    new = register(cast.practice_id)
    version = record(new).version
    change(new, person(phones=(PhoneData(number="0221 7"),)), version)
    with pytest.raises(StalePage):
        change(new, person(), version)


def test_a_proof_is_seen_once_and_not_again_with_every_save(as_reception, cast):
    seen = RepresentativeData(name="Eva Müller", sole_custody=True, proof_seen=True)
    new = register(cast.practice_id, person(representatives=(seen,)))
    at = record(new).representatives[0].proof_seen_at
    change(new, person(representatives=(seen,)))
    assert record(new).representatives[0].proof_seen_at == at
    change(new, person(representatives=(RepresentativeData(name="Jan Müller", sole_custody=True, proof_seen=True),)))
    assert record(new).representatives[0].proof_seen_at > at, "another name needs a look of its own"
    change(new, person(representatives=(RepresentativeData(name="Jan Müller", sole_custody=True),)))
    assert record(new).representatives[0].proof_seen_at is None


def test_what_is_left_out_of_the_form_is_gone(as_reception, cast):
    new = register(cast.practice_id, person(phones=(PhoneData(number="0221 1"),), recipient=RecipientData(name="F")))
    change(new, person())
    assert (record(new).phones, record(new).recipient) == ([], None)


@pytest.mark.parametrize("name", ["<b>x", "O'Brien", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()", "x" * 200, "ß" * 200])
def test_unusual_names_are_kept_as_typed_and_found(as_reception, cast, name):
    new = register(cast.practice_id, person(name))
    assert record(new).last_name == name
    assert found(name[:60]) == [new]


def test_an_insurer_is_known_again_however_it_is_written(as_reception, cast):
    for written in ("Kasse Süd", "kasse sued", "KASSE SÜD"):
        register(cast.practice_id, person(), PolicyData(kind=PolicyKind.GKV, insurer=written))
    assert list(session().scalars(select(Insurer.name).where(Insurer.name.ilike("kasse s%")))) == ["Kasse Süd"]


def test_two_insurances_hold_at_once_and_one_ends(as_reception, cast):
    private = PolicyData(kind=PolicyKind.PKV_FULL, insurer="Albatros", valid_from=dt.date(2020, 1, 1))
    new = register(cast.practice_id, person(), private)
    with unit_of_work():
        second = take_out_policy(new, None, PolicyData(kind=PolicyKind.GKV, valid_from=dt.date(2026, 1, 1)))
    policies = patient_page.policies_of(new)
    assert patient_page.payer(policies, TODAY) is PayerKind.GKV, "the statutory one decides"
    assert patient_page.payer(policies, dt.date(2025, 12, 31)) is PayerKind.PKV
    with unit_of_work():
        change_policy(new, None, second, PolicyData(kind=PolicyKind.GKV, valid_to=dt.date(2026, 11, 22)))
    assert patient_page.payer(patient_page.policies_of(new), TODAY) is PayerKind.PKV


def test_the_last_day_of_an_insurance_still_counts(as_reception, cast):
    new = register(cast.practice_id, person(), PolicyData(kind=PolicyKind.GKV, valid_to=TODAY))
    assert patients.find_patients(read_search("müller"), TODAY).rows[0].insured == (PolicyKind.GKV,)
    day_after = TODAY + dt.timedelta(days=1)
    assert patients.find_patients(read_search("müller"), day_after).rows[0].insured == ()
    assert [policy.holds(TODAY) for policy in patient_page.policies_of(new)] == [True]


def test_a_policy_of_somebody_else_cannot_be_changed_through_this_patient(as_reception, cast):
    new = register(cast.practice_id)
    foreign = session().scalars(select(Policy.id).where(Policy.patient_id == cast.patient_id)).one()
    with pytest.raises(NotFound), unit_of_work():
        change_policy(new, None, foreign, PolicyData(kind=PolicyKind.SELF_PAYER))


def test_likely_doubles_have_the_same_birth_date_and_folded_last_name(as_reception, cast):
    new = register(cast.practice_id, person("Müller", "Anna"))
    register(cast.practice_id, person("Müller-Lüdenscheidt"))
    register(cast.practice_id, person("Müller", birth_date=dt.date(1990, 1, 3)))
    assert [twin.id for twin in patients.likely_same("Mueller", BORN)] == [new]
