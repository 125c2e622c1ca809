"""Where each item of the gate is solved: the page and the words of its link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import current_app, url_for
from sqlalchemy import func, select

from ...models.consent import Consent, CostNotice
from ...models.course import Lesion
from ...models.estimate import FeeAgreement
from ...models.rules.case_states import FeeAgreementState
from ...models.rules.gate_facts import GateItem
from ...models.rules.states import ConsentState, CostNoticeState, TreatmentState
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from ..access import scoped
from ..extension import session
from ..texts import kt, lazy_kt

_AFTERWARDS: Final = frozenset(
    {"explanations_new", "consents_sign", "cost_notices_sign", "lesions_assess", "fee_agreements_sign"}
)
"""Pages that still help once the session began: they take note of what had been there before it."""


@dataclass(frozen=True, slots=True)
class Places:
    """The ids that links need; None where there is no such record."""

    course_id: int
    treatment_id: int | None = None
    prepared_consent_id: int | None = None
    prepared_notice_id: int | None = None  # neither handed over nor signed
    unsigned_notice_id: int | None = None
    unscanned_notice_id: int | None = None  # signed, but the paper is not in the file
    unchecked_lesion_id: int | None = None
    undecided_lesion_id: int | None = None
    prepared_agreement_id: int | None = None  # § 2 GOÄ, printed and not signed yet


Target = tuple[str, str, dict[str, Any]]
"""Words of the link, endpoint, its arguments."""

_WORDS: Final = {
    "benign": lazy_kt("Gutartigkeit bestätigen"),
    "lesions": lazy_kt("Stellen eintragen"),
    "indication": lazy_kt("Medizinisch oder kosmetisch festlegen"),
    "talk": lazy_kt("Gespräch eintragen"),
    "consent_new": lazy_kt("Einwilligung vorbereiten"),
    "consent_sign": lazy_kt("Unterschriebene Einwilligung zuordnen"),
    "consent_see": lazy_kt("Einwilligung ansehen"),
    "notice_new": lazy_kt("Kosteninformation ausstellen"),
    "notice_hand": lazy_kt("Aushändigung eintragen"),
    "notice_sign": lazy_kt("Unterschrift zuordnen"),
    "agreement_new": lazy_kt("Kosteninformation ausstellen"),
    "agreement_sign": lazy_kt("Unterschriebene Vereinbarung zuordnen"),
    "scan": lazy_kt("Scan zuordnen"),
    "fee_agreement_new": lazy_kt("Honorarvereinbarung vorbereiten"),
    "fee_agreement_sign": lazy_kt("Unterschrift zuordnen"),
    "recheck": lazy_kt("Abfrage ausfüllen"),
    "answers": lazy_kt("Abfrage ansehen"),
    "capable": lazy_kt("Beurteilung eintragen"),
    "person": lazy_kt("Person wählen"),
    "device": lazy_kt("Gerät wählen"),
}


def address(endpoint: str, **values: Any) -> str:
    """The address of one of our pages, "" where it does not exist."""
    name = f"kostenklar.{endpoint}"
    return url_for(name, **values) if name in current_app.view_functions else ""


def places(course_id: int, treatment_id: int | None) -> Places:
    """All ids in one statement; without a treatment it takes the course's next one."""
    consent, notice = Consent.course_id == course_id, CostNotice.course_id == course_id
    lesion, planned = Lesion.course_id == course_id, Treatment.course_id == course_id
    prepared = CostNotice.state == CostNoticeState.PREPARED.value
    unsigned = CostNotice.state.in_((CostNoticeState.PREPARED.value, CostNoticeState.HANDED.value))
    # Bare "is null" would lead SQLite to the index of scans, where all papers without one stand together.
    unscanned = func.coalesce(CostNotice.scan_id, 0) == 0
    unsigned_agreement = FeeAgreementState.PREPARED.value
    query = select(
        _one(Treatment.id, planned, Treatment.state == TreatmentState.PLANNED.value),
        _one(Consent.id, consent, Consent.state == ConsentState.PREPARED.value),
        _one(CostNotice.id, notice, prepared),
        _one(CostNotice.id, notice, unsigned),
        _one(CostNotice.id, notice, CostNotice.signed_on.is_not(None), unscanned),
        _one(Lesion.id, lesion, Lesion.pigmented, Lesion.benign_on.is_(None)),
        _one(Lesion.id, lesion, Lesion.indication == Indication.UNDECIDED.value),
        _one(FeeAgreement.id, FeeAgreement.course_id == course_id, FeeAgreement.state == unsigned_agreement),
    )
    next_id, *others = session().execute(scoped(query)).one()
    return Places(course_id, treatment_id or next_id, *others)


