"""The sentences that are read aloud on the telephone, and the words for who is told and how it was checked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..models.rules.telling import ListenerRole, Topic
from .formats import clock, day, money
from .texts import kt, lazy_kt

if TYPE_CHECKING:
    from ..models.rules.telling import Silence
    from .queries.telephone_page import Answer, Case, OpenInvoice, Telling

ROLES: Final[Mapping[str, str]] = {
    ListenerRole.PATIENT: lazy_kt("Patientin oder Patient"),
    ListenerRole.GUARDIAN: lazy_kt("sorgeberechtigt"),
    ListenerRole.CARER: lazy_kt("rechtliche Betreuung"),
    ListenerRole.CONTACT: lazy_kt("benannter Kontakt"),
    ListenerRole.POLICYHOLDER: lazy_kt("Versicherungsnehmerin oder Versicherungsnehmer"),
    ListenerRole.NOBODY: lazy_kt("niemand"),
}
IDENTITIES: Final[Mapping[str, str]] = {
    "birth_date": lazy_kt("Geburtsdatum und eine weitere Angabe genannt"),
    "number": lazy_kt("Geburtsdatum und Vorgangsnummer genannt"),
    "callback": lazy_kt("Rückruf unter der eingetragenen Nummer"),
    "known": lazy_kt("an der Stimme bekannt"),
}
WHAT: Final[Mapping[str, str]] = {
    "told": lazy_kt("am Telefon gesagt"),
    "printed": lazy_kt("gedruckt"),
    "sent": lazy_kt("an den Kostenträger geschickt"),
    "exported": lazy_kt("herausgegeben"),
}
_SILENT: Final[Mapping[str, str]] = {
    "minor": lazy_kt("minderjährig, Auskunft erhalten die Sorgeberechtigten"),
    "proof_missing": lazy_kt("der Nachweis der Betreuung wurde noch nicht gesehen"),
    "ran_out": lazy_kt("die Erlaubnis galt bis {on}"),
    "revoked": lazy_kt("die Erlaubnis wurde am {on} zurückgenommen"),
    "not_contact": lazy_kt("hat den Vertrag, ist aber nicht als Kontakt benannt"),
}
_WAITING: Final[Mapping[str, str]] = {
    "not_required": lazy_kt("Bei {insurer} muss für die Behandlung nichts angefragt werden."),
    "draft": lazy_kt("Die Anfrage an {insurer} ist noch nicht geschrieben."),
    "estimate_issued": lazy_kt(
        "Der Kostenvoranschlag für {insurer} ist fertig, die Anfrage ist noch nicht abgeschickt."
    ),
    "with_patient": lazy_kt("Die Anfrage an {insurer} liegt bei Ihnen, bitte reichen Sie sie dort ein."),
    "ready": lazy_kt("Die Anfrage an {insurer} liegt bei uns zum Absenden bereit."),
    "submitted": lazy_kt("{insurer} hat noch nicht geantwortet."),
    "acknowledged": lazy_kt("{insurer} hat den Eingang bestätigt und noch nicht geantwortet."),
    "documents_requested": lazy_kt("{insurer} hat Unterlagen nachgefordert, entschieden ist noch nichts."),
    "overdue": lazy_kt("{insurer} hat noch nicht geantwortet, eine Antwort ist überfällig."),
    "presumed": lazy_kt("Von {insurer} ging bei uns keine Auskunft ein, das ist keine Kostenzusage."),
    "objection": lazy_kt("Der Antwort von {insurer} wurde widersprochen, entschieden ist noch nichts."),
    "answered": lazy_kt("{insurer} hat geantwortet, die Antwort wird hier noch gelesen."),
    "closed": lazy_kt("Die Kostenklärung mit {insurer} ist abgeschlossen."),
}
_UNTIL: Final[Mapping[str, str]] = {
    "submitted": lazy_kt("{insurer} hat noch nicht geantwortet; wir rechnen bis zum {due} mit einer Antwort."),
    "acknowledged": lazy_kt(
        "{insurer} hat den Eingang bestätigt und noch nicht geantwortet; wir rechnen bis zum {due} mit einer Antwort."
    ),
    "overdue": lazy_kt("{insurer} hat bis zum {due} nicht geantwortet."),
    "presumed": lazy_kt("Von {insurer} ging bis zum {due} keine Auskunft bei uns ein, das ist keine Kostenzusage."),
}
_DECIDED: Final[Mapping[str, str]] = {
    "full": lazy_kt("die angefragten Kosten werden voraussichtlich übernommen"),
    "part": lazy_kt("ein Teil der Kosten wird voraussichtlich übernommen"),
    "refused": lazy_kt("die Kosten werden voraussichtlich nicht übernommen"),
    "no_commitment": lazy_kt("vor der Rechnung gibt es keine Zusage, was erstattet wird, ist offen"),
    "adviser_report": lazy_kt("vor einer Entscheidung wird ein ärztliches Gutachten verlangt"),
}
_TELLS_ANSWER: Final = ("answered", "closed")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence to read aloud; noun and record_id say what it is about, policy_id whose contract."""

    key: str
    topic: Topic
    noun: str
    record_id: int
    text: str
    policy_id: int | None = None


