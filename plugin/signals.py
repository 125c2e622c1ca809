"""What a host may listen to; each signal is sent inside the transaction that it tells of."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

paper_issued = _signals.signal("kostenklar-paper-issued", doc="Sender: the IssuedPaper, numbered and stored.")
state_moved = _signals.signal(
    "kostenklar-state-moved", doc="Sender: the Move, with noun, record, step and both states."
)
