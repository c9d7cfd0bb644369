"""Steady parts of a page are drawn once, and hold nothing of the page around them."""

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

OPEN = "{% load steady %}"


def drawn(template: Template, **values: Any) -> str:
    return template.render(Context(values))


def test_the_same_values_are_drawn_once() -> None:
    looked_at = []

    class Link:
        def __repr__(self) -> str:
            return "a link"

        @property
        def label(self) -> str:
            looked_at.append(1)
            return "Recht"

    template = Template(OPEN + "{% steady link=link %}{{ link.label }}{% endsteady %}")
    assert [drawn(template, link=Link()) for _ in range(3)] == ["Recht"] * 3
    assert len(looked_at) == 1


def test_other_values_are_drawn_anew() -> None:
    template = Template(
        OPEN + "{% steady links=links %}{% for one in links %}{{ one.url }};{% endfor %}{% endsteady %}"
    )
    assert drawn(template, links=[{"url": "/a/"}]) == "/a/;"
    assert drawn(template, links=[{"url": "/a/"}, {"url": "/b/"}]) == "/a/;/b/;"
    assert drawn(template, links=[]) == ""


def test_nothing_else_of_the_page_gets_inside() -> None:
    inside = "{{ reader }}{{ csrf_token }}"
    assert drawn(Template(inside), reader="Jana", csrf_token="secret") == "Janasecret"
    assert drawn(Template(OPEN + "{% steady %}" + inside + "{% endsteady %}"), reader="Jana", csrf_token="secret") == ""


def test_each_language_has_its_own() -> None:
    template = Template(OPEN + "{% steady %}{% translate 'Language' %}{% endsteady %}")
    said = []
    for language in ("de", "en", "de"):
        with override(language):
            said.append(drawn(template))
    assert said == ["Sprache", "Language", "Sprache"]


def test_other_settings_draw_anew(settings: Any) -> None:
    template = Template(OPEN + "{% load static %}{% steady %}{% static 'a.css' %}{% endsteady %}")
    before = drawn(template)
    settings.STATIC_URL = "/elsewhere/"
    assert (before, drawn(template)) == ("/static/a.css", "/elsewhere/a.css")


def test_what_is_written_into_a_value_is_escaped() -> None:
    template = Template(OPEN + "{% steady words=words %}{{ words }}{% endsteady %}")
    assert drawn(template, words="<b>") == "&lt;b&gt;"


def test_a_thousand_values_are_not_all_kept() -> None:
    template = Template(OPEN + "{% steady n=n %}{{ n }}{% endsteady %}")
    assert [drawn(template, n=n) for n in range(1000)] == [str(n) for n in range(1000)]
    assert len(template.nodelist[-1]._drawn) <= 200


def test_a_value_without_a_name_is_a_mistake_of_the_template() -> None:
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template(OPEN + "{% steady links %}{% endsteady %}")
