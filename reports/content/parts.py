"""The parts that several papers share: the letterhead, the person it is about, a text, a question, a signature."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

MOST_BY_CODE: Final = Decimal("999999999.99")
"""Euros that a GiroCode can carry at most (EPC069-12, 2.1)."""

SignerRole = Literal["patient", "payer", "guardian", "physician", "practice", "policyholder", "entitled", "member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The account that is paid into; `iban` without spaces."""

    holder: str
    iban: str
    bic: str = ""
    name: str = ""

    def takes_by_code(self, amount: Decimal) -> bool:
        """Whether a GiroCode can be printed for so many euros."""
        return bool(self.iban) and Decimal(0) < amount <= MOST_BY_CODE


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes: the practice with its site, its physicians, tax number and account."""

    practice: str
    street: str
    city: str
    site: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    physicians: tuple[str, ...] = ()
    tax_number: str = ""
    vat_id: str = ""
    bank: Bank | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom the paper is about: a name never stands without its birth date."""

    name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its text. In `body` a blank line parts paragraphs and a line starting with "- " is a bullet."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the patient before the treatment; without an answer the paper shows two boxes to tick."""

    text: str
    answer: bool | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A line to sign on: in which role, and the name that is printed under it."""

    role: SignerRole
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSignature(Signature):
    """A line that was signed on a screen: the strokes as points (x, y, milliseconds), `width` is that of their field.

    It stands on the signed copy only, never in a paper's frozen content. `noted` says when and how it was signed.
    """

    strokes: tuple[tuple[tuple[int, int, int], ...], ...]
    width: int
    noted: str