def spoken(telling: Telling) -> tuple[Spoken, ...]:
    """Every sentence, cases first."""
    found = [Spoken(f"case-{each.id}", Topic.COSTS, "clarification", each.id, of_case(each), each.policy_id)
             for each in telling.cases]  # fmt: skip
    found += [Spoken(f"invoice-{each.id}", Topic.COSTS, "invoice", each.id, _of_invoice(each))
              for each in telling.invoices]  # fmt: skip
    if telling.next_session:
        treatment_id, on, time = telling.next_session
        found.append(Spoken(f"session-{treatment_id}", Topic.APPOINTMENTS, "treatment", treatment_id, _next(on, time)))
    return tuple(found)


def fingerprint(sentences: Iterable[Spoken]) -> str:
    """Of what stood on the page: what is logged is what was read."""
    return hashlib.sha256("\n".join(f"{each.key} {each.text}" for each in sentences).encode()).hexdigest()[:32]


def of_case(case: Case) -> str:
    """One sentence on one case, with the oral promise behind it where nothing written came since."""
    text = _answered(case, case.answer) if case.answer and case.state in _TELLS_ANSWER else _waiting(case)
    if case.promise and case.promise.decision in _DECIDED:
        text += " " + kt(
            "Am Telefon hieß es am {on}: {decision} (mündlich, unverbindlich).",
            on=day(case.promise.dated_on),
            decision=_decision(case.promise),
        )
    return text


def silence(who: Silence) -> str:
    """Why somebody is told nothing."""
    return kt(_SILENT[who.why], on=day(who.on)) if who.on else kt(_SILENT[who.why])


def _insurer(case: Case) -> str:
    if case.insurer:
        return case.insurer
    return kt("die Beihilfestelle") if case.payer_role == "beihilfe" else kt("die Versicherung")


def _waiting(case: Case) -> str:
    if case.due_on and case.state in _UNTIL:
        text = kt(_UNTIL[case.state], insurer=_insurer(case), due=day(case.due_on))
    else:
        text = kt(_WAITING[case.state], insurer=_insurer(case))
    return text[:1].upper() + text[1:]


def _answered(case: Case, answer: Answer) -> str:
    said = _decision(answer)
    if answer.objection_until and answer.decision in ("part", "refused"):
        said += kt("; widersprechen kann man bis zum {until}", until=day(answer.objection_until))
    text = kt("{insurer} hat am {on} geantwortet: {said}.", insurer=_insurer(case), on=day(answer.dated_on), said=said)
    return text[:1].upper() + text[1:]


def _decision(answer: Answer) -> str:
    parts = [kt(_DECIDED.get(answer.decision, lazy_kt("die Antwort liegt vor")))]
    if answer.decision in ("full", "part"):
        if answer.amount is not None:
            parts.append(money(answer.amount))
        if answer.valid_until:
            parts.append(kt("gültig bis {until}", until=day(answer.valid_until)))
        if answer.conditions:
            parts.append(kt("unter Bedingungen"))
    return ", ".join(parts)


_LETTERS: Final = {
    False: lazy_kt(
        "Die Rechnung {number} vom {issued} ist noch offen, es fehlen {unpaid}. Erinnert ist, zahlbar bis {due}."
    ),
    True: lazy_kt(
        "Die Rechnung {number} vom {issued} ist noch offen, es fehlen {unpaid}. Gemahnt ist, zahlbar bis {due}."
    ),
}


def _of_invoice(invoice: OpenInvoice) -> str:
    unpaid = money(invoice.gross_total - invoice.paid_total)
    facts = {"number": invoice.number, "issued": day(invoice.issued_on), "unpaid": unpaid, "due": day(invoice.due_on)}
    if invoice.level is not None and invoice.pay_until is not None:
        return kt(_LETTERS[invoice.level > 0], **(facts | {"due": day(invoice.pay_until)}))
    if invoice.due_on is None:
        return kt("Die Rechnung {number} vom {issued} ist noch offen, es fehlen {unpaid}.", **facts)
    return kt("Die Rechnung {number} vom {issued} ist noch offen, es fehlen {unpaid}, Zahlungsziel {due}.", **facts)


def _next(on: dt.date, time: str) -> str:
    if not time:
        return kt("Der nächste Termin ist am {on}.", on=day(on))
    return kt("Der nächste Termin ist am {on} um {time}.", on=day(on), time=clock(dt.time.fromisoformat(time)))
