"""Expenses and goods: § 10 GOÄ, practice costs in the fee (§ 4(3) GOÄ), and services that hide behind a price."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..invoice import InvoiceLine, LineKind
from ..severity import Finding, Severity
from ..wished_price import is_crooked
from .bill import Bill

RECEIPT_ABOVE = Decimal("25.56")  # 50 DM; exactly that is not over
HIGH_TOTAL = Decimal(10_000)  # [own] euros gross: few bills of a dermatological practice come near it

# Words of § 10(2) GOÄ. A name alone does not prove it where the patient may keep the thing: those only ask.
_SMALL = re.compile(
    r"kleinmaterial|zellstoff|tupfer|schnellverband|sprühverband|verbandspray|holzspatel|wattest"
    r"|oberflächenan|betäubungs-?(creme|gel|salbe|spray)|anästhe\w*-?\s?(creme|gel|salbe|spray)|\bemla\b"
    r"|desinfekt|einmal-?(spritze|kanüle|handschuh|skalpell|artikel|material)"
    r"|\b((op|latex|nitril|vinyl|untersuchungs|schutz)-?)?handschuhe",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"pflaster|salbe|creme|puder|tropfen|arzneimittel|reinigungsmittel|spritze|kanüle|skalpell", re.IGNORECASE
)
_POSTAGE = re.compile(r"porto|versand|briefmarke", re.IGNORECASE)
_LUMP = re.compile(r"pauschal|komplettpreis|festpreis|paketpreis|inklusivpreis", re.IGNORECASE)
_INSTRUMENT = re.compile(
    r"(geräte?|laser|apparate?)-?(kosten|nutzung|einsatz|gebühr|benutzung)|nutzung (des|der)|abnutzung|praxiskosten"
    r"|raumkosten|raummiete",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"[fp]h?oto(s\b|dok|graf|graph)", re.IGNORECASE)
_APPOINTMENT = re.compile(r"\btermin|ausfallhonorar|reservierung", re.IGNORECASE)
_SERVICE = re.compile(r"\b(laser)?(behandlung|sitzung|honorar|beratung|untersuchung|cryopeeling)", re.IGNORECASE)


def expense_is_named(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) no. 5 GOÄ: amount and kind of each expense."""
    for place, line in bill.other_lines(LineKind.EXPENSE):
        if not line.text.strip():
            yield Finding("expense_without_kind", Severity.BLOCK, "§ 12 Abs. 2 GOÄ", {"line": str(place)})


def expense_has_its_receipt(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) no. 5 GOÄ: the receipt of a single expense above 50 DM is attached."""
    for place, line in bill.other_lines(LineKind.EXPENSE):
        if line.single > RECEIPT_ABOVE and not line.receipt:
            facts = {"line": str(place), "service": line.text, "amount": str(line.single)}
            yield Finding("expense_receipt_missing", Severity.BLOCK, "§ 12 Abs. 2 GOÄ", facts)


def expense_is_chargeable(bill: Bill) -> Iterator[Finding]:
    """§ 10(2) GOÄ: small material, surface anaesthetics, disinfectants, disposables; ointment only if taken home."""
    for place, line in bill.other_lines(LineKind.EXPENSE):
        facts = {"line": str(place), "service": line.text}
        if _SMALL.search(line.text):
            yield Finding("expense_not_chargeable", Severity.BLOCK, "§ 10 Abs. 2 GOÄ", facts)
        elif _ASKED.search(line.text):
            yield Finding("expense_immediate_use", Severity.WARN, "§ 10 Abs. 2 GOÄ", facts)


def postage_of_the_invoice_is_free(bill: Bill) -> Iterator[Finding]:
    """§ 10 GOÄ: sending the invoice is never charged; other shipments may be."""
    for place, line in bill.other_lines(LineKind.EXPENSE):
        if _POSTAGE.search(line.text):
            severity = Severity.BLOCK if "rechnung" in line.text.casefold() else Severity.WARN
            yield Finding("expense_postage", severity, "§ 10 GOÄ", {"line": str(place), "service": line.text})


def expense_is_no_lump_sum(bill: Bill) -> Iterator[Finding]:
    """§ 10 GOÄ: actual costs only, no lump sums."""
    for place, line in bill.other_lines(LineKind.EXPENSE):
        if _LUMP.search(line.text):
            facts = {"line": str(place), "service": line.text}
            yield Finding("expense_lump_sum", Severity.BLOCK, "§ 10 GOÄ", facts)


def practice_costs_are_in_the_fee(bill: Bill) -> Iterator[Finding]:
    """§ 4(3), (4) GOÄ: instruments and apparatus, so the laser too, are covered by the fee."""
    for place, line in _typed(bill):
        if _INSTRUMENT.search(line.text):
            facts = {"line": str(place), "service": line.text}
            yield Finding("practice_costs_covered", Severity.BLOCK, "§ 4 Abs. 3 GOÄ", facts)


def photos_belong_to_the_service(bill: Bill) -> Iterator[Finding]:
    """No number of its own was found: part of the main service (§ 4(2a) GOÄ), so it is asked."""
    for place, line in enumerate(bill.lines, start=1):
        if (line.kind is not LineKind.GOAE or line.analog) and _PHOTO.search(line.text):
            facts = {"line": str(place), "service": line.text}
            yield Finding("photos_included", Severity.WARN, "§ 4 Abs. 2a GOÄ", facts)


def appointments_are_free(bill: Bill) -> Iterator[Finding]:
    """General provisions B: arranging an appointment is not charged."""
    for place, line in _typed(bill):
        if _APPOINTMENT.search(line.text):
            facts = {"line": str(place), "service": line.text}
            yield Finding("appointment_not_chargeable", Severity.WARN, "Abschnitt B GOÄ", facts)


def goods_are_no_service(bill: Bill) -> Iterator[Finding]:
    """A lump-sum price for a physician's service is void (BGH III ZR 38/23): goods are things."""
    for place, line in bill.other_lines(LineKind.GOODS):
        facts = {"line": str(place), "service": line.text}
        if _LUMP.search(line.text):
            yield Finding("lump_sum", Severity.BLOCK, "§ 5 GOÄ", facts)
        elif _SERVICE.search(line.text):
            yield Finding("goods_or_service", Severity.WARN, "§ 5 GOÄ", facts)


def total_is_no_lump_sum(bill: Bill) -> Iterator[Finding]:
    """A round sum out of crooked factors looks like a price that was there first (domain 10.1 no. 13)."""
    gross = bill.gross
    services = list(bill.goae_lines())
    crooked = any(is_crooked(line.factor) and not position.fixed for _, line, position in services)
    if services and gross is not None and gross > 0 and gross % 10 == 0 and crooked:
        yield Finding("total_looks_like_lump_sum", Severity.WARN, "§ 5 Abs. 2 GOÄ", {"gross": str(gross)})


def total_is_plausible(bill: Bill) -> Iterator[Finding]:
    """A slip of the finger in an amount or a count is seen before the paper has its number."""
    if bill.gross is not None and bill.gross > HIGH_TOTAL:
        yield Finding("total_very_high", Severity.WARN, "", {"gross": str(bill.gross)})


def _typed(bill: Bill) -> Iterator[tuple[int, InvoiceLine]]:
    yield from bill.other_lines(LineKind.EXPENSE)
    yield from bill.other_lines(LineKind.GOODS)
