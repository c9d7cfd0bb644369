"""The shape of what people enter about concepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm

from .days import PARAMETER
from .models import Concept, Facet, Label, Mapping
from .queries import concepts_called
from .skos.guarding import LARGEST
from .values import FacetValue

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """Words to look for in all facets."""

    q = forms.CharField(label=_("Term"), required=False, max_length=100)


class BrowseForm(SearchForm):
    """Search words and a day."""

    am = forms.DateField(label=_("as on"), required=False, widget=DAY)
    assert PARAMETER == "am"


class ConceptForm(OnceForm):
    """Everything a person may say of a concept at once; labels and the end have forms of their own."""

    name_de = forms.CharField(label=_("Name (German)"), max_length=200)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200)
    note_de = forms.CharField(
        label=_("Note (German)"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    note_en = forms.CharField(
        label=_("Note (English)"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    broader = forms.CharField(
        label=_("Broader concepts"),
        required=False,
        help_text=_("Keys of concepts of the same facet, separated by commas, for example st-duldung."),
    )
    notation = forms.CharField(
        label=_("Code"), required=False, max_length=40, help_text=_("In another classification.")
    )
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DAY)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, facet: Facet, **kwargs: Any) -> None:
        self.facet = facet
        super().__init__(*args, **kwargs)

    def clean_broader(self) -> list[Concept]:
        keys = [key.strip() for key in self.cleaned_data["broader"].split(",") if key.strip()]
        found = {concept.key: concept for concept in Concept.objects.filter(facet=self.facet, key__in=keys)}
        if missing := [key for key in keys if key not in found]:
            raise forms.ValidationError(
                _("There is no concept %(keys)s in this facet."), params={"keys": ", ".join(missing)}
            )
        return list(found.values())


class NewConceptForm(ConceptForm):
    key = forms.SlugField(
        label=_("Key"), required=False, max_length=60, help_text=_("Stays for ever; made from the name if left empty.")
    )
    field_order = ["name_de", "name_en", "key"]


class LabelForm(forms.Form):
    text = forms.CharField(label=_("Label"), max_length=200)
    language = forms.CharField(
        label=_("Language"), initial="de", max_length=12, help_text=_("A language tag such as de, en or uk.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Label.Kind.choices)


class MappingForm(forms.Form):
    """A concept of another vocabulary, by its key, name, label or address, and how it relates to ours."""

    theirs = forms.CharField(
        label=_("Concept of another vocabulary"),
        max_length=500,
        help_text=_("Its name, a label, its key or its address (URI); the vocabulary must have been imported."),
    )
    relation = forms.ChoiceField(label=_("The other concept"), choices=Mapping.Relation.choices)

    def __init__(self, *args: Any, ours: Concept, **kwargs: Any) -> None:
        self.ours = ours
        super().__init__(*args, **kwargs)

    def clean_theirs(self) -> Concept:
        words = self.cleaned_data["theirs"].strip()
        others = Concept.objects.exclude(facet=self.ours.facet_id)
        found = list(others.filter(uri=words) or others.filter(key=words))
        found = found or list(others.filter(pk__in=concepts_called(words).values("pk"))[:6])
        if not found:
            raise forms.ValidationError(_("No concept of another vocabulary is called so."))
        if len(found) > 1:
            keys = ", ".join(concept.key for concept in found)
            raise forms.ValidationError(_("Several are called so; please give one of these keys: %s") % keys)
        return found[0]


class EndForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=DAY, help_text=_("Leave empty to use the concept again.")
    )
    replaced_by = forms.CharField(
        label=_("Replaced by"), required=False, help_text=_("The key of the concept that takes its place.")
    )

    def __init__(self, *args: Any, facet: Facet, **kwargs: Any) -> None:
        self.facet = facet
        super().__init__(*args, **kwargs)

    def clean_replaced_by(self) -> Concept | None:
        key = self.cleaned_data["replaced_by"].strip()
        if not key:
            return None
        concept = Concept.objects.filter(facet=self.facet, key=key).first()
        if concept is None:
            raise forms.ValidationError(_("There is no concept %(keys)s in this facet."), params={"keys": key})
        return concept


class ImportForm(OnceForm):
    """A file of concepts and the facet they go into."""

    AS_FILE, NEW = "-", "+"

    file = forms.FileField(
        label=_("File"), help_text=_("SKOS in Turtle, RDF/XML or JSON-LD, up to 16 MB, also packed as .gz.")
    )
    facet = forms.ChoiceField(label=_("Into the facet"))
    key = forms.SlugField(label=_("Key of the new facet"), required=False)
    name_de = forms.CharField(label=_("Name of the new facet (German)"), required=False, max_length=100)
    name_en = forms.CharField(label=_("Name of the new facet (English)"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facets = [(facet.key, facet.name) for facet in Facet.objects.all()]
        self.fields["facet"].choices = [
            (self.NEW, _("a new facet")),
            (self.AS_FILE, _("as the file says (files of Nahtstelle)")),
            *facets,
        ]

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(most)d MB."), params={"most": LARGEST // 1024**2})
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("facet") == self.NEW:
            for name in ("key", "name_de", "name_en"):
                if not data.get(name):
                    self.add_error(name, _("A new facet needs this."))
            if data.get("key") and Facet.objects.filter(key=data["key"]).exists():
                self.add_error("key", _("There is a facet with this key; please choose it above."))
        return data

    def target(self) -> FacetValue | None:
        """The facet chosen; None for those the file names."""
        data = self.cleaned_data
        if data["facet"] == self.AS_FILE:
            return None
        if data["facet"] == self.NEW:
            last = Facet.objects.order_by("-position").values_list("position", flat=True).first() or 0
            return FacetValue(data["key"], data["name_de"], data["name_en"], last + 1)
        facet = Facet.objects.get(key=data["facet"])
        return FacetValue(facet.key, facet.name_de, facet.name_en, facet.position)
