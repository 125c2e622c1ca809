"""The closed tables of allowed moves: treatment, consent, cost notice, invoice."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

StateT = TypeVar("StateT", bound=StrEnum)
StepT = TypeVar("StepT", bound=StrEnum)


class StepNotAllowed(Exception):
    """A step that its table does not know from this state."""

    def __init__(self, state: StrEnum, step: StrEnum) -> None:
        self.state = state
        self.step = step
        super().__init__(f"no step {step.value} from {state.value}")


@dataclass(frozen=True, slots=True)
class MoveTable(Generic[StateT, StepT]):
    """All moves of one kind of record: (state, step) -> state. What is not in it is not allowed."""

    states: type[StateT]
    steps: type[StepT]
    pairs: Mapping[tuple[StateT, StepT], StateT]

    def advance(self, state: StateT, step: StepT) -> StateT:
        """The state after the step. Raises StepNotAllowed, never stays silently."""
        try:
            return self.pairs[state, step]
        except KeyError:
            raise StepNotAllowed(state, step) from None

    def next_steps(self, state: StateT) -> tuple[StepT, ...]:
        """The steps allowed from here, in the order of the enum: the buttons of a page."""
        return tuple(step for step in self.steps if (state, step) in self.pairs)

    def is_final(self, state: StateT) -> bool:
        """Whether nothing leads out of this state."""
        return not self.next_steps(state)


class TreatmentState(StrEnum):
    """Where one session stands."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    ABORTED = "aborted"
    NOT_STARTED = "not_started"


class TreatmentStep(StrEnum):
    """What can happen to a session; `record_late` notes what took place without a start here (§ 630f BGB)."""

    START = "start"
    COMPLETE = "complete"
    ABORT = "abort"
    CALL_OFF = "call_off"
    RECORD_LATE = "record_late"


TREATMENT: MoveTable[TreatmentState, TreatmentStep] = MoveTable(
    TreatmentState,
    TreatmentStep,
    MappingProxyType(
        {
            (TreatmentState.PLANNED, TreatmentStep.START): TreatmentState.STARTED,
            (TreatmentState.PLANNED, TreatmentStep.CALL_OFF): TreatmentState.NOT_STARTED,
            (TreatmentState.PLANNED, TreatmentStep.RECORD_LATE): TreatmentState.DONE,
            (TreatmentState.STARTED, TreatmentStep.COMPLETE): TreatmentState.DONE,
            (TreatmentState.STARTED, TreatmentStep.ABORT): TreatmentState.ABORTED,
        }
    ),
)


class ConsentState(StrEnum):
    """Where one consent stands."""

    PREPARED = "prepared"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


class ConsentStep(StrEnum):
    """What can happen to a consent; withdrawing is possible at any time (§ 630d(3) BGB)."""

    SIGN = "sign"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    DISCARD = "discard"


CONSENT: MoveTable[ConsentState, ConsentStep] = MoveTable(
    ConsentState,
    ConsentStep,
    MappingProxyType(
        {
            (ConsentState.PREPARED, ConsentStep.SIGN): ConsentState.SIGNED,
            (ConsentState.PREPARED, ConsentStep.DISCARD): ConsentState.VOID,
            (ConsentState.SIGNED, ConsentStep.WITHDRAW): ConsentState.WITHDRAWN,
            (ConsentState.SIGNED, ConsentStep.EXPIRE): ConsentState.EXPIRED,
        }
    ),
)


class CostNoticeState(StrEnum):
    """Where one cost notice stands; handed satisfies text form (§ 630c(3) BGB), signed the agreement."""

    PREPARED = "prepared"
    HANDED = "handed"
    SIGNED = "signed"
    VOID = "void"


class CostNoticeStep(StrEnum):
    """What can happen to a cost notice."""

    HAND = "hand"
    SIGN = "sign"
    DISCARD = "discard"


COST_NOTICE: MoveTable[CostNoticeState, CostNoticeStep] = MoveTable(
    CostNoticeState,
    CostNoticeStep,
    MappingProxyType(
        {
            (CostNoticeState.PREPARED, CostNoticeStep.HAND): CostNoticeState.HANDED,
            (CostNoticeState.PREPARED, CostNoticeStep.SIGN): CostNoticeState.SIGNED,
            (CostNoticeState.PREPARED, CostNoticeStep.DISCARD): CostNoticeState.VOID,
            (CostNoticeState.HANDED, CostNoticeStep.SIGN): CostNoticeState.SIGNED,
            (CostNoticeState.HANDED, CostNoticeStep.DISCARD): CostNoticeState.VOID,
        }
    ),
)


