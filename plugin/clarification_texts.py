"""The sentences for what stands against a step of a clarification: first what is, then what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

CLARIFICATION: Final[Mapping[str, tuple[str, ...]]] = {
    "nobody_to_ask": (lazy_kt("Bei dieser Versicherung gibt es niemanden, den man vorher fragen könnte."),),
    "case_open_already": (
        lazy_kt("Zu dieser Versicherung ist die Kostenklärung {number} schon offen. Bitte führen Sie diese weiter."),
    ),
    "way_fixed": (lazy_kt("Die Anfrage ist schon unterwegs. Wer fragt, lässt sich jetzt nicht mehr ändern."),),
    "handed_in_by_holder": (
        lazy_kt(
            "Was die Patientin oder der Patient selbst einreicht, fragt die Versicherungsnehmerin oder der "
            "Versicherungsnehmer im eigenen Namen."
        ),
    ),
    "urgent_without_reason": (
        lazy_kt("Zur Dringlichkeit fehlt der Grund. Er steht in der Anfrage und verkürzt die Frist auf zwei Wochen."),
    ),
    "estimate_missing": (lazy_kt("Es gibt noch keinen Kostenvoranschlag. Bitte stellen Sie ihn zuerst aus."),),
    "estimate_ran_out": (
        lazy_kt("Der Kostenvoranschlag {number} galt bis {until:day}. Bitte stellen Sie einen neuen aus."),
    ),
    "estimate_is_nothing": (lazy_kt("Der Kostenvoranschlag {number} enthält keinen Betrag."),),
    "estimate_other_indication": (
        lazy_kt(
            "Der Kostenvoranschlag {number} nennt eine andere Indikation, als jetzt in der Serie steht. "
            "Bitte stellen Sie ihn neu aus, damit sich die Papiere nicht widersprechen."
        ),
    ),
    "estimate_still_holds": (
        lazy_kt("Der Kostenvoranschlag {number} gilt noch bis {until:day}. Bis dahin läuft nichts ab."),
    ),
    "query_missing": (lazy_kt("Die Kostenanfrage ist noch nicht geschrieben. Bitte erstellen Sie sie zuerst."),),
    "query_not_now": (
        lazy_kt("Die Kostenanfrage entsteht, wenn der Kostenvoranschlag vorliegt und noch nichts abgeschickt ist."),
    ),
    "query_insurer_missing": (
        lazy_kt("An der Versicherung steht kein Versicherer. Bitte tragen Sie ihn in den Stammdaten ein."),
    ),
    "query_insurer_address_missing": (lazy_kt("Von {insurer} fehlt die Anschrift. Bitte ergänzen Sie sie."),),
    "sent_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
    "sent_before_letter": (
        lazy_kt("Die Kostenanfrage {number} ist vom {issued_on:day}. Vorher kann sie nicht abgeschickt sein."),
    ),
    "sent_before_last_round": (
        lazy_kt("Zuerst abgeschickt wurde am {sent_on:day}. Die nächste Runde liegt nicht davor."),
    ),
    "received_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
    "received_before_sent": (
        lazy_kt("Abgeschickt wurde am {sent_on:day}. Der Eingang kann nicht davor liegen. Bitte prüfen Sie es."),
    ),
    "answer_dated_later": (
        lazy_kt("Eingegangen ist das Schreiben am {received_on:day}. Sein Datum kann nicht danach liegen."),
    ),
    "answer_ends_before_start": (lazy_kt("„Gültig bis“ liegt vor „Gültig ab“. Bitte prüfen Sie beide."),),
    "answer_over_when_written": (lazy_kt("„Gültig bis“ liegt vor dem Datum des Schreibens. Bitte prüfen Sie es."),),
    "objection_before_answer": (
        lazy_kt("Die Widerspruchsfrist endet vor dem Datum des Schreibens. Bitte prüfen Sie sie."),
    ),
    "amount_without_promise": (
        lazy_kt("Ein Betrag gehört nur zu einer Zusage. Bitte prüfen Sie die Entscheidung oder lassen Sie ihn leer."),
    ),
    "answer_above_estimate": (
        lazy_kt("Der Betrag liegt {over:money} über dem Kostenvoranschlag ({estimate:money}). Bitte prüfen Sie ihn."),
    ),
    "answer_lines_changed": (
        lazy_kt("Die Positionen gehören zu einem anderen Kostenvoranschlag. Bitte öffnen Sie die Seite neu."),
    ),
    "presume_without_clock": (
        lazy_kt(
            "Eine gesetzliche Frist läuft hier nicht. Aus dem Schweigen folgt deshalb nichts, bitte fragen Sie nach."
        ),
    ),
    "presume_cosmetic": (
        lazy_kt("Die Behandlung ist inzwischen als kosmetisch eingestuft. Vermutet wird dann nichts."),
    ),
    "presume_too_early": (
        lazy_kt("Die Frist ist noch nicht vorbei. Bitte warten Sie den {until:day} ab."),
        lazy_kt("Die Frist ist noch nicht vorbei."),
    ),
    "nothing_to_tell": (lazy_kt("Es gibt noch kein Ergebnis, das man mitteilen könnte."),),
    "told_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
