"""Where things stand on the list before a print job."""

from ..content.formats import day
from ..content.parts import Person
from ..content.print_list import PrintedPaper, PrintListContent
from ..content.words import word
from .blocks import paragraph, title
from .letter import Letter, render_letter
from .page import MM, Sheet
from .tables import Column, Item, table

_EDGES = (0, 18, 80, 131, 165)
_WIDE = 1
_WORDS = {
    "de": (
        "Druckliste",
        "Diese Blätter folgen in der Reihenfolge der Sitzungen. Die Liste bleibt in der Praxis.",
        ("Uhrzeit", "Name", "Papier", "Nummer"),
        "Sitzungen am",
    ),
    "en": (
        "Print list",
        "These sheets follow in the order of the sessions. The list stays in the practice.",
        ("Time", "Name", "Paper", "Number"),
        "Sessions on",
    ),
}


def render(content: PrintListContent) -> bytes:
    """The list as PDF."""
    language = content.language
    name, told, heads, sessions_on = _WORDS[language]
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    columns = [Column(head, edges[index], edges[index + 1] - 2) for index, head in enumerate(heads)]
    items = [_item(paper, content) for paper in content.papers]
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=(),
        patient=Person(name="", birth_date=None),
        name=name,
        info=((sessions_on, day(content.on, language)), (word(language, "date"), day(content.printed_on, language))),
        rows=[*title(name), *paragraph(told), *table(columns, _WIDE, items)],
    )
    return render_letter(letter, content)


def _item(paper: PrintedPaper, content: PrintListContent) -> Item:
    born = paper.patient.birth_date
    below = (word(content.language, "born", day=day(born, content.language)),) if born else ()
    return Item((paper.time or "–", paper.patient.name, paper.paper, paper.number), below)
