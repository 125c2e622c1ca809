"""One indication for a paper that speaks of several lesions."""

from collections.abc import Iterable

from .vat import Indication


def joint_indication(indications: Iterable[Indication]) -> Indication:
    """The indication that all lesions share; undecided where they differ, where one is undecided, or without any.

    A paper for the whole course must contradict none of its lesions (domain 10.1 no. 1).
    """
    found = set(indications)
    return found.pop() if len(found) == 1 else Indication.UNDECIDED
