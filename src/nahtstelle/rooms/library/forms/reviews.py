"""The shape of what people enter for a review: its question, its team, its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person

from ..models import Member, Review

MOST_WORDS = 100


class ReviewsForm(forms.Form):
    """Search among reviews."""

    q = forms.CharField(label=_("Title or question"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("review", "State"), required=False, choices=[("", _("all")), *Review.State.choices]
    )


class ReviewForm(OnceForm):
    """What a review asks, how many judge, and what is to be reached."""

    title = forms.CharField(label=_("Title"), max_length=300)
    question = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    plan = forms.CharField(
        label=_("Plan"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Where, when and how is searched; what is done when the team disagrees."),
    )  # fmt: skip
    judges = forms.TypedChoiceField(
        label=_("Who judges"), coerce=int, choices=Review.Blindness.choices, widget=forms.RadioSelect, initial=2,
        help_text=_("Can be changed until the first work was judged."),
    )  # fmt: skip
    second_share = forms.IntegerField(
        label=_("Per cent that a second person judges, too"), min_value=0, max_value=100, initial=0,
        help_text=_("Only where one person judges: a share drawn by chance, so that agreement is known."),
    )  # fmt: skip
    target = forms.IntegerField(
        label=_("Per cent of the relevant works that are to be found"), min_value=50, max_value=100, initial=95
    )
    confidence = forms.IntegerField(
        label=_("How sure that has to be, in per cent"), min_value=50, max_value=99, initial=95
    )
    begins_with_words = forms.BooleanField(
        label=_("The model begins with question and criteria"), required=False,
        help_text=_("As if the question with what is sought were a relevant work, and the reasons for exclusion one that is not."),
    )  # fmt: skip
    words_for = forms.CharField(
        label=_("Words that speak for a work"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line; with * at its end a word stands for all that begin so. They are highlighted."),
    )  # fmt: skip
    words_against = forms.CharField(
        label=_("Words that speak against a work"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The fields of the review."""
        clean = self.cleaned_data
        words = [
            {"word": word, "speaks": speaks}
            for name, speaks in (("words_for", "for"), ("words_against", "against"))
            for word in dict.fromkeys(" ".join(line.split()) for line in clean[name].splitlines() if line.strip(" *"))
        ]
        kept = {
            name: clean[name] for name in ("title", "question", "plan", "judges", "second_share", "begins_with_words")
        }
        shares = {"target_recall": clean["target"] / 100, "confidence": clean["confidence"] / 100}
        return kept | shares | {"words": words[:MOST_WORDS]}

    @staticmethod
    def of(review: Review) -> dict[str, Any]:
        """What the form shows of a review."""
        words = {side: [one["word"] for one in review.words if one["speaks"] == side] for side in ("for", "against")}
        return {
            "title": review.title, "question": review.question, "plan": review.plan, "judges": review.judges,
            "second_share": review.second_share, "target": round(review.target_recall * 100),
            "confidence": round(review.confidence * 100), "begins_with_words": review.begins_with_words,
            "words_for": "\n".join(words["for"]), "words_against": "\n".join(words["against"]),
        }  # fmt: skip


class CriterionForm(forms.Form):
    excludes = forms.TypedChoiceField(
        label=_("It is"), coerce=lambda value: value == "1", widget=forms.RadioSelect, initial="0",
        choices=[("0", _("what a work must be to be included")), ("1", _("a reason for exclusion"))],
    )  # fmt: skip
    words = forms.CharField(label=_("Criterion"), max_length=300)


class MemberForm(forms.Form):
    """Somebody for the team; whoever has an account, with or without a role at the centre."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=_("Part in the review"), choices=Member.Role.choices, initial=Member.Role.SCREENER)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(account__is_active=True, erased_at=None).order_by("name")
        self.fields["person"].queryset = people


class CloseForm(forms.Form):
    why = forms.CharField(
        label=_("Why does it end here?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what the last sample showed."),
    )  # fmt: skip


class LookForm(forms.Form):
    size = forms.IntegerField(label=_("How many works are drawn"), min_value=1)
