"""The gate of many planned sessions at once, in as many statements as for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import func, select, union_all

from ...models.consent import CostNotice
from ...models.estimate import Estimate, FeeAgreement, FeeAgreementLine
from ...models.paper import IssuedPaper
from ...models.rules.case_states import EstimateState, FeeAgreementState
from ...models.rules.costs import FeeAgreementFacts
from ...models.rules.gate_facts import GateItem
from ...models.rules.states import ConsentState, CostNoticeState
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from ..access import scoped
from ..extension import session
from .gate_facts import gate_with
from .gate_links import Places
from .gate_records import CourseRecords, records_of_courses

_IN_FORCE = (EstimateState.ISSUED.value, EstimateState.HANDED.value)
_UNSIGNED = (CostNoticeState.PREPARED.value, CostNoticeState.HANDED.value)


def gates(
    treatments: Collection[Treatment], on: dt.date, today: dt.date
) -> dict[int, tuple[CourseRecords, tuple[GateItem, ...]]]:
    """By the treatment's id the records of its course and all items; the treatments are planned for `on`."""
    course_ids = {each.course_id for each in treatments}
    records, agreed = records_of_courses(course_ids, today), _fee_agreements(course_ids, max(on, today))
    none = FeeAgreementFacts()
    return {
        each.id: (
            records[each.course_id],
            gate_with(records[each.course_id], each, agreed.get(each.course_id, none), today),
        )
        for each in treatments
    }


def places_among(records: CourseRecords, treatment_id: int, agreement_id: int | None) -> Places:
    """The ids that links need, out of what was read for the gate: always the last such record."""
    notices, lesions = records.notices, records.course.lesions
    return Places(
        course_id=records.course.id,
        treatment_id=treatment_id,
        prepared_consent_id=_last(each for each in records.consents if each.state == ConsentState.PREPARED.value),
        prepared_notice_id=_last(each for each in notices if each.state == CostNoticeState.PREPARED.value),
        unsigned_notice_id=_last(each for each in notices if each.state in _UNSIGNED),
        unscanned_notice_id=_last(each for each in notices if each.signed_on is not None and not each.scan_id),
        unchecked_lesion_id=_last(each for each in lesions if each.pigmented and each.benign_on is None),
        undecided_lesion_id=_last(each for each in lesions if each.indication == Indication.UNDECIDED.value),
        prepared_agreement_id=agreement_id,
    )


def _last(records: Iterable[Any]) -> int | None:
    return max((record.id for record in records), default=None)


def _fee_agreements(course_ids: Collection[int], on: dt.date) -> dict[int, FeeAgreementFacts]:
    """For each course what its newest cost paper announces above 3.5, and what of it is signed; two statements."""
    announced = _announced(course_ids)
    if not announced:
        return {}
    query: Any = (
        select(FeeAgreement.course_id, FeeAgreementLine.goae_number, func.min(FeeAgreement.signed_on))
        .join(FeeAgreement, FeeAgreement.id == FeeAgreementLine.fee_agreement_id)
        .where(
            FeeAgreement.course_id.in_(announced),
            FeeAgreement.state == FeeAgreementState.SIGNED.value,
            FeeAgreement.signed_on <= on,
        )
        .group_by(FeeAgreement.course_id, FeeAgreementLine.goae_number)
    )
    signed: dict[int, dict[str, dt.date]] = {}
    for course_id, number, signed_on in session().execute(scoped(query)):
        if number in announced[course_id]:
            signed.setdefault(course_id, {})[number] = signed_on
    return {
        course_id: FeeAgreementFacts(numbers, signed.get(course_id, {})) for course_id, numbers in announced.items()
    }


def _announced(course_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The numbers that the newest estimate or cost notice in force marks as resting on an agreement."""
    estimates = select(Estimate.course_id, Estimate.paper_id).where(
        Estimate.course_id.in_(course_ids), Estimate.state.in_(_IN_FORCE)
    )
    notices = select(CostNotice.course_id, CostNotice.paper_id).where(
        CostNotice.course_id.in_(course_ids), CostNotice.state != CostNoticeState.VOID.value
    )
    both = union_all(estimates, notices).subquery()
    newest = select(both.c.course_id, func.max(both.c.paper_id).label("paper_id")).group_by(both.c.course_id).subquery()
    query: Any = select(newest.c.course_id, IssuedPaper.content).join(IssuedPaper, IssuedPaper.id == newest.c.paper_id)
    found = {}
    for course_id, content in session().execute(scoped(query)):
        marked = [line["number"] for line in content.get("services", ()) if line.get("fee_agreement")]
        if marked:
            found[course_id] = tuple(dict.fromkeys(marked))
    return found
