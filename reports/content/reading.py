"""A paper as text to read on a screen before it is signed: the same frozen content, without its letterhead's lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .base import Language, PaperContent
from .case_grant import CaseGrantContent, PowerOfAttorneyContent, ReleaseContent
from .consent import ConsentContent
from .cost_notice import CostNoticeContent, PlannedService, Price
from .formats import area, count_range, day, factor, money_range, percent
from .parts import Section
from .services import number_shown, on_demand_mark, service_wording
from .words import word

Readable = ConsentContent | CostNoticeContent | CaseGrantContent
Kind = Literal["heading", "text", "points", "pairs", "questions", "lines"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a paper: `text` for a heading or a paragraph, `items` for bullets, pairs, questions and cost lines."""

    kind: Kind
    text: str = ""
    items: tuple[tuple[str, ...], ...] = ()


def title_of(content: PaperContent) -> str:
    """What the paper calls itself."""
    language = content.language
    if isinstance(content, ConsentContent):
        return word(language, "consent_title", procedure=content.procedure)
    if isinstance(content, CostNoticeContent):
        return word(language, "cost_notice_gkv_title" if content.agreement else "cost_notice_title")
    return word(language, f"{content.kind}_title")


def reading(content: PaperContent) -> tuple[Block, ...]:
    """Everything that is agreed to, in its order. Raises TypeError for a paper that no screen takes."""
    if isinstance(content, ConsentContent):
        return (*_pairs(_about(content)), *_consent(content))
    if isinstance(content, CostNoticeContent):
        return (*_pairs(_about(content)), *_cost_notice(content))
    if isinstance(content, CaseGrantContent):
        return (*_pairs(_about(content)), *_grant(content))
    raise TypeError(f"{content.kind} is not signed on a screen")


def _about(content: Readable) -> list[tuple[str, str]]:
    """What stands in every paper's head: number, day, whom it is about, whose paper it is."""
    language, born, head = content.language, content.patient.birth_date, content.letterhead
    return [
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "practice_said"), ", ".join(filter(None, (head.practice, head.city)))),
        (word(language, "physician"), "" if isinstance(content, CaseGrantContent) else content.physician),
    ]


def _consent(content: ConsentContent) -> Iterator[Block]:
    language = content.language
    talk = content.talk
    yield from _pairs(_plan(content))
    for part in content.sections:
        yield from _section(part)
    if content.questions:
        yield Block("heading", word(language, "questions"))
        yield Block("text", word(language, "questions_lead"))
        yield Block("questions", items=tuple((question.text,) for question in content.questions))
    if talk.explained_by:
        yield Block("heading", word(language, "talk"))
        yield from _pairs(
            [
                (word(language, "talk_by"), talk.explained_by),
                (word(language, "talk_on"), day(talk.held_on, language) if talk.held_on else ""),
                (word(language, "talk_companion"), talk.companion),
                (word(language, "talk_interpreter"), talk.interpreter),
                (word(language, "talk_risks"), talk.individual_risks),
                (word(language, "talk_questions"), talk.questions),
            ]
        )
    for part in content.terms:
        yield from _section(part)
    yield from _section(content.declaration)
    count = str(content.sessions_to)
    yield Block("heading", word(language, "scope"))
    yield from _pairs(
        [
            (word(language, "procedure"), content.procedure),
            (word(language, "sites"), ", ".join(content.sites)),
            (word(language, "sessions"), word(language, "up_to", count=count) if content.sessions_to > 1 else count),
            (word(language, "covered_until"), day(content.valid_until, language) if content.valid_until else ""),
        ]
    )


def _plan(content: ConsentContent | CostNoticeContent) -> list[tuple[str, str]]:
    language = content.language
    sessions = count_range(content.sessions_from, content.sessions_to, language)
    return [
        (word(language, "procedure"), content.procedure),
        (word(language, "sites"), ", ".join(content.sites)),
        (word(language, "area"), area(content.area_cm2, language) if content.area_cm2 is not None else ""),
        (word(language, "device"), content.device),
        (word(language, "method"), content.method if isinstance(content, ConsentContent) else ""),
        (word(language, "sessions"), word(language, "sessions_planned", count=sessions)),
    ]


