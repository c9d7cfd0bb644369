"""The shape of what people enter about programmes."""

from datetime import date
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.forms import day_field
from nahtstelle.register.vocabulary.models import Concept

from .models import ActionField, Engagement, Level, Network, Programme, Project


def _lands() -> Any:
    return Concept.objects.filter(facet__key="region", level="land")


def _choice(label: Any, **options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Concept.objects.none(), **options)


class DayForm(forms.Form):
    am = day_field(_("as on"), required=False)


class ProjectsForm(forms.Form):
    """Search and filters of the list of projects."""

    q = forms.CharField(label=_("Name, place or carrier"), required=False, max_length=100)
    programme = _choice(_("Programme"), required=False, to_field_name="key", empty_label=_("all"))
    region = _choice(_("Land"), required=False, to_field_name="key", empty_label=_("all"))
    am = day_field(_("running on"), required=False)
    ended = forms.BooleanField(label=_("at any time"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.all()
        self.fields["programme"].label_from_instance = attrgetter("short_name")
        self.fields["region"].queryset = _lands()


class EngagedForm(forms.Form):
    """Filters of the list of who works in a programme."""

    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *Engagement.Role.choices])
    region = _choice(_("Land"), required=False, to_field_name="key", empty_label=_("all"))
    am = day_field(_("as on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = _lands()


class NetworkForm(OnceForm):
    level = _choice(_("Level"))
    name_de = forms.CharField(label=_("Name (German)"), max_length=250)
    name_en = forms.CharField(label=_("Name (English)"), max_length=250, required=False)
    regions = forms.ModelMultipleChoiceField(label=_("Regions"), queryset=Concept.objects.none(), required=False)
    predecessors = forms.ModelMultipleChoiceField(
        label=_("Follows"), queryset=Network.objects.none(), required=False, help_text=_("Networks it grew out of.")
    )
    valid_from = day_field(_("From"), required=False, help_text=_("Left empty: as long as the funding period."))
    valid_until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = Level.objects.select_related("period").order_by("-period__valid_from", "rank")
        self.fields["level"].label_from_instance = in_period
        self.fields["regions"].queryset = Concept.objects.filter(facet__key="region").exclude(level="country")
        self.fields["predecessors"].queryset = Network.objects.order_by("name_de", "valid_from")


def in_period(thing: Level | ActionField) -> str:
    return f"{thing.period.name}: {thing.name}"


class ProjectForm(OnceForm):
    level = _choice(_("Level"))
    name_de = forms.CharField(label=_("Name (German)"), max_length=250)
    name_en = forms.CharField(label=_("Name (English)"), max_length=250, required=False)
    carrier = _choice(_("Carrier"))
    network = _choice(_("Network"), required=False)
    action_field = _choice(_("Action field"), required=False)
    region = _choice(_("Land"), required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    valid_from = day_field(_("From"), required=False, help_text=_("Left empty: as long as the funding period."))
    valid_until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = Level.objects.select_related("period").order_by("-period__valid_from", "rank")
        self.fields["level"].label_from_instance = in_period
        self.fields["carrier"].queryset = Organisation.objects.order_by("name")
        self.fields["network"].queryset = Network.objects.select_related("level").order_by("-valid_from", "name_de")
        self.fields["action_field"].queryset = ActionField.objects.select_related("period").order_by(
            "-period__valid_from", "position"
        )
        self.fields["action_field"].label_from_instance = in_period
        self.fields["region"].queryset = Concept.objects.filter(facet__key="region", level__in=["bund", "land"])


class PeriodForm(forms.Form):
    name_de = forms.CharField(label=_("Name (German)"), max_length=250)
    name_en = forms.CharField(label=_("Name (English)"), max_length=250, required=False)
    funding_line_de = forms.CharField(
        label=_("Funding line (German)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The words the grant notice prescribes; they stand on everything made in this period."),
    )
    funding_line_en = forms.CharField(
        label=_("Funding line (English)"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note_de = forms.CharField(label=_("Note (German)"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    note_en = forms.CharField(label=_("Note (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class EngageForm(OnceForm):
    """A role for a person, anywhere in the programmes; for the keepers of the structure."""

    role = forms.ChoiceField(label=_("Role"), choices=Engagement.Role.choices)
    programme = _choice(_("Programme"), required=False, help_text=_("Not needed where a network or project is given."))
    network = _choice(_("Network"), required=False)
    project = _choice(_("Project"), required=False)
    region = _choice(_("Region"), required=False, help_text=_("Not needed where the network or project has one."))
    valid_from = day_field(_("From"))
    valid_until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        self.fields["programme"].queryset = Programme.objects.all()
        self.fields["programme"].label_from_instance = attrgetter("short_name")
        self.fields["network"].queryset = Network.objects.filter(going).order_by("name_de")
        self.fields["project"].queryset = Project.objects.filter(going).order_by("name_de")
        self.fields["region"].queryset = Concept.objects.filter(facet__key="region", level__in=["bund", "land"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("programme", "network", "project")):
            self.add_error("programme", _("Please choose a programme, a network or a project."))
        return data


class ColleagueForm(OnceForm):
    """Somebody who joins a network; for its coordinators."""

    name = forms.CharField(label=_("Name"), max_length=200)
    mail = forms.EmailField(
        label=_("E-mail"), help_text=_("Who is known by this address is taken; else a new person is added.")
    )
    role = forms.ChoiceField(label=_("Role"))
    project = _choice(_("Project"), required=False)
    valid_from = day_field(_("From"))
    valid_until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, network: Network, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles
        self.fields["project"].queryset = network.projects.order_by("name_de")
