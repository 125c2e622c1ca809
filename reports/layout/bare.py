"""The bare sheet: rows and nothing around them, for a paper that may carry nothing else (§ 2 GOÄ)."""

from collections.abc import Sequence

from ..content.base import PaperContent
from ..content.words import word
from .flow import Row, paginated
from .fonts import CharactersMissing, face, missing_characters
from .letter import drawn_pages
from .page import SMALL, Sheet
from .pen import Pen


def render_bare(name: str, rows: Sequence[Row], content: PaperContent) -> bytes:
    """The PDF; pages are counted only where there are several. Raises CharactersMissing."""
    missing = missing_characters("\n".join(content.texts()))
    if missing:
        raise CharactersMissing(missing)
    pages = paginated(rows, Sheet.body_top_next, Sheet.body_top_next, Sheet.body_bottom)
    face(), face(bold=True)

    def frame(pen: Pen, number: int) -> None:
        if len(pages) > 1:
            counted = word(content.language, "page", page=str(number), pages=str(len(pages)))
            pen.right(Sheet.right, Sheet.page_number, counted, SMALL)

    return drawn_pages(name, "", content.language, pages, frame)
