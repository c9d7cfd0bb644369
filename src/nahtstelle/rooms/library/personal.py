"""What the library holds of a person: what they brought in, corrected and noted. Authors of publications are none of it:
their names are part of what was published."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, Mentions, by_account, by_person, deleted, kept

from .models import FullText, Import, Notice, SavedSearch, SearchVisit, Work

WORK = "what was done for the centre, without the name"


def holdings() -> list[Holding]:
    return [*_of_imports(), *_of_works(), *_of_searches()]


def mentions() -> list[Mentions]:
    return [
        Mentions(Import, ("file_name", "search_words")),
        Mentions(Notice, ("words", "lifted_why")),
        Mentions(FullText, ("name", "source")),
    ]


def _of_imports() -> list[Holding]:
    return [
        Holding(
            _("Files of literature you gave"), Import, by_account(Import, "given_by"),
            ("source", "file_name", "given_at"), kept, WORK,
        ),
    ]  # fmt: skip


def _of_works() -> list[Holding]:
    return [
        Holding(_("Works that came by you"), Work, by_account(Work, "created_by"), ("title", "created_at"), kept, WORK),
        Holding(_("Notices you noted"), Notice, by_account(Notice, "noted_by"), ("kind", "words", "noted_at"), kept, WORK),
        Holding(_("Full texts you attached"), FullText, by_account(FullText, "added_by"), ("name", "added_at"), kept, WORK),
    ]  # fmt: skip


def _of_searches() -> list[Holding]:
    return [
        Holding(_("Saved searches in sources that are yours"), SavedSearch, by_person(SavedSearch, "owner"), ("name", "created_at"), kept, WORK),
        Holding(_("Saved searches in sources you wrote"), SavedSearch, by_account(SavedSearch, "created_by"), ("name", "created_at"), kept, WORK),
        Holding(_("How far you have seen what saved searches brought"), SearchVisit, by_person(SearchVisit, "person"), ("at",), deleted),
    ]  # fmt: skip
