"""What stands on the list before a print job: whose papers follow, in the order of the sessions. It is not issued."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .base import PaperContent
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPaper:
    """One paper of the job: the session's time ("09:30" or ""), the patient, the kind in words, the number."""

    time: str
    patient: Person
    paper: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintListContent(PaperContent):
    """The papers of one day. It stays in the practice, has no number and is kept nowhere."""

    kind: ClassVar[str] = "print_list"

    letterhead: Letterhead
    on: date
    printed_on: date
    papers: tuple[PrintedPaper, ...]
