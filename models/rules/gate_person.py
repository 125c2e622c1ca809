"""The gate's items about people: a minor's guardians, and who applies."""

from collections.abc import Iterator
from datetime import date

from .age import is_minor
from .gate_facts import GateFacts, GateItem, PerformerFacts
from .gate_items import item
from .minors import minor_findings
from .procedures import LASERS
from .severity import Finding, Severity
from .vat import Indication


def guardians(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """Only for minors: both guardians or proof of sole custody, and the capable minor."""
    if not is_minor(facts.born_on, on):
        return
    medical = bool(facts.lesions) and all(lesion.indication is Indication.MEDICAL for lesion in facts.lesions)
    found = minor_findings(
        facts.born_on,
        on,
        Indication.MEDICAL if medical else Indication.COSMETIC,
        facts.consent.signers if facts.consent and facts.consent.signed_on else (),
        sole_custody_proof=facts.sole_custody_proof,
        capable=facts.minor_capable,
    )
    yield item("minor", found)


def performer(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """Laser use that is not medical: a physician with proof (NiSV); cold: a physician, or an assistant under one."""
    if facts.procedure in LASERS:
        if any(lesion.indication is not Indication.MEDICAL for lesion in facts.lesions):
            yield item("qualification", [*_nisv_findings(facts.performer, on), *_advice_findings(facts)])
    elif facts.performer is not None and not facts.performer.physician:
        alone = [] if facts.performer.supervised else [Finding("supervisor_missing", Severity.BLOCK, "§ 4 Abs. 2 GOÄ")]
        yield item("supervision", alone)


def _nisv_findings(who: PerformerFacts | None, on: date) -> list[Finding]:
    if who is None:
        return [Finding("performer_not_named", Severity.BLOCK, "§ 5 NiSV")]
    if not who.physician:
        return [Finding("performer_not_physician", Severity.BLOCK, "§ 5 Abs. 2 NiSV")]
    if who.nisv_proof_on is None or who.nisv_proof_on > on:
        return [Finding("nisv_proof_missing", Severity.BLOCK, "§ 5 NiSV")]
    return []


def _advice_findings(facts: GateFacts) -> list[Finding]:
    """The person who applies advises; if another explained, an own short talk is needed (domain 10.1 no. 9)."""
    if facts.talk is None or facts.talk.by_performer:
        return []
    return [Finding("performer_talk_missing", Severity.WARN, "§ 3 Abs. 1 NiSV")]
