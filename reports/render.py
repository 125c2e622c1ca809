"""The one door from content to bytes; ReportLab is loaded with the first paper, not with the program."""

from importlib import import_module

from .content.base import PaperContent
from .content.kinds import CONTENT_CLASSES


def render_paper(content: PaperContent) -> bytes:
    """The PDF of a paper; equal content gives equal bytes.

    Raises CharactersMissing (layout.fonts) and, for a GiroCode, NoValidIban (layout.qr).
    """
    if type(content) is not CONTENT_CLASSES.get(content.kind):
        raise TypeError(f"{type(content).__name__} is no paper")
    layout = import_module(f".layout.{content.kind}", __package__)
    pdf = layout.render(content)
    assert isinstance(pdf, bytes)
    return pdf


def missing_characters(text: str) -> list[str]:
    """The characters that no paper could print, for a form to name in a sentence; each once, in reading order."""
    from .layout.fonts import missing_characters as missing

    return missing(text)
