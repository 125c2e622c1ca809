"""Who writes an invoice and who gets it, as the paper must name them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssuerFacts:
    """The practice as the invoice must name it: tax number or VAT id, full address, bank account."""

    name: str
    street: str
    postcode: str
    town: str
    tax_number: str
    iban: str


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Who gets the invoice; not always the patient."""

    name: str
    street: str
    postcode: str
    town: str
