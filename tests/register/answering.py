"""Who answers the register's questions, as ``site/wiring.py`` has it."""

import pytest

from nahtstelle.register.intake import answers as intake
from nahtstelle.register.organisations import answers as organisations
from nahtstelle.register.people import questions as people_questions
from nahtstelle.register.people import rules as people_rules
from nahtstelle.register.programmes import answers as programmes
from nahtstelle.register.programmes import queries as programme_queries
from nahtstelle.register.vocabulary import questions as vocabulary_questions


def answer(patch: pytest.MonkeyPatch) -> None:
    """Let the upper rooms answer for the length of a test, whatever was wired before."""
    patch.setattr(vocabulary_questions, "editors", [people_rules.check_vocabulary_editor])
    patch.setattr(vocabulary_questions, "staff", [people_rules.check_staff])
    patch.setattr(people_questions, "circles", [programme_queries.circle_of])
    patch.setattr(people_questions, "sections", [organisations.section_of, programmes.section_of, intake.section_of])
    patch.setattr(people_questions, "effects", [programmes.effects_of])
