"""The gate before the start: what blocks, what warns, who may go on all the same (domain 10.2)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from kostenklar.models.rules.consent import ConsentFacts, TalkFacts
from kostenklar.models.rules.costs import AgreementFacts, CostNoticeFacts
from kostenklar.models.rules.gate import blocking, gate, may_start
from kostenklar.models.rules.gate_facts import (
    DeviceFacts,
    GateFacts,
    GateItem,
    GateState,
    LesionFacts,
    Override,
    PerformerFacts,
    RecheckFacts,
    Stops,
)
from kostenklar.models.rules.minors import SignerRole
from kostenklar.models.rules.payers import PayerKind
from kostenklar.models.rules.procedures import DeviceLimit, Dose, Procedure, ProcedureSettings
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.vat import Indication

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 10, 19)
TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

SPOT = LesionFacts("hand", Indication.COSMETIC, True, BEFORE, "Auflichtmikroskopie", Decimal(4))
SIGNED = ConsentFacts("cryopeeling", frozenset({"hand"}), 3, BEFORE, True, date(2027, 4, 30))
READY = GateFacts(
    procedure=Procedure.CRYOPEELING,
    planned_on=TODAY,
    starts_at=TEN,
    born_on=date(1957, 9, 2),
    payer=PayerKind.GKV,
    lesions=(SPOT,),
    settings=ProcedureSettings(max_area_cm2=Decimal(20)),
    consent=SIGNED,
    talk=TalkFacts(BEFORE),
    cost_notice=CostNoticeFacts(BEFORE),
    agreement=AgreementFacts(BEFORE, True),
    recheck=RecheckFacts(TODAY),
)
LASER = replace(
    READY,
    procedure=Procedure.PIGMENT_LASER,
    consent=replace(SIGNED, procedure="pigment_laser"),
    performer=PerformerFacts(True, date(2021, 5, 1)),
)
MEDICAL = replace(SPOT, indication=Indication.MEDICAL)


def item(facts: GateFacts, code: str, today: date = TODAY) -> GateItem:
    (found,) = [each for each in gate(facts, today) if each.code == code]
    return found


def with_(facts: GateFacts = READY, **changes: Any) -> GateFacts:
    return replace(facts, **changes)


def test_a_complete_file_may_start_in_reading_order() -> None:
    items = gate(READY, TODAY)
    assert may_start(items)
    assert [each.code for each in items] == [
        "benign",
        "indication",
        "talk",
        "consent",
        "cost_notice",
        "self_payer_agreement",
        "recheck",
        "sun",
    ]
    assert {each.state for each in items} == {GateState.DONE}


def test_an_empty_file_of_a_statutory_patient_names_each_missing_paper() -> None:
    empty = GateFacts(Procedure.CRYOPEELING, TODAY, TEN, date(1957, 9, 2), PayerKind.GKV, (LesionFacts("hand"),))
    items = gate(empty, TODAY)
    assert not may_start(items)
    assert [each.code for each in blocking(items)] == ["talk", "consent", "cost_notice", "self_payer_agreement"]
    assert [each.paragraph for each in blocking(items)] == [
        "§ 630e BGB",
        "§ 630d BGB",
        "§ 630c Abs. 3 BGB",
        "§ 18 Abs. 8 BMV-Ä",
    ]


# change of a ready file, item, severity, what it stops, who may override
BLOCKS: list[tuple[GateFacts, str, str, Override]] = [
    (with_(lesions=(replace(SPOT, benign_on=None),)), "benign", "benign_check_missing", Override.NOBODY),
    (with_(lesions=(replace(SPOT, benign_how=" "),)), "benign", "benign_check_missing", Override.NOBODY),
    (with_(lesions=(replace(SPOT, benign_on=date(2026, 11, 24)),)), "benign", "benign_check_missing", Override.NOBODY),
    (with_(LASER, lesions=(replace(SPOT, benign_on=None),)), "benign", "benign_check_missing", Override.NOBODY),
    (with_(lesions=()), "indication", "lesions_missing", Override.NOBODY),
    (with_(talk=None), "talk", "talk_missing", Override.NOBODY),
    (with_(talk=None, lesions=(MEDICAL,)), "talk", "talk_missing", Override.PHYSICIAN),
    (with_(consent=None), "consent", "consent_missing", Override.NOBODY),
    (with_(consent=None, lesions=(MEDICAL,)), "consent", "consent_missing", Override.PHYSICIAN),
    (with_(cost_notice=CostNoticeFacts()), "cost_notice", "cost_notice_missing", Override.NOBODY),
    (with_(agreement=AgreementFacts()), "self_payer_agreement", "self_payer_agreement_missing", Override.OWNER),
    (
        with_(agreement=AgreementFacts(date(2026, 11, 24), True)),
        "self_payer_agreement",
        "self_payer_agreement_late",
        Override.OWNER,
    ),
    (with_(performer=PerformerFacts(False)), "supervision", "supervisor_missing", Override.NOBODY),
    (with_(LASER, performer=None), "qualification", "performer_not_named", Override.NOBODY),
    (with_(LASER, performer=PerformerFacts(True)), "qualification", "nisv_proof_missing", Override.NOBODY),
    (
        with_(LASER, performer=PerformerFacts(True, date(2026, 11, 24))),
        "qualification",
        "nisv_proof_missing",
        Override.NOBODY,
    ),
    (
        with_(LASER, performer=PerformerFacts(False, BEFORE, True)),
        "qualification",
        "performer_not_physician",
        Override.NOBODY,
    ),
    (
        with_(
            device=DeviceFacts(
                limits=(DeviceLimit("seconds", highest=Decimal(20)),),
                doses=(Dose("hand", "seconds", Decimal(21)),),
            )
        ),
        "device",
        "device_limit_exceeded",
        Override.NOBODY,
    ),
]


@pytest.mark.parametrize(("facts", "code", "finding", "override"), BLOCKS, ids=[f"{b[1]}-{b[2]}" for b in BLOCKS])
def test_what_blocks_the_start(facts: GateFacts, code: str, finding: str, override: Override) -> None:
    items = gate(facts, TODAY)
    assert not may_start(items)
    assert [each.code for each in blocking(items)] == [code]
    found = item(facts, code)
    assert (found.state, found.severity, found.stops) == (GateState.BLOCKED, Severity.BLOCK, Stops.START)
    assert [each.code for each in found.findings] == [finding]
    assert found.override is override


@pytest.mark.parametrize(("facts", "code", "finding", "override"), BLOCKS, ids=[f"{b[1]}-{b[2]}" for b in BLOCKS])
def test_an_override_opens_only_what_may_be_overridden(
    facts: GateFacts, code: str, finding: str, override: Override
) -> None:
    opened = replace(facts, overridden=frozenset({code}))
    assert may_start(gate(opened, TODAY)) is (override is not Override.NOBODY)
    if override is not Override.NOBODY:
        assert item(opened, code).facts["overridden_by"] == override.value
        assert item(opened, code).findings  # what was wrong stays in sight


WARNINGS: list[tuple[GateFacts, str, str, GateState]] = [
    (with_(recheck=None), "recheck", "recheck_missing", GateState.OPEN),
    (with_(recheck=RecheckFacts(date(2026, 11, 22))), "recheck", "recheck_missing", GateState.OPEN),
    (with_(recheck=RecheckFacts(TODAY, ("herpes",))), "recheck", "recheck_remarks", GateState.OPEN),
    (with_(recheck=RecheckFacts(TODAY, (), date(2026, 11, 1))), "sun", "sun_too_recent", GateState.OPEN),
    (
        with_(payer=PayerKind.PKV, agreement=AgreementFacts()),
        "cost_notice",
        "cost_notice_not_signed",
        GateState.WAITING,
    ),
    (
        with_(payer=PayerKind.SELF_PAYER, agreement=AgreementFacts()),
        "cost_notice",
        "cost_notice_not_signed",
        GateState.WAITING,
    ),
    (
        with_(LASER, talk=TalkFacts(TODAY), consent=replace(SIGNED, procedure="pigment_laser", signed_on=TODAY)),
        "talk",
        "talk_short_notice",
        GateState.OPEN,
    ),
    (
        with_(LASER, talk=TalkFacts(BEFORE, by_performer=False)),
        "qualification",
        "performer_talk_missing",
        GateState.OPEN,
    ),
    (
        with_(settings=ProcedureSettings(interval_days=30), last_treated_on=date(2026, 10, 25)),
        "interval",
        "interval_too_short",
        GateState.OPEN,
    ),
    (with_(settings=ProcedureSettings(max_area_cm2=Decimal("3.9"))), "area", "area_too_large", GateState.OPEN),
    (with_(device=DeviceFacts(check_due_on=date(2026, 11, 22))), "device", "device_check_overdue", GateState.OVERDUE),
    (with_(lesions=(MEDICAL,)), "fund_question", "fund_benefit_question", GateState.OPEN),
]


@pytest.mark.parametrize(("facts", "code", "finding", "state"), WARNINGS, ids=[f"{w[1]}-{w[2]}" for w in WARNINGS])
def test_what_only_warns(facts: GateFacts, code: str, finding: str, state: GateState) -> None:
    assert may_start(gate(facts, TODAY))
    found = item(facts, code)
    assert [each.code for each in found.findings if each.severity is Severity.WARN] == [finding]
    assert (found.state, found.stops) == (state, Stops.NOTHING)


def test_an_undecided_indication_holds_back_the_invoice_and_not_the_start() -> None:
    undecided = with_(lesions=(replace(SPOT, indication=Indication.UNDECIDED),))
    assert may_start(gate(undecided, TODAY))
    assert item(undecided, "indication").stops is Stops.INVOICE
    assert item(undecided, "indication").severity is Severity.WARN


@pytest.mark.parametrize("agreement", [AgreementFacts(BEFORE), AgreementFacts(BEFORE, True, True)])
def test_a_signed_agreement_without_proof_holds_back_the_invoice_only(agreement: AgreementFacts) -> None:
    signed = with_(agreement=agreement)
    found = item(signed, "self_payer_agreement")
    assert may_start(gate(signed, TODAY))
    assert (found.state, found.stops) == (GateState.BLOCKED, Stops.INVOICE)


def test_par_126_bgb_a_screen_signature_is_taken_where_the_owner_says_so() -> None:
    accepted = with_(agreement=AgreementFacts(BEFORE, True, drawn_on_screen=True, screen_accepted=True))
    assert item(accepted, "self_payer_agreement").state is GateState.DONE


def test_private_patients_need_no_self_payer_agreement() -> None:
    for payer in (PayerKind.PKV, PayerKind.SELF_PAYER):
        facts = with_(payer=payer, cost_notice=CostNoticeFacts(BEFORE, BEFORE), agreement=AgreementFacts())
        assert "self_payer_agreement" not in {each.code for each in gate(facts, TODAY)}
        assert item(facts, "cost_notice").state is GateState.DONE


def test_par_630c_3_bgb_certain_cover_needs_no_cost_papers() -> None:
    covered = with_(lesions=(MEDICAL,), cover_certain=True, cost_notice=CostNoticeFacts(), agreement=AgreementFacts())
    items = gate(covered, TODAY)
    assert may_start(items)
    assert not {"cost_notice", "self_payer_agreement", "fund_question"} & {each.code for each in items}


def test_a_withdrawn_consent_is_never_overridden() -> None:
    withdrawn = with_(lesions=(MEDICAL,), consent=replace(SIGNED, withdrawn_at=TEN), overridden={"consent"})
    assert not may_start(gate(withdrawn, TODAY))
    assert item(withdrawn, "consent").override is Override.NOBODY


def test_a_minors_consent_is_never_overridden() -> None:
    young = with_(born_on=date(2010, 1, 1), lesions=(MEDICAL,), consent=None, overridden={"consent", "minor", "talk"})
    assert [each.code for each in blocking(gate(young, TODAY))] == ["consent", "minor"]


def test_a_minor_with_both_guardians_and_own_signature_may_start() -> None:
    both = (SignerRole.GUARDIAN, SignerRole.GUARDIAN, SignerRole.PATIENT)
    young = with_(born_on=date(2010, 1, 1), consent=replace(SIGNED, signers=both), minor_capable=True)
    assert may_start(gate(young, TODAY))
    one = replace(young, consent=replace(SIGNED, signers=both[1:]))
    assert [each.code for each in blocking(gate(one, TODAY))] == ["minor"]
    assert may_start(gate(replace(one, sole_custody_proof=True), TODAY))


def test_cryopeeling_by_an_assistant_under_a_named_physician_is_allowed() -> None:
    supervised = with_(performer=PerformerFacts(False, supervised=True))
    assert may_start(gate(supervised, TODAY))
    assert item(supervised, "supervision").state is GateState.DONE


def test_nisv_does_not_ask_for_medical_laser_work() -> None:
    medical = with_(LASER, lesions=(MEDICAL,), performer=None)
    assert "qualification" not in {each.code for each in gate(medical, TODAY)}
    mixed = with_(LASER, lesions=(MEDICAL, replace(SPOT, site="hand", indication=Indication.UNDECIDED)), performer=None)
    assert [each.code for each in blocking(gate(mixed, TODAY))] == ["qualification"]


def test_a_lesion_without_pigment_needs_no_benign_check() -> None:
    tattoo = with_(lesions=(LesionFacts("hand", Indication.COSMETIC),))
    assert "benign" not in {each.code for each in gate(tattoo, TODAY)}


def test_cold_on_the_day_of_the_talk_is_done_with_a_hint() -> None:
    same_day = with_(talk=TalkFacts(TODAY), consent=replace(SIGNED, signed_on=TODAY))
    found = item(same_day, "talk")
    assert (found.state, found.severity) == (GateState.DONE, Severity.HINT)
    assert item(replace(same_day, sessions_done=1), "talk").findings == ()


def test_without_a_limit_of_the_practice_the_area_is_only_asked() -> None:
    asked = with_(settings=ProcedureSettings())
    found = item(asked, "area")
    assert (found.state, found.severity, found.findings[0].code) == (
        GateState.DONE,
        Severity.HINT,
        "area_small_question",
    )
    assert "area" not in {each.code for each in gate(with_(LASER, settings=ProcedureSettings()), TODAY)}


def test_papers_are_judged_for_the_day_of_the_treatment() -> None:
    ending = replace(SIGNED, valid_until=date(2026, 11, 30))
    later = with_(consent=ending, planned_on=date(2026, 12, 1))
    assert [each.code for each in blocking(gate(later, TODAY))] == ["consent"]
    assert may_start(gate(with_(consent=ending, planned_on=date(2026, 11, 1)), TODAY))
    assert not may_start(gate(with_(consent=ending, planned_on=date(2026, 11, 1)), date(2026, 12, 1)))


def test_the_consent_counts_its_own_sessions() -> None:
    renewed = with_(sessions_done=3, consent_sessions_done=0)
    assert may_start(gate(renewed, TODAY))
    assert not may_start(gate(with_(sessions_done=3), TODAY))


def test_no_combination_of_missing_papers_lets_a_statutory_patient_start() -> None:
    parts: list[dict[str, Any]] = [
        {"consent": None},
        {"talk": None},
        {"cost_notice": CostNoticeFacts()},
        {"agreement": AgreementFacts()},
    ]
    for chosen in product([False, True], repeat=len(parts)):
        missing: dict[str, Any] = {}
        for part, taken in zip(parts, chosen, strict=True):
            missing |= part if taken else {}
        items = gate(with_(**missing), TODAY)
        assert len(blocking(items)) == sum(chosen)
        assert may_start(items) is not any(chosen)
