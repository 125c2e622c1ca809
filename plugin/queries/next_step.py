"""What comes next in a course: the one step that its pages offer as their primary button."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ...models.rules.payers import PayerKind
from ..formats import law
from ..texts import kt
from .gate_links import address
from .standing import Standing, standing

_LAW = re.compile(r"§ [^)]*")  # a citation in brackets never falls apart at a line's end


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done, in a sentence, the button's words and where it leads; no url where nothing is left."""

    text: str
    label: str = ""
    url: str = ""


class Row(Protocol):
    """A row of the gate (queries.gate.GateRow), as far as a next step needs it."""

    @property
    def state(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def link_label(self) -> str: ...
    @property
    def url(self) -> str: ...


def next_step(course_id: int, today: dt.date, rows: Sequence[Row] = ()) -> NextStep:
    """The next step of a course. Raises NotFound."""
    return step_of(standing(course_id, today), rows)


def step_of(at: Standing, rows: Sequence[Row] = ()) -> NextStep:
    """The first thing that is missing, in the order of the gate; then the session, then the invoice.

    `rows` of the gate, where the page has them, keep a course from being called complete while one still blocks.
    """
    return _under_way(at) or _lesion(at) or _talk_and_consent(at) or _costs(at) or _blocked(rows) or _session(at)


def _under_way(at: Standing) -> NextStep | None:
    """What took place comes first: it is recorded and billed before anything new begins."""
    if at.started_id:
        text = kt("Die Sitzung läuft. Bitte halten Sie fest, was gemacht wurde.")
        return _to(text, kt("Sitzung öffnen"), "treatments_show", treatment_id=at.started_id)
    if at.draft_id:
        text = kt("Der Rechnungsentwurf liegt bereit.")
        return _to(text, kt("Rechnung ansehen"), "invoices_show", invoice_id=at.draft_id)
    if at.unbilled > 1:
        text = kt("{count} Sitzungen sind dokumentiert und noch nicht abgerechnet.", count=at.unbilled)
        return _to(text, kt("Sitzungen abrechnen"), "invoices_of_course", course_id=at.course_id)
    if at.unbilled_id:
        text = kt("Die Sitzung ist dokumentiert und noch nicht abgerechnet.")
        return _to(text, kt("Sitzung abrechnen"), "treatments_show", treatment_id=at.unbilled_id)
    return None


def _lesion(at: Standing) -> NextStep | None:
    if not at.lesions:
        text = kt("Es ist noch keine Stelle eingetragen.")
        return _to(text, kt("Stelle eintragen"), "lesions_new", course_id=at.course_id)
    if at.unchecked_id:
        text = kt("Eine Ärztin oder ein Arzt bestätigt zuerst, dass die Stelle gutartig ist.")
        return _to(text, kt("Stelle beurteilen"), "lesions_assess", lesion_id=at.unchecked_id)
    return None


def _talk_and_consent(at: Standing) -> NextStep | None:
    if not at.talks:
        text = kt("Das Aufklärungsgespräch fehlt noch (§ 630e BGB).")
        return _to(text, kt("Gespräch eintragen"), "explanations_new", course_id=at.course_id)
    if at.signed_id:
        return None
    if at.prepared_id:
        text = kt("Die Einwilligung ist ausgestellt. Sobald sie unterschrieben ist, gehört der Scan in die Akte.")
        return _to(text, kt("Scan zuordnen"), "consents_sign", consent_id=at.prepared_id)
    text = kt("Die Einwilligung fehlt. Ohne sie beginnt keine Sitzung (§ 630d BGB).")
    return _to(text, kt("Einwilligung vorbereiten"), "consents_new", course_id=at.course_id)


def _costs(at: Standing) -> NextStep | None:
    if at.notice_id is None:
        text = kt("Die Kosteninformation fehlt. Sie gehört vor die Behandlung (§ 630c Abs. 3 BGB).")
        return _to(text, kt("Kosteninformation ausstellen"), "cost_notices_new", course_id=at.course_id)
    if at.notice_outdated:
        text = kt("Indikation oder Versicherung haben sich geändert. Die Kosteninformation stimmt nicht mehr.")
        return _to(text, kt("Kosteninformation neu ausstellen"), "cost_notices_new", course_id=at.course_id)
    if at.costs_told:
        return None
    if at.payer is PayerKind.GKV:
        text = kt("Die Selbstzahlervereinbarung braucht die Unterschrift vor der Sitzung (§ 18 Abs. 8 BMV-Ä).")
        return _to(text, kt("Scan zuordnen"), "cost_notices_sign", notice_id=at.notice_id)
    text = kt("Die Kosteninformation ist ausgestellt. Bitte händigen Sie sie aus.")
    return _to(text, kt("Übergabe eintragen"), "cost_notices_hand", notice_id=at.notice_id)


def _blocked(rows: Sequence[Row]) -> NextStep | None:
    found = next((row for row in rows if row.state == "blocked" and row.url), None)
    return NextStep(found.text, found.link_label, found.url) if found else None


def _session(at: Standing) -> NextStep:
    if at.planned_id:
        text = kt("Die Unterlagen sind vollständig. Die Sitzung ist geplant.")
        return _to(text, kt("Sitzung öffnen"), "treatments_show", treatment_id=at.planned_id)
    if at.ended_on or at.done >= at.sessions_max:
        return NextStep(kt("Alle geplanten Sitzungen sind gemacht und abgerechnet."))
    text = kt("Die Unterlagen sind vollständig. Die nächste Sitzung kann geplant werden.")
    return _to(text, kt("Sitzung planen"), "treatments_new", course_id=at.course_id)


def _to(text: str, label: str, endpoint: str, **where: int) -> NextStep:
    return NextStep(_LAW.sub(lambda found: law(found[0]), text), label, address(endpoint, **where))
