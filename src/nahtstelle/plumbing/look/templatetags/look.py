"""All components and filters of the look, under one name: ``{% load look %}``.

Every component is a tag with named parameters; its template is ``look/<tag>.html``. A misspelt parameter is an
error when the template is compiled. The catalogue in docs/reference/look.md is generated from the docstrings.
"""

from django import template

from ..dates import ago, day, moment
from ..tables import written
from . import look_figures, look_forms, look_frame, look_texts

register = template.Library()
for part in (look_frame, look_texts, look_forms, look_figures):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

register.filter("day", day)
register.filter("moment", moment)
register.filter("ago", ago)
register.filter("number", written)
