"""What follows a treatment: its aftercare sheet with the patient's own dates, and papers that are kept longer."""

from __future__ import annotations

import datetime as dt
import logging
from typing import cast

from sqlalchemy import select

from ...models.consent import Consent, CostNotice
from ...models.course import place
from ...models.paper import IssuedPaper
from ...models.practice import Practice, Site
from ...models.rules.numbering import NumberKind
from ...models.rules.retention import RetentionKind, retain_until
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import StepNotAllowed, TreatmentState, TreatmentStep
from ...models.rules.sun import no_sun_until
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from ...reports.content.aftercare import AftercareContent, aftercare_section, healing_sentence, sun_until_sentence
from ...reports.content.base import Language
from ..access import scoped
from ..clock import today
from ..extension import session
from ..queries.gate_facts import happened_on
from ..unit_of_work import locked
from . import papers
from .letterheads import address, letterhead, person
from .numbers import draw
from .texts import wording

log = logging.getLogger("kostenklar")


def after_treatment(treatment: Treatment) -> None:
    """Issue the aftercare sheet and keep the course's papers ten years from this day.

    A sheet that cannot be printed never keeps a session from being recorded (§ 630f BGB): it can be made later.
    """
    try:
        with session().begin_nested():  # gives the drawn number back
            issue_aftercare(treatment)
    except RuleBroken as error:
        log.warning("no aftercare sheet for treatment %s: %s", treatment.id, error)
    keep_papers(treatment)


def make_aftercare(treatment_id: int, version: int | None) -> Treatment:
    """Issue the sheet that is still missing. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    treatment = _over(treatment_id, version)
    if treatment.aftercare_paper_id is not None:
        return treatment
    issue_aftercare(treatment)
    keep_papers(treatment)
    return treatment


def hand_aftercare(treatment_id: int, version: int | None) -> Treatment:
    """The patient has the sheet in hand. Raises NotFound, StalePage, StepNotAllowed."""
    treatment = _over(treatment_id, version)
    treatment.aftercare_handed = True
    return treatment


def _over(treatment_id: int, version: int | None) -> Treatment:
    treatment: Treatment = locked(Treatment, treatment_id, version)
    if treatment.state not in (TreatmentState.DONE.value, TreatmentState.ABORTED.value):
        raise StepNotAllowed(TreatmentState(treatment.state), TreatmentStep.COMPLETE)
    return treatment


def issue_aftercare(treatment: Treatment) -> IssuedPaper:
    """The sheet in the patient's language, under its own number.

    Raises RuleBroken where its text is missing, or a character that no paper can print.
    """
    issued_on = today()
    content = _content(treatment, draw(treatment.practice_id, NumberKind.AFTERCARE, issued_on.year), issued_on)
    paper = papers.issue(
        content,
        practice_id=treatment.practice_id,
        patient_id=treatment.patient_id,
        number=content.number,
        issued_on=issued_on,
    )
    treatment.aftercare_paper_id = paper.id
    return paper


def keep_papers(treatment: Treatment) -> None:
    """Patient file: ten years from the end of the treatment (§ 630f(3) BGB); NiSV use to the end of that year."""
    day = happened_on(treatment)
    if day is None:
        return
    until = retain_until(RetentionKind.PATIENT_FILE, day)
    indications = {lesion.indication for lesion in treatment.course.lesions}
    if treatment.course.procedure.nisv and indications != {Indication.MEDICAL.value}:
        until = max(until, retain_until(RetentionKind.NISV_RECORD, today()))
    for paper in _papers_of_course(treatment.course_id):
        paper.retain_until = max(paper.retain_until, until)


def _papers_of_course(course_id: int) -> list[IssuedPaper]:
    session().flush()
    ids = (
        select(Consent.paper_id).where(Consent.course_id == course_id),
        select(CostNotice.paper_id).where(CostNotice.course_id == course_id),
        select(Treatment.aftercare_paper_id).where(
            Treatment.course_id == course_id, Treatment.aftercare_paper_id.is_not(None)
        ),
    )
    query = select(IssuedPaper).where(IssuedPaper.id.in_(ids[0].union_all(*ids[1:])))
    return list(session().scalars(scoped(query)))


def _content(treatment: Treatment, number: str, issued_on: dt.date) -> AftercareContent:
    course, patient = treatment.course, treatment.course.patient
    procedure, language = course.procedure, cast(Language, patient.language)
    practice = session().get_one(Practice, treatment.practice_id)
    site = session().get_one(Site, treatment.site_id)
    day = happened_on(treatment) or issued_on
    after = procedure.sun_days_after
    sun = sun_until_sentence(language, no_sun_until(day, after)) if after else ""
    own_dates = "\n\n".join(filter(None, (healing_sentence(language, procedure.code, day), sun)))
    return AftercareContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=address(patient),
        number=number,
        issued_on=issued_on,
        patient=person(patient),
        physician=_physician(treatment),
        procedure=procedure.name_en if language == "en" else procedure.name_de,
        sites=tuple(dict.fromkeys(place(each.lesion.site, each.lesion.side, language) for each in treatment.sites)),
        treated_on=day,
        sections=(aftercare_section(_wording(treatment, language, issued_on), own_dates),),
        contact=site.telephone,
        next_on=_next_on(treatment, day),
    )


def _wording(treatment: Treatment, language: Language, on: dt.date) -> str:
    try:
        return wording(treatment.practice_id, f"{treatment.course.procedure.code}.aftercare", language, on)
    except LookupError as missing:
        raise RuleBroken([Finding("aftercare_text_missing", Severity.BLOCK)]) from missing


def _physician(treatment: Treatment) -> str:
    who = treatment.supervised_by or treatment.performed_by
    return who.full_name if who and who.physician else ""


def _next_on(treatment: Treatment, day: dt.date) -> dt.date | None:
    query = select(Treatment.planned_on).where(
        Treatment.course_id == treatment.course_id, Treatment.state == "planned", Treatment.planned_on > day
    )
    found: dt.date | None = session().scalar(scoped(query.order_by(Treatment.planned_on).limit(1)))
    return found
