"""The fixed words of the cost query letter and of the information on the outcome, in both languages."""

from typing import Final

QUERY_WORDS: Final[dict[str, tuple[str, str]]] = {
    "cost_query_title": ("Anfrage zur Kostenübernahme vor der Behandlung", "Query on cover before the treatment"),
    "query_case": ("Vorgang", "Case"),
    "query_contract": ("Vertrag-Nr.", "Contract no."),
    "query_insured_no": ("Versichertennr.", "Insured no."),
    "query_beihilfe_no": ("Beihilfenummer", "Beihilfe no."),
    "query_tariff": ("Tarif", "Tariff"),
    "query_holder": ("Versicherungsnehmer/in", "Policyholder"),
    "query_entitled": ("Beihilfeberechtigte/r", "Entitled person"),
    "query_member": ("Mitglied", "Member"),
    "sign_entitled": ("Unterschrift Beihilfeberechtigte/r", "Signature of the entitled person"),
    "sign_member": ("Unterschrift Mitglied", "Signature of the member"),
    "query_treating": ("Behandelnde Praxis", "Treating practice"),
    "query_insured": ("Versicherte Person", "Insured person"),
    "query_greeting": ("Sehr geehrte Damen und Herren,", "Dear Sir or Madam,"),
    "query_opening_policyholder": ("Ich bitte", "I ask"),
    "query_opening_attorney": (
        "Im Namen und mit Vollmacht der Versicherungsnehmerin / des Versicherungsnehmers {holder} bitten wir",
        "In the name and with the power of attorney (Vollmacht) of the policyholder {holder} we ask",
    ),
    "query_opening_practice": ("Wir bitten", "We ask"),
    "query_law": (" nach § 192 Abs. 8 VVG", " under section 192(8) VVG"),
    "query_tariff_mine": ("meinem Tarif", "my tariff"),
    "query_tariff_theirs": ("dem Tarif", "the tariff"),
    "query_sessions_one": ("1 Sitzung", "1 session"),
    "query_sessions": ("{count} Sitzungen", "{count} sessions"),
    "query_assessment": ("Ärztliche Einschätzung: {assessment}.", "Medical assessment: {assessment}."),
    "query_medical": ("medizinisch begründet, s. Anlage", "medically indicated, see enclosure"),
    "query_undecided": ("nicht abschließend geklärt", "not finally decided"),
    "query_cosmetic": ("auf eigenen Wunsch", "at the patient's own wish"),
    "query_reason": ("Ärztliche Begründung: {reason}.", "The physician's reason: {reason}."),
    "query_urgent": (
        "Die Durchführung der Behandlung ist dringend: {reason}.",
        "The treatment is urgent: {reason}.",
    ),
    "query_urgent_law": (
        "Bitte antworten Sie deshalb unverzüglich, spätestens nach zwei Wochen (§ 192 Abs. 8 VVG).",
        "Please answer therefore without delay, after two weeks at the latest (section 192(8) VVG).",
    ),
    "query_four_weeks": (
        (
            "Bitte antworten Sie unverzüglich, spätestens nach vier Wochen, mit Begründung und mit Bezug auf die "
            "beigefügten Unterlagen (§ 192 Abs. 8 VVG)."
        ),
        (
            "Please answer without delay, after four weeks at the latest, with reasons and with reference to the "
            "enclosed documents (section 192(8) VVG)."
        ),
    ),
    "query_about": ("Die geplante Behandlung", "The planned treatment"),
    "query_reply_holder": ("Ihre Antwort erbitte ich an: {address}", "Please send your answer to: {address}"),
    "query_reply_practice": ("Ihre Antwort erbitten wir an die Praxis.", "Please send your answer to the practice."),
    "query_enclosures": ("Anlagen", "Enclosures"),
    "query_enclosed_estimate": ("Kostenvoranschlag {number} vom {day}", "Cost estimate {number} of {day}"),
    "query_enclosed_release": ("Schweigepflichtentbindung {number}", "Release from secrecy {number}"),
    "query_enclosed_power": ("Vollmacht {number}", "Power of attorney (Vollmacht) {number}"),
    "query_closing": ("Mit freundlichen Grüßen", "Yours faithfully"),
    # the outcome
    "outcome_title": ("Ergebnis der Kostenklärung", "Outcome of the cost clarification"),
    "outcome_lead": (
        "Zu Ihrer geplanten Behandlung haben die Kostenträger so geantwortet:",
        "On your planned treatment the payers have answered as follows:",
    ),
    "outcome_estimate": ("Kostenvoranschlag", "Cost estimate"),
    "outcome_estimate_value": (
        "{number} vom {day}: bis {amount} bei {sessions}",
        "{number} of {day}: up to {amount} for {sessions}",
    ),
    "outcome_full": ("Zusage in voller Höhe", "Accepted in full"),
    "outcome_part": ("Zusage zum Teil", "Accepted in part"),
    "outcome_refused": ("Keine Zusage, abgelehnt", "Refused"),
    "outcome_no_commitment": ("Keine Zusage vor der Rechnung: offen", "No commitment before the invoice: open"),
    "outcome_adviser_report": ("Ein Gutachten wird verlangt: offen", "A medical report is asked for: open"),
    "outcome_none": ("Noch keine Antwort: offen", "No answer yet: open"),
    "outcome_of": ("Schreiben vom {day}", "Letter of {day}"),
    "outcome_amount": ("zugesagter Betrag {amount}", "promised amount {amount}"),
    "outcome_cap": ("bis Faktor {factor}", "up to factor {factor}"),
    "outcome_sessions": ("Sitzungen: {count}", "sessions: {count}"),
    "outcome_until": ("gültig bis {day}", "valid until {day}"),
    "outcome_conditions": ("Bedingungen: {text}", "Conditions: {text}"),
    "outcome_objection": ("Widerspruch möglich bis {day}", "Objection possible until {day}"),
    "outcome_lines": ("Je Position", "For each item"),
    "outcome_line_accepted": ("Nr. {number}: anerkannt", "No. {number}: accepted"),
    "outcome_line_refused": ("Nr. {number}: nicht anerkannt", "No. {number}: not accepted"),
    "outcome_line_open": ("Nr. {number}: offen", "No. {number}: open"),
    "outcome_gap_title": ("Was voraussichtlich nicht erstattet wird", "What will probably not be reimbursed"),
    "outcome_gap": (
        "Voraussichtlich nicht erstattet (ohne Selbstbehalt und Beitragsrückerstattung): {amount}.",
        "Probably not reimbursed (before deductible and premium refund): {amount}.",
    ),
    "outcome_gap_of": (
        (
            "{payer}: von dem Anteil von {part} voraussichtlich nicht erstattet (ohne Selbstbehalt und "
            "Beitragsrückerstattung) {amount}."
        ),
        "{payer}: of the share of {part} probably not reimbursed (before deductible and premium refund) {amount}.",
    ),
    "outcome_gap_open": (
        "Wie viel insgesamt nicht erstattet wird, ist offen.",
        "How much will not be reimbursed in all is open.",
    ),
    "outcome_section_2": (
        (
            "{payer}: Honorare nach einer Vereinbarung (§ 2 GOÄ) werden von der Beihilfe oft nur bis zum Schwellenwert "
            "anerkannt."
        ),
        "{payer}: Beihilfe often accepts fees under an agreement (section 2 GOÄ) only up to the threshold factor.",
    ),
    "outcome_under_conditions": (
        "{payer}: Die Zusage steht unter Bedingungen.",
        "{payer}: The promise is subject to conditions.",
    ),
    "outcome_ran_out": (
        "{payer}: Die Zusage ist abgelaufen. Bitte fragen Sie dort nach.",
        "{payer}: The promise has run out. Please ask there.",
    ),
    "outcome_whole": ("Was Sie bezahlen", "What you pay"),
}
