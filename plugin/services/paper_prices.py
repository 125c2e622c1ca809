"""What the indication does to the prices on a paper, and what the paper says about who pays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from ...models.rules.payers import PayerKind
from ...models.rules.vat import Exemption, Indication, VatRegime, exemption_of, vat_rate
from ...reports.content.base import Language
from ...reports.content.cost_notice import cost_sentence
from .paper_heads import PaperHead
from .texts import wording

Range = tuple[Decimal, Decimal]
_NOTICES: Final = {
    PayerKind.GKV: "notice.gkv",
    PayerKind.PKV: "notice.pkv",
    PayerKind.SELF_PAYER: "notice.own_cost",
}
_EXEMPTIONS: Final = {
    Exemption.HEALING: "invoice.exempt_healing",
    Exemption.SMALL_BUSINESS: "invoice.exempt_small_business",
}
_WITH_VAT: Final = {"de": " (einschl. gesetzl. USt)", "en": " (including statutory VAT)"}
_UNDECIDED: Final[dict[Language, str]] = {
    "de": "Ob die Behandlung medizinisch begründet ist, ist ärztlich noch nicht oder nicht für alle Stellen gleich "
    "entschieden. Soweit sie es ist, kann die Umsatzsteuer entfallen.",
    "en": "Whether the treatment is medically indicated has not yet been decided by a physician, or not alike for all "
    "sites. As far as it is, VAT may not apply.",
}


def rate_of(head: PaperHead) -> Decimal:
    """Per cent. Undecided lesions are priced like cosmetic ones: the patient must not pay more than told."""
    rate = vat_rate(_taxed_as(head), VatRegime(head.practice.vat_regime))
    assert rate is not None  # only an undecided indication has none
    return rate


def exempt(head: PaperHead) -> bool:
    """Whether the paper shows no VAT and says why."""
    return _exemption(head) is not None


def exemption_text(head: PaperHead, today: dt.date) -> str:
    """Why no VAT is charged, "" where it is."""
    why = _exemption(head)
    return wording(head.practice.id, _EXEMPTIONS[why], head.language, today) if why else ""


def payer_notice(
    head: PaperHead, payer: PayerKind, *, gross: Range, sessions: tuple[int, int], total: Range, today: dt.date
) -> str:
    """The sentence for whoever pays, with its amounts."""
    body = wording(head.practice.id, _NOTICES[payer], head.language, today)
    notice = cost_sentence(body, head.language, gross=gross, sessions=sessions, total=total)
    # an exempt price says so in its own sentence; "including VAT" beside it would contradict that
    return notice.replace(_WITH_VAT[head.language], "") if exempt(head) else notice


def par52_text(head: PaperHead, payer: PayerKind, today: dt.date) -> str:
    """§ 52(2) SGB V speaks of measures without medical need; it stands on papers of statutory patients only."""
    if payer is not PayerKind.GKV or head.indication is Indication.MEDICAL:
        return ""
    return wording(head.practice.id, "notice.par52", head.language, today)


def undecided_notes(head: PaperHead) -> tuple[str, ...]:
    """The careful sentence where no physician has decided yet, or not alike for all sites."""
    open_vat = head.indication is Indication.UNDECIDED and not exempt(head)
    return (_UNDECIDED[head.language],) if open_vat else ()


def _taxed_as(head: PaperHead) -> Indication:
    return Indication.MEDICAL if head.indication is Indication.MEDICAL else Indication.COSMETIC


def _exemption(head: PaperHead) -> Exemption | None:
    return exemption_of(_taxed_as(head), VatRegime(head.practice.vat_regime))
