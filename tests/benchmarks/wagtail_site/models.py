"""A start page, an index with facets, and texts: what a Wagtail developer would write first, ordered by an indexed day."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from wagtail.fields import RichTextField
from wagtail.models import Page

PER_PAGE = 20


class Term(models.Model):
    """A kind or a theme."""

    facet = models.CharField(max_length=20, db_index=True)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        app_label = "wagtail_site"

    def __str__(self) -> str:
        return self.name


class TextPage(Page):
    summary = models.TextField(blank=True)
    body = RichTextField(blank=True)
    stand = models.DateField(db_index=True)
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    terms = models.ManyToManyField(Term, related_name="pages")

    template = "peer/text.html"

    class Meta:
        app_label = "wagtail_site"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"terms": self.terms.order_by("name")}


class TextIndex(Page):
    template = "peer/index.html"

    class Meta:
        app_label = "wagtail_site"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        texts = TextPage.objects.live().public()
        chosen = request.GET.getlist("f")
        for key in chosen:
            texts = texts.filter(terms__key=key)
        counted = Term.objects.filter(pages__in=texts.values("pk")).annotate(number=Count("pages")).order_by("facet")
        page = Paginator(texts.select_related("kind").order_by("-stand", "-id"), PER_PAGE)
        more = {"page": page.get_page(request.GET.get("page")), "terms": list(counted), "chosen": chosen}
        return super().get_context(request, *args, **kwargs) | more


class StartPage(Page):
    template = "peer/start.html"

    class Meta:
        app_label = "wagtail_site"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        texts = TextPage.objects.live().public()
        themes = Term.objects.filter(facet="theme").annotate(number=Count("pages")).order_by("-number")[:6]
        newest = texts.select_related("kind").order_by("-stand", "-id")[:5]
        more = {"newest": newest, "number": texts.count(), "themes": themes}
        return super().get_context(request, *args, **kwargs) | more
