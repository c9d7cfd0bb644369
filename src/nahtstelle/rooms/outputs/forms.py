"""Forms of the room outputs."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.media_types import DOCX, XLSX
from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from . import styling
from .checking import OTHER_WORDS
from .models import LANGUAGES, Citation, Output
from .queries import Choice

FACETS = ("theme", "status", "group", "qual", "stakeholder", "region")
MOST_BYTES = 20 * 1024 * 1024
FILES = {
    "application/pdf": b"%PDF", "image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff",
    DOCX: b"PK\x03\x04", XLSX: b"PK\x03\x04",
}  # fmt: skip
ENDINGS = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "docx": DOCX, "xlsx": XLSX,
}  # fmt: skip


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ListForm(forms.Form):
    """Words and order of a list of publications."""

    q = forms.CharField(label=_("Search publications"), required=False, widget=forms.SearchInput)
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[("neu", _("newest first")), ("stand", _("by Stand")), ("titel", _("by title"))],
    )  # fmt: skip


class WorkshopForm(forms.Form):
    """Which texts of the workshop are shown."""

    q = forms.CharField(label=_("Words in the title"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("Where it stands"), required=False,
        choices=[("", _("all")), *Output.Progress.choices, *Output.State.choices[1:]],
    )  # fmt: skip
    mine = forms.BooleanField(label=_("only mine"), required=False)


class WordsForm(forms.Form):
    """What a person says with a step."""

    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, label: Any, *, hint: Any = "", name: str = "", required: bool = False) -> None:
        super().__init__(auto_id=f"{name or 'step'}-%s")
        self.fields["words"].label, self.fields["words"].help_text = label, hint
        self.fields["words"].required = required
        # A button beside may need no words at all; what a step needs, its rule says.
        self.use_required_attribute = False


class PublishForm(WordsForm):
    publish_at = forms.DateTimeField(
        label=_("Later, at"), required=False, help_text=_("Only for “Schedule”. The centre's own time."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class SupersedeForm(forms.Form):
    successor = forms.CharField(
        label=_("Successor"), help_text=_("Paste the link of the published text that takes its place.")
    )


class CiteForm(forms.Form):
    words = forms.CharField(
        label=_("Citation"),
        help_text=_("As one writes it in a text, for example § 60c Absatz 2 AufenthG."),
        max_length=300,
    )
    role = forms.ChoiceField(label=_("It is a"), choices=Citation.Role.choices)


class VariantForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, choices: list[tuple[str, Any]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["language"].choices = choices


class CompareForm(forms.Form):
    alt = forms.ChoiceField(label=_("Old"), required=False)
    neu = forms.ChoiceField(label=_("New"), required=False)

    def __init__(self, choices: list[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["alt"].choices = [("", _("published edition")), *choices]
        self.fields["neu"].choices = [("", _("working text")), *choices]


class ReaderCheckForm(OnceForm):
    """What test readers found of a text in Leichte or Einfache Sprache."""

    who = forms.CharField(
        label=_("Checked by"), max_length=200,
        help_text=_("The group of test readers, for Leichte Sprache people with learning difficulties. Readers see this; "
                    "please give no names of persons without their consent."),
    )  # fmt: skip
    on = forms.DateField(label=_("Checked on"), widget=DayInput())
    # Says the digest of the words that were read, so that a form opened before a save does not vouch for the save.
    of = forms.ChoiceField(
        label=_("Which text they read"), widget=forms.RadioSelect, error_messages={"invalid_choice": OTHER_WORDS}
    )

    def __init__(self, choices: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = choices
        self.fields["of"].initial = choices[0][0]


class AnswerForm(forms.Form):
    """An owner's answer to a wave."""

    words = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for “still valid” and “withdraw”. Colleagues read it; readers see why a text was withdrawn."),
    )  # fmt: skip


def choice_in(query: QueryDict) -> Choice:
    """What an address of the list of publications asks for; also the address of its feed and of the API."""
    # PostgreSQL takes no NUL; nothing is called by a name that holds one.
    words = query.get("q", "").replace("\0", "").strip()
    concepts, programmes, languages = (
        tuple(one for one in query.getlist(name) if "\0" not in one) for name in ("f", "p", "l")
    )
    return Choice(words, concepts, programmes, languages)


