"""The one door from content to bytes; ReportLab is loaded with the first paper, not with the program."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from .content.base import PaperContent
from .content.kinds import CONTENT_CLASSES
from .content.parts import DrawnSignature, Question, Signature


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


def render_signed(
    content: PaperContent, drawn: Mapping[int, DrawnSignature], answers: Mapping[int, bool] | None = None
) -> bytes:
    """The same paper with what was drawn on its signature lines, counted from 0, and the answers to its questions."""
    lines: tuple[Signature, ...] = getattr(content, "signatures", ())
    if not drawn.keys() <= set(range(len(lines))):
        raise ValueError("a signature without a line")
    signed: dict[str, Any] = {"signatures": tuple(drawn.get(place, line) for place, line in enumerate(lines))}
    questions: tuple[Question, ...] = getattr(content, "questions", ())
    if answers and questions:
        signed["questions"] = tuple(
            replace(question, answer=answers.get(place, question.answer)) for place, question in enumerate(questions)
        )
    return render_paper(replace(content, **signed))


def missing_characters(text: str) -> list[str]:
    """The characters that no paper could print, for a form to name in a sentence; each once, in reading order."""
    from .layout.fonts import missing_characters as missing

    return missing(text)
