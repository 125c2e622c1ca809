"""Where things stand on the cost query letter."""

from ..content.cost_query import CostQueryContent
from ..content.formats import day
from ..content.words import word
from .blocks import body_rows, bullet, heading, pairs, paragraph, signatures, title
from .flow import Row, kept_together, space
from .letter import Letter, render_letter


def render(content: CostQueryContent) -> bytes:
    """The letter as PDF."""
    language = content.language
    name = word(language, "cost_query_title")
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[*title(name), *_people(content), *_request(content), *_plan(content), *_close(content)],
        draft=content.draft,
        sender=content.holder_address if _own(content) else (),
    )
    return render_letter(letter, content)


def _own(content: CostQueryContent) -> bool:
    """The insured person writes: the practice is the subject of the letter, not its sender."""
    return content.voice == "policyholder"


def _info(content: CostQueryContent) -> tuple[tuple[str, str], ...]:
    language, beihilfe = content.language, content.payer == "beihilfe"
    return (
        (word(language, "number"), content.number),
        (word(language, "query_case"), content.case_number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "query_contract"), content.contract_no),
        (word(language, "query_beihilfe_no" if beihilfe else "query_insured_no"), content.insured_no),
        (word(language, "query_tariff"), content.tariff),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), "" if _own(content) else content.contact),
    )


def _people(content: CostQueryContent) -> list[Row]:
    language = content.language

    def named(name: str, born: str) -> str:
        return f"{name}, {born}" if born else name

    def birth(on: object) -> str:
        return word(language, "born", day=day(on, language)) if on else ""  # type: ignore[arg-type]  # a date or None

    holder = {"beihilfe": "query_entitled", "gkv": "query_member"}.get(content.payer, "query_holder")
    return [
        *pairs(
            (
                (word(language, holder), named(content.holder.name, birth(content.holder.birth_date))),
                (word(language, "query_insured"), named(content.patient.name, birth(content.patient.birth_date))),
            )
        ),
        space(8),
    ]


def _request(content: CostQueryContent) -> list[Row]:
    language = content.language
    rows = paragraph(word(language, "query_greeting")) + body_rows(content.request)
    rows += paragraph(word(language, "query_assessment", assessment=content.assessment))
    if content.reason:
        rows += paragraph(word(language, "query_reason", reason=content.reason.rstrip(".")))
    if content.urgent_reason:
        rows += paragraph(word(language, "query_urgent", reason=content.urgent_reason.rstrip(".")))
    rows += body_rows(content.ask)
    if content.statutory:
        rows += paragraph(word(language, "query_urgent_law" if content.urgent_reason else "query_four_weeks"))
    return rows


def _plan(content: CostQueryContent) -> list[Row]:
    language = content.language
    return [
        *heading(word(language, "query_about")),
        *pairs(
            (
                (word(language, "query_treating"), _treating(content)),
                (word(language, "procedure"), content.procedure),
                (word(language, "sites"), ", ".join(content.sites)),
                (word(language, "sessions"), content.sessions),
                (word(language, "estimate_diagnosis"), content.diagnosis),
            )
        ),
    ]


def _treating(content: CostQueryContent) -> str:
    """The practice by name and address where no letterhead says it."""
    head = content.letterhead
    return ", ".join(part for part in (head.practice, head.street, head.city) if part) if _own(content) else ""


def _close(content: CostQueryContent) -> list[Row]:
    """Enclosures and signature stay together: nobody signs a page without knowing what goes with it."""
    language = content.language
    if _own(content):
        where = word(language, "query_reply_holder", address=", ".join(content.holder_address))
    else:
        where = word(language, "query_reply_practice")
    rows = [*heading(word(language, "query_enclosures"))]
    rows += [row for enclosure in content.enclosures for row in bullet(enclosure)]
    rows += [space(6), *paragraph(where), *paragraph(word(language, "query_closing"))]
    return kept_together([*rows, *signatures(content.signatures, language)])
