"""To whom the letters about an invoice go: to whoever it names, whoever pays for the next ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.debt import DebtHandover
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.correction_letters import issue_letter
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import reissue_invoice
from kostenklar.plugin.services.papers import content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.debt_scene import a_handover
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned, reminded
from kostenklar.tests.invoice_scene import issued

pytestmark = pytest.mark.usefixtures("as_reception")
SISTER = {"name": "Ayşe Hofer", "street": "Ring 3", "postcode": "50672", "city": "Köln"}


def pays_from_now_on(cast: Any, other: dict[str, str] | None, **values: str) -> None:
    with unit_of_work():
        patient = session().get_one(Patient, cast.patient_id)
        patient.recipient = other
        for name, value in values.items():
            setattr(patient, name, value)


def window(paper_id: int) -> tuple[str, ...]:
    content: Any = content_of(session().get_one(IssuedPaper, paper_id))
    return tuple(content.recipient)


def test_203_stgb_whoever_pays_the_next_invoices_hears_nothing_of_this_one(cast: Any) -> None:
    invoice_id = a_late_invoice(cast)
    pays_from_now_on(cast, SISTER, street="Neuer Weg 8")
    there = ("Gisela Yılmaz-Hofer", "Neuer Weg 8", "50668 Köln")
    assert window(reminded(invoice_id, after(20)).paper_id) == there
    assert window(dunned(invoice_id, 1, after(40), *EVERYTHING).paper_id) == there
    claim: Any = content_of(
        session().get_one(IssuedPaper, session().get_one(DebtHandover, a_handover(invoice_id)).paper_id)
    )
    assert claim.debtor == there


def test_who_was_named_still_owes_it_when_the_patient_pays_the_next_ones(cast: Any) -> None:
    pays_from_now_on(cast, SISTER)
    invoice_id = a_late_invoice(cast)
    pays_from_now_on(cast, None)
    assert window(reminded(invoice_id, after(20)).paper_id) == ("Ayşe Hofer", "Ring 3", "50672 Köln")


def test_who_moved_gets_the_letter_at_the_new_address(cast: Any) -> None:
    pays_from_now_on(cast, SISTER)
    invoice_id = a_late_invoice(cast)
    pays_from_now_on(cast, SISTER | {"street": "Allee 1"})
    assert window(reminded(invoice_id, after(20)).paper_id) == ("Ayşe Hofer", "Allee 1", "50672 Köln")


def test_a_patient_who_married_is_found_under_the_new_name(cast: Any) -> None:
    invoice_id = a_late_invoice(cast)
    pays_from_now_on(cast, None, last_name="Berger")
    assert window(reminded(invoice_id, after(20)).paper_id)[0] == "Gisela Berger"


def test_the_letter_of_correction_goes_to_whom_the_new_invoice_names(cast: Any) -> None:
    old = a_late_invoice(cast)
    with unit_of_work():
        cancel_invoice(old, None, "Falscher Empfänger", today())
    pays_from_now_on(cast, SISTER)
    with unit_of_work():
        draft_id = reissue_invoice(old, None)
    invoice = issued(draft_id)
    assert invoice.gross_total == Decimal("11.33")
    with unit_of_work():
        paper_id = issue_letter(invoice.id, None, today())
    assert window(paper_id)[0] == "Ayşe Hofer"