def _cost_notice(content: CostNoticeContent) -> Iterator[Block]:
    language = content.language
    yield Block("text", word(language, "cost_notice_law"))
    yield from _pairs([*_plan(content), (word(language, "insurer"), content.insurer)])
    yield Block("heading", word(language, "per_session"))
    yield Block("lines", items=tuple(_line(service, language) for service in content.services))
    yield from _pairs(_sums(content))
    yield from _paragraphs(content.exemption)
    yield from _section(Section(heading=word(language, "who_pays"), body=content.notice))
    if content.par52:
        yield from _section(Section(heading=word(language, "par52"), body=content.par52))
    for note in content.notes:
        yield from _paragraphs(note)
    if content.agreement:
        yield from _section(Section(heading=word(language, "agreement"), body=content.agreement))
    yield from _paragraphs(content.receipt)


def _line(service: PlannedService, language: Language) -> tuple[str, str, str]:
    """(what is charged, in small print how, the amount)."""
    wording = service_wording(
        language, service.number, service.service, analog_service=service.analog_service,
        minimum_minutes=service.minimum_minutes,
    )  # fmt: skip
    lowest, highest = factor(service.factor_from, language), factor(service.factor_to, language)
    how = [f"{service.quantity} × {lowest if lowest == highest else f'{lowest} – {highest}'}"]
    how += [on_demand_mark(language)] if service.on_demand else []
    how += [word(language, "needs_agreement")] if service.fee_agreement else []
    how += [service.reason] if service.reason else []
    named = f"{number_shown(service.number, service.analog_service)} {wording}"
    return named, "; ".join(how), money_range(service.amount_from, service.amount_to, language)


def _sums(content: CostNoticeContent) -> list[tuple[str, str]]:
    language, lowest, highest = content.language, content.session_from, content.session_to
    count = count_range(content.sessions_from, content.sessions_to, language)
    total = word(language, "total_gross", count=count) if content.sessions_to > 1 else word(language, "total_gross_one")
    rows = [(word(language, "session_gross"), _ends(lowest, highest, "gross", language))]
    if content.vat_rate is not None:
        rate = percent(content.vat_rate, language)
        rows = [
            (word(language, "net"), _ends(lowest, highest, "net", language)),
            (word(language, "vat", rate=rate), _ends(lowest, highest, "vat", language)),
            *rows,
        ]
    return [*rows, (total, money_range(content.total_from, content.total_to, language))]


def _ends(lowest: Price, highest: Price, name: str, language: Language) -> str:
    return money_range(getattr(lowest, name), getattr(highest, name), language)


def _grant(content: CaseGrantContent) -> Iterator[Block]:
    language = content.language
    until = word(language, "grant_valid_value", day=day(content.valid_until, language))
    holder = ""
    if isinstance(content, PowerOfAttorneyContent):
        born = content.holder.birth_date
        said = word(language, "born", day=day(born, language)) if born else ""
        holder = ", ".join(filter(None, (content.holder.name, said)))
    yield from _pairs(
        [
            (word(language, "grant_holder"), holder),
            (word(language, "grant_case"), content.case_number),
            (word(language, "grant_towards"), ", ".join(content.insurer)),
            (word(language, "grant_contract").capitalize(), content.contract_no),
            (word(language, "grant_insured_no").capitalize(), content.insured_no),
            (word(language, "procedure"), content.procedure),
            (word(language, "sites"), ", ".join(content.sites)),
            (word(language, "grant_purpose"), content.purpose),
            (word(language, "grant_valid"), until),
        ]
    )
    if isinstance(content, ReleaseContent):
        shown = [*content.shown, *(["photos"] if content.photos else [])]
        yield Block("heading", word(language, "shown_heading"))
        yield Block("points", items=tuple((word(language, f"shown_{code}"),) for code in shown))
        yield from _paragraphs("" if content.photos else word(language, "shown_no_photos"))
    for part in (*content.terms, content.declaration):
        yield from _section(part)


def _section(part: Section) -> Iterator[Block]:
    if part.heading:
        yield Block("heading", part.heading)
    yield from _paragraphs(part.body)


def _paragraphs(body: str) -> Iterator[Block]:
    """Paragraphs and bullets, parted as on the printed paper."""
    for block in body.strip().split("\n\n"):
        lines = block.splitlines()
        running = " ".join(line for line in lines if not line.startswith("- "))
        bullets = tuple((line[2:].strip(),) for line in lines if line.startswith("- "))
        if running:
            yield Block("text", running)
        if bullets:
            yield Block("points", items=bullets)


def _pairs(items: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    shown = tuple((label, value) for label, value in items if value)
    return (Block("pairs", items=shown),) if shown else ()
