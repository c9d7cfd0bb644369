"""The form of an assessment card, and the small forms around it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from ..models import Card, CardText, Template
from ..queries.evidence import AXES
from ..strengths import BY_KIND, scale
from ..templates_of_study import MOST_CHARACTERS, MOST_NUMBER, Particular, particulars_of

FINDING = 400
FIRST_YEAR, LAST_YEAR = 1900, 2100
TEXT_ROWS = {"question": 3, "method": 4, "sample": 3, "strength_why": 3, "meaning_de": 4, "meaning_en": 4, "limits": 4}
HINTS = {
    "question": _("What the study wanted to know, in the words of this centre."),
    "method": _("How it was done, so that somebody from practice understands it."),
    "sample": _("Who and how many; who is missing."),
    "strength_why": _("One or two sentences: what speaks for this level, what against the next."),
    "finding_de": _("The most important result as one sentence a reader can repeat. 400 characters at most; one language is needed, readers see which there is."),
    "finding_en": _("400 characters at most."),
    "meaning_de": _("What somebody who advises, places or teaches does otherwise because of it."),
    "limits": _("What it does not say, for whom and where it may not hold."),
    "data_from": _("When the data were gathered, not when the study appeared."),
}  # fmt: skip
KEPT_AS_TEXT = ("question", "method", "sample", "strength_why", "meaning_de", "meaning_en", "limits")


def _label(name: str) -> Any:
    return capfirst(CardText._meta.get_field(name).verbose_name)


class CardForm(forms.Form):
    """All of a card; ``started_from`` is the revision it was begun with. Nothing but its shape is judged here: a draft may
    be as incomplete as it is."""

    started_from = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    template = forms.ChoiceField(choices=Template.choices)
    question = forms.CharField(required=False)
    method = forms.CharField(required=False)
    sample = forms.CharField(required=False)
    data_from = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    data_until = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    strength = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    strength_why = forms.CharField(required=False)
    finding_de = forms.CharField(required=False, max_length=FINDING)
    finding_en = forms.CharField(required=False, max_length=FINDING)
    meaning_de = forms.CharField(required=False)
    meaning_en = forms.CharField(required=False)
    limits = forms.CharField(required=False)
    programmes = forms.MultipleChoiceField(label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, card: Card, says: Mapping[str, Any], *args: Any, on: date, **kwargs: Any) -> None:
        data = args[0] if args else kwargs.get("data")
        self.card, self._says = card, says
        super().__init__(*args, **kwargs)
        self.shown_template = str((data.get("template") if data else "") or says["template"])
        for name, field in self.fields.items():
            if name not in ("started_from", "programmes"):
                field.label, field.help_text = _label(name), HINTS.get(name, "")
            if name in KEPT_AS_TEXT:
                field.widget = forms.Textarea(attrs={"rows": TEXT_ROWS[name]})
            if name.startswith("finding_"):
                field.widget = forms.Textarea(attrs={"rows": 2, "maxlength": FINDING, "data-count": FINDING})
            if name.endswith(("_de", "_en")):
                field.widget.attrs["lang"] = name[-2:]
            field.initial = says.get(name)
        self.fields["strength"].choices = [(one.level, f"{one.word} {one.bars} – {one.meaning}") for one in scale()]
        self.fields["strength"].help_text = BY_KIND.get(self.shown_template, "")
        self.fields["started_from"].initial = card.revision
        self.fields["programmes"].choices = [
            (one.key, one.short_name) for one in Programme.objects.order_by("position", "key")
        ]
        self._add_facets(on)
        self._add_particulars()

    def _add_facets(self, on: date) -> None:
        by_facet: dict[str, list[Concept]] = defaultdict(list)
        chosen = set(self._says["concepts"])
        valid = Concept.objects.on(on).values("pk")
        found = Concept.objects.filter(Q(pk__in=valid) | Q(key__in=chosen), facet__key__in=AXES)
        for concept in found.select_related("facet"):
            by_facet[concept.facet.key].append(concept)
        self.facet_names = [f"facet_{key}" for key in AXES if by_facet[key]]
        for key in AXES:
            if by_facet[key]:
                self.fields[f"facet_{key}"] = forms.MultipleChoiceField(
                    label=by_facet[key][0].facet.name, required=False, widget=forms.CheckboxSelectMultiple,
                    choices=[(one.key, one.name) for one in by_facet[key]],
                    initial=[one.key for one in by_facet[key] if one.key in chosen],
                )  # fmt: skip
        self._outside = chosen - {one.key for several in by_facet.values() for one in several}

    def _add_particulars(self) -> None:
        self.particular_names = []
        for one in particulars_of(self.shown_template):
            name = f"p_{one.name}"
            self.fields[name] = _field_for(one)
            self.fields[name].initial = self._says["particulars"].get(one.name)
            self.particular_names.append(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("data_from"), cleaned.get("data_until")
        if first and last and last < first:
            self.add_error("data_until", _("The last year of the data lies before the first."))
        return cleaned

    def says(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        cleaned = self.cleaned_data
        says = {name: cleaned[name] for name in ("template", "data_from", "data_until", "strength")}
        for name in (*KEPT_AS_TEXT, "finding_de", "finding_en"):
            says[name] = cleaned[name].replace("\r\n", "\n")
        for name in ("finding_de", "finding_en"):
            says[name] = " ".join(says[name].split())
        answers = dict(self._says["particulars"])
        for name in self.particular_names:
            answer = cleaned.get(name)
            if answer in (None, "", False):
                answers.pop(name.removeprefix("p_"), None)
            else:
                answers[name.removeprefix("p_")] = answer
        says["particulars"] = answers
        picked = {key for name in self.facet_names for key in cleaned.get(name, ())}
        says["concepts"] = sorted(picked | self._outside)
        says["programmes"] = sorted(cleaned["programmes"])
        return says

    def sections(self) -> list[tuple[str, Any, list[Any]]]:
        """(anchor, heading, fields) in the order of the page."""
        sections = [
            ("study", _("The study"), ["template", "question", "method", "sample", "data_from", "data_until"]),
            ("kind", _("Particulars of this kind of study"), self.particular_names),
            ("strength", _("Strength of evidence"), ["strength", "strength_why"]),
            ("finding", _("Finding in one sentence"), ["finding_de", "finding_en"]),
            ("meaning", _("Meaning and limits"), ["meaning_de", "meaning_en", "limits"]),
        ]
        return [(anchor, title, [self[name] for name in names]) for anchor, title, names in sections]

    def found_under(self) -> list[Any]:
        return [self[name] for name in (*self.facet_names, "programmes")]


def _field_for(one: Particular) -> forms.Field:
    shape = {"label": one.label, "help_text": one.hint, "required": False}
    match one.kind:
        case "number":
            return forms.IntegerField(min_value=0, max_value=MOST_NUMBER, **shape)
        case "percent":
            return forms.IntegerField(
                min_value=0, max_value=100, **shape | {"help_text": one.hint or _("In per cent.")}
            )
        case "year":
            return forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, **shape)
        case "yes":
            return forms.BooleanField(**shape)
        case "choice":
            return forms.ChoiceField(choices=[("", _("not said")), *one.choices], **shape)
    return forms.CharField(max_length=MOST_CHARACTERS, **shape)


class CardsForm(forms.Form):
    """Which cards of the list are shown."""

    q = forms.CharField(label=_("Words in the title"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("Where it stands"), required=False, choices=[("", _("all")), *Card.State.choices])
    kind = forms.ChoiceField(label=_("Kind of study"), required=False, choices=[("", _("all")), *Template.choices])
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[("neu", _("changed last first")), ("titel", _("by title")), ("jahr", _("by year"))],
    )  # fmt: skip


class SubmitForm(OnceForm):
    """To whom a card is given."""

    second = forms.ModelChoiceField(
        Person.objects.none(), label=_("Second reviewer"), empty_label=_("please choose"),
        help_text=_("Who keeps the library, did not write in this card and has an account."),
    )  # fmt: skip
    words = forms.CharField(label=_("A word to them"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="submit-%s", **kwargs)
        self.fields["second"].queryset = people
        # Other buttons of the same form need no choice; the rule says what a step needs.
        self.use_required_attribute = False


class WordsForm(OnceForm):
    """What is said with a step."""

    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, label: Any, name: str, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{name}-%s", **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class StartForm(OnceForm):
    """Beginning a card: the key only, so that two clicks make one."""
