"""The letter that every paper is: letterhead, window, info block, marks, running head and foot around the rows."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from ..content.base import Language, PaperContent
from ..content.formats import day, iban
from ..content.parts import Letterhead, Person
from ..content.words import word
from .flow import Placed, Row, paginated
from .fonts import REGULAR, CharactersMissing, face, missing_characters
from .page import SMALL, SMALL_LEADING, TEXT, TITLE, Sheet
from .pen import Pen
from .wrap import fitted, wrapped

if TYPE_CHECKING:
    from .pdfa import EmbeddedFile

# ReportLab seeks in the one font file that all threads share, so papers are drawn one after the other.
_drawing = Lock()
_NAME_SIZES = (TITLE, 12.0, 10.0, 8.0, 6.0, 5.0, 4.0)
_ADDRESS_SIZES = (TEXT, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0)
_SMALL_SIZES = (SMALL, 7.0, 6.0, 5.0, 4.0, 3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the frame shows (info: label and value), and the rows that flow inside it.

    With `sender`, name and address in lines, a private person writes: no letterhead, no account, no tax number.
    """

    language: Language
    letterhead: Letterhead
    recipient: tuple[str, ...]
    patient: Person
    name: str
    info: tuple[tuple[str, str], ...]
    rows: Sequence[Row]
    draft: bool = False
    sender: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """Whose letter it is."""
        return self.sender[0] if self.sender else self.letterhead.practice


def render_letter(letter: Letter, content: PaperContent, embedded: "EmbeddedFile | None" = None) -> bytes:
    """The PDF; equal content gives equal bytes. Raises CharactersMissing for what the face cannot show."""
    missing = missing_characters("\n".join(content.texts()))
    if missing:
        raise CharactersMissing(missing)
    info, info_bottom = _info_lines(letter)
    first_top = max(Sheet.body_top, info_bottom + Sheet.body_gap)
    pages = paginated(letter.rows, first_top, Sheet.body_top_next, Sheet.body_bottom)
    face(), face(bold=True)
    return _drawn(letter, info, pages, getattr(content, "issued_on", None), embedded)


@contextmanager
def _plain_streams() -> Iterator[None]:
    """Do without ASCII-85 over compressed streams: smaller and faster; a host keeps its own setting."""
    from reportlab import rl_config

    before = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def _drawn(
    letter: Letter,
    info: Sequence["_InfoLine"],
    pages: Sequence[Sequence[Placed]],
    made_on: date | None,
    embedded: "EmbeddedFile | None",
) -> bytes:
    def frame(pen: Pen, number: int) -> None:
        _draw_frame(pen, letter, info, first=number == 1)
        _draw_foot(pen, letter, word(letter.language, "page", page=str(number), pages=str(len(pages))))

    return drawn_pages(letter.name, letter.author, letter.language, pages, frame, made_on=made_on, embedded=embedded)


def drawn_pages(
    name: str,
    author: str,
    language: Language,
    pages: Sequence[Sequence[Placed]],
    frame: Callable[[Pen, int], None],
    *,
    made_on: date | None = None,
    embedded: "EmbeddedFile | None" = None,
) -> bytes:
    """The pages as PDF/A-3b; `frame` draws what stands around the rows of a page, counted from 1."""
    from reportlab.pdfgen.canvas import Canvas

    from .pdfa import CREATOR, PDF_VERSION, archive

    file = io.BytesIO()
    with _drawing, _plain_streams():
        canvas = Canvas(
            file,
            pagesize=(Sheet.width, Sheet.height),
            invariant=1,
            pageCompression=1,
            pdfVersion=PDF_VERSION,
            initialFontName=REGULAR,  # type: ignore[arg-type]  # the stub says float; Helvetica slips in without
            lang="de-DE" if language == "de" else "en-GB",
        )
        canvas.setTitle(name)
        canvas.setAuthor(author)
        canvas.setSubject(author)
        canvas.setCreator(CREATOR)
        canvas.setProducer(CREATOR)
        pen = Pen(canvas)
        for number, placed in enumerate(pages, start=1):
            frame(pen, number)
            for part in placed:
                part.row.draw(pen, part.top)
            pen.finish_page()
        archive(canvas, made_on, embedded)
        canvas.save()
    return file.getvalue()


def _draw_frame(pen: Pen, letter: Letter, info: Sequence["_InfoLine"], *, first: bool) -> None:
    pen.rule(Sheet.mark_left, Sheet.hole_mark, Sheet.mark_right)
    if not first:
        _draw_running_head(pen, letter)
        return
    for mark in Sheet.fold_marks:
        pen.rule(Sheet.mark_left, mark, Sheet.mark_right)
    if letter.sender:
        _draw_sender(pen, letter)
    else:
        _draw_letterhead(pen, letter)
    if letter.draft:
        pen.text(Sheet.info_left, Sheet.draft_word, word(letter.language, "draft"), TITLE, bold=True)
    _draw_window(pen, letter)
    for line in info:
        pen.text(Sheet.info_left, line.baseline, line.label, SMALL)
        pen.text(Sheet.info_left + Sheet.info_label_width, line.baseline, line.value, TEXT)


