"""Which provision each norm of a reading is: the one it was before, or a new one."""

from collections.abc import Sequence

from nahtstelle.engines.lawtext.pairing import pair
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind

from .models import Law, Provision, Reading
from .wordings import CHUNK, kept_key

FACE = ("key", "designation", "kind", "title", "position", "repealed", "gone")
Keys = dict[str, int]  # the kept key of a norm → its provision


def provisions_of(reading: Reading) -> Keys:
    return dict(reading.sightings.values_list("key", "provision_id"))


def norms_of(law: LawReading) -> list[Norm]:
    """The norms that become provisions: all but the head."""
    return [norm for norm in law.norms if norm.kind is not NormKind.HEAD]


def before(old: LawReading, new: LawReading) -> dict[str, str]:
    """For each norm of ``new`` that stood in ``old``: the key it had there. Both keys as they are kept."""
    continued = pair(old.norms, new.norms).continued
    return {kept_key(new.norms[j]): kept_key(old.norms[i]) for i, j in continued.items()}


def carry_on(norms: Sequence[Norm], predecessors: dict[str, str], known: Keys) -> Keys:
    """The provisions that norms continue: ``predecessors`` maps a norm's key to the one it has in ``known``."""
    keys = {kept_key(norm): predecessors.get(kept_key(norm)) for norm in norms}
    return {key: known[old] for key, old in keys.items() if old is not None and old in known}


def come_back(law: Law, norms: Sequence[Norm], continued: Keys) -> Keys:
    """Provisions that were gone and are here again, under the same number and the same title."""
    waiting = {
        (norm.kind.value, norm.designation[:150], norm.title): kept_key(norm)
        for norm in norms
        if kept_key(norm) not in continued and norm.title and not norm.repealed
    }
    if not waiting:
        return {}
    gone = Provision.objects.filter(law=law, gone=True, repealed=False).exclude(pk__in=continued.values())
    found: Keys = {}
    for provision in gone.order_by("pk"):
        key = waiting.get((provision.kind, provision.designation, provision.title))
        if key is not None:
            found[key] = provision.pk
    return found


def face_of(norm: Norm, *, law: Law, position: int, gone: bool = False) -> Provision:
    """A provision as the newest sighting shows it, unsaved."""
    return Provision(
        law=law,
        key=kept_key(norm),
        designation=norm.designation[:150],
        kind=norm.kind,
        title=norm.title,
        position=position,
        repealed=norm.repealed,
        gone=gone,
    )


def make_new(law: Law, norms: Sequence[Norm], known: Keys, *, gone: bool) -> Keys:
    """Provisions for the norms that continue none; all of them, the known and the new."""
    fresh = [
        (kept_key(norm), face_of(norm, law=law, position=position, gone=gone))
        for position, norm in enumerate(norms)
        if kept_key(norm) not in known
    ]
    Provision.objects.bulk_create((face for _key, face in fresh), batch_size=CHUNK)
    return known | {key: face.pk for key, face in fresh}


def show_newest(law: Law, norms: Sequence[Norm], identities: Keys) -> None:
    """Let every provision of the law look as the newest reading shows it; one that is not in it is gone."""
    wanted = {}
    for position, norm in enumerate(norms):
        face = face_of(norm, law=law, position=position)
        face.pk = identities[kept_key(norm)]
        wanted[face.pk] = face
    changed = []
    gone = []
    for now in Provision.objects.filter(law=law):
        face = wanted.get(now.pk)
        if face is None:
            gone.append(now.pk)
        elif any(str(getattr(face, name)) != str(getattr(now, name)) for name in FACE):
            changed.append(face)
    Provision.objects.filter(pk__in=gone, gone=False).update(gone=True)
    Provision.objects.bulk_update(changed, list(FACE), batch_size=CHUNK // 8)
