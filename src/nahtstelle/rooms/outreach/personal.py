"""What the room outreach holds of a person: dispatches they prepared, letters they were to get, what they answered."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, Mentions, by_account, by_person, deleted, emptied, kept

from .models import Dispatch, MailedAnswer, Reason, Recipient


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Letters on changes of law, and your answers"), Recipient, by_person(Recipient, "person"),
            ("dispatch__subject_de", "language", "left_out", "answer", "words", "answered_at"), emptied(words=""),
            "that one letter was written and which of four answers came back, for the counts; not the words",
        ),
        Holding(
            _("Why you were written to"), Reason, by_person(Reason, "recipient__person"),
            ("programme__key", "region__key", "role"), kept, "the counts of a dispatch by programme, Land and role",
        ),
        Holding(
            _("Answers you sent by mail"), MailedAnswer, by_person(MailedAnswer, "recipient__person"),
            ("from_address", "words", "received_at"), deleted,
        ),
        Holding(
            _("Answers by mail you decided on"), MailedAnswer, by_account(MailedAnswer, "decided_by"),
            ("decided_at", "confirmed"), kept, "that somebody looked, without the name",
        ),
        Holding(
            _("Dispatches you prepared, submitted or approved"), Dispatch,
            by_account(Dispatch, "prepared_by", "submitted_by", "approved_by"),
            ("subject_de", "prepared_at", "approved_at", "sent_back_words"), kept,
            "that a second person approved a list, without the name",
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(Dispatch, ("subject_de", "subject_en", "intro_de", "intro_en", "sent_back_words")),
        Mentions(Recipient, ("words",)),
        Mentions(MailedAnswer, ("words",)),
    ]