def _draw_letterhead(pen: Pen, letter: Letter) -> None:
    head = letter.letterhead
    size, lines = fitted([head.practice], Sheet.head_name_width, Sheet.head_name_height, _NAME_SIZES, bold=True)
    for index, line in enumerate(lines):
        pen.line(Sheet.left, Sheet.head_top + index * size * 1.2, line, size, size * 1.2, bold=True)
    people_top = Sheet.head_top + len(lines) * size * 1.2 + 2
    size, lines = fitted(head.physicians, Sheet.head_name_width, Sheet.head_people_height, _SMALL_SIZES)
    pen.lines(Sheet.left, people_top, lines, size)
    size, lines = fitted(
        _contact(head, letter.language),
        Sheet.right - Sheet.head_contact_left,
        Sheet.head_contact_height,
        _SMALL_SIZES,
    )
    pen.lines(Sheet.head_contact_left, Sheet.head_top, lines, size)
    pen.petrol_rule(Sheet.left, Sheet.head_rule, Sheet.right)


def _draw_sender(pen: Pen, letter: Letter) -> None:
    room = Sheet.head_rule - Sheet.head_top
    size, lines = fitted(letter.sender, Sheet.head_name_width, room, _ADDRESS_SIZES)
    pen.lines(Sheet.left, Sheet.head_top, lines, size)


def _contact(head: Letterhead, language: Language) -> list[str]:
    phone = word(language, "phone", value=head.phone) if head.phone else ""
    return [head.site, head.street, head.city, phone, head.email, head.website]


def _draw_window(pen: Pen, letter: Letter) -> None:
    head = letter.letterhead
    parts = letter.sender or (head.practice, head.street, head.city)
    sender = " · ".join(part for part in parts if part)
    size, lines = fitted([sender], Sheet.address_text_width, Sheet.return_line_height, _SMALL_SIZES)
    top = Sheet.return_line_bottom - len(lines) * size * 1.2
    pen.lines(Sheet.address_text_left, top, lines, size)
    size, lines = fitted(letter.recipient, Sheet.address_text_width, Sheet.recipient_height, _ADDRESS_SIZES)
    pen.lines(Sheet.address_text_left, Sheet.recipient_top, lines, size)


@dataclass(frozen=True, slots=True)
class _InfoLine:
    baseline: float
    label: str
    value: str


def _info_lines(letter: Letter) -> tuple[list[_InfoLine], float]:
    room = Sheet.right - Sheet.info_left - Sheet.info_label_width
    lines: list[_InfoLine] = []
    baseline = Sheet.info_top + 0.75 * TEXT
    for label, value in letter.info:
        for index, text in enumerate(wrapped(value, room, TEXT) if value else ()):
            lines.append(_InfoLine(baseline, "" if index else label, text))
            baseline += 1.25 * TEXT
    return lines, baseline


def _draw_running_head(pen: Pen, letter: Letter) -> None:
    patient = letter.patient
    born = word(letter.language, "born", day=day(patient.birth_date, letter.language)) if patient.birth_date else ""
    draft = word(letter.language, "draft") if letter.draft else ""
    text = " · ".join(part for part in (draft, letter.name, patient.name, born) if part)
    size, lines = fitted([text], Sheet.text_width, 3 * SMALL_LEADING, _SMALL_SIZES)
    pen.lines(Sheet.left, Sheet.running_head, lines, size)


def _draw_foot(pen: Pen, letter: Letter, page: str) -> None:
    pen.right(Sheet.right, Sheet.page_number, page, SMALL)
    if letter.sender:
        return
    pen.rule(Sheet.left, Sheet.foot_rule, Sheet.right)
    for (left, room), texts in zip(Sheet.foot_columns, _foot(letter), strict=True):
        size, lines = fitted(texts, room, Sheet.foot_height, _SMALL_SIZES)
        pen.lines(left, Sheet.foot_top, lines, size)


def _foot(letter: Letter) -> tuple[list[str], list[str], list[str]]:
    head, language, bank = letter.letterhead, letter.language, letter.letterhead.bank
    account: list[str] = []
    if bank:
        bic = word(language, "bic", value=bank.bic) if bank.bic else ""
        account = [bank.holder, bank.name, word(language, "iban", value=iban(bank.iban)) if bank.iban else "", bic]
    tax = [
        word(language, "tax_number", value=head.tax_number) if head.tax_number else "",
        word(language, "vat_id", value=head.vat_id) if head.vat_id else "",
    ]
    return [head.practice, head.street, head.city], account, tax
