"""From the records to the head of a paper: who writes, to whom, about whom."""

from __future__ import annotations

from sqlalchemy import select

from ...models.invoice import Invoice
from ...models.patient import Patient
from ...models.practice import Physician, Practice, Site, Staff
from ...reports.content.electronic import Electronic, Party
from ...reports.content.parts import Bank, Letterhead, Person
from ..extension import session

_HOME = "DE"


def letterhead(practice: Practice, site: Site) -> Letterhead:
    """The practice with one of its sites, its physicians and its account."""
    bank = Bank(
        holder=practice.account_holder or practice.name, iban=practice.iban, bic=practice.bic, name=practice.bank_name
    )
    return Letterhead(
        practice=practice.name,
        street=site.street,
        city=f"{site.postcode} {site.city}".strip(),
        site=site.name if site.name != practice.name else "",
        phone=site.telephone,
        email=site.email,
        website=site.website,
        physicians=physicians(practice.id),
        tax_number=practice.tax_number,
        vat_id=practice.vat_id,
        bank=bank if practice.iban else None,
    )


def physicians(practice_id: int) -> tuple[str, ...]:
    """The physicians who work here, owners first."""
    rows = session().scalars(
        select(Staff)
        .join(Physician, Physician.staff_id == Staff.id)
        .where(Staff.practice_id == practice_id, Staff.engaged_to.is_(None))
        .order_by(Staff.employment != "owner", Staff.id)
    )
    return tuple(staff.full_name for staff in rows)


def person(patient: Patient) -> Person:
    """The patient, who never stands on a paper without the birth date."""
    return Person(name=patient.full_name, birth_date=patient.birth_date)


def address(patient: Patient) -> tuple[str, ...]:
    """Where a paper to the patient goes."""
    return letter_lines(patient.full_name, patient.street, patient.postcode, patient.city, patient.country)


def invoice_address(patient: Patient) -> tuple[str, ...]:
    """Where the invoice goes: to whoever pays for the patient, else to the patient."""
    payer = _payer(patient)
    return letter_lines(payer.name, payer.street, payer.postcode, payer.city, payer.country)


def debtor_address(invoice: Invoice) -> tuple[str, ...]:
    """Where a letter about an issued invoice goes: to whom it names, at the address that is known today.

    Whoever pays for the next invoices may be somebody else: they do not owe this one, and it is none of their business
    (§ 203 StGB).
    """
    patient, content = invoice.patient, invoice.paper.content if invoice.paper else {}
    named = tuple(content.get("recipient") or ())
    payer = invoice_address(patient)
    if not named or named[0] == payer[0]:
        return payer
    return address(patient) if named[0] == content["patient"]["name"] else named


def electronic(practice: Practice, site: Site, patient: Patient) -> Electronic | None:
    """Seller and buyer for the XML inside the invoice; None for whoever does not want it, which is almost everybody."""
    if not patient.e_invoice:
        return None
    seller = Party(name=practice.name, street=site.street, postcode=site.postcode, city=site.city)
    return Electronic(seller=seller, buyer=_payer(patient))


def _payer(patient: Patient) -> Party:
    other = patient.recipient
    if not other:
        return Party(
            name=patient.full_name,
            street=patient.street,
            postcode=patient.postcode,
            city=patient.city,
            country=patient.country or _HOME,
        )
    parts = {part: str(other.get(part) or "") for part in ("name", "street", "postcode", "city")}
    return Party(**parts, country=str(other.get("country") or _HOME))


def letter_lines(name: str, street: str, postcode: str, city: str, country: str) -> tuple[str, ...]:
    """The lines in the window of an envelope; only a letter abroad names its country."""
    lines = (name, street, f"{postcode} {city}".strip(), "" if country in ("", _HOME) else country_said(country))
    return tuple(line for line in lines if line)


def country_said(code: str) -> str:
    """The last line of a letter that goes abroad: the country in capitals, in German for our own post office."""
    from babel import Locale

    return str(Locale("de").territories.get(code, code)).upper()
