"""What pages with prices say: the sentence for the telephone, and what a price rests on."""

from __future__ import annotations

from ...models.rules.vat import Exemption
from .. import formats
from ..sentences import sentence
from ..services.prices import Price
from ..texts import kt, kt_count


def spoken(name: str, price: Price, least: int, most: int) -> list[str]:
    """What is read aloud: the price of a session, of all sessions, and that it binds nobody."""
    said = [
        kt(
            "{name}: Eine Sitzung kostet voraussichtlich {gross}, {vat}.",
            name=name,
            gross=formats.money(price.totals.gross),
            vat=vat_words(price),
        )
    ]
    if (least, most) != (1, 1):
        low, high = price.of_sessions(least, most)
        if least == most:
            said.append(kt("Bei {count} Sitzungen sind das zusammen {total}.", count=most, total=formats.money(high)))
        else:
            said.append(
                kt(
                    "Bei {least} bis {most} Sitzungen sind das zusammen {low} bis {high}.",
                    least=least,
                    most=most,
                    low=formats.money(low),
                    high=formats.money(high),
                )
            )
    if any(each.code == "factor_needs_agreement" for each in price.findings):
        said.append(kt("Dazu gehört eine schriftliche Honorarvereinbarung vor der ersten Sitzung (§ 2 GOÄ)."))
    said.append(
        kt(
            "Diese Auskunft ist unverbindlich. Was die Behandlung bei Ihnen kostet, steht nach der Untersuchung "
            "schriftlich im Kostenvoranschlag."
        )
    )
    return said


def vat_words(price: Price) -> str:
    """ "darin 19 % Umsatzsteuer (1,81 €)", or why there is none."""
    group = price.totals.groups[0]
    if group.exemption is Exemption.HEALING:
        return kt("umsatzsteuerfrei als Heilbehandlung (§ 4 Nr. 14 Buchst. a UStG)")
    if group.exemption is Exemption.SMALL_BUSINESS:
        return kt("umsatzsteuerfrei als Kleinunternehmer (§ 19 UStG)")
    rate, vat = formats.percent(group.rate), formats.money(price.totals.vat)
    return kt("darin {rate} Umsatzsteuer ({vat})", rate=rate, vat=vat)


def warnings(price: Price | None) -> list[str]:
    """What the price rests on, each sentence once."""
    return list(dict.fromkeys(sentence(each) for each in price.findings)) if price else []


def how(points: int | None) -> str:
    """How an amount came about, for the line under the service."""
    if points is None:
        return kt("Anteil der Leistung davor")
    return kt_count("{count} Punkt × 0,0582873 €", "{count} Punkte × 0,0582873 €", points)
