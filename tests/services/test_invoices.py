"""From the session to the invoice: draft, issue, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import func, select

from kostenklar.models.course import Course, Lesion
from kostenklar.models.invoice import Invoice
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Practice, Procedure
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.treatment import Treatment
from kostenklar.plugin import blobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.draft_lines import LineChange, change_line
from kostenklar.plugin.services.invoice_issue import issue_invoice, preview
from kostenklar.plugin.services.invoices import (
    choose_diagnosis,
    discard_invoice,
    draft_invoice,
    override_agreement,
    record_delivery,
)
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import (
    a_draft,
    a_session,
    an_agreement,
    at_once,
    billed_by,
    insured,
    issued,
    paper_text,
    pdf_of,
    pdf_text,
    record,
)

pytestmark = pytest.mark.usefixtures("as_reception")
PLAIN = LineChange(Decimal("2.3"), 1, "", "")


def change(model, record_id, **values):
    with unit_of_work():
        found = session().get_one(model, record_id)
        for name, value in values.items():
            setattr(found, name, value)


def codes(invoice_id):
    return [finding.code for finding in draft_of(record(invoice_id), today()).findings]


def refused(invoice_id):
    """The codes that keep the invoice from being issued; nothing is drawn."""
    with pytest.raises(RuleBroken) as broken:
        issued(invoice_id)
    assert session().scalar(select(func.count(IssuedPaper.id)).where(IssuedPaper.kind == "invoice")) == 0
    return [finding.code for finding in broken.value.findings]


def test_cryopeeling_costs_9_52_net_1_81_vat_and_11_33_gross(cast):
    invoice = issued(a_draft(cast))
    assert (invoice.net_total, invoice.vat_total, invoice.gross_total) == (
        Decimal("9.52"), Decimal("1.81"), Decimal("11.33"),
    )  # fmt: skip
    assert invoice.number == f"RE-{today().year}-0001"
    assert invoice.due_on == today() + dt.timedelta(days=30)


def test_the_paper_says_what_the_law_asks_for(cast):
    text = paper_text(issued(a_draft(cast)))
    for part in (
        "Hautpraxis am Lindenhof", "214/5810/4711", "Gisela Yılmaz-Hofer", "02.09.1957", f"RE-{today().year}-0001",
        "740", "Kryotherapie der Haut, je Sitzung", "2,3", "9,52 €", "19 % Umsatzsteuer", "1,81 €", "11,33 €",
        "Handrücken rechts", "auf Verlangen erbracht, § 1 Abs. 2 S. 2 GOÄ", "Dr. med. Henrike Seidel",
        "Sie kommen spätestens in Verzug", "§ 286 Abs. 3 BGB", "DE02 1203 0000 0000 2020 51",
    ):  # fmt: skip
        assert part in text, part


def test_the_giro_code_pays_the_invoice_and_tells_no_diagnosis(cast):
    change(Course, cast.course_id, diagnosis="Lentigo solaris")
    invoice = issued(a_draft(cast))
    page = pypdfium2.PdfDocument(pdf_of(invoice))[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert code.text.splitlines() == [
        "BCD", "002", "1", "SCT", "BYLADEM1001", "Hautpraxis am Lindenhof", "DE02120300000000202051", "EUR11.33",
        "", "", f"RE-{today().year}-0001",
    ]  # fmt: skip


def test_the_session_is_billed_once_the_invoice_is_issued(cast):
    invoice_id = a_draft(cast)
    treatment_id = billed_by(invoice_id)
    assert session().get_one(Treatment, treatment_id).billing == "open"
    issued(invoice_id)
    session().expire_all()
    assert session().get_one(Treatment, treatment_id).billing == "billed"


def test_a_second_draft_leads_to_the_first_also_after_issuing(cast):
    treatment_id = a_session(cast)
    an_agreement(cast)
    with unit_of_work():
        first = draft_invoice(treatment_id)
    with unit_of_work():
        assert draft_invoice(treatment_id) == first
    issued(first)
    with unit_of_work():
        assert draft_invoice(treatment_id) == first


def test_two_who_draft_at_once_get_the_same_invoice(app, cast):
    treatment_id = a_session(cast)
    session().rollback()

    def draft():
        with app.app_context(), acting_as("user:x", practices=[cast.practice_id]), unit_of_work():
            return draft_invoice(treatment_id)

    first, second = at_once(2, draft)
    assert first == second


def test_740_stands_once_however_many_spots_were_treated(cast):
    lines = record(a_draft(cast)).lines
    assert [(line.goae_number, line.quantity, line.on_demand) for line in lines] == [("740", 1, True)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "planned"}, "treatment_not_done"),
        ({"state": "started"}, "treatment_not_done"),
        ({"billing": "goodwill"}, "treatment_not_billable"),
        ({"billing": "not_billable"}, "treatment_not_billable"),
        ({"billing": "billed"}, "treatment_billed"),
    ],
)
def test_only_what_took_place_and_is_open_is_billed(cast, changes, code):
    treatment_id = a_session(cast, **changes)
    with pytest.raises(RuleBroken, match=code), unit_of_work():
        draft_invoice(treatment_id)


def test_a_procedure_without_positions_gets_a_sentence(cast):
    treatment_id = a_session(cast)
    with unit_of_work():
        for entry in session().get_one(Procedure, cast.procedure_id).chain:
            session().delete(entry)
    with pytest.raises(RuleBroken, match="chain_empty"), unit_of_work():
        draft_invoice(treatment_id)


@pytest.mark.parametrize(("number", "code"), [("9999", "position_unknown"), ("441", "surcharge_needs_operation")])
def test_a_number_that_cannot_be_priced_gets_a_sentence(cast, number, code):
    treatment_id = a_session(cast)
    with unit_of_work():
        session().get_one(Procedure, cast.procedure_id).chain[0].goae_number = number
    with pytest.raises(RuleBroken, match=code), unit_of_work():
        draft_invoice(treatment_id)


def test_small_business_shows_no_vat(cast):
    change(Practice, cast.practice_id, vat_regime="small_business")
    invoice = issued(a_draft(cast))
    text = paper_text(invoice)
    assert (invoice.vat_total, invoice.gross_total) == (Decimal("0.00"), Decimal("9.52"))
    assert "Steuerbefreit als Kleinunternehmer gemäß § 19 UStG." in text
    assert "19 %" not in text
    assert "1,81" not in text


def test_a_medical_treatment_is_exempt_and_not_on_demand(cast):
    insured(cast, "pkv_full")
    change(Lesion, cast.lesion_id, indication="medical")
    invoice = issued(a_draft(cast, agreed=False))
    text = paper_text(invoice)
    assert invoice.gross_total == Decimal("9.52")
    assert "Umsatzsteuerfrei gemäß § 4 Nr. 14 Buchst. a UStG" in text
    assert "auf Verlangen" not in text


def test_an_undecided_line_is_not_issued_and_follows_the_physicians_decision(cast):
    change(Lesion, cast.lesion_id, indication="undecided")
    invoice_id = a_draft(cast)
    assert refused(invoice_id) == ["indication_undecided"]
    change(Lesion, cast.lesion_id, indication="cosmetic")
    assert issued(invoice_id).lines[0].indication == "cosmetic"


def test_what_an_earlier_paper_said_is_not_contradicted(cast):
    invoice_id = a_draft(cast)
    change(Lesion, cast.lesion_id, indication="medical")
    assert "indication_contradicts" in refused(invoice_id)


def test_mixed_lesions_are_a_physicians_question(cast):
    treatment_id = a_session(cast)
    with unit_of_work():
        other = Lesion(
            practice_id=cast.practice_id, course_id=cast.course_id, kind="mole", site="Wange", indication="medical"
        )
        session().add(other)
        session().flush()
        treatment = session().get_one(Treatment, treatment_id)
        treatment.sites.append(replace_site(treatment.sites[0], other.id))
    with unit_of_work():
        invoice_id = draft_invoice(treatment_id)
    assert {"indication_undecided", "indications_differ"} <= set(refused(invoice_id))


def replace_site(site, lesion_id):
    return type(site)(practice_id=site.practice_id, lesion_id=lesion_id)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"tax_number": ""}, "issuer_tax_number_missing"),
        ({"iban": ""}, "issuer_bank_missing"),
        ({"iban": "DE02120300000000202052"}, "issuer_iban_wrong"),
        ({"books_locked_until": today()}, "books_locked"),
    ],
)
def test_what_the_practice_lacks_blocks(cast, values, code):
    invoice_id = a_draft(cast)
    change(Practice, cast.practice_id, **values)
    assert code in refused(invoice_id)


def test_a_missing_address_only_warns_up_to_250_euros(cast):
    change(Patient, cast.patient_id, street="", postcode="", city="")
    invoice_id = a_draft(cast)
    assert codes(invoice_id) == ["recipient_address_missing"]
    assert issued(invoice_id).number


def test_a_statutory_patient_needs_the_agreement_and_the_owner_may_decide(cast):
    invoice_id = a_draft(cast, agreed=False)
    assert refused(invoice_id) == ["self_payer_agreement_missing"]
    with unit_of_work():
        override_agreement(invoice_id, None, "Unterschrieben, das Original ist verloren")
    assert codes(invoice_id) == ["self_payer_agreement_missing"]  # it still warns
    assert issued(invoice_id).number


def test_a_private_patient_needs_no_agreement(cast):
    insured(cast, "pkv_full")
    assert issued(a_draft(cast, agreed=False)).number


def test_nobody_answers_for_an_assistants_session_without_a_physician(cast):
    an_agreement(cast)
    treatment_id = a_session(cast, performed_by_id=cast.assistant_id)
    with unit_of_work():
        invoice_id = draft_invoice(treatment_id)
    assert refused(invoice_id) == ["physician_missing"]
    change(Treatment, treatment_id, supervised_by_id=cast.owner_id)
    assert "Dr. med. Karl Lindner" in paper_text(issued(invoice_id))


def test_a_factor_above_the_threshold_needs_its_reason(cast):
    invoice_id = a_draft(cast)
    line_id = record(invoice_id).lines[0].id
    with unit_of_work():
        change_line(invoice_id, None, line_id, replace(PLAIN, factor=Decimal("3.5")))
    assert refused(invoice_id) == ["factor_needs_reason"]
    reasoned = replace(PLAIN, factor=Decimal("3.5"), reason="Zeitaufwand wegen Narbengewebes", clock_time="10:30")
    with unit_of_work():
        change_line(invoice_id, None, line_id, reasoned)
    invoice = issued(invoice_id)
    assert invoice.net_total == Decimal("14.48")
    assert "Begründung: Zeitaufwand wegen Narbengewebes" in paper_text(invoice)
    assert "10:30 Uhr" in paper_text(invoice)


def test_above_3_5_an_agreement_from_before_the_service_is_needed(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        change_line(invoice_id, None, record(invoice_id).lines[0].id, replace(PLAIN, factor=Decimal(99)))
    assert "factor_needs_agreement" in refused(invoice_id)


def test_a_service_per_session_is_charged_once(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        change_line(invoice_id, None, record(invoice_id).lines[0].id, replace(PLAIN, quantity=2))
    assert record(invoice_id).lines[0].net == Decimal("19.04")
    assert refused(invoice_id) == ["once_per_session"]


def test_more_than_announced_warns_and_can_be_issued(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        change_line(
            invoice_id,
            None,
            record(invoice_id).lines[0].id,
            replace(PLAIN, factor=Decimal(3), reason="Hoher Zeitaufwand"),
        )
    assert codes(invoice_id) == ["above_cost_notice"]
    assert issued(invoice_id).number


def test_what_is_issued_is_what_was_seen(cast):
    invoice_id = a_draft(cast)
    seen = draft_of(record(invoice_id), today()).fingerprint
    change(Patient, cast.patient_id, last_name="Yılmaz")
    with pytest.raises(RuleBroken, match="draft_changed"), unit_of_work():
        issue_invoice(invoice_id, None, seen, today())
    assert record(invoice_id).state == "draft"


@pytest.mark.parametrize("name", ["<b>x", "Łukasz Çelik-Müller", "O'Brien", "Nguyễn", "=cmd()", "W" * 200])
def test_every_name_stands_on_the_paper_as_it_is(cast, name):
    change(Patient, cast.patient_id, first_name="", last_name=name)
    text = paper_text(issued(a_draft(cast)))
    assert name.replace(" ", "") in text.replace(" ", "")


def test_a_character_that_the_face_lacks_gets_a_sentence_and_no_number_is_lost(cast):
    change(Patient, cast.patient_id, last_name="漢字")
    invoice_id = a_draft(cast, agreed=False)
    with unit_of_work():
        override_agreement(invoice_id, None, "Test")
    assert refused(invoice_id) == ["characters_missing"]
    change(Patient, cast.patient_id, last_name="Kanji")
    assert issued(invoice_id).number == f"RE-{today().year}-0001"


def test_numbers_stay_gapless_after_a_failed_issue(cast, monkeypatch):
    invoice_id = a_draft(cast)
    with monkeypatch.context() as patched:
        patched.setattr(blobs, "put", broken_disk)
        with pytest.raises(OSError, match="disk"):
            issued(invoice_id)
    assert record(invoice_id).state == "draft"
    assert session().get_one(Treatment, billed_by(invoice_id)).billing == "open"
    assert issued(invoice_id).number == f"RE-{today().year}-0001"
    assert list(problems()) == []


def broken_disk(*_args):
    raise OSError("the disk is gone")


def test_an_issued_invoice_is_no_draft_any_more(cast):
    invoice_id = a_draft(cast)
    line_id = record(invoice_id).lines[0].id
    issued(invoice_id)
    for act in (
        lambda: issue_invoice(invoice_id, None, "", today()),
        lambda: discard_invoice(invoice_id, None),
        lambda: change_line(invoice_id, None, line_id, PLAIN),
        lambda: override_agreement(invoice_id, None, "doch"),
    ):
        with pytest.raises(StepNotAllowed), unit_of_work():
            act()


def test_a_stale_page_changes_nothing(cast):
    invoice_id = a_draft(cast)
    version = record(invoice_id).version
    with unit_of_work():
        change_line(invoice_id, version, record(invoice_id).lines[0].id, replace(PLAIN, clock_time="09:00"))
    with pytest.raises(StalePage), unit_of_work():
        discard_invoice(invoice_id, version)


def test_a_discarded_draft_can_be_followed_by_a_new_one(cast):
    first = a_draft(cast)
    treatment_id = billed_by(first)
    with unit_of_work():
        discard_invoice(first, None)
    with unit_of_work():
        assert draft_invoice(treatment_id) != first


def test_the_preview_says_draft_has_no_number_and_is_stored_nowhere(cast):
    invoice_id = a_draft(cast)
    text = pdf_text(preview(record(invoice_id), today()))
    assert "Entwurf" in text
    assert "11,33 €" in text
    assert "RE-" not in text
    assert "GiroCode" not in text
    assert session().scalar(select(func.count(IssuedPaper.id)).where(IssuedPaper.kind == "invoice")) == 0


def test_an_english_patient_gets_an_english_paper(cast):
    change(Patient, cast.patient_id, language="en")
    text = paper_text(issued(a_draft(cast)))
    assert "Invoice" in text
    assert "EUR 11.33" in text
    assert "Handrücken right" in text
    assert "section 286(3)" in text


DIAGNOSIS = {"diagnosis": "Lentigo solaris", "icd_code": "L81.4", "icd_certainty": "G", "icd_side": "R"}


@pytest.mark.parametrize(
    ("kind", "shown"), [("pkv_full", True), ("beihilfe", True), ("gkv", False), ("self_payer", False)]
)
def test_the_diagnosis_stands_on_the_paper_where_insurer_or_beihilfe_need_it(cast, kind, shown):
    insured(cast, kind)
    change(Course, cast.course_id, **DIAGNOSIS)
    assert ("Lentigo solaris (L81.4 G R)" in paper_text(issued(a_draft(cast)))) is shown


@pytest.mark.parametrize("kind", ["pkv_full", "gkv"])
def test_the_draft_may_choose_otherwise_and_the_paper_keeps_it(cast, kind):
    insured(cast, kind)
    change(Course, cast.course_id, **DIAGNOSIS)
    invoice_id = a_draft(cast)
    with unit_of_work():
        choose_diagnosis(invoice_id, None, shown=kind == "gkv")
    invoice = issued(invoice_id)
    change(Course, cast.course_id, diagnosis="etwas anderes")
    assert ("Lentigo solaris (L81.4 G R)" in paper_text(invoice)) is (kind == "gkv")
    assert record(invoice_id).diagnosis == ("Lentigo solaris (L81.4 G R)" if kind == "gkv" else "")


def test_an_insurer_without_a_diagnosis_is_warned_about(cast):
    insured(cast, "pkv_full")
    invoice_id = a_draft(cast, agreed=False)
    assert codes(invoice_id) == ["diagnosis_missing"]
    assert issued(invoice_id).number


def test_the_invoice_goes_to_whoever_pays(cast):
    payer = {"name": "Mehmet Yılmaz", "street": "Am Markt 3", "postcode": "50667", "city": "Köln"}
    change(Patient, cast.patient_id, recipient=payer)
    text = paper_text(issued(a_draft(cast)))
    assert "Mehmet Yılmaz" in text
    assert "Am Markt 3" in text
    assert "Gisela Yılmaz-Hofer" in text  # the patient is named all the same


def test_the_hand_over_is_noted_and_not_before_the_paper(cast):
    invoice_id = issued(a_draft(cast)).id
    yesterday = today() - dt.timedelta(days=1)
    with pytest.raises(RuleBroken, match="delivered_before_issue"), unit_of_work():
        record_delivery(invoice_id, None, yesterday, "paper")
    with unit_of_work():
        record_delivery(invoice_id, None, today(), "paper")
    assert record(invoice_id).delivered_how == "paper"


def test_another_practices_session_is_not_found(cast):
    with pytest.raises(NotFound), unit_of_work():
        draft_invoice(999_999)
    assert session().scalar(select(func.count(Invoice.id))) == 0


def test_a_laser_line_names_its_area_and_the_fitting_position(cast):
    laser = session().scalar(
        select(Procedure.id).where(Procedure.code == "tattoo_laser", Procedure.practice_id == cast.practice_id)
    )
    change(Course, cast.course_id, procedure_id=laser)
    treatment_id = a_session(cast)
    with unit_of_work():
        invoice_id = draft_invoice(treatment_id)
    assert record(invoice_id).lines[0].analog_service == "Laserbehandlung einer Tätowierung, 5\u00a0cm²"
    with unit_of_work():
        session().get_one(Treatment, treatment_id).sites[0].area_cm2 = Decimal(18)
    assert "laser_position_by_area" in codes(invoice_id)


def test_nothing_stands_against_a_complete_draft(cast):
    assert codes(a_draft(cast)) == []
