"""Words for the values of a clarification: states, steps, decisions, channels, and why the clock runs or does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..models.rules.clarification_clock import ClockReason
from .texts import lazy_kt

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "not_required": ("done", lazy_kt("keine Anfrage gewünscht")),
    "draft": ("open", lazy_kt("Kostenvoranschlag fehlt")),
    "estimate_issued": ("open", lazy_kt("Anfrage vorbereiten")),
    "with_patient": ("waiting", lazy_kt("bei der Patientin oder dem Patienten")),
    "ready": ("open", lazy_kt("bereit zum Absenden")),
    "submitted": ("waiting", lazy_kt("abgeschickt")),
    "acknowledged": ("waiting", lazy_kt("eingegangen, Antwort steht aus")),
    "documents_requested": ("open", lazy_kt("Unterlagen verlangt")),
    "overdue": ("overdue", lazy_kt("Antwort überfällig")),
    "presumed": ("overdue", lazy_kt("keine Antwort, Vermutung vermerkt")),
    "answered": ("open", lazy_kt("Antwort liegt vor")),
    "objection": ("open", lazy_kt("Widerspruch")),
    "closed": ("done", lazy_kt("abgeschlossen")),
    "expired": ("done", lazy_kt("abgelaufen")),
    "cancelled": ("done", lazy_kt("abgebrochen")),
}
"""State -> (look, word)."""
SAID: Final[Mapping[str, str]] = {
    "not_required": lazy_kt("keine Anfrage gewünscht"),
    "draft": lazy_kt("noch keine Anfrage, der Kostenvoranschlag fehlt"),
    "estimate_issued": lazy_kt("noch keine Anfrage abgeschickt"),
    "with_patient": lazy_kt("die Unterlagen sind bei der Patientin oder dem Patienten"),
    "ready": lazy_kt("die Anfrage liegt zum Absenden bereit"),
    "submitted": lazy_kt("angefragt, noch keine Antwort"),
    "acknowledged": lazy_kt("Eingang bestätigt, noch keine Antwort"),
    "documents_requested": lazy_kt("es werden Unterlagen verlangt"),
    "overdue": lazy_kt("die Antwort ist überfällig"),
    "presumed": lazy_kt("keine Antwort; das ist keine Kostenzusage"),
    "objection": lazy_kt("es läuft ein Widerspruch"),
    "closed": lazy_kt("abgeschlossen"),
    "expired": lazy_kt("abgelaufen, ohne Anfrage"),
    "cancelled": lazy_kt("abgebrochen"),
}
"""State -> what is said behind "Stand:", without an answer."""
DECISIONS: Final[Mapping[str, str]] = {
    "full": lazy_kt("ganz"),
    "part": lazy_kt("zum Teil"),
    "refused": lazy_kt("abgelehnt"),
    "no_commitment": lazy_kt("keine Zusage vor der Rechnung"),
    "adviser_report": lazy_kt("Gutachten verlangt"),
}
DECIDED: Final[Mapping[str, str]] = {
    "full": lazy_kt("Zusage in voller Höhe"),
    "part": lazy_kt("Zusage zum Teil"),
    "refused": lazy_kt("abgelehnt"),
    "no_commitment": lazy_kt("keine Zusage vor der Rechnung, also offen"),
    "adviser_report": lazy_kt("ein Gutachten wird verlangt, also offen"),
}
VERDICTS: Final[Mapping[str, str]] = {
    "accepted": lazy_kt("anerkannt"),
    "refused": lazy_kt("nicht anerkannt"),
    "open": lazy_kt("offen"),
}
FORMS: Final[Mapping[str, str]] = {
    "letter": lazy_kt("Brief"),
    "portal": lazy_kt("Portal"),
    "email": lazy_kt("E-Mail"),
    "telephone": lazy_kt("Telefon (unverbindlich)"),
}
CHANNELS: Final[Mapping[str, str]] = {
    "post": lazy_kt("Brief"),
    "registered": lazy_kt("Einschreiben"),
    "fax": lazy_kt("Fax"),
    "portal": lazy_kt("Portal"),
    "email": lazy_kt("E-Mail"),
    "patient": lazy_kt("von der Patientin oder dem Patienten selbst"),
}
ROUTES: Final[Mapping[str, str]] = {
    "patient": lazy_kt("Patientin oder Patient reicht selbst ein"),
    "practice": lazy_kt("die Praxis schickt ab"),
}
ASKED_BY: Final[Mapping[str, str]] = {
    "policyholder": lazy_kt("Versicherungsnehmerin oder Versicherungsnehmer selbst"),
    "attorney": lazy_kt("die Praxis mit Vollmacht"),
    "practice": lazy_kt("die Praxis ohne Vollmacht"),
}
TOLD: Final[Mapping[str, str]] = {
    "person": lazy_kt("persönlich"),
    "telephone": lazy_kt("am Telefon"),
    "paper": lazy_kt("per Brief"),
    "email": lazy_kt("per E-Mail"),
}
REASONS: Final[Mapping[str, str]] = {
    "not_medically_necessary": lazy_kt("nicht medizinisch notwendig"),
    "tariff_exclusion": lazy_kt("im Tarif ausgeschlossen"),
    "factor_above_threshold": lazy_kt("Faktor über dem Schwellenwert"),
    "analog_not_accepted": lazy_kt("Analogziffer nicht anerkannt"),
    "documents_missing": lazy_kt("Unterlagen fehlen"),
    "partial_sessions": lazy_kt("nur ein Teil der Sitzungen"),
    "other": lazy_kt("anderer Grund"),
}
CLOCK: Final[Mapping[str, str]] = {
    ClockReason.RUNS: lazy_kt(
        "Gesetzliche Frist (§ 192 Abs. 8 VVG): Die Kosten liegen über 2.000,00 €, gefragt wird im Namen der "
        "Versicherungsnehmerin oder des Versicherungsnehmers. Sie entfällt, wenn die Behandlung als kosmetisch "
        "eingestuft wird."
    ),
    ClockReason.PAYER_BEIHILFE: lazy_kt(
        "Keine gesetzliche Frist: § 192 Abs. 8 VVG gilt nur für private Krankenversicherer. Wir erinnern nach 28 Tagen."
    ),
    ClockReason.PAYER_GKV: lazy_kt(
        "Die Frist des § 192 Abs. 8 VVG gilt hier nicht. Für Krankenkassen gilt eine eigene Frist von drei oder fünf "
        "Wochen (§ 13 Abs. 3a SGB V); bitte prüfen Sie im Einzelfall, ob sie greift. Wir erinnern nach 28 Tagen."
    ),
    ClockReason.NO_ESTIMATE: lazy_kt("Ob eine gesetzliche Frist läuft, zeigt sich mit dem Kostenvoranschlag."),
    ClockReason.NOT_OVER_2000: lazy_kt(
        "Keine gesetzliche Frist: Die Kosten liegen nicht über 2.000,00 € (§ 192 Abs. 8 VVG). Wir erinnern nach 28 "
        "Tagen."
    ),
    ClockReason.COSMETIC: lazy_kt(
        "Keine gesetzliche Frist: Die Behandlung ist kosmetisch (§ 192 Abs. 8 VVG). Wir erinnern nach 28 Tagen."
    ),
    ClockReason.NOT_BY_HOLDER: lazy_kt(
        "Keine gesetzliche Frist: Die Auskunft kann nur die Versicherungsnehmerin oder der Versicherungsnehmer "
        "verlangen, die Praxis nur mit Vollmacht (§ 192 Abs. 8 VVG). Wir erinnern nach 28 Tagen."
    ),
    ClockReason.NO_POWER: lazy_kt(
        "Keine gesetzliche Frist: Es liegt keine gültige Vollmacht vor (§ 192 Abs. 8 VVG). Wir erinnern nach 28 Tagen."
    ),
    ClockReason.AFTER_ANSWER: lazy_kt(
        "Keine neue gesetzliche Frist: Der Versicherer hat schon einmal geantwortet. Wir erinnern nach 28 Tagen."
    ),
}
CAUTIONS: Final[Mapping[str, str]] = {
    "section_2_fee": lazy_kt("{payer}: Honorare nach § 2 GOÄ erkennt die Beihilfe oft nur bis zum Schwellenwert an."),
    "conditions": lazy_kt("{payer}: Die Zusage steht unter Bedingungen."),
    "ran_out": lazy_kt("{payer}: Die Zusage ist abgelaufen. Bitte nachfragen."),
}
STEPS: Final[Mapping[str, str]] = {
    "open": lazy_kt("Doch anfragen"),
    "issue_estimate": lazy_kt("Kostenvoranschlag zuordnen"),
    "give_to_patient": lazy_kt("Unterlagen mitgeben"),
    "make_ready": lazy_kt("Zum Absenden bereitlegen"),
    "submit": lazy_kt("Absenden eintragen"),
    "acknowledge": lazy_kt("Eingang eintragen"),
    "ask_documents": lazy_kt("Unterlagen werden verlangt"),
    "resubmit": lazy_kt("Nachreichen eintragen"),
    "presume": lazy_kt("Vermutung vermerken"),
    "answer": lazy_kt("Antwort erfassen"),
    "object": lazy_kt("Widerspruch eintragen"),
    "close": lazy_kt("Abschließen"),
    "expire": lazy_kt("Als abgelaufen ablegen"),
    "cancel": lazy_kt("Abbrechen"),
    "reopen": lazy_kt("Neu beginnen"),
}
"""Step -> the words of its button; falling overdue is nobody's button."""
MOVED: Final[Mapping[str, tuple[str, str, str]]] = {
    "open": (lazy_kt("Anfrage gewünscht"), "envelope-paper", ""),
    "issue_estimate": (lazy_kt("Kostenvoranschlag zugeordnet"), "file-earmark-text", ""),
    "give_to_patient": (lazy_kt("Unterlagen mitgegeben"), "people", "waiting"),
    "make_ready": (lazy_kt("Zum Absenden bereitgelegt"), "inbox", ""),
    "submit": (lazy_kt("Runde 1 abgeschickt"), "envelope", "waiting"),
    "acknowledge": (lazy_kt("Eingang belegt"), "inbox", "waiting"),
    "ask_documents": (lazy_kt("Unterlagen verlangt"), "question-circle", "open"),
    "resubmit": (lazy_kt("Nächste Runde abgeschickt"), "envelope", "waiting"),
    "fall_overdue": (lazy_kt("Antwort überfällig"), "exclamation-triangle-fill", "overdue"),
    "presume": (lazy_kt("Vermutung vermerkt, keine Kostenzusage"), "clock-history", "overdue"),
    "answer": (lazy_kt("Antwort eingegangen"), "inbox", "open"),
    "object": (lazy_kt("Widerspruch eingetragen"), "pencil", "open"),
    "close": (lazy_kt("Abgeschlossen"), "check-circle-fill", "done"),
    "expire": (lazy_kt("Abgelaufen"), "clock-history", ""),
    "cancel": (lazy_kt("Abgebrochen"), "x-lg", ""),
    "reopen": (lazy_kt("Neu begonnen"), "arrow-counterclockwise", ""),
}
"""Step -> (what happened, icon, look)."""
