"""Words and sentences about releases, powers of attorney, insurers and authorised contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

GRANT_KINDS: Final[Mapping[str, str]] = {
    "release": lazy_kt("Schweigepflichtentbindung"),
    "power_of_attorney": lazy_kt("Vollmacht"),
}
GRANT_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "prepared": ("open", lazy_kt("vorbereitet")),
    "signed": ("done", lazy_kt("unterschrieben")),
    "expired": ("overdue", lazy_kt("abgelaufen")),
    "revoked": ("blocked", lazy_kt("widerrufen")),
    "void": ("waiting", lazy_kt("verworfen")),
}
GRANT_DOCUMENTS: Final[Mapping[str, str]] = {
    "estimate": lazy_kt("Kostenvoranschlag und Kostenanfrage"),
    "diagnosis": lazy_kt("Diagnose"),
    "findings": lazy_kt("Befund und ärztliche Einschätzung"),
    "treatment_plan": lazy_kt("Behandlungsplan (Verfahren, Stellen, Sitzungen)"),
    "history": lazy_kt("frühere Behandlungen derselben Stellen"),
    "photos": lazy_kt("Fotos"),
}
INSURER_KINDS: Final[Mapping[str, str]] = {
    "pkv": lazy_kt("Privater Krankenversicherer"),
    "beihilfe": lazy_kt("Beihilfestelle"),
    "gkv": lazy_kt("Gesetzliche Krankenkasse"),
}
CONTACT_SCOPES: Final[Mapping[str, str]] = {
    "appointments": lazy_kt("nur Termine"),
    "costs": lazy_kt("Termine und Kosten"),
    "everything": lazy_kt("alles, auch Medizinisches"),
}

GRANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "grant_insurer_missing": (lazy_kt("Zu diesem Fall ist kein Versicherer eingetragen. Das Blatt muss ihn nennen."),),
    "grant_case_closed": (lazy_kt("Dieser Fall ist abgeschlossen. Dafür braucht es kein neues Blatt."),),
    "grant_waits": (
        lazy_kt("Das Blatt {number} wartet schon auf die Unterschrift. Bitte ordnen Sie es zu oder verwerfen Sie es."),
    ),
    "grant_ends_before_start": (lazy_kt("Dieser Tag ist vorbei. Bitte nennen Sie einen, bis zu dem es gelten soll."),),
    "grant_without_purpose": (lazy_kt("Der Zweck fehlt. Ohne ihn gilt das Blatt nicht."),),
    "release_without_documents": (
        lazy_kt("Bitte haken Sie an, was gezeigt werden darf. Eine Entbindung für alles gibt es nicht."),
    ),
    "grant_for_other_insurer": (
        lazy_kt("{number} nennt einen anderen Versicherer als der Fall. Bitte stellen Sie ein neues Blatt aus."),
    ),
    "grant_signed_too_late": (lazy_kt("Das Blatt galt nur bis {until:day}. Bitte stellen Sie ein neues aus."),),
    "revoked_in_future": (lazy_kt("Der Zeitpunkt liegt in der Zukunft. Bitte prüfen Sie ihn."),),
    "revoked_before_signed": (
        lazy_kt("Unterschrieben wurde am {signed_on:day}. Der Widerruf kann nicht davor liegen."),
    ),
    "release_missing": (
        lazy_kt("Es gibt keine Schweigepflichtentbindung. Ohne sie schreibt die Praxis dem Versicherer nicht."),
    ),
    "release_unsigned": (
        lazy_kt(
            "Die Schweigepflichtentbindung ist noch nicht unterschrieben. So lange geht nichts an den Versicherer."
        ),
    ),
    "release_other_insurer": (
        lazy_kt("Die Schweigepflichtentbindung nennt einen anderen Versicherer. Es braucht eine neue."),
    ),
    "release_expired": (lazy_kt("Die Schweigepflichtentbindung galt bis {until:day}. Es braucht eine neue."),),
    "release_revoked": (
        lazy_kt("Die Schweigepflichtentbindung wurde am {on:day} widerrufen. Es geht nichts an den Versicherer."),
        lazy_kt("Die Schweigepflichtentbindung wurde widerrufen. Es geht nichts an den Versicherer."),
    ),
    "release_signed_later": (
        lazy_kt("Die Schweigepflichtentbindung ist erst vom {signed_on:day}. An dem Tag davor galt sie nicht."),
    ),
    "release_lacks_estimate": (
        lazy_kt("Die Schweigepflichtentbindung nennt Kostenvoranschlag und Kostenanfrage nicht. Es braucht eine neue."),
    ),
    "release_lacks_diagnosis": (
        lazy_kt(
            "Die Diagnose steht auf den Unterlagen, die Schweigepflichtentbindung nennt sie aber nicht. Es braucht "
            "eine neue, oder die Patientin oder der Patient reicht selbst ein."
        ),
    ),
    "release_lacks_findings": (
        lazy_kt(
            "Die ärztliche Begründung steht auf dem Brief, die Schweigepflichtentbindung nennt sie aber nicht. "
            "Schreiben Sie den Brief neu, oder lassen Sie eine neue Entbindung unterschreiben."
        ),
    ),
    "power_of_attorney_missing": (
        lazy_kt("Es gibt keine Vollmacht. Ein Brief der Praxis setzt dann keine gesetzliche Frist in Gang."),
    ),
    "power_of_attorney_unsigned": (
        lazy_kt("Die Vollmacht ist noch nicht unterschrieben. Ohne sie läuft keine gesetzliche Frist."),
    ),
    "power_of_attorney_other_insurer": (
        lazy_kt("Die Vollmacht nennt einen anderen Versicherer. Ohne eine neue läuft keine gesetzliche Frist."),
    ),
    "power_of_attorney_expired": (
        lazy_kt("Die Vollmacht galt bis {until:day}. Ohne eine neue läuft keine gesetzliche Frist."),
    ),
    "power_of_attorney_revoked": (
        lazy_kt("Die Vollmacht wurde am {on:day} widerrufen. Ohne eine neue läuft keine gesetzliche Frist."),
        lazy_kt("Die Vollmacht wurde widerrufen. Ohne eine neue läuft keine gesetzliche Frist."),
    ),
    "power_of_attorney_signed_later": (
        lazy_kt("Die Vollmacht ist erst vom {signed_on:day}. An dem Tag davor galt sie nicht."),
    ),
    "insurer_double": (lazy_kt("„{name}“ gibt es in dieser Art schon. Bitte ändern Sie den vorhandenen Eintrag."),),
    "contact_ends_before_start": (lazy_kt("Dieser Tag ist vorbei. Bitte nennen Sie einen späteren oder keinen."),),
    "contact_allowed_in_future": (lazy_kt("Der Tag liegt in der Zukunft. Bitte prüfen Sie ihn."),),
    "contact_ended_before_start": (
        lazy_kt("Erlaubt wurde es am {on:day}. Das Ende kann nicht davor liegen. Bitte prüfen Sie es."),
    ),
    "contact_ended": (lazy_kt("Diese Erlaubnis ist schon beendet, seit {on:day}."),),
}
