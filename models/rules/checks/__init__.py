"""Every check of a bill as one small rule; the table, and what all rules together say of an invoice or an estimate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..severity import Finding
from . import cases, exclusions, expenses, factors, indications, laser, lines, papers, surcharges
from .bill import Bill, Stage

_INVOICE = frozenset({Stage.INVOICE})
_BOTH = frozenset(Stage)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check, the codes of its findings, and the bills that it is asked for."""

    check: Callable[[Bill], Iterable[Finding]]
    codes: tuple[str, ...]
    stages: frozenset[Stage] = _INVOICE


_PAPER = (
    Rule(papers.issuer_is_named, ("issuer_address_missing", "issuer_tax_number_missing")),
    Rule(papers.account_is_named, ("issuer_bank_missing", "issuer_iban_wrong")),
    Rule(papers.recipient_is_named, ("recipient_name_missing", "recipient_address_missing")),
    Rule(papers.physician_answers, ("physician_missing",)),
    Rule(papers.letters_can_be_printed, ("characters_missing",)),
)
_LINES = (
    Rule(lines.has_lines, ("invoice_without_lines",)),
    Rule(lines.indication_is_decided, ("indication_undecided",)),
    Rule(lines.count_is_positive, ("line_count",)),
    Rule(lines.service_is_rendered, ("service_in_future",)),
    Rule(lines.number_is_in_schedule, ("line_not_in_schedule",)),
    Rule(lines.price_is_positive, ("line_without_price",)),
    Rule(lines.goods_have_a_rate, ("goods_rate_unusual",)),
)
_FACTORS = (
    Rule(
        factors.factor_is_allowed,
        (
            "factor_fixed", "factor_needs_agreement", "factor_out_of_range", "factor_needs_reason",
            "agreement_not_allowed", "agreement_too_late", "agreement_other_factor", "agreement_same_day",
        ),
    ),
    Rule(factors.amount_follows_the_factor, ("amount_not_by_factor",)),
    Rule(factors.factor_is_straight, ("line_factor_crooked",), _BOTH),
    Rule(factors.reason_is_a_criterion, ("reason_no_criterion",), _BOTH),
    Rule(factors.reason_is_understandable, ("reason_too_short",), _BOTH),
    Rule(factors.tariff_pays_the_factor, ("tariff_cap_exceeded",), _BOTH),
    Rule(factors.insured_factor_is_kept, ("above_insured_factor",), _BOTH),
)  # fmt: skip
_INDICATIONS = (
    Rule(indications.lesions_agree, ("indications_differ",)),
    Rule(indications.lines_agree, ("indication_contradicts",)),
    Rule(indications.decided_apart_is_seen, ("line_decided_apart",)),
    Rule(indications.estimate_and_query_agree, ("indication_contradicts_estimate", "indication_contradicts_query")),
    Rule(indications.expense_follows_its_service, ("expense_other_indication",)),
)
_BESIDE = (
    Rule(exclusions.numbers_exclude_each_other, ("numbers_exclude",), _BOTH),
    Rule(exclusions.numbers_exclude_an_earlier_one, ("numbers_exclude_earlier",)),
    Rule(exclusions.three_stands_alone, ("three_not_beside",), _BOTH),
    Rule(exclusions.two_stands_alone, ("two_not_beside",), _BOTH),
    Rule(exclusions.typing_belongs_to_a_report, ("typing_without_report",), _BOTH),
    Rule(exclusions.report_was_asked_for, ("report_on_request",), _BOTH),
    Rule(exclusions.talk_was_long_enough, ("minimum_duration",)),
)
_HOW_OFTEN = (
    Rule(laser.once_per_session, ("once_per_session",), _BOTH),
    Rule(cases.same_day_with_clock_time, ("clock_time_missing",)),
    Rule(cases.consultation_once_beside_treatment, ("once_per_case",)),
    Rule(cases.long_talk_once_per_case, ("repeat_needs_reason",)),
    Rule(cases.relatives_once_per_case, ("once_per_case_number",)),
    Rule(cases.life_talk_twice_in_six_months, ("twice_in_six_months",)),
    Rule(cases.laser_three_times_per_case, ("laser_fourth_time",)),
)
_LASER = (
    Rule(laser.number_fits_the_area, ("laser_position_by_area",), _BOTH),
    Rule(laser.area_counts_once, ("laser_area_counts_once",), _BOTH),
    Rule(laser.area_is_recorded, ("laser_area_missing",)),
    Rule(laser.laser_is_analog, ("laser_needs_analog",), _BOTH),
    Rule(laser.naevi_are_left_out, ("laser_naevus_question",), _BOTH),
    Rule(laser.radiotherapy_is_no_laser, ("analog_rejected",), _BOTH),
)
_SURCHARGES = (
    Rule(
        surcharges.surcharge_has_its_operation,
        (
            "surcharge_without_operation", "surcharge_beside_analog", "surcharge_not_beside",
            "surcharge_operation_unknown",
        ),
        _BOTH,
    ),
    Rule(surcharges.surcharge_follows_its_operation, ("surcharge_not_after_operation",), _BOTH),
    Rule(surcharges.surcharge_once_a_day, ("surcharge_once_a_day",), _BOTH),
    Rule(surcharges.outpatient_surcharges_exclude_each_other, ("surcharges_exclude",), _BOTH),
    Rule(surcharges.outpatient_surcharge_by_points, ("surcharge_by_points",), _BOTH),
    Rule(surcharges.percentage_is_reckoned, ("surcharge_amount",), _BOTH),
)  # fmt: skip
_EXPENSES = (
    Rule(expenses.expense_is_named, ("expense_without_kind",)),
    Rule(expenses.expense_has_its_receipt, ("expense_receipt_missing",)),
    Rule(expenses.expense_is_chargeable, ("expense_not_chargeable", "expense_immediate_use")),
    Rule(expenses.postage_of_the_invoice_is_free, ("expense_postage",)),
    Rule(expenses.expense_is_no_lump_sum, ("expense_lump_sum",)),
    Rule(expenses.practice_costs_are_in_the_fee, ("practice_costs_covered",)),
    Rule(expenses.photos_belong_to_the_service, ("photos_included",), _BOTH),
    Rule(expenses.appointments_are_free, ("appointment_not_chargeable",)),
    Rule(expenses.goods_are_no_service, ("lump_sum", "goods_or_service")),
    Rule(expenses.total_is_no_lump_sum, ("total_looks_like_lump_sum",), _BOTH),
    Rule(expenses.total_is_plausible, ("total_very_high",), _BOTH),
)
_AGREED = (
    Rule(papers.fund_is_asked, ("fund_benefit_question",)),
    Rule(
        papers.self_payer_agreement,
        (
            "self_payer_agreement_missing", "self_payer_agreement_late", "self_payer_agreement_on_screen",
            "self_payer_agreement_not_recorded",
        ),
    ),
    Rule(papers.date_is_today, ("issue_not_today",)),
    Rule(papers.books_are_open, ("books_locked", "service_in_locked_books")),
    Rule(papers.amount_was_announced, ("above_cost_notice",)),
    Rule(papers.amount_was_estimated, ("above_estimate",)),
    Rule(papers.session_was_finished, ("treatment_aborted",)),
    Rule(papers.diagnosis_is_named, ("diagnosis_missing",)),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    *_PAPER, *_LINES, *_FACTORS, *_INDICATIONS, *_BESIDE, *_HOW_OFTEN, *_LASER, *_SURCHARGES, *_EXPENSES, *_AGREED,
)  # fmt: skip
"""All rules in reading order: first the paper's head, then its lines, then its sums."""


def check_bill(bill: Bill) -> list[Finding]:
    """Everything that stands against the bill, in the order of the table; a line's facts count from 1."""
    return [finding for rule in RULES if bill.stage in rule.stages for finding in rule.check(bill)]
