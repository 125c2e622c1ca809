"""What stands on a consent: the wording that holds today, put together with the course's own facts."""

from __future__ import annotations

import datetime as dt

from ...models.course import Explanation, Lesion, place
from ...models.rules.age import is_minor
from ...models.rules.sun import no_sun_until
from ...reports.content.base import Language
from ...reports.content.consent import ConsentContent, Talk, consent_keys, consent_texts, sun_sentence
from ...reports.content.parts import Signature
from ...reports.content.words import word
from ..clock import BERLIN
from .letterheads import address, person
from .paper_heads import PaperHead, latest_talk, party_signatures, physician_of
from .texts import wordings


def consent_content(
    head: PaperHead,
    number: str,
    sessions: tuple[int, int],
    valid_until: dt.date,
    today: dt.date,
    clauses: tuple[str, ...] = (),
) -> ConsentContent:
    """The frozen content of the paper. `sessions` are the fewest and the most; the consent covers the most.

    `clauses` are the patient's own risks (rules.risks).
    """
    patient, talk = head.patient, latest_talk(head.course.id)
    minor = is_minor(patient.birth_date, today)
    keys = consent_keys(head.procedure.code)
    bodies = wordings(head.practice.id, keys, head.language, today)
    texts = consent_texts(head.procedure.code, bodies, minor=minor, own_dates=_own_dates(head, today), clauses=clauses)
    physician = physician_of(head, talk)
    fewest, most = sessions
    return ConsentContent(
        language=head.language,
        letterhead=head.letterhead,
        recipient=address(patient),
        number=number,
        issued_on=today,
        patient=person(patient),
        physician=physician,
        procedure=head.procedure_name,
        sites=_sites(head),
        sessions_from=min(fewest, most),
        sessions_to=most,
        valid_until=valid_until,
        sections=texts.sections,
        questions=texts.questions,
        declaration=texts.declaration,
        terms=texts.terms,
        signatures=(*party_signatures(patient, today), Signature(role="physician", name=physician)),
        talk=_talk(talk),
        minor=minor,
        device=head.planned.device.name if head.planned and head.planned.device else "",
        contact=head.site.telephone,
    )


def _sites(head: PaperHead) -> tuple[str, ...]:
    """Each site once, a tattoo with its colours: what the laser can do depends on them (domain 11 no. 11)."""
    return tuple(dict.fromkeys(_site(lesion, head.language) for lesion in head.lesions))


def _site(lesion: Lesion, language: Language) -> str:
    named = place(lesion.site, lesion.side, language)
    if not lesion.ink_colours:
        return named
    colours = ", ".join(word(language, f"ink_{code}") for code in lesion.ink_colours.split(","))
    return word(language, "ink_colours", site=named, colours=colours)


def _own_dates(head: PaperHead, today: dt.date) -> str:
    """The patient's own days without sun, once a session is planned (domain 11 no. 14)."""
    treated_on = head.treated_on
    if treated_on is None or treated_on < today or not head.procedure.sun_days_before:
        return ""
    return sun_sentence(
        head.language,
        treated_on=treated_on,
        avoid_from=treated_on - dt.timedelta(days=head.procedure.sun_days_before),
        avoid_until=no_sun_until(treated_on, head.procedure.sun_days_after),
    )


def _talk(talk: Explanation | None) -> Talk:
    """A talk that has been held stands on the paper; otherwise its lines are filled in by hand."""
    if talk is None:
        return Talk()
    started, ended = talk.started_at.astimezone(BERLIN), talk.ended_at.astimezone(BERLIN)
    return Talk(
        explained_by=talk.explained_by.full_name,
        held_on=started.date(),
        started=f"{started:%H:%M}",
        ended=f"{ended:%H:%M}",
        companion=talk.companion,
        interpreter=talk.interpreter,
        individual_risks=talk.individual_risks,
        questions=talk.questions,
    )
