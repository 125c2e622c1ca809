"""The blocks that papers are made of: titles, paragraphs, pairs, questions, lines to sign on."""

from collections.abc import Iterable, Sequence

from ..content.base import Language
from ..content.parts import DrawnSignature, Question, Section, Signature
from ..content.words import word
from .flow import Row, kept_together, kept_with_next, loosely_kept, over, space
from .page import HAIRLINE, LEADING, MM, SMALL, SMALL_LEADING, TEXT, TITLE, TITLE_LEADING, Sheet
from .pen import Pen
from .wrap import wrapped

_LEADINGS = {TEXT: LEADING, SMALL: SMALL_LEADING, TITLE: TITLE_LEADING}
_BULLET_INDENT = 4 * MM
_PAIR_LABEL = 38 * MM
_ANSWER_LEFT = Sheet.right - 30 * MM
_SIGN_SPACE = 13 * MM
_SIGN_WIDTH = 78 * MM


def line_rows(
    text: str, *, left: float = Sheet.left, room: float = Sheet.text_width, size: float = TEXT, bold: bool = False
) -> list[Row]:
    """A text as rows of one line each."""
    leading = _LEADINGS[size]

    def row(line: str) -> Row:
        return Row(leading, lambda pen, top: pen.line(left, top, line, size, leading, bold=bold))

    return [row(line) for line in wrapped(text, room, size, bold=bold)]


def title(text: str) -> list[Row]:
    """The subject of the paper."""
    return kept_with_next([*line_rows(text, size=TITLE, bold=True), space(4)])


def heading(text: str) -> list[Row]:
    """A heading, which never stands alone at the foot of a page."""
    return [space(7), *kept_with_next([*line_rows(text, bold=True), space(1)])] if text else [space(7)]


def paragraph(text: str, size: float = TEXT) -> list[Row]:
    """A paragraph with a little space under it."""
    return [*loosely_kept(line_rows(text, size=size)), space(4)]


def bullet(text: str) -> list[Row]:
    """A paragraph behind a bullet."""
    first, *others = loosely_kept(
        line_rows(text, left=Sheet.left + _BULLET_INDENT, room=Sheet.text_width - _BULLET_INDENT)
    )
    dotted = over(first, lambda pen, top: pen.line(Sheet.left + 1, top, "•", TEXT, LEADING))
    return [dotted, *others, space(1.5)]


def body_rows(body: str) -> list[Row]:
    """The paragraphs and bullets of a text."""
    rows: list[Row] = []
    for block in body.strip().split("\n\n"):
        running = " ".join(line for line in block.splitlines() if not line.startswith("- "))
        rows += paragraph(running) if running else []
        bullets = [line[2:].strip() for line in block.splitlines() if line.startswith("- ")]
        rows += [row for text in bullets for row in bullet(text)]
        rows += [space(2.5)] if bullets else []
    return rows


def section(part: Section) -> list[Row]:
    """A heading with its text."""
    return [*heading(part.heading), *body_rows(part.body)]


def sections(parts: Iterable[Section]) -> list[Row]:
    """Several headed texts."""
    return [row for part in parts for row in section(part)]


def pairs(items: Iterable[tuple[str, str]]) -> list[Row]:
    """Labels in small print with their values beside them; a pair without a value is left out."""
    return [row for label, value in items if value for row in _pair(label, value)]


def _pair(label: str, value: str) -> list[Row]:
    first, *others = line_rows(value, left=Sheet.left + _PAIR_LABEL, room=Sheet.text_width - _PAIR_LABEL)
    labelled = over(first, lambda pen, top: pen.text(Sheet.left, top + 9.2, label, SMALL))
    return loosely_kept([labelled, *others])


def blanks(items: Iterable[tuple[str, str]]) -> list[Row]:
    """Pairs that are filled in by hand where the value is not known yet."""
    rows: list[Row] = []
    for label, value in items:
        rows += [*_pair(label, value), space(2)] if value else [_blank(label)]
    return rows


def writing_lines(label: str, count: int) -> list[Row]:
    """A label and lines to write on."""
    return [_blank("" if index else label) for index in range(count)]


def _blank(label: str) -> Row:
    def draw(pen: Pen, top: float) -> None:
        pen.text(Sheet.left, top + 15, label, SMALL)
        pen.rule(Sheet.left + _PAIR_LABEL, top + 17, Sheet.right)

    return Row(19, draw)


def question(part: Question, language: Language) -> Row:
    """A question with its two boxes; an answer is a cross, its remark stands under the question."""
    room = _ANSWER_LEFT - Sheet.left - 4 * MM
    lines = [*wrapped(part.text, room, TEXT), *(wrapped(part.remark, room, TEXT) if part.remark else [])]
    height = len(lines) * LEADING + 6

    def draw(pen: Pen, top: float) -> None:
        pen.lines(Sheet.left, top + 3, lines, TEXT, LEADING)
        for answer, x in ((True, _ANSWER_LEFT), (False, _ANSWER_LEFT + 15 * MM)):
            (pen.tick if part.answer is answer else pen.box)(x, top + 5.5, 8)
            pen.line(x + 12, top + 3, word(language, "yes" if answer else "no"), TEXT, LEADING)
        pen.rule(Sheet.left, top + height, Sheet.right, HAIRLINE / 2)

    return Row(height, draw)


def signatures(parts: Sequence[Signature], language: Language) -> list[Row]:
    """Lines for place, date and signature, two abreast, on one page."""
    return kept_together([_sign_row(parts[index : index + 2], language) for index in range(0, len(parts), 2)])


def _sign_row(parts: Sequence[Signature], language: Language) -> Row:
    captions = [_captions(part, language) for part in parts]

    def draw(pen: Pen, top: float) -> None:
        line = top + _SIGN_SPACE
        for part, lines, left in zip(parts, captions, (Sheet.left, Sheet.right - _SIGN_WIDTH), strict=False):
            pen.rule(left, line, left + _SIGN_WIDTH)
            pen.lines(left, line + 2, lines, SMALL, SMALL_LEADING)
            if isinstance(part, DrawnSignature):
                pen.strokes(left, line - 1, _SIGN_WIDTH, _SIGN_SPACE - 2 * MM, part.strokes, part.width)

    return Row(_SIGN_SPACE + 3 + max(map(len, captions)) * SMALL_LEADING, draw)


def _captions(part: Signature, language: Language) -> list[str]:
    lines = wrapped(_caption(part, language), _SIGN_WIDTH, SMALL)
    return [*lines, *wrapped(part.noted, _SIGN_WIDTH, SMALL)] if isinstance(part, DrawnSignature) else lines


def _caption(part: Signature, language: Language) -> str:
    role = f"{word(language, 'place_date')}, {word(language, f'sign_{part.role}')}"
    return f"{role}: {part.name}" if part.name else role
