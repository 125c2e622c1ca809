"""The small pieces of an electronic invoice in the syntax of UN/CEFACT: elements, amounts, days, addresses."""

from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from ..content.electronic import Party
from ..content.services import VatGroup

_NO_RATE = Decimal("0.00")


def text(name: str, content: str, attributes: str = "") -> str:
    """An element with a text, nothing where there is nothing to say; `attributes` begins with a space."""
    return f"<ram:{name}{attributes}>{escape(content)}</ram:{name}>" if content else ""


def group(name: str, *parts: str) -> str:
    """An element around others, nothing where all of them are empty."""
    inner = "".join(parts)
    return f"<ram:{name}>{inner}</ram:{name}>" if inner else ""


def amount(name: str, euros: Decimal, attributes: str = "") -> str:
    """Euros with two places."""
    return text(name, f"{euros:.2f}", attributes)


def day(name: str, value: date, kind: str = "udt") -> str:
    """A date as format 102, CCYYMMDD."""
    stamp = f'<{kind}:DateTimeString format="102">{value:%Y%m%d}</{kind}:DateTimeString>'
    return f"<ram:{name}>{stamp}</ram:{name}>"


def period(first: date, last: date) -> str:
    """From when to when the service was performed."""
    return group("BillingSpecifiedPeriod", day("StartDateTime", first), day("EndDateTime", last))


def address(party: Party) -> str:
    """A party's address in its parts."""
    return group(
        "PostalTradeAddress",
        text("PostcodeCode", party.postcode),
        text("LineOne", party.street),
        text("CityName", party.city),
        text("CountryID", party.country),
    )


def category(taxed: VatGroup) -> str:
    """Category S (a rate) or E (exempt), as UNTDID 5305 has them."""
    return text("CategoryCode", "E" if taxed.rate is None else "S")


def rate(taxed: VatGroup) -> str:
    """The rate in per cent; an exempt group has 0.00."""
    return amount("RateApplicablePercent", taxed.rate or _NO_RATE)
