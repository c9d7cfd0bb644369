"""What the pages answer to a lower room's question."""

from nahtstelle.rooms.outputs.models import Output

from .models import Placement
from .places import place_called


def address_of(output: Output) -> str:
    """Where a text stands, "" where it stands nowhere; a variant stands where its original does."""
    placement = Placement.objects.filter(output=output.base_id or output.pk).first()
    place = place_called(placement.place) if placement else None
    if place is None:
        return ""
    return f"{place.address}?text={output.language}" if output.base_id else place.address
