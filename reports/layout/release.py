"""Where things stand on the release from secrecy."""

from ..content.case_grant import ReleaseContent
from ..content.words import word
from .blocks import bullet, heading, paragraph
from .case_grant import named, render_grant
from .flow import Row, kept_together


def render(content: ReleaseContent) -> bytes:
    """The release as PDF."""
    person = (word(content.language, "patient"), named(content.patient, content.language))
    return render_grant(content, (person,), _shown(content))


def _shown(content: ReleaseContent) -> list[Row]:
    """Only what is ticked; that photographs are left out is said, because people expect them with spots of skin."""
    language = content.language
    shown = [*content.shown, *(["photos"] if content.photos else [])]
    rows = [row for code in shown for row in bullet(word(language, f"shown_{code}"))]
    rows += [] if content.photos else paragraph(word(language, "shown_no_photos"))
    return kept_together([*heading(word(language, "shown_heading")), *rows])
