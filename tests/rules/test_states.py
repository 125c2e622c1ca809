"""The tables of moves: every state with every step."""

from enum import StrEnum
from typing import Any

import pytest

from kostenklar.models.rules.states import CONSENT, COST_NOTICE, INVOICE, TREATMENT, MoveTable, StepNotAllowed

Table = MoveTable[Any, Any]

# Written out a second time on purpose: a changed table has to be changed here, too.
MOVES: dict[str, tuple[Table, str]] = {
    "treatment": (
        TREATMENT,
        """planned start started, planned call_off not_started, planned record_late done,
        started complete done, started abort aborted""",
    ),
    "consent": (
        CONSENT,
        """prepared sign signed, prepared discard void, signed withdraw withdrawn, signed expire expired""",
    ),
    "cost_notice": (
        COST_NOTICE,
        """prepared hand handed, prepared sign signed, prepared discard void,
        handed sign signed, handed discard void""",
    ),
    "invoice": (
        INVOICE,
        """draft issue issued, draft discard discarded,
        issued send sent, issued pay_part part_paid, issued pay_rest paid, issued fall_overdue overdue,
        issued remind reminded, issued write_off written_off, issued cancel cancelled,
        sent pay_part part_paid, sent pay_rest paid, sent fall_overdue overdue, sent remind reminded,
        sent write_off written_off, sent cancel cancelled,
        part_paid pay_part part_paid, part_paid pay_rest paid, part_paid fall_overdue overdue,
        part_paid remind reminded, part_paid write_off written_off, part_paid reopen issued,
        part_paid cancel cancelled,
        paid reopen issued, paid cancel cancelled,
        overdue pay_part overdue, overdue pay_rest paid, overdue remind reminded, overdue put_off sent,
        overdue write_off written_off, overdue cancel cancelled,
        reminded pay_part reminded, reminded pay_rest paid, reminded remind reminded, reminded put_off sent,
        reminded write_off written_off, reminded cancel cancelled,
        written_off pay_part written_off, written_off pay_rest paid, written_off reopen issued,
        written_off cancel cancelled""",
    ),
}
FIRST = {"treatment": "planned", "consent": "prepared", "cost_notice": "prepared", "invoice": "draft"}
FINAL = {
    "treatment": {"done", "aborted", "not_started"},
    "consent": {"withdrawn", "expired", "void"},
    "cost_notice": {"signed", "void"},
    "invoice": {"cancelled", "discarded"},
}


def walks() -> list[Any]:
    found = []
    for name, (table, text) in MOVES.items():
        allowed = {(a, b): c for a, b, c in (move.split() for move in text.split(","))}
        found += [
            pytest.param(table, state, step, allowed.get((state.value, step.value)), id=f"{name}-{state}-{step}")
            for state in table.states
            for step in table.steps
        ]
    return found


@pytest.mark.parametrize(("table", "state", "step", "after"), walks())
def test_each_step_from_each_state(table: Table, state: StrEnum, step: StrEnum, after: str | None) -> None:
    if after is not None:
        assert table.advance(state, step) is table.states(after)
        assert step in table.next_steps(state)
        return
    assert step not in table.next_steps(state)
    with pytest.raises(StepNotAllowed) as refused:
        table.advance(state, step)
    assert (refused.value.state, refused.value.step) == (state, step)


@pytest.mark.parametrize("name", MOVES)
def test_final_states_are_those_and_all_others_are_reached(name: str) -> None:
    table = MOVES[name][0]
    states, steps = {state.value for state in table.states}, {step.value for step in table.steps}
    assert {state.value for state in table.states if table.is_final(state)} == FINAL[name]
    assert {*table.pairs.values(), FIRST[name]} == states
    assert {step for _, step in table.pairs} == steps


def test_a_table_cannot_be_widened_at_run_time() -> None:
    with pytest.raises(TypeError):
        TREATMENT.pairs["planned", "complete"] = "done"  # type: ignore[index]
