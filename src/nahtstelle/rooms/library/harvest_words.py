"""How people are told of what saved searches bring, or of one that was paused."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.notices import kinds

NEWS = "library.search-news"
PAUSED = "library.search-paused"
HANDED = "library.search-handed"


def declare() -> None:
    """Called once at start."""
    kinds.declare(
        NEWS,
        label=_("News from saved searches"),
        sentence=_("“%(search)s” has brought %(number)s new or changed records."),
    )
    kinds.declare(PAUSED, label=_("Paused searches"), sentence=_("“%(search)s” was paused. %(reason)s"))
    kinds.declare(
        HANDED,
        label=_("Saved searches in sources"),
        sentence=_("“%(search)s” is yours now: you are told of what it brings."),
    )
