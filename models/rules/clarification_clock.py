"""The clock of § 192(8) VVG: whether it runs, from when, until when; and the soft dates where it does not.

The statute gives the insurer four weeks from receipt, two in urgent cases. Whether § 193 BGB moves an end that falls on
a Saturday, a Sunday or a holiday is not said for an answer that is merely to be given, so the statutory end stays as it
is and is shown as it is, with a note that it may move. Nobody is called late, and no presumption is noted, before the
next working day is over, too: to wait a day longer costs nothing, to claim a presumption too early would be wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from .deadlines import add_days, add_weeks, shift_to_workday
from .holidays import FederalState
from .payers import STATUTORY_KINDS, PolicyKind
from .vat import Indication

CLOCK_ABOVE = Decimal("2000.00")  # § 192(8) VVG: "2 000 Euro übersteigen", so exactly 2,000.00 does not
WEEKS, URGENT_WEEKS = 4, 2
ASSUMED_DAYS = 3  # without proof of receipt (domain 4.4): shown as an assumption
SOFT_DAYS = 28  # where no clock runs: a reminder, no right
_WEEKEND = 5


class PayerRole(StrEnum):
    """Who is asked: § 192(8) VVG binds private insurers only."""

    PKV = "pkv"
    BEIHILFE = "beihilfe"
    GKV = "gkv"


class AskedBy(StrEnum):
    """In whose name the query is made; the statutory right is the policyholder's (domain 10.1 no. 2)."""

    POLICYHOLDER = "policyholder"
    ATTORNEY = "attorney"
    PRACTICE = "practice"


class ClockReason(StrEnum):
    """Why the clock runs or does not; each has its sentence."""

    RUNS = "runs"
    PAYER_BEIHILFE = "payer_beihilfe"
    PAYER_GKV = "payer_gkv"
    NO_ESTIMATE = "no_estimate"
    NOT_OVER_2000 = "not_over_2000"
    COSMETIC = "cosmetic"
    NOT_BY_HOLDER = "not_by_holder"
    NO_POWER = "no_power"
    AFTER_ANSWER = "after_answer"  # a further round after an answer is no new request under § 192(8) VVG


_NEVER: Mapping[PayerRole, ClockReason] = MappingProxyType(
    {PayerRole.BEIHILFE: ClockReason.PAYER_BEIHILFE, PayerRole.GKV: ClockReason.PAYER_GKV}
)
# Heilfürsorge and Postbeamtenkrankenkasse are no contracts under the VVG, accident covers no sickness insurance.
_BEIHILFE_KINDS = frozenset({PolicyKind.BEIHILFE, PolicyKind.HEILFUERSORGE, PolicyKind.POSTBEAMTE})
_NOBODY_TO_ASK = frozenset({PolicyKind.SELF_PAYER, PolicyKind.ACCIDENT})


def payer_role(kind: PolicyKind) -> PayerRole | None:
    """Whom a cost query about this policy goes to; None where there is nobody to ask."""
    if kind in _NOBODY_TO_ASK:
        return None
    if kind in STATUTORY_KINDS:
        return PayerRole.GKV
    return PayerRole.BEIHILFE if kind in _BEIHILFE_KINDS else PayerRole.PKV


def clock_reason(  # noqa: PLR0911  # one line for each reason of the statute
    role: PayerRole, asked_by: AskedBy, *, power: bool, gross_max: Decimal | None, indication: Indication | None
) -> ClockReason:
    """Whether the clock can run. `gross_max` is the estimate's highest total, `power` the policyholder's Vollmacht.

    An undecided indication does not stop it (domain 10.1 no. 1: undecided while the query is open), a cosmetic does.
    """
    if role in _NEVER:
        return _NEVER[role]
    if gross_max is None or indication is None:
        return ClockReason.NO_ESTIMATE
    if gross_max <= CLOCK_ABOVE:
        return ClockReason.NOT_OVER_2000
    if indication is Indication.COSMETIC:
        return ClockReason.COSMETIC
    if asked_by is AskedBy.PRACTICE:
        return ClockReason.NOT_BY_HOLDER
    if asked_by is AskedBy.ATTORNEY and not power:
        return ClockReason.NO_POWER
    return ClockReason.RUNS


def receipt_day(sent_on: date, received_on: date | None) -> date:
    """The proven day of receipt, else three days after sending, which is an assumption."""
    return received_on or add_days(sent_on, ASSUMED_DAYS)


def answer_due(received_on: date, *, statutory: bool, urgent: bool) -> date:
    """Last day for the answer: two or four weeks (§ 192(8) VVG, § 188(2) BGB), or our own reminder after 28 days."""
    if not statutory:
        return add_days(received_on, SOFT_DAYS)
    return add_weeks(received_on, URGENT_WEEKS if urgent else WEEKS)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The end as the statute has it, the last day we wait, and whether holidays of that year are unknown to us."""

    due_on: date
    waits_until: date
    holidays_unknown: bool

    @property
    def may_move(self) -> bool:
        """Whether the end falls on a day on which it may move (§ 193 BGB)."""
        return self.waits_until != self.due_on

    def is_late(self, today: date) -> bool:
        """Whether even the next working day is over."""
        return today > self.waits_until


def due_day(due_on: date, state: FederalState) -> DueDay:
    """A due date with the working day we wait for; past the end of the holiday table only weekends are known."""
    try:
        return DueDay(due_on, shift_to_workday(due_on, state), False)
    except ValueError:
        last = due_on
        while last.weekday() >= _WEEKEND:
            last += timedelta(days=1)
        return DueDay(due_on, last, True)
