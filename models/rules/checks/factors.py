"""The factor of a line and the amount it makes: §§ 2, 5, 5b, 12(3) GOÄ."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..goae import Position, check_factor, fee, plain
from ..payers import PolicyKind
from ..severity import Finding, Severity
from ..vat import Indication
from ..wished_price import is_crooked
from .bill import Bill, at

_TENTH = Decimal("0.1")

# Caps by threshold of the position (2.3, 1.8, 1.15): § 5b GOÄ for the Standardtarif. § 75(3a) SGB V may supersede it
# and names the Basistarif too; its figures are second-hand (domain 10.1 no. 8), so all of this only warns.
_CAPS_5B = {Decimal("2.3"): Decimal("1.7"), Decimal("1.8"): Decimal("1.3"), Decimal("1.15"): Decimal("1.1")}
_CAPS_75 = {Decimal("2.3"): Decimal("1.8"), Decimal("1.8"): Decimal("1.38"), Decimal("1.15"): Decimal("1.16")}
_CAPPED = {
    PolicyKind.PKV_STANDARD: (_CAPS_5B, "§ 5b GOÄ"),
    PolicyKind.PKV_BASIC: (_CAPS_75, "§ 75 Abs. 3a SGB V"),
}

_NO_CRITERION = re.compile(
    r"privatpatient|privat ?versicher|tarif|hochwertig|moderne?s? ger|neues ger|gerätekosten", re.IGNORECASE
)


def factor_is_allowed(bill: Bill) -> Iterator[Finding]:
    """Threshold and reason, maximum and § 2 agreement from before the service, fixed factors, sections A, E, M, O."""
    for place, line, position in bill.goae_lines():
        for finding in check_factor(
            position,
            line.factor,
            reason=line.reason,
            agreement_signed_on=line.agreement_signed_on,
            service_on=line.service_on,
            agreed_factor=line.agreed_factor,
        ):
            facts = {"line": str(place)} | dict(finding.facts)
            yield Finding(finding.code, finding.severity, finding.paragraph, facts)


def amount_follows_the_factor(bill: Bill) -> Iterator[Finding]:
    """§ 5(1) GOÄ: points x point value x factor, rounded once."""
    for place, line, position in bill.goae_lines():
        if position.points is not None and fee(position, line.factor) != line.single:
            due = fee(position, line.factor)
            amounts = {"amount": str(line.single), "fee": str(due), "factor": plain(line.factor)}
            yield Finding("amount_not_by_factor", Severity.BLOCK, "§ 5 Abs. 1 GOÄ", at(place, line.number, **amounts))


def factor_is_straight(bill: Bill) -> Iterator[Finding]:
    """A factor such as 2.8734 looks like a price that was there first (domain 10.1 no. 13); an agreed one stands."""
    for place, line, position in bill.goae_lines():
        if position.fixed or line.agreement_signed_on is not None or not is_crooked(line.factor):
            continue
        if line.factor == position.threshold:  # 1.15 in section M
            continue
        lower = line.factor - line.factor % _TENTH
        facts = at(place, line.number, factor=plain(line.factor), lower=plain(lower), upper=plain(lower + _TENTH))
        yield Finding("line_factor_crooked", Severity.WARN, "§ 5 Abs. 2 GOÄ", facts)


def reason_is_a_criterion(bill: Bill) -> Iterator[Finding]:
    """§ 5(2) GOÄ: difficulty, time, circumstances. Insurance or equipment is none (BGH III ZR 54/07, second-hand)."""
    for place, line, position in bill.goae_lines():
        if _has_reason(line.factor, position, line.reason) and _NO_CRITERION.search(line.reason or ""):
            yield Finding("reason_no_criterion", Severity.WARN, "§ 5 Abs. 2 GOÄ", at(place, line.number))


def reason_is_understandable(bill: Bill) -> Iterator[Finding]:
    """§ 12(3) GOÄ: written, understandable and about this service; one word hardly is."""
    for place, line, position in bill.goae_lines():
        if _has_reason(line.factor, position, line.reason) and len((line.reason or "").split()) < 2:
            yield Finding("reason_too_short", Severity.HINT, "§ 12 Abs. 3 GOÄ", at(place, line.number))


def tariff_pays_the_factor(bill: Bill) -> Iterator[Finding]:
    """§ 5b GOÄ and § 75(3a) SGB V by kind of policy; what was wanted without need is not insured there."""
    for place, line, position in bill.goae_lines():
        if position.fixed or line.indication is Indication.COSMETIC:
            continue
        for tariff in bill.tariffs:
            caps, source = _CAPPED.get(tariff.kind, ({}, ""))
            cap = caps.get(position.threshold)
            if cap is not None and tariff.max_factor is None and line.factor > cap:
                facts = at(place, line.number, factor=plain(line.factor), cap=plain(cap))
                yield Finding("tariff_cap_exceeded", Severity.WARN, source, facts)


def insured_factor_is_kept(bill: Bill) -> Iterator[Finding]:
    """The patient's own policy names a highest factor (entered by the practice, it goes before the tariff's)."""
    for place, line, position in bill.goae_lines():
        if position.fixed or line.indication is Indication.COSMETIC:
            continue
        caps = [tariff.max_factor for tariff in bill.tariffs if tariff.max_factor is not None]
        if caps and line.factor > min(caps):
            facts = at(place, line.number, factor=plain(line.factor), cap=plain(min(caps)))
            yield Finding("above_insured_factor", Severity.WARN, "", facts)


def _has_reason(factor: Decimal, position: Position, reason: str | None) -> bool:
    return not position.fixed and position.threshold < factor <= position.maximum and bool(reason and reason.strip())