class InvoiceState(StrEnum):
    """Where one invoice stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    SENT = "sent"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    REMINDED = "reminded"
    WRITTEN_OFF = "written_off"
    CANCELLED = "cancelled"
    DISCARDED = "discarded"


class InvoiceStep(StrEnum):
    """What can happen to an invoice.

    `send` is the hand-over to the patient. `reopen` follows a payment or a writing-off that was taken back; what holds
    then (sent, part paid) is booked anew. `put_off`: a later day was granted. Late stays late after a part payment.
    """

    ISSUE = "issue"
    DISCARD = "discard"
    SEND = "send"
    PAY_PART = "pay_part"
    PAY_REST = "pay_rest"
    FALL_OVERDUE = "fall_overdue"
    REMIND = "remind"
    PUT_OFF = "put_off"
    WRITE_OFF = "write_off"
    REOPEN = "reopen"
    CANCEL = "cancel"


INVOICE: MoveTable[InvoiceState, InvoiceStep] = MoveTable(
    InvoiceState,
    InvoiceStep,
    MappingProxyType(
        {
            (InvoiceState.DRAFT, InvoiceStep.ISSUE): InvoiceState.ISSUED,
            (InvoiceState.DRAFT, InvoiceStep.DISCARD): InvoiceState.DISCARDED,
            (InvoiceState.ISSUED, InvoiceStep.SEND): InvoiceState.SENT,
            (InvoiceState.ISSUED, InvoiceStep.PAY_PART): InvoiceState.PART_PAID,
            (InvoiceState.ISSUED, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.ISSUED, InvoiceStep.FALL_OVERDUE): InvoiceState.OVERDUE,
            (InvoiceState.ISSUED, InvoiceStep.REMIND): InvoiceState.REMINDED,
            (InvoiceState.ISSUED, InvoiceStep.WRITE_OFF): InvoiceState.WRITTEN_OFF,
            (InvoiceState.ISSUED, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.SENT, InvoiceStep.PAY_PART): InvoiceState.PART_PAID,
            (InvoiceState.SENT, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.SENT, InvoiceStep.FALL_OVERDUE): InvoiceState.OVERDUE,
            (InvoiceState.SENT, InvoiceStep.REMIND): InvoiceState.REMINDED,
            (InvoiceState.SENT, InvoiceStep.WRITE_OFF): InvoiceState.WRITTEN_OFF,
            (InvoiceState.SENT, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.PART_PAID, InvoiceStep.PAY_PART): InvoiceState.PART_PAID,
            (InvoiceState.PART_PAID, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.PART_PAID, InvoiceStep.FALL_OVERDUE): InvoiceState.OVERDUE,
            (InvoiceState.PART_PAID, InvoiceStep.REMIND): InvoiceState.REMINDED,
            (InvoiceState.PART_PAID, InvoiceStep.WRITE_OFF): InvoiceState.WRITTEN_OFF,
            (InvoiceState.PART_PAID, InvoiceStep.REOPEN): InvoiceState.ISSUED,
            (InvoiceState.PART_PAID, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.PAID, InvoiceStep.REOPEN): InvoiceState.ISSUED,
            (InvoiceState.PAID, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.OVERDUE, InvoiceStep.PAY_PART): InvoiceState.OVERDUE,
            (InvoiceState.OVERDUE, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.OVERDUE, InvoiceStep.REMIND): InvoiceState.REMINDED,
            (InvoiceState.OVERDUE, InvoiceStep.PUT_OFF): InvoiceState.SENT,
            (InvoiceState.OVERDUE, InvoiceStep.WRITE_OFF): InvoiceState.WRITTEN_OFF,
            (InvoiceState.OVERDUE, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.REMINDED, InvoiceStep.PAY_PART): InvoiceState.REMINDED,
            (InvoiceState.REMINDED, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.REMINDED, InvoiceStep.REMIND): InvoiceState.REMINDED,
            (InvoiceState.REMINDED, InvoiceStep.PUT_OFF): InvoiceState.SENT,
            (InvoiceState.REMINDED, InvoiceStep.WRITE_OFF): InvoiceState.WRITTEN_OFF,
            (InvoiceState.REMINDED, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
            (InvoiceState.WRITTEN_OFF, InvoiceStep.PAY_PART): InvoiceState.WRITTEN_OFF,
            (InvoiceState.WRITTEN_OFF, InvoiceStep.PAY_REST): InvoiceState.PAID,
            (InvoiceState.WRITTEN_OFF, InvoiceStep.REOPEN): InvoiceState.ISSUED,
            (InvoiceState.WRITTEN_OFF, InvoiceStep.CANCEL): InvoiceState.CANCELLED,
        }
    ),
)

UNPAID = (InvoiceState.ISSUED, InvoiceState.SENT, InvoiceState.PART_PAID, InvoiceState.OVERDUE, InvoiceState.REMINDED)
"""The states in which money is still asked for: together the receivables."""
