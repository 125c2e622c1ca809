"""Insurance policies of a patient, and the insurers they name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.patient import Insurer, Patient, Policy
from ...models.rules.folding import fold
from ...models.rules.payers import STATUTORY_KINDS, PolicyKind
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked

_AUTHORITIES = frozenset({PolicyKind.BEIHILFE, PolicyKind.HEILFUERSORGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyData:
    """One insurance; percentage is 0 to 100. The holder_ fields stand for a policyholder other than the patient."""

    kind: PolicyKind
    insurer: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    insured_no: str = ""
    contract_no: str = ""
    tariff: str = ""
    percentage: Decimal | None = None
    deductible: Decimal | None = None
    max_factor: Decimal | None = None
    holder_name: str = ""
    holder_street: str = ""
    holder_postcode: str = ""
    holder_city: str = ""
    holder_country: str = "DE"
    holder_birth_date: dt.date | None = None


_PLAIN = tuple(name for name in PolicyData.__dataclass_fields__ if name not in ("kind", "insurer"))


def take_out_policy(patient_id: int, version: int | None, data: PolicyData) -> int:
    """Add an insurance to a patient. Returns its id; raises NotFound, StalePage."""
    policy = add_policy(locked(Patient, patient_id, version), data)
    session().flush()
    return policy.id


def change_policy(patient_id: int, version: int | None, policy_id: int, data: PolicyData) -> None:
    """Write an insurance again, which is also how it ends (valid_to). Raises NotFound, StalePage."""
    patient = locked(Patient, patient_id, version)
    found = select(Policy).where(Policy.id == policy_id, Policy.patient_id == patient.id)
    policy = session().scalar(scoped(found))
    if policy is None:
        raise NotFound(f"policy {policy_id}")
    _write(policy, data)


def add_policy(patient: Patient, data: PolicyData) -> Policy:
    """A policy of a patient who is already loaded and locked, or new."""
    policy = Policy(practice_id=patient.practice_id, patient_id=patient.id)
    _write(policy, data)
    session().add(policy)
    return policy


def insurer_named(practice_id: int, name: str, kind: str) -> Insurer:
    """The practice's insurer of that name, however its umlauts are written; a new one where there is none."""
    wanted = fold(name).spelled
    known = select(Insurer).where(Insurer.practice_id == practice_id, Insurer.kind == kind).order_by(Insurer.id)
    there: list[Insurer] = list(session().scalars(scoped(known)))
    for insurer in there:
        if fold(insurer.name).spelled == wanted:
            return insurer
    insurer = Insurer(practice_id=practice_id, name=name, kind=kind)
    session().add(insurer)
    session().flush()
    return insurer


def insurer_kind(kind: PolicyKind) -> str:
    """Which sort of insurer stands behind a policy: gkv, beihilfe (an authority) or pkv."""
    if kind in STATUTORY_KINDS:
        return "gkv"
    return "beihilfe" if kind in _AUTHORITIES else "pkv"


def _write(policy: Policy, data: PolicyData) -> None:
    policy.kind = data.kind.value
    insurer = insurer_named(policy.practice_id, data.insurer, insurer_kind(data.kind)) if data.insurer else None
    policy.insurer_id = insurer.id if insurer else None
    for name in _PLAIN:
        setattr(policy, name, getattr(data, name))
