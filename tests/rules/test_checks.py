"""Every code of the table has a bill that brings it, its weight, and a mend that answers it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kostenklar.models.rules.checks import RULES, check_bill
from kostenklar.models.rules.checks.bill import Bill, Stage
from kostenklar.models.rules.goae import Position, fee
from kostenklar.models.rules.mends import Mend, MendKind, mends
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.surcharges import charged
from kostenklar.tests.rules.bills import EXAMPLES, bill, line, position

CODES = [code for rule in RULES for code in rule.codes]

# domain 10.2; what is [own], second-hand or disputed only warns, what a person has to remember is a hint
WARNS = {
    "goods_rate_unusual", "line_factor_crooked", "reason_no_criterion", "tariff_cap_exceeded", "above_insured_factor",
    "indication_contradicts_query", "expense_other_indication", "once_per_case", "once_per_case_number",
    "repeat_needs_reason", "laser_fourth_time", "laser_position_by_area", "laser_area_counts_once",
    "laser_area_missing", "laser_needs_analog", "laser_naevus_question", "analog_rejected", "surcharge_beside_analog",
    "surcharge_operation_unknown", "numbers_exclude_earlier", "line_decided_apart",
    "expense_immediate_use", "photos_included", "appointment_not_chargeable",
    "goods_or_service", "total_looks_like_lump_sum", "fund_benefit_question", "service_in_locked_books",
    "total_very_high",
    "above_cost_notice", "above_estimate", "treatment_aborted", "diagnosis_missing",
    "recipient_address_missing",  # up to 250 euros, § 33 UStDV; above it blocks
}  # fmt: skip
HINTS = {"agreement_same_day", "reason_too_short", "report_on_request", "minimum_duration"}

# no law stands behind these: what is missing for the work itself, or a slip of the keys
WITHOUT_PARAGRAPH = {
    "issuer_bank_missing", "issuer_iban_wrong", "characters_missing", "line_count", "line_without_price",
    "above_insured_factor", "laser_fourth_time", "laser_position_by_area", "laser_area_counts_once",
    "laser_area_missing", "laser_naevus_question", "report_on_request", "service_in_locked_books", "above_estimate",
    "treatment_aborted", "diagnosis_missing", "total_very_high",
}  # fmt: skip


def the_finding(code: str) -> Finding:
    (finding,) = [each for each in check_bill(EXAMPLES[code]) if each.code == code]
    return finding


def test_a_complete_bill_has_nothing_against_it() -> None:
    assert check_bill(bill()) == []


def test_each_code_belongs_to_one_rule_and_has_an_example() -> None:
    assert len(CODES) == len(set(CODES))
    assert set(CODES) == set(EXAMPLES)


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_said_of_its_example_with_its_weight_and_its_paragraph(code: str) -> None:
    finding = the_finding(code)
    weight = Severity.WARN if code in WARNS else Severity.HINT if code in HINTS else Severity.BLOCK
    assert finding.severity is weight
    assert bool(finding.paragraph) is (code not in WITHOUT_PARAGRAPH)


@pytest.mark.parametrize("rule", RULES, ids=[rule.check.__name__ for rule in RULES])
def test_a_rule_says_nothing_but_its_own_codes(rule) -> None:
    for example in EXAMPLES.values():
        assert {finding.code for finding in rule.check(example)} <= set(rule.codes)


@pytest.mark.parametrize("rule", RULES, ids=[rule.check.__name__ for rule in RULES])
def test_a_rule_cites_its_source(rule) -> None:
    assert rule.check.__doc__


def test_an_estimate_is_not_asked_what_only_an_issued_paper_can_answer() -> None:
    plain = replace(bill(), stage=Stage.ESTIMATE, physician="", lines=(line("740"),))
    assert check_bill(plain) == []
    wrong = replace(plain, lines=(line("5"), line("7")))
    assert [finding.code for finding in check_bill(wrong)] == ["numbers_exclude"]


WITH_MENDS = [code for code in CODES if mends(the_finding(code))]


def mended(old: Bill, mend: Mend) -> Bill:
    """The bill after one click, as the draft's services carry it out: every line is priced again."""
    lines = list(old.lines)
    its = lines[mend.line - 1]
    match mend.kind:
        case MendKind.SET_FACTOR:
            lines[mend.line - 1] = replace(its, factor=Decimal(mend.value), agreement_signed_on=None)
        case MendKind.SET_NUMBER:
            lines[mend.line - 1] = replace(its, number=mend.value, position=position(mend.value))
        case MendKind.SET_QUANTITY:
            lines[mend.line - 1] = replace(its, count=int(mend.value))
        case MendKind.OTHER_ILLNESS:
            lines[mend.line - 1] = replace(its, other_illness=True)
        case MendKind.REMOVE:
            lines.remove(its)
        case MendKind.MOVE_AFTER:
            after = lines[int(mend.value) - 1]
            lines.remove(its)
            lines.insert(lines.index(after) + 1, its)
    return replace(old, lines=tuple(_priced(lines)))


def _priced(lines):
    above: list[Position] = []
    for each in lines:
        if each.position is None:
            yield each
            continue
        has_points = each.position.points is not None
        yield replace(each, single=fee(each.position, each.factor) if has_points else _share(each, above))
        above.append(each.position)


def _share(each, above):
    return charged(each.position, each.factor, above) if any(its.points for its in above) else each.single


@pytest.mark.parametrize("code", WITH_MENDS)
def test_one_click_answers_the_finding(code: str) -> None:
    for mend in mends(the_finding(code)):
        after = {finding.code for finding in check_bill(mended(EXAMPLES[code], mend))}
        assert code not in after, mend


def test_what_a_person_has_to_find_out_has_no_mend() -> None:
    assert {"factor_needs_reason", "once_per_session", "laser_position_by_area"} <= set(WITH_MENDS)
    for code in (
        "indication_undecided",
        "expense_receipt_missing",
        "physician_missing",
        "self_payer_agreement_missing",
    ):
        assert mends(the_finding(code)) == ()
