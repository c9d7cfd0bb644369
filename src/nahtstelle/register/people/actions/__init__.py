"""Changing persons, their accounts and their roles at the centre."""

from .accounts import change_account_mail, close_account, create_account, end_sessions, open_account
from .erasing import erase_person
from .exporting import export_person
from .persons import add_person, change_person
from .roles import end_role, grant_role

__all__ = [
    "add_person",
    "change_account_mail",
    "change_person",
    "close_account",
    "create_account",
    "end_role",
    "end_sessions",
    "erase_person",
    "export_person",
    "grant_role",
    "open_account",
]
