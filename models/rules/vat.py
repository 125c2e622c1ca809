"""VAT by indication: the rate, the groups of an invoice, the exemption and the on-demand mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from .money import ZERO, TaxedAmount, to_cents
from .severity import Finding, RuleBroken, Severity

STANDARD_RATE = Decimal("19.00")
NO_RATE = Decimal("0.00")


class Indication(StrEnum):
    """Why a lesion is treated, set by a physician; it drives VAT, wording and the on-demand mark."""

    MEDICAL = "medical"
    COSMETIC = "cosmetic"
    UNDECIDED = "undecided"


class VatRegime(StrEnum):
    """How the practice stands to VAT; `small_business` is § 19 UStG."""

    STANDARD = "standard"
    SMALL_BUSINESS = "small_business"


class Exemption(StrEnum):
    """Why no VAT is charged; the printed sentence is a template of the practice."""

    HEALING = "healing"
    SMALL_BUSINESS = "small_business"


EXEMPTION_PARAGRAPHS = {
    Exemption.HEALING: "§ 4 Nr. 14 Buchst. a UStG",
    Exemption.SMALL_BUSINESS: "§ 19 UStG",
}


class Taxable(Protocol):
    """What VAT needs to know of a line: whole-cent net euros, the indication, and for goods their own rate."""

    @property
    def net(self) -> Decimal: ...

    @property
    def indication(self) -> Indication: ...

    @property
    def goods_rate(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class VatGroup:
    """All lines of one rate and exemption; VAT is computed once, on the sum of the group (EN 16931, BT-117)."""

    rate: Decimal
    exemption: Exemption | None
    amount: TaxedAmount


def vat_rate(indication: Indication, regime: VatRegime) -> Decimal | None:
    """Per cent: 19.00 for cosmetic, 0.00 for healing (§ 4 Nr. 14 a UStG) and small business (§ 19 UStG).

    None while undecided, in every regime: an undecided line is never issued (the wording hangs on it as well).
    """
    if indication is Indication.UNDECIDED:
        return None
    return NO_RATE if exemption_of(indication, regime) else STANDARD_RATE


def exemption_of(indication: Indication, regime: VatRegime) -> Exemption | None:
    """Why no VAT is charged, or None where it is charged or not yet decided.

    Healing is exempt by its own rule before § 19 UStG is asked: its turnover does not count towards the limits of
    § 19 UStG, and § 22 UStG wants separate records.
    """
    if indication is Indication.MEDICAL:
        return Exemption.HEALING
    if indication is Indication.COSMETIC and regime is VatRegime.SMALL_BUSINESS:
        return Exemption.SMALL_BUSINESS
    return None


def line_vat(line: Taxable, regime: VatRegime) -> tuple[Decimal, Exemption | None] | None:
    """(rate in per cent, why none is charged) of a line, None while it is undecided.

    Goods are never healing: they have their own rate (§ 12 UStG), or none under § 19 UStG. Expenses share the fate of
    the service that they belong to.
    """
    if line.goods_rate is not None:
        small = regime is VatRegime.SMALL_BUSINESS
        return (NO_RATE, Exemption.SMALL_BUSINESS) if small else (line.goods_rate, None)
    rate = vat_rate(line.indication, regime)
    return None if rate is None else (rate, exemption_of(line.indication, regime))


def undecided_finding(position: int) -> Finding:
    """The block at issue for a line (counted from 1) whose indication no physician has decided (domain 10.2)."""
    return Finding("indication_undecided", Severity.BLOCK, "§ 4 Nr. 14 Buchst. a UStG", {"line": str(position)})


def vat_groups(lines: Iterable[Taxable], regime: VatRegime) -> tuple[VatGroup, ...]:
    """The VAT groups of an invoice, taxed rates first; the order of the lines does not matter.

    Raises RuleBroken where a line is undecided, NotWholeCents where a net amount is not rounded.
    """
    sums: dict[tuple[Decimal, Exemption | None], Decimal] = {}
    undecided: list[Finding] = []
    for position, line in enumerate(lines, start=1):
        key = line_vat(line, regime)
        if key is None:
            undecided.append(undecided_finding(position))
            continue
        to_cents(line.net)
        sums[key] = sums.get(key, ZERO) + line.net
    if undecided:
        raise RuleBroken(undecided)
    ordered = sorted(sums.items(), key=lambda item: (-item[0][0], item[0][1] or ""))
    return tuple(VatGroup(rate, why, TaxedAmount.from_net(net, rate)) for (rate, why), net in ordered)


def on_demand(indication: Indication) -> bool:
    """Whether the line carries "auf Verlangen" (§ 1(2) sentence 2, § 12(3) GOÄ): every cosmetic one."""
    return indication is Indication.COSMETIC
