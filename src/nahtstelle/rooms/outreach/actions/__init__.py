"""Preparing, approving and sending a dispatch, and taking in what its recipients did with it."""

from .answering import answer
from .approving import approve, send_back, submit
from .preparing import cancel, change, prepare
from .writing import write_letters

__all__ = ["answer", "approve", "cancel", "change", "prepare", "send_back", "submit", "write_letters"]
