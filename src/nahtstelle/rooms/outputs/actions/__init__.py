"""Changing outputs: start, write, submit, sign off, release, publish, withdraw. One transaction, one fact each."""

from .ending import supersede, take_up_again, withdraw
from .publishing import publish, publish_due, schedule
from .saving import PARTICULARS, TEXT, Saved, save, settle_left, text_of
from .starting import set_relations, start
from .steps import release, send_back, sign_off, submit

__all__ = [
    "PARTICULARS",
    "TEXT",
    "Saved",
    "publish",
    "publish_due",
    "release",
    "save",
    "schedule",
    "send_back",
    "set_relations",
    "settle_left",
    "sign_off",
    "start",
    "submit",
    "supersede",
    "take_up_again",
    "text_of",
    "withdraw",
]
