"""The gate's items about this session: benign, indication, re-check, sun, interval, area, device."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .gate_facts import GateFacts, GateItem, GateState, LesionFacts, Override, Stops
from .gate_items import item
from .procedures import area_findings, interval_findings, limit_findings
from .severity import Finding, Severity
from .sun import sun_findings
from .vat import Indication


def benign(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """Each pigmented lesion, before cold and before light: a physician confirmed that it is benign. No override."""
    pigmented = [lesion for lesion in facts.lesions if lesion.pigmented]
    if not pigmented:
        return
    unchecked = sorted({lesion.site for lesion in pigmented if not _is_checked(lesion, on)})
    found = [Finding("benign_check_missing", Severity.BLOCK, "", {"sites": ", ".join(unchecked)})] if unchecked else []
    checked_on = max((lesion.benign_on for lesion in pigmented if lesion.benign_on is not None), default=on)
    how = ", ".join(dict.fromkeys(lesion.benign_how for lesion in pigmented if lesion.benign_how))
    yield item("benign", found, done={"benign_on": checked_on.isoformat(), "benign_how": how})


def _is_checked(lesion: LesionFacts, on: date) -> bool:
    return lesion.benign_on is not None and lesion.benign_on <= on and bool(lesion.benign_how.strip())


def indication(facts: GateFacts, _on: date) -> Iterator[GateItem]:
    """Undecided holds back the invoice, not the start (domain 10.1 no. 1, 10.2); only a physician decides."""
    if not facts.lesions:
        missing = [Finding("lesions_missing", Severity.BLOCK)]
        yield item("indication", missing)
        return
    undecided = sorted({lesion.site for lesion in facts.lesions if lesion.indication is Indication.UNDECIDED})
    facts_of = {"sites": ", ".join(undecided)}
    found = [Finding("indication_undecided", Severity.WARN, "§ 4 Nr. 14 Buchst. a UStG", facts_of)] if undecided else []
    yield item("indication", found, warning_stops=Stops.INVOICE)


def recheck(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """The short questions of the day; what stands out is released by a physician."""
    if facts.recheck is None or facts.recheck.on != on:
        yield item("recheck", [Finding("recheck_missing", Severity.WARN)])
        return
    remarks = {"remarks": ", ".join(facts.recheck.remarks)}
    found = [Finding("recheck_remarks", Severity.WARN, "", remarks)] if facts.recheck.remarks else []
    yield item("recheck", found, override=Override.PHYSICIAN, done={"on": on.isoformat()})


def sun(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """The sun window, once the re-check has asked for it."""
    if facts.recheck is None or facts.settings.sun_before_days is None:
        return
    found = sun_findings(facts.recheck.last_sun_on, on, facts.settings.sun_before_days)
    yield item("sun", found, override=Override.PHYSICIAN)


def interval(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """The time since the last session of the course, where the procedure has an interval."""
    if facts.last_treated_on is None or facts.settings.interval_days is None:
        return
    found = interval_findings(facts.last_treated_on, on, facts.settings)
    yield item("interval", found, override=Override.PHYSICIAN)


def area(facts: GateFacts, _on: date) -> Iterator[GateItem]:
    """Small areas only for cryopeeling; nothing to say for lasers."""
    known = [lesion.area_cm2 for lesion in facts.lesions if lesion.area_cm2 is not None]
    total = sum(known, Decimal(0)) if known else None
    found = area_findings(facts.procedure, total, facts.settings)
    if found:
        yield item("area", found, override=Override.PHYSICIAN)


def device(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """The device's limits block when planning; a safety check past its day warns as overdue."""
    if facts.device is None:
        return
    found = limit_findings(facts.device.doses, facts.device.limits, recording=False)
    due = facts.device.check_due_on
    if due is not None and due < on:
        found.append(Finding("device_check_overdue", Severity.WARN, "", {"check_due_on": due.isoformat()}))
    yield item("device", found, open_state=GateState.OVERDUE)
