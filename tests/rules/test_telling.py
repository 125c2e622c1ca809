"""Who may be told on the telephone, and which missing papers need nobody's decision."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.models.rules.gate_facts import GateItem, GateState
from kostenklar.models.rules.payers import PayerKind
from kostenklar.models.rules.print_run import MissingPaper, SessionPapers, missing_papers
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.telling import (
    ActingPerson,
    Contact,
    ListenerRole,
    People,
    PolicyHolder,
    Topic,
    who_may_be_told,
)
from kostenklar.models.rules.vat import Indication

ON = dt.date(2026, 11, 22)
GROWN, CHILD = dt.date(1957, 9, 2), dt.date(2015, 1, 1)


def contact(scope="costs", name="Ahmet Yılmaz", **more):
    return Contact(1, name, scope, **({"allowed_on": dt.date(2026, 1, 1)} | more))


def told(born=GROWN, **more):
    heard, silent = who_may_be_told(People("Gisela Yılmaz-Hofer", born, **more), ON)
    return {each.name: each for each in heard}, {each.name: each.why for each in silent}


def test_par_203_stgb_nobody_but_the_patient_is_told_where_nobody_is_named():
    heard, silent = told()
    assert set(heard) == {"Gisela Yılmaz-Hofer"}
    assert not silent


def test_par_1629_bgb_guardians_hear_what_concerns_a_minor_and_no_longer_once_of_age():
    parent = (ActingPerson(1, "Maria Kurz", "parent"),)
    heard, silent = told(CHILD, acting=parent)
    assert heard["Maria Kurz"].role is ListenerRole.GUARDIAN
    assert silent == {"Gisela Yılmaz-Hofer": "minor"}
    assert "Maria Kurz" not in told(GROWN, acting=parent)[0]


def test_the_eighteenth_birthday_is_the_first_day_of_ones_own():
    born = dt.date(2008, 11, 22)
    assert "Gisela Yılmaz-Hofer" in told(born)[0]
    assert "Gisela Yılmaz-Hofer" not in told(born + dt.timedelta(days=1))[0]


def test_a_carer_is_told_once_the_certificate_was_seen():
    assert told(acting=(ActingPerson(1, "Ida", "carer"),))[1] == {"Ida": "proof_missing"}
    assert told(acting=(ActingPerson(1, "Ida", "carer", proof_seen=True),))[0]["Ida"].role is ListenerRole.CARER


@pytest.mark.parametrize(
    ("scope", "topics"),
    [("appointments", {Topic.APPOINTMENTS}), ("costs", set(Topic)), ("everything", set(Topic)), ("???", set())],
)
def test_a_contact_hears_what_the_patient_allowed(scope, topics):
    assert told(contacts=(contact(scope),))[0]["Ahmet Yılmaz"].topics == topics


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"valid_until": ON}, None),
        ({"valid_until": ON - dt.timedelta(days=1)}, "ran_out"),
        ({"revoked_on": ON}, "revoked"),
        ({"revoked_on": ON + dt.timedelta(days=1)}, None),
    ],
)
def test_a_permission_ends_with_its_last_day_and_at_once_when_taken_back(more, why):
    heard, silent = told(contacts=(contact(**more),))
    assert silent.get("Ahmet Yılmaz") == why
    assert ("Ahmet Yılmaz" in heard) is (why is None)


def test_a_permission_of_tomorrow_is_none_today():
    heard, silent = told(contacts=(contact(allowed_on=ON + dt.timedelta(days=1)),))
    assert "Ahmet Yılmaz" not in heard
    assert not silent


def test_a_policyholder_hears_of_the_own_contract_only_and_only_as_contact():
    holders = (PolicyHolder(7, "Dr. Ute Hofer"),)
    assert told(holders=holders)[1] == {"Dr. Ute Hofer": "not_contact"}
    heard, silent = told(holders=holders, contacts=(contact(name="Hofer, Ute"),))
    ute = heard["Hofer, Ute"]
    assert ute.role is ListenerRole.POLICYHOLDER
    assert not silent
    assert ute.may_hear(Topic.COSTS, 7, of_a_case=True)
    assert not ute.may_hear(Topic.COSTS, 8, of_a_case=True)
    assert not ute.may_hear(Topic.COSTS, None, of_a_case=False)
    assert not ute.may_hear(Topic.APPOINTMENTS, None, of_a_case=False)


def test_a_patient_who_holds_the_own_contract_is_no_stranger():
    assert told(holders=(PolicyHolder(7, "Yılmaz-Hofer, Gisela"),))[1] == {}


def item(code, *findings, state=GateState.BLOCKED):
    return GateItem(code, state, tuple(Finding(each, Severity.BLOCK) for each in findings))


def missing(*items, payer=PayerKind.PKV, indications=(Indication.COSMETIC,), **more):
    return missing_papers(SessionPapers(items, payer, indications, **more))


def test_what_lies_prepared_or_is_solved_is_not_missing():
    assert missing(item("consent", state=GateState.DONE), item("cost_notice", state=GateState.DONE)) == ()
    assert missing(item("consent"), item("cost_notice"), consent_prepared=True, notice_unsigned=True) == ()


def test_consent_and_costs_of_a_decided_lesion_need_nobody():
    assert missing(item("consent"), item("cost_notice")) == (MissingPaper("consent"), MissingPaper("cost_notice"))


@pytest.mark.parametrize(
    ("items", "more", "reasons"),
    [
        ([item("consent", "consent_withdrawn")], {}, ["withdrawn"]),
        ([item("consent"), item("benign")], {}, ["benign"]),
        ([item("consent"), item("cost_notice")], {"indications": ()}, ["lesions", "lesions"]),
        ([item("cost_notice")], {"indications": (Indication.COSMETIC, Indication.UNDECIDED)}, ["undecided"]),
        ([item("self_payer_agreement")], {"payer": PayerKind.GKV, "indications": (Indication.MEDICAL,)}, ["fund"]),
        ([item("self_payer_agreement")], {"notice_unscanned": True}, ["scan"]),
    ],
)
def test_what_needs_a_decision_says_which(items, more, reasons):
    assert [each.reason for each in missing(*items, **more)] == reasons
