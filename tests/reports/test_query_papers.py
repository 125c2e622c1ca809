"""The cost query letter and the information on the outcome, as a reader finds them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.reports.content.base import Language, PaperContradictsItself
from kostenklar.reports.content.cost_query import CostQueryContent
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.outcome import OutcomeContent, PayerOutcome
from kostenklar.reports.content.parts import Letterhead, Person, Signature
from kostenklar.reports.content.texts import filled
from kostenklar.reports.content.words import word
from kostenklar.reports.render import render_paper

Make = Callable[..., Any]


@pytest.fixture
def query(letterhead: Letterhead, person: Person, bodies: Callable[[Language], dict[str, str]]) -> Make:
    def build(language: Language = "de", voice: str = "policyholder", **changes: Any) -> CostQueryContent:
        texts = bodies(language)
        holder = {"holder": "Hakan Yılmaz"} if voice == "attorney" else {}
        values = {
            "opening": word(language, f"query_opening_{voice}", **holder),
            "law": word(language, "query_law"),
            "tariff": word(language, "query_tariff_mine" if voice == "policyholder" else "query_tariff_theirs"),
            "estimate_on": "05.11.2026" if language == "de" else "5 November 2026",
            "amount": "2.086,30 €" if language == "de" else "EUR 2,086.30",
            "sessions": word(language, "query_sessions", count="6"),
        }
        content = CostQueryContent(
            language=language,
            letterhead=letterhead,
            recipient=("Albatros Kranken", "Leistung", "Hafen 1", "20457 Hamburg"),
            number="KA-2026-0007",
            case_number="KK-2026-0093",
            issued_on=date(2026, 11, 6),
            patient=person,
            holder=Person(name="Hakan Yılmaz", birth_date=date(1955, 4, 1)),
            holder_address=("Hakan Yılmaz", "Ring 1", "50668 Köln"),
            payer="pkv",
            voice=voice,  # type: ignore[arg-type]  # a parameter of the tests
            statutory=True,
            request=filled(texts["query.pkv"], values),
            ask=texts["query.ask"],
            assessment=word(language, "query_medical"),
            physician="Dr. med. Katharina Vogt",
            procedure="Laser bei Pigmentflecken",
            sites=("Wange links",),
            sessions=word(language, "query_sessions", count="6"),
            enclosures=("Kostenvoranschlag KV-2026-0147 vom 05.11.2026", "Befundbericht"),
            contract_no="71-440982",
            tariff="K1",
            diagnosis="Lentigo senilis L81.4 G",
            signatures=(Signature(role="policyholder", name="Hakan Yılmaz"),),
        )
        return replace(content, **changes)

    return build


def test_the_policyholders_query_stands_word_for_word(query: Make, read: Make) -> None:
    paper = read(render_paper(query()))
    for phrase in (
        (
            "Ich bitte vor Behandlungsbeginn um Auskunft nach § 192 Abs. 8 VVG, ob und in welcher Höhe nach meinem "
            "Tarif Versicherungsschutz für die Behandlung laut Kostenvoranschlag vom 05.11.2026 (2.086,30 €, 6 "
            "Sitzungen) besteht."
        ),
        "Ärztliche Einschätzung: medizinisch begründet, s. Anlage.",
        "Bitte nennen Sie je Position: anerkannt oder nicht, Höchstfaktor, Sitzungszahl, Geltungsdauer, Gründe.",
        "Albatros Kranken",
        "71-440982",
        "Hakan Yılmaz, geb. 01.04.1955",
        "Łukasz Çelik-Müller, geb. 09.03.1984",
        "Kostenvoranschlag KV-2026-0147 vom 05.11.2026",
        "Befundbericht",
        "Lentigo senilis L81.4 G",
        "Ihre Antwort erbitte ich an: Hakan Yılmaz, Ring 1, 50668 Köln",
        "spätestens nach vier Wochen",
        "KK-2026-0093",
        "Unterschrift Versicherungsnehmer/in",
    ):
        assert phrase in paper, phrase


@pytest.mark.parametrize("language", ["de", "en"])
def test_in_the_insureds_voice_the_insured_is_the_sender_and_not_the_practice(
    query: Make, read: Make, letterhead: Letterhead, language: Language
) -> None:
    paper = read(render_paper(query(language, contact="0221 4710 100")))
    assert "Hakan Yılmaz Ring 1 50668 Köln" in paper
    assert "Hakan Yılmaz · Ring 1 · 50668 Köln" in paper  # in the window of the envelope
    treating = "Behandelnde Praxis" if language == "de" else "Treating practice"
    assert f"{treating} {letterhead.practice}, {letterhead.street}, {letterhead.city}" in paper
    assert paper.text.count(letterhead.practice) == 1
    assert letterhead.bank is not None
    practices_own = ("IBAN", "BIC", letterhead.bank.name, letterhead.tax_number, letterhead.email, letterhead.website)
    for strange in (*practices_own, "0221 4710 100"):
        assert strange
        assert strange not in paper, strange


@pytest.mark.parametrize("voice", ["attorney", "practice"])
def test_in_the_practices_voice_the_letterhead_stands(
    query: Make, read: Make, letterhead: Letterhead, voice: str
) -> None:
    mine = (Signature(role="practice"),)
    content = replace(query(voice="attorney"), voice=voice, statutory=voice == "attorney", signatures=mine)
    paper = read(render_paper(content))
    assert f"{letterhead.practice} · {letterhead.street} · {letterhead.city}" in paper
    assert letterhead.tax_number in paper
    assert "IBAN" in paper
    assert "Behandelnde Praxis" not in paper


def test_whoever_is_entitled_or_a_member_is_called_so(query: Make, read: Make) -> None:
    entitled, member = Signature(role="entitled"), Signature(role="member")
    for payer, who, said in (("beihilfe", entitled, "Beihilfeberechtigte/r"), ("gkv", member, "Mitglied")):
        paper = read(render_paper(query(payer=payer, statutory=False, signatures=(who,))))
        assert f"{said} Hakan Yılmaz" in paper
        assert f"Unterschrift {said}" in paper
        assert "Versicherungsnehmer" not in paper


def test_the_practice_asks_in_the_name_and_with_the_power_of_the_policyholder(query: Make, read: Make) -> None:
    paper = read(render_paper(query(voice="attorney", signatures=(Signature(role="practice"),))))
    assert (
        "Im Namen und mit Vollmacht der Versicherungsnehmerin / des Versicherungsnehmers Hakan Yılmaz bitten wir"
    ) in paper
    assert "nach dem Tarif" in paper
    assert "Ihre Antwort erbitten wir an die Praxis." in paper


def test_par_192_8_vvg_is_not_invoked_where_its_clock_cannot_run(query: Make) -> None:
    with pytest.raises(PaperContradictsItself):
        query(payer="beihilfe")
    with pytest.raises(PaperContradictsItself):
        query(voice="practice")


def test_an_urgent_query_gives_its_reason_and_two_weeks(query: Make, read: Make) -> None:
    paper = read(render_paper(query(urgent_reason="Blutung.")))
    assert "Die Durchführung der Behandlung ist dringend: Blutung. " in paper
    assert "spätestens nach zwei Wochen (§ 192 Abs. 8 VVG)" in paper


def test_the_query_is_complete_in_english(query: Make, read: Make) -> None:
    paper = read(render_paper(query("en")))
    for phrase in (
        (
            "I ask for information under section 192(8) VVG before the treatment begins whether and to what amount my "
            "tariff covers the treatment according to the cost estimate of 5 November 2026"
        ),
        "Medical assessment: medically indicated, see enclosure.",
        "Policyholder",
        "Enclosures",
    ):
        assert phrase in paper, phrase


@pytest.fixture
def outcome(letterhead: Letterhead, person: Person, bodies: Callable[[Language], dict[str, str]]) -> Make:
    def build(language: Language = "de", **changes: Any) -> OutcomeContent:
        texts = bodies(language)
        german = language == "de"
        payers = (
            PayerOutcome(
                payer="Albatros Kranken",
                number="KK-2026-0093",
                headline=word(language, "outcome_part"),
                details=(
                    "Schreiben vom 19.11.2026, bis Faktor 2,3." if german else "Letter of 19 November 2026.",
                    word(language, "outcome_conditions", text="Diagnose auf der Rechnung"),
                ),
                part=Decimal("1043.15"),
                gap=Decimal("143.15"),
                cautions=(word(language, "outcome_under_conditions", payer="Albatros Kranken"),),
            ),
            PayerOutcome(
                payer="Landesamt Beihilfe",
                number="KK-2026-0094",
                headline=word(language, "outcome_no_commitment"),
                details=(),
            ),
        )
        content = OutcomeContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="KE-2026-0003",
            issued_on=date(2026, 11, 23),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            procedure="Laser bei Pigmentflecken",
            estimate="KV-2026-0147",
            payers=payers,
            gap=None,
            whole=texts["clarification.whole"],
        )
        return replace(content, **changes)

    return build


def test_the_outcome_says_what_each_answered_and_that_the_rest_is_open(outcome: Make, read: Make) -> None:
    paper = read(render_paper(outcome()))
    for phrase in (
        "Albatros Kranken (KK-2026-0093)",
        "Zusage zum Teil",
        "Keine Zusage vor der Rechnung: offen",
        (
            "von dem Anteil von 1.043,15 € voraussichtlich nicht erstattet (ohne Selbstbehalt und "
            "Beitragsrückerstattung) 143,15 €"
        ),
        "Wie viel insgesamt nicht erstattet wird, ist offen.",
        "Die Zusage steht unter Bedingungen.",
        "Zu zahlen ist immer die ganze Rechnung, unabhängig von einer Erstattung.",
    ):
        assert phrase in paper, phrase
    assert "genehmigt" not in paper


def test_a_known_rest_stands_with_its_caution(outcome: Make, read: Make) -> None:
    paper = read(render_paper(outcome(gap=Decimal("286.30"))))
    assert "Voraussichtlich nicht erstattet (ohne Selbstbehalt und Beitragsrückerstattung): 286,30 €." in paper


def test_the_presumption_stands_word_for_word(outcome: Make, read: Make, bodies: Make) -> None:
    note = filled(bodies("de")["clarification.presumption"], {"until": "07.12.2026"})
    silent = PayerOutcome(payer="Albatros Kranken", number="KK-1", headline="Noch keine Antwort", details=(), note=note)
    paper = read(render_paper(outcome(payers=(silent,))))
    assert (
        "Bis 07.12.2026 ging bei uns keine Auskunft ein. Soweit § 192 Abs. 8 VVG gilt, wird bis zum Beweis des "
        "Gegenteils durch den Versicherer vermutet, dass die beabsichtigte medizinische Heilbehandlung notwendig ist. "
        "Das ist keine Kostenzusage; Tarifgrenzen und Ausschlüsse bleiben möglich."
    ) in paper


def test_the_outcome_is_complete_in_english(outcome: Make, read: Make) -> None:
    paper = read(render_paper(outcome("en")))
    assert "No commitment before the invoice: open" in paper
    assert "The whole invoice is always to be paid" in paper


def test_less_than_nothing_is_never_printed(outcome: Make) -> None:
    with pytest.raises(PaperContradictsItself):
        outcome(gap=Decimal("-0.01"))


def test_both_come_back_from_what_was_stored(query: Make, outcome: Make) -> None:
    for content in (query(), outcome()):
        assert content_from_dict(content.to_dict()) == content
