"""Everything that changes assessment cards."""

from .card_saving import Saved, save_card, settle_left, start_card
from .card_steps import publish, second, send_back, submit, take_up, withdraw

__all__ = [
    "Saved", "publish", "save_card", "second", "send_back", "settle_left", "start_card", "submit", "take_up", "withdraw",
]  # fmt: skip
