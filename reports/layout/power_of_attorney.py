"""Where things stand on the policyholder's power of attorney."""

from ..content.case_grant import PowerOfAttorneyContent
from ..content.words import word
from .case_grant import named, render_grant


def render(content: PowerOfAttorneyContent) -> bytes:
    """The power of attorney as PDF."""
    language = content.language
    about = (
        (word(language, "grant_holder"), named(content.holder, language)),
        (word(language, "grant_person"), named(content.patient, language)),
    )
    return render_grant(content, about, ())