def _one(column: Any, *conditions: Any) -> Any:
    """The last such record as a part of one statement; of lesions any will do."""
    return select(column).where(*conditions).order_by(column.desc()).limit(1).scalar_subquery()


def solved_at(item: GateItem, where: Places, *, begun: bool = False) -> tuple[str, str]:
    """(words, address) of the page where the item is solved; ("", "") where there is none, or none any more."""
    target = _target(item, where)
    if target is None or None in target[2].values() or (begun and target[1] not in _AFTERWARDS):
        return "", ""
    word, endpoint, values = target
    url = address(endpoint, **values)
    return (kt(_WORDS[word]), url) if url else ("", "")


def _target(item: GateItem, where: Places) -> Target | None:
    find = _TARGETS.get(item.code)
    return find(where, {finding.code for finding in item.findings}) if find else None


def _lesion(where: Places, codes: set[str]) -> Target:
    if "lesions_missing" in codes:
        return "lesions", "lesions_new", {"course_id": where.course_id}
    return "indication", "lesions_assess", {"lesion_id": where.undecided_lesion_id}


def _minor(where: Places, codes: set[str]) -> Target:
    if codes & {"minor_capacity_not_judged", "minor_not_capable"}:
        return "capable", "treatments_recheck", {"treatment_id": where.treatment_id}
    return _consent(where, codes)


def _recheck(where: Places, codes: set[str]) -> Target:
    word = "recheck" if "recheck_missing" in codes else "answers"
    return word, "treatments_recheck", {"treatment_id": where.treatment_id}


def _people(where: Places) -> dict[str, Any]:
    return {"treatment_id": where.treatment_id, "_anchor": "beginnen"}


def _consent(where: Places, _codes: set[str]) -> Target:
    if where.prepared_consent_id:
        return "consent_sign", "consents_sign", {"consent_id": where.prepared_consent_id}
    return "consent_new", "consents_new", {"course_id": where.course_id}


def _consent_risks(where: Places, _codes: set[str]) -> Target:
    """Where a sheet lies prepared, the course's page tells whether it is the old or the new one."""
    if where.prepared_consent_id:
        return "consent_see", "courses_show", {"course_id": where.course_id, "_anchor": "einwilligung"}
    return "consent_new", "consents_new", {"course_id": where.course_id}


def _cost_notice(where: Places, codes: set[str]) -> Target:
    if "cost_notice_missing" not in codes and where.unsigned_notice_id:
        return "notice_sign", "cost_notices_sign", {"notice_id": where.unsigned_notice_id}
    if where.prepared_notice_id:
        return "notice_hand", "cost_notices_hand", {"notice_id": where.prepared_notice_id}
    return "notice_new", "cost_notices_new", {"course_id": where.course_id}


def _agreement(where: Places, codes: set[str]) -> Target:
    if "self_payer_agreement_not_recorded" in codes and where.unscanned_notice_id:
        return "scan", "cost_notices_sign", {"notice_id": where.unscanned_notice_id}
    if where.unsigned_notice_id:
        return "agreement_sign", "cost_notices_sign", {"notice_id": where.unsigned_notice_id}
    return "agreement_new", "cost_notices_new", {"course_id": where.course_id}


def _fee_agreement(where: Places, _codes: set[str]) -> Target:
    if where.prepared_agreement_id:
        return "fee_agreement_sign", "fee_agreements_sign", {"agreement_id": where.prepared_agreement_id}
    return "fee_agreement_new", "fee_agreements_new", {"course_id": where.course_id}


_TARGETS: Final[dict[str, Callable[[Places, set[str]], Target]]] = {
    "benign": lambda where, _: ("benign", "lesions_assess", {"lesion_id": where.unchecked_lesion_id}),
    "indication": _lesion,
    "talk": lambda where, _: ("talk", "explanations_new", {"course_id": where.course_id}),
    "consent": _consent,
    "consent_risks": _consent_risks,
    "minor": _minor,
    "cost_notice": _cost_notice,
    "self_payer_agreement": _agreement,
    "fee_agreement": _fee_agreement,
    "recheck": _recheck,
    "sun": _recheck,
    "qualification": lambda where, _: ("person", "treatments_show", _people(where)),
    "supervision": lambda where, _: ("person", "treatments_show", _people(where)),
    "device": lambda where, _: ("device", "treatments_show", _people(where)),
}
