"""The shape of what people enter about a new cut."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.forms import day_field

from .forms import in_period
from .models import Level, Network, Recut
from .recut_queries import new_networks

ENDS = "ends"


class RecutForm(OnceForm):
    old_level = forms.ModelChoiceField(label=_("Networks that end"), queryset=Level.objects.none())
    new_level = forms.ModelChoiceField(label=_("Networks that begin"), queryset=Level.objects.none())
    project_level = forms.ModelChoiceField(label=_("Level of the projects from then on"), queryset=Level.objects.none())
    on = day_field(
        _("First day of the new structure"),
        help_text=_("The old networks end on the day before; the new ones begin on it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = Level.objects.select_related("period").order_by("-period__valid_from", "rank")
        for name in ("old_level", "new_level", "project_level"):
            self.fields[name].queryset = levels
            self.fields[name].label_from_instance = in_period


class SuccessorsForm(forms.Form):
    """As what an old network goes on."""

    successors = forms.ModelMultipleChoiceField(
        label=_("Goes on as"),
        queryset=Network.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several where it is split; none where it ends."),
    )

    def __init__(self, *args: Any, recut: Recut, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = new_networks(recut)


class TargetForm(forms.Form):
    """Where one project or role goes."""

    target = forms.ChoiceField(label=_("Goes to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, targets: list[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {str(network.pk): network for network in targets}
        choices: list[tuple[str, Any]] = [(pk, network.name) for pk, network in self.targets.items()]
        self.fields["target"].choices = [*choices, (ENDS, _("nowhere: it ends with the old structure"))]

    @property
    def chosen(self) -> Network | None:
        return self.targets.get(self.cleaned_data["target"])