class NewOutputForm(OnceForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ModelChoiceField(Concept.objects.none(), label=_("Kind"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = Concept.objects.filter(facet__key="output").on(timezone.localdate())


class TextForm(forms.Form):
    """The working text; ``started_from`` is the revision it was begun with."""

    started_from = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what the reader gets from it."),
    )  # fmt: skip
    body = forms.CharField(label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 28}))

    def text(self) -> dict[str, str]:
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"], "summary": cleaned["summary"].replace("\r\n", "\n"),
            "body": cleaned["body"].replace("\r\n", "\n"),
        }  # fmt: skip


class BringIntoForm(forms.Form):
    """A Word file; what it is, is asked of its content."""

    file = forms.FileField(
        label=_("Word file"), help_text=_("A .docx of 20 MB at most. Nothing is written before you have seen what becomes of it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return given


class BringInForm(BringIntoForm):
    kind = forms.ModelChoiceField(Concept.objects.none(), label=_("Kind"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = Concept.objects.filter(facet__key="output").on(timezone.localdate())


class ConfirmForm(TextForm):
    """What is taken over from a Word file, to be put right before."""

    started_from = None  # type: ignore[assignment] # Django's way to leave out a field of the parent


class ParticularsForm(forms.ModelForm):
    """What is said about a text: Stand, validity, audience, facets, authors."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    authors = forms.ModelMultipleChoiceField(
        Person.objects.all(), label=_("Authors"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Several with Ctrl or ⌘ held down."),
    )  # fmt: skip
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.all(), label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    style = forms.ChoiceField(
        label=_("Style of citation"),
        required=False,
        help_text=_("How works the text cites are written; readers see it at once."),
    )

    class Meta:
        model = Output
        fields = [
            "kind", "owner", "stand", "valid_from", "valid_until", "audience", "needs_release", "licence", "style", "shows_news",
        ]  # fmt: skip
        widgets = {"stand": DayInput(), "valid_from": DayInput(), "valid_until": DayInput()}
        help_texts = {
            "stand": _("The day the content was last checked against its sources."),
            "shows_news": _(
                "For a dossier: studies that fit its facets and became public after its Stand are listed below it."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        output = self.instance
        self.fields["kind"].queryset = Concept.objects.filter(facet__key="output")
        # Whoever owns a text answers for it: only people who can sign in, and whoever owns it now.
        self.fields["owner"].queryset = Person.objects.filter(Q(account__is_active=True) | Q(pk=output.owner_id))
        self.fields["revision"].initial = output.revision
        house = _("that of the house (%s)") % styling.SHIPPED[styling.HOUSE_STYLE]
        self.fields["style"].choices = [("", house), *styling.choices()]
        self.fields["authors"].initial = [a.person_id for a in output.authorships.all()]
        self.fields["programmes"].initial = output.programmes.all()
        chosen = set(output.concepts.values_list("pk", flat=True))
        for key in FACETS:
            concepts = Concept.objects.filter(facet__key=key).select_related("facet")
            field = forms.ModelMultipleChoiceField(concepts, required=False, widget=forms.CheckboxSelectMultiple)
            field.initial = [concept.pk for concept in concepts if concept.pk in chosen]
            if concepts:
                field.label = concepts[0].facet.name
                self.fields[f"facet_{key}"] = field

    def _post_clean(self) -> None:
        """The action writes and validates; here only the shape of what was typed counts."""

    def concepts(self) -> list[Concept]:
        return [concept for key in FACETS for concept in self.cleaned_data.get(f"facet_{key}", ())]

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """The fields in the order of the page: what every text has open, long lists to be unfolded."""
        facets = [name for name in self.fields if name.startswith("facet_")]
        groups = [
            (_("Text"), ["kind", "owner", "authors", "licence", "style", "shows_news"]),
            (_("Validity"), ["stand", "valid_from", "valid_until"]),
            (_("Readers"), ["audience", "programmes", "needs_release"]),
        ]
        return [(title, [self[name] for name in names]) for title, names in groups] + [
            (self.fields[name].label, [self[name]]) for name in facets
        ]


class AttachmentForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel, PNG or JPEG; 20 MB at most."))
    title = forms.CharField(label=_("Title"), max_length=300)
    alternative = forms.CharField(
        label=_("Text alternative"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For figures: what somebody who does not see it must know."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        media_type = ENDINGS.get(given.name.rsplit(".", 1)[-1].lower())
        if media_type is None:
            raise forms.ValidationError(_("This kind of file is not taken; please give PDF, Word, Excel, PNG or JPEG."))
        start = given.read(8)
        given.seek(0)
        if not start.startswith(FILES[media_type]):
            raise forms.ValidationError(_("The file's content does not fit its name; is it damaged?"))
        self.media_type = media_type
        return given
