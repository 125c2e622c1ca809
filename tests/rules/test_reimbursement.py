"""What is probably not reimbursed: never negative, never a figure where somebody has not committed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.clarification_clock import PayerRole
from kostenklar.models.rules.money import ZERO, TaxedAmount
from kostenklar.models.rules.reimbursement import (
    Answer,
    Caution,
    Decision,
    EstimatedLine,
    LineAnswer,
    Payer,
    Verdict,
    expectation,
)

D = Decimal
RATE = D("19.00")
LINES = (EstimatedLine(1, D("107.25"), D("2.3"), RATE), EstimatedLine(2, D("10.72"), D("2.3"), RATE))
SESSION = TaxedAmount.from_net(D("117.97"), RATE).gross
TOTAL = SESSION * 6
CENTS = st.integers(1, 10**7).map(lambda cents: D(cents).scaleb(-2))


def pkv(answer: Answer | None, share: str | None = "100") -> Payer:
    return Payer("Albatros", PayerRole.PKV, D(share) if share else None, answer)


def beihilfe(answer: Answer | None, share: str | None = "50") -> Payer:
    return Payer("Beihilfestelle", PayerRole.BEIHILFE, D(share) if share else None, answer)


def gap(*payers: Payer, lines=LINES, total=TOTAL, sessions=6):
    return expectation(total, sessions, lines, payers).gap


FULL, REFUSED = Answer(Decision.FULL), Answer(Decision.REFUSED)


def test_a_full_promise_of_everything_leaves_nothing():
    assert gap(pkv(FULL)) == ZERO
    assert gap(pkv(FULL, None)) == ZERO


def test_a_refusal_leaves_all_of_it():
    assert gap(pkv(REFUSED)) == TOTAL


@pytest.mark.parametrize("decision", [Decision.NO_COMMITMENT, Decision.ADVISER_REPORT])
def test_no_commitment_is_open_and_no_figure(decision):
    assert gap(pkv(Answer(decision))) is None
    assert gap(pkv(None)) is None
    assert gap() is None


def test_one_open_payer_leaves_the_whole_open_but_the_others_part_is_told():
    whole = expectation(TOTAL, 6, LINES, [pkv(Answer(Decision.PART, amount=D("300.00")), "50"), beihilfe(None)])
    assert whole.gap is None
    assert [(part.part, part.pays, part.gap) for part in whole.parts] == [
        (D("421.14"), D("300.00"), D("121.14")),
        (D("421.14"), None, None),
    ]


def test_a_part_without_any_figure_is_open():
    assert gap(pkv(Answer(Decision.PART))) is None


def test_an_open_line_keeps_it_open():
    assert gap(pkv(Answer(Decision.PART, lines={1: LineAnswer(Verdict.OPEN)}))) is None


def test_fewer_sessions_count_for_those_sessions_only():
    assert gap(pkv(Answer(Decision.PART, sessions=4))) == TOTAL - SESSION * 4


def test_a_factor_cap_cuts_the_fee_in_proportion_and_taxes_it_again():
    line = EstimatedLine(1, D("100.00"), D("3.5"), RATE)
    total = TaxedAmount.from_net(D("100.00"), RATE).gross
    capped = TaxedAmount.from_net(D("65.71"), RATE).gross
    assert gap(pkv(Answer(Decision.PART, factor_cap=D("2.3"))), lines=(line,), total=total, sessions=1) == (
        total - capped
    )
    assert gap(pkv(Answer(Decision.PART, factor_cap=D(5))), lines=(line,), total=total, sessions=1) == ZERO


def test_a_refused_line_falls_away():
    said = {1: LineAnswer(Verdict.ACCEPTED), 2: LineAnswer(Verdict.REFUSED)}
    only_first = TaxedAmount.from_net(D("107.25"), RATE).gross
    assert gap(pkv(Answer(Decision.PART, lines=said))) == TOTAL - only_first * 6


def test_what_a_line_is_worth_to_the_payer_counts():
    said = {1: LineAnswer(Verdict.ACCEPTED, amount=D("50.00"), sessions=2)}
    paid = TaxedAmount.from_net(D("60.72"), RATE).gross * 2 + TaxedAmount.from_net(D("10.72"), RATE).gross * 4
    assert gap(pkv(Answer(Decision.PART, lines=said))) == TOTAL - paid


def test_an_amount_above_the_estimate_never_makes_the_rest_negative():
    assert gap(pkv(Answer(Decision.PART, amount=D("99999.99")))) == ZERO


def test_beihilfe_without_its_rate_is_open_unless_it_names_an_amount():
    assert gap(pkv(FULL, "50"), beihilfe(FULL, None)) is None
    assert gap(pkv(FULL, "50"), beihilfe(Answer(Decision.PART, amount=D("400.00")), None)) == (
        TOTAL - D("421.14") - D("400.00")
    )


def test_beihilfe_and_a_par_2_goae_fee_carry_a_caution():
    dear = (EstimatedLine(1, D("100.00"), D(12), RATE, fee_agreement=True),)
    whole = expectation(D("119.00"), 1, dear, [beihilfe(FULL), pkv(FULL, "50")])
    assert [part.cautions for part in whole.parts] == [(Caution.SECTION_2_FEE,), ()]


def test_conditions_and_a_promise_that_ran_out_carry_a_caution():
    whole = expectation(TOTAL, 6, LINES, [pkv(Answer(Decision.FULL, conditions=True, ran_out=True))])
    assert whole.parts[0].cautions == (Caution.CONDITIONS, Caution.RAN_OUT)


@given(CENTS, st.sampled_from([("70", "30"), ("50", "50"), ("80", "20"), ("33.33", "66.67")]))
def test_shares_that_make_the_whole_leave_neither_a_cent_nor_a_negative_one(total, shares):
    whole = expectation(total, 1, LINES, [pkv(FULL, shares[0]), beihilfe(FULL, shares[1])])
    assert whole.gap == ZERO
    assert sum(part.pays or ZERO for part in whole.parts) == total


@given(
    CENTS,
    st.lists(
        st.tuples(
            st.sampled_from(["0", "30", "50", "70", "100"]),
            st.sampled_from(Decision),
            st.none() | CENTS,
            st.none() | st.sampled_from([D("1.8"), D("2.3"), D(4)]),
            st.none() | st.integers(0, 9),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_the_rest_is_between_nothing_and_the_whole(total, said):
    payers = [pkv(Answer(what, amount, cap, count), share) for share, what, amount, cap, count in said]
    rest = gap(*payers, total=total)
    assert rest is None or ZERO <= rest <= total
