"""What stands on a release and on a power of attorney, and who signs which: built from the case and its policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.patient import Insurer, Patient, Policy
from ...models.rules.age import is_minor
from ...models.rules.grants import GrantDocument, GrantKind
from ...reports.content.base import Language
from ...reports.content.case_grant import CaseGrantContent, PowerOfAttorneyContent, ReleaseContent
from ...reports.content.parts import Person, Section, Signature
from ...reports.content.texts import filled, section_of
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .letterheads import address, letter_lines, person
from .paper_heads import PaperHead, guardian_signatures
from .texts import wordings

LAWFUL: Final = "pkv"
"""The kind of insurer to which the VVG applies (§§ 192(8), 213); Beihilfe and statutory funds follow other law."""


@dataclass(frozen=True, slots=True)
class GrantPlan:
    """What is to be granted; `documents` and `photos` matter to a release only."""

    kind: GrantKind
    purpose: str
    valid_until: dt.date
    documents: tuple[GrantDocument, ...] = ()
    photos: bool = False
    language: Language = "de"


@dataclass(frozen=True, slots=True)
class Party:
    """Who signs: the role kept with the grant, the names known, the lines on the paper, and where the paper goes."""

    role: str
    signatures: tuple[Signature, ...]
    recipient: tuple[str, ...]
    person: Person

    @property
    def name(self) -> str:
        """The known names; "" where they are still to be written on the sheet."""
        return ", ".join(signature.name for signature in self.signatures if signature.name)


def party_of(kind: GrantKind, patient: Patient, policy: Policy | None, on: dt.date) -> Party:
    """A release is signed by the patient, a power of attorney by the policyholder (domain 10.1 no. 2).

    For a minor both guardians sign, or the one with proven sole custody (§§ 107, 1629 BGB).
    """
    if kind is GrantKind.POWER_OF_ATTORNEY and policy is not None and policy.holder_name:
        return _holder(policy)
    if is_minor(patient.birth_date, on):
        return Party("guardian", guardian_signatures(patient), address(patient), person(patient))
    if kind is GrantKind.POWER_OF_ATTORNEY:
        own = Signature(role="policyholder", name=patient.full_name)
        return Party("policyholder", (own,), address(patient), person(patient))
    own = Signature(role="patient", name=patient.full_name)
    return Party("patient", (own,), address(patient), person(patient))


def signing_party(clarification_id: int, kind: GrantKind, on: dt.date) -> Party:
    """Who will sign, for the page that prepares the sheet. Raises NotFound."""
    query = select(Clarification).where(Clarification.id == clarification_id)
    case: Clarification | None = session().scalar(scoped(query))
    if case is None:
        raise NotFound(f"clarification {clarification_id}")
    return party_of(kind, case.course.patient, case.policy, on)


def _holder(policy: Policy) -> Party:
    lines = letter_lines(
        policy.holder_name, policy.holder_street, policy.holder_postcode, policy.holder_city, policy.holder_country
    )
    return Party(
        "policyholder",
        (Signature(role="policyholder", name=policy.holder_name),),
        lines,
        Person(name=policy.holder_name, birth_date=policy.holder_birth_date),
    )


def grant_content(
    head: PaperHead, case: Clarification, insurer: Insurer, plan: GrantPlan, number: str, today: dt.date
) -> CaseGrantContent:
    """The frozen content of the paper."""
    party = party_of(plan.kind, head.patient, case.policy, today)
    declaration, terms = _texts(head, insurer, plan, party, today)
    shared: dict[str, Any] = {
        "language": head.language,
        "letterhead": head.letterhead,
        "recipient": party.recipient,
        "number": number,
        "issued_on": today,
        "patient": person(head.patient),
        "case_number": case.number,
        "insurer": insurer_lines(insurer),
        "contract_no": case.policy.contract_no if case.policy else "",
        "insured_no": case.policy.insured_no if case.policy else "",
        "procedure": head.procedure_name,
        "sites": head.sites,
        "purpose": plan.purpose,
        "valid_until": plan.valid_until,
        "declaration": declaration,
        "terms": terms,
        "signatures": party.signatures,
        "contact": head.site.telephone,
    }
    if plan.kind is GrantKind.RELEASE:
        return ReleaseContent(**shared, shown=tuple(code.value for code in plan.documents), photos=plan.photos)
    return PowerOfAttorneyContent(**shared, holder=party.person)


def insurer_lines(insurer: Insurer) -> tuple[str, ...]:
    """Name, department and address, as far as they are known."""
    lines = (insurer.name, insurer.department, insurer.street, f"{insurer.postcode} {insurer.city}".strip())
    return tuple(line for line in lines if line)


def _texts(
    head: PaperHead, insurer: Insurer, plan: GrantPlan, party: Party, today: dt.date
) -> tuple[Section, tuple[Section, ...]]:
    """(what is signed, the terms before it), in the wording that holds today."""
    kind = plan.kind.value
    guardian = plan.kind is GrantKind.RELEASE and party.role == "guardian"
    signed = "release.guardian" if guardian else f"{kind}.declaration"
    law = "release.insurer" if plan.kind is GrantKind.RELEASE else "power_of_attorney.clock"
    keys = [signed, *([law] if insurer.kind == LAWFUL else []), f"{kind}.voluntary"]
    bodies = wordings(head.practice.id, keys, head.language, today)
    values = {"practice": head.practice.name, "insurer": insurer.name}
    declaration, *terms = (section_of(filled(bodies[key], values)) for key in keys)
    return declaration, tuple(terms)
