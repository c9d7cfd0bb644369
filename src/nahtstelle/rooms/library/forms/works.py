"""The shape of what people enter about works: filters, fields, notices, full texts."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.literature.formats.fields import doi_of
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import OnceForm

from ..assembling import LISTS, TEXTS
from ..kinds import KINDS, kind_label
from ..models import FullText, Notice, Record, Work
from ..queries.works import HAVING, current
from ..rules.full_texts import check_file


class WorksForm(forms.Form):
    """Filters of the list of works."""

    q = forms.CharField(label=_("Title, people, journal or DOI"), required=False, max_length=200)
    kind = forms.ChoiceField(label=pgettext_lazy("literature", "Kind"), required=False)
    since = forms.IntegerField(label=_("From the year"), required=False, min_value=1, max_value=9999)
    until = forms.IntegerField(label=_("Until the year"), required=False, min_value=1, max_value=9999)
    standing = forms.ChoiceField(
        label=pgettext_lazy("publication", "Standing"), required=False, choices=[("", _("all")), *Work.Standing.choices]
    )
    source = forms.ChoiceField(label=pgettext_lazy("literature", "Source"), required=False)
    concept = forms.ChoiceField(label=_("Concept"), required=False)
    having = forms.ChoiceField(
        label=_("With or without"), required=False,
        choices=[
            ("", _("all")), (HAVING[0], _("with a full text")), (HAVING[1], _("without a full text")),
            (HAVING[2], _("with a card")), (HAVING[3], _("without a card")),
        ],
    )  # fmt: skip
    order = forms.ChoiceField(
        label=pgettext_lazy("list", "Order"), required=False,
        choices=[
            ("", _("newest publication first")), ("year", _("oldest publication first")), ("author", _("by author")),
            ("new", _("added last")),
        ],
    )  # fmt: skip
    texts = forms.BooleanField(label=_("Also search in full texts"), required=False)

    def __init__(
        self, *args: Any, kinds: list[str], sources: list[str], concepts: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *sorted(((k, kind_label(k)) for k in kinds), key=lambda p: p[1])]
        self.fields["source"].choices = [("", _("all")), *((name, name) for name in sources)]
        self.fields["concept"].choices = [("", _("all")), *concepts]


class WorkForm(forms.Form):
    """The fields of a work, as a person may set them."""

    kind = forms.ChoiceField(label=_("kind of publication"))
    title = forms.CharField(label=_("title"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    authors = forms.CharField(
        label=_("authors"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: family name, given name. A body stands alone on its line."),
    )  # fmt: skip
    editors = forms.CharField(label=_("editors"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    year = forms.IntegerField(label=_("year"), required=False, min_value=1, max_value=9999)
    issued = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2})?)?$", label=_("published on"), required=False, help_text=_("2021, 2021-03 or 2021-03-05"),
        error_messages={"invalid": _("Please write the day as 2021-03-05, as far as it is known.")},
    )  # fmt: skip
    container = forms.CharField(label=_("published in"), required=False, max_length=TEXTS["container"])
    volume = forms.CharField(label=_("volume"), required=False, max_length=TEXTS["volume"])
    issue = forms.CharField(label=_("issue"), required=False, max_length=TEXTS["issue"])
    pages = forms.CharField(label=_("pages"), required=False, max_length=TEXTS["pages"])
    publisher = forms.CharField(label=_("publisher"), required=False, max_length=TEXTS["publisher"])
    place = forms.CharField(label=_("place"), required=False, max_length=TEXTS["place"])
    edition = forms.CharField(label=_("edition"), required=False, max_length=TEXTS["edition"])
    doi = forms.CharField(label="DOI", required=False, max_length=TEXTS["doi"])
    isbn = forms.CharField(label="ISBN", required=False, max_length=TEXTS["isbn"])
    issn = forms.CharField(label="ISSN", required=False, max_length=TEXTS["issn"])
    pmid = forms.CharField(label="PMID", required=False, max_length=TEXTS["pmid"])
    url = forms.CharField(label=_("address"), required=False, max_length=TEXTS["url"])
    language = forms.RegexField(
        r"^[a-z]{2}$", label=_("language"), required=False, help_text=_("Two letters: de, en, tr …"),
        error_messages={"invalid": _("Please give the language as two letters, such as de or en.")},
    )  # fmt: skip
    abstract = forms.CharField(
        label=_("abstract"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=50_000
    )
    keywords = forms.CharField(
        label=_("keywords"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Separated by semicolons."),
    )

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        initial = {name: getattr(work, name) for name in self.base_fields}
        for name in ("authors", "editors"):
            initial[name] = "\n".join(", ".join(filter(None, person)) for person in getattr(work, name))
        initial["keywords"] = "; ".join(work.keywords)
        super().__init__(*args, initial=initial, **kwargs)
        self.work = work
        kinds = dict(KINDS) | {work.kind: kind_label(work.kind)}
        self.fields["kind"].choices = sorted(((k, str(v)) for k, v in kinds.items()), key=lambda pair: pair[1])

    def clean_doi(self) -> str:
        text = self.cleaned_data["doi"].strip()
        if text and not doi_of(text):
            raise forms.ValidationError(_("This is no DOI; a DOI begins with 10."))
        return doi_of(text)

    @property
    def values(self) -> dict[str, Any]:
        """What was changed, as a work keeps it; what was left alone is not said again."""
        found: dict[str, Any] = {}
        for name in self.changed_data:
            value = self.cleaned_data[name]
            if name in ("authors", "editors"):
                found[name] = [_person(line) for line in value.splitlines() if line.strip()]
            elif name in LISTS:
                found[name] = [word.strip() for word in re.split(r"[;\n]", value) if word.strip()]
            else:
                found[name] = value
        return found


def _person(line: str) -> list[str]:
    family, _comma, given = line.strip().partition(",")
    if given.strip():
        return [family.strip(), given.strip()]
    return [family.strip()]


class NoticeForm(OnceForm):
    """What befell a publication."""

    kind = forms.ChoiceField(label=_("what happened"), choices=Notice.Kind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label=_("what it says"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5_000
    )
    doi = forms.CharField(label=_("DOI of the notice"), required=False, max_length=255)
    url = forms.URLField(label=_("address"), required=False, max_length=1000, assume_scheme="https")
    successor = forms.CharField(
        label=_("citation key of the newer publication"), required=False, max_length=80,
        help_text=_("Where it was replaced by one that is in the library."),
    )  # fmt: skip

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on is not None and on.year < 1900:
            raise forms.ValidationError(_("This day lies too far back."))
        return on

    def clean_doi(self) -> str:
        text = self.cleaned_data["doi"].strip()
        if text and not doi_of(text):
            raise forms.ValidationError(_("This is no DOI; a DOI begins with 10."))
        return doi_of(text)

    def clean_successor(self) -> Work | None:
        key = self.cleaned_data["successor"].strip()
        if not key:
            return None
        found = current().filter(citekey=key).first()
        if found is None:
            raise forms.ValidationError(gettext("There is no work with the citation key “%s”.") % key)
        return found


class LiftForm(forms.Form):
    why = forms.CharField(
        label=_("Why is the notice lifted?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000
    )


class FullTextForm(OnceForm):
    """A PDF and who may read it."""

    file = forms.FileField(
        label=_("PDF file"), help_text=_("60 MB at most."), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )  # fmt: skip
    rights = forms.ChoiceField(
        label=_("who may read it"),
        choices=FullText.Rights.choices,
        initial=FullText.Rights.LICENSED,
        widget=forms.RadioSelect,
    )
    licence = forms.CharField(
        label=_("licence"),
        required=False,
        max_length=100,
        help_text=_("For example CC BY 4.0; needed where everybody may read it."),
    )
    source = forms.CharField(label=_("where it comes from"), required=False, max_length=500)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        head = file.read(1024)
        file.seek(0)
        try:
            check_file(head, file.size)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("rights") == FullText.Rights.OPEN and not given.get("licence", "").strip():
            self.add_error("licence", _("Please name the licence under which everybody may read it."))
        return given


class VersionForm(forms.Form):
    """How a record relates to its work."""

    version = forms.ChoiceField(choices=Record.Version.choices)

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_%s_{record.pk}", initial={"version": record.version}, **kwargs)
        self.record = record
        words = gettext("%(source)s, record %(number)s is") % {"source": record.batch.source, "number": record.number}
        self.fields["version"].label = words
