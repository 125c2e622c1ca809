"""The rows of today's page in words: what it is, how it stands, and the one button that brings it further."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ...models.rules.dunning import DunningLevel
from ..access import Permission, may
from ..formats import day, money, person_name
from ..queries import home as query
from ..queries.clarifications import CaseRow
from ..queries.home_money import DueInvoice, Unbilled
from ..queries.side_effects import DueEffect
from ..side_effect_texts import kinds_said
from ..texts import kt, kt_count, lazy_kt
from .dunning_words import letter_url


@dataclass(frozen=True, slots=True)
class Row:
    """As the macro work_row wants it."""

    url: str
    name: str
    born_on: dt.date
    text: str
    detail: str
    state: str
    state_text: str
    action_url: str
    action: str


_TOLD = {False: lazy_kt("{detail} · erinnert am {on}"), True: lazy_kt("{detail} · gemahnt am {on}")}
_WRITE = {
    DunningLevel.REMINDER: lazy_kt("Erinnerung schreiben"),
    DunningLevel.FIRST: lazy_kt("Mahnung schreiben"),
    DunningLevel.SECOND: lazy_kt("Zweite Mahnung"),
}


def late_invoice(invoice: DueInvoice, today: dt.date) -> Row:
    """An unpaid invoice."""
    detail = kt(
        "{number} · {amount} · fällig war {due}",
        number=invoice.number,
        amount=money(invoice.unpaid),
        due=day(invoice.due_on),
    )
    since = ("overdue", _since(invoice.due_on, today))
    if invoice.reminded_on:
        detail = kt(_TOLD[bool(invoice.last_level)], detail=detail, on=day(invoice.reminded_on))
    level = invoice.next_level
    action = (_to("invoices_show", invoice_id=invoice.id), kt("Rechnung öffnen"))
    if level is not None and may(Permission.RECORD_PAYMENTS):
        action = (letter_url(invoice.id, level), kt(_WRITE[level]))
    return _row(invoice.who, kt("Rechnung ist nicht bezahlt"), detail, since, action)


def left_open(item: query.Session, today: dt.date) -> Row:
    """A session of an earlier day that nobody has documented or called off."""
    text = kt("{procedure} vom {on} ist noch offen", procedure=item.procedure, on=day(item.planned_on))
    detail = kt("Bitte dokumentieren oder absagen")
    action = (_to("treatments_show", treatment_id=item.id), kt("Sitzung öffnen"))
    return _row(item.who, text, detail, ("overdue", _since(item.planned_on, today)), action)


def session(item: query.Session, today: dt.date) -> Row:
    """A session of today or of the coming days, with the first thing that is missing."""
    when = item.planned_time if item.planned_on == today else f"{day(item.planned_on)} {item.planned_time}".strip()
    text = kt(
        "{when} {procedure}, Sitzung {n} von {all}",
        when=when,
        procedure=item.procedure,
        n=item.session_no,
        all=item.sessions_max,
    ).strip()
    detail, url, label = _missing(item)
    if not detail:
        begun = item.state == "started"
        detail = kt("Die Sitzung läuft") if begun else kt("Die Unterlagen sind vollständig")
        action = (_to("treatments_show", treatment_id=item.id), kt("Sitzung öffnen"))
        return _row(item.who, text, detail, ("open", kt("Begonnen") if begun else kt("Bereit")), action)
    state = ("blocked", kt("Blockiert")) if item.planned_on == today else ("open", kt("Offen"))
    return _row(item.who, text, detail, state, (url, label))


def unbilled(item: Unbilled) -> Row:
    """A documented session without an invoice."""
    text = kt("{procedure} vom {on}", procedure=item.procedure, on=day(item.planned_on))
    if item.draft_id:
        action = (_to("invoices_show", invoice_id=item.draft_id), kt("Rechnung öffnen"))
        return _row(item.who, text, kt("Der Rechnungsentwurf liegt bereit"), ("open", kt("Offen")), action)
    action = (_to("invoices_draft", treatment_id=item.id), kt("Rechnung vorbereiten"))
    return _row(item.who, text, kt("Dokumentiert, noch ohne Rechnung"), ("open", kt("Offen")), action)


def clarification(item: CaseRow, today: dt.date) -> Row:
    """An answer that is late, or a query of which it is not known whether the patient has sent it."""
    payer = item.payer or kt("Kostenträger")
    target = (_to("clarifications_show", clarification_id=item.id), kt("Kostenklärung öffnen"))
    who = query.Who(item.patient_id, item.last_name, item.first_name, item.patient_title, item.birth_date)
    if item.state == "overdue":
        text = kt("Antwort von {payer} ist überfällig", payer=payer)
        detail = kt("{number} · fällig war {due}", number=item.number, due=day(item.due_on))
        since = _since(item.due_on, today) if item.due_on else kt("überfällig")
        return _row(who, text, detail, ("overdue", since), target)
    since = _since(item.remind_on, today) if item.remind_on else ""
    if item.state == "documents_requested":
        text = kt("{payer} verlangt Unterlagen", payer=payer)
    else:
        text = kt("Bei {payer} eingereicht? Bitte nachfragen", payer=payer)
    return _row(who, text, item.number, ("open", since), target)


def unsigned(item: query.Unsigned, today: dt.date) -> Row:
    """A paper that is with the patient."""
    consent = item.kind == "consent"
    text = (
        kt("Einwilligung ist nicht unterschrieben zurück")
        if consent
        else kt("Selbstzahlervereinbarung ist nicht unterschrieben zurück")
    )
    detail = kt("{number} · ausgestellt {on}", number=item.number, on=day(item.issued_on))
    url = _to("consents_sign", consent_id=item.id) if consent else _to("cost_notices_sign", notice_id=item.id)
    return _row(item.who, text, detail, ("waiting", _since(item.issued_on, today)), (url, kt("Scan zuordnen")))


def side_effect(item: DueEffect, today: dt.date) -> Row:
    """A side effect that no physician has seen yet, or whose follow-up is due."""
    seen = item.state == "seen"
    text = kt("Nachkontrolle: {what}", what=kinds_said(item.kinds)) if seen else kinds_said(item.kinds)
    told = kt("Nebenwirkung, gemeldet {at}", at=day(item.reported_at))
    late = item.follow_up_on is not None and item.follow_up_on < today
    state = ("overdue", _since(item.follow_up_on, today)) if late and item.follow_up_on else ("open", kt("Offen"))
    who = query.Who(item.patient_id, item.last_name, item.first_name, item.title, item.birth_date)
    label = kt("Nachkontrolle öffnen") if seen else kt("Nebenwirkung öffnen")
    return _row(who, text, told, state, (_to("side_effects_show", effect_id=item.id), label))


def _missing(item: query.Session) -> tuple[str, str, str]:
    """(what is missing, address, button) of the first gap in the order of the gate; ("", "", "") where none is."""
    if item.state == "started":
        return "", "", ""
    course = {"course_id": item.course_id}
    if not item.lesions or item.unchecked:
        told = kt("Gutartigkeit noch nicht ärztlich bestätigt") if item.lesions else kt("Noch keine Stelle eingetragen")
        return told, _to("courses_show", **course), kt("Serie öffnen")
    if not item.talk:
        return kt("Aufklärungsgespräch fehlt"), _to("explanations_new", **course), kt("Gespräch eintragen")
    if not item.consent:
        return _missing_consent(item)
    return _missing_costs(item)


def _missing_consent(item: query.Session) -> tuple[str, str, str]:
    if item.prepared_consent_id:
        url = _to("consents_sign", consent_id=item.prepared_consent_id)
        return kt("Einwilligung ist nicht unterschrieben zurück"), url, kt("Scan zuordnen")
    return kt("Einwilligung fehlt"), _to("consents_new", course_id=item.course_id), kt("Einwilligung vorbereiten")


def _missing_costs(item: query.Session) -> tuple[str, str, str]:
    if item.agreed or (item.told and not item.statutory):
        return "", "", ""
    if not item.open_notice_id:
        url = _to("cost_notices_new", course_id=item.course_id)
        return kt("Kosteninformation fehlt"), url, kt("Kosteninformation ausstellen")
    if item.statutory:
        url = _to("cost_notices_sign", notice_id=item.open_notice_id)
        return kt("Selbstzahlervereinbarung ist nicht unterschrieben zurück"), url, kt("Scan zuordnen")
    url = _to("cost_notices_hand", notice_id=item.open_notice_id)
    return kt("Kosteninformation noch nicht ausgehändigt"), url, kt("Übergabe eintragen")


def _since(start: dt.date, today: dt.date) -> str:
    days = (today - start).days
    return kt("seit heute") if days <= 0 else kt_count("seit {count} Tag", "seit {count} Tagen", days)


def _row(who: query.Who, text: str, detail: str, state: tuple[str, str], action: tuple[str, str]) -> Row:
    name = person_name(who.last_name, who.first_name, who.title)
    return Row(_to("patients_show", patient_id=who.patient_id), name, who.birth_date, text, detail, *state, *action)


def _to(endpoint: str, **where: Any) -> str:
    return url_for(f"kostenklar.{endpoint}", **where)
