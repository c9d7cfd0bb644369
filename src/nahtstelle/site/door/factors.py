"""Adding, using, removing and resetting second factors. Whatever changes one ends all other sessions of the account."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.actions import end_sessions
from nahtstelle.register.people.models import Account

from . import codes, rules, telling
from .facts import FactorAdded, FactorRemoved, FactorsReset, RecoveryCodesMade, RecoveryCodeUsed
from .models import Factor, RecoveryCode
from .sealing import seal, unseal

Kind = Factor.Kind


def add_app(*, account: Account, secret: str, step: int, name: str, by: Actor, at: datetime) -> Factor:
    """Keep the app whose code was just shown; ``step`` is that code's, which is not good again."""
    made = Factor(account=account, kind=Kind.APP, name=name, sealed_secret=seal(secret), last_step=step, added_at=at)
    return _add(made, by=by, at=at)


def add_passkey(
    *, account: Account, credential: str, public_key: bytes, sign_count: int, name: str, by: Actor, at: datetime
) -> Factor:
    made = Factor(
        account=account, kind=Kind.PASSKEY, name=name, credential=credential, public_key=public_key,
        sign_count=sign_count, added_at=at,
    )  # fmt: skip
    return _add(made, by=by, at=at)


def _add(factor: Factor, *, by: Actor, at: datetime) -> Factor:
    account = factor.account
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        rules.check_may_add(account)
        factor.save(force_insert=True)
        end_sessions(account=account)
        touched = [account, Touched(account.person, {"factor": ("", str(factor))})]
        record(FactorAdded(account.pk, factor.pk, factor.kind), by=by, at=at, touched=touched)
        telling.tell_added(account, factor, at=at)
    return factor


def remove(*, factor: Factor, by: Actor, at: datetime) -> None:
    """Raises ``NotNow`` where it is the last one and the person's role needs one."""
    account = factor.account
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        rules.check_may_remove(factor, on=timezone.localdate(at))
        number, words = factor.pk, str(factor)
        telling.tell_removed(account, factor, at=at)
        factor.delete()
        if not account.factors.exists():
            account.recovery_codes.all().delete()
        end_sessions(account=account)
        touched = [account, Touched(account.person, {"factor": (words, "")})]
        record(FactorRemoved(account.pk, number, factor.kind), by=by, at=at, touched=touched)


def reset(*, account: Account, why: str, by: Actor, at: datetime) -> int:
    """Take all factors of somebody away, who lost them; they hear of it by mail, with the reason. How many."""
    rules.check_reason(why)
    with transaction.atomic():
        count = account.factors.count()
        account.factors.all().delete()
        account.recovery_codes.all().delete()
        end_sessions(account=account)
        touched = [account, Touched(account.person, {"factors": (count, 0)})]
        record(FactorsReset(account.pk, count), by=by, at=at, why=why.strip(), touched=touched)
        telling.tell_reset(account, by=by, why=why.strip(), at=at)
    return count


def make_recovery_codes(*, account: Account, by: Actor, at: datetime) -> list[str]:
    """Ten new codes, to be shown once; those before are worth nothing any more."""
    made = codes.new_recovery_codes()
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        account.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=codes.digest_of(code)) for code in made)
        record(RecoveryCodesMade(account.pk), by=by, at=at, touched=[account, account.person])
    return made


def use_code(*, account: Account, code: str, at: datetime) -> bool:
    """Whether ``code`` is one of an app of this account, now, and was not used before."""
    for factor in account.factors.filter(kind=Kind.APP):
        secret = unseal(factor.sealed_secret)
        step = codes.step_of(secret, code, at=at) if secret else None
        # Of two who send the same code at a time, one is refused.
        if step is not None and Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(
            last_step=step, used_at=at
        ):
            return True
    return False


def use_recovery_code(*, account: Account, code: str, at: datetime) -> bool:
    """Whether ``code`` is an unused recovery code; it is used up, and the person is told by mail."""
    with transaction.atomic():
        unused = account.recovery_codes.filter(digest=codes.digest_of(code), used_at__isnull=True)
        if not unused.update(used_at=at):
            return False
        left = account.recovery_codes.filter(used_at__isnull=True).count()
        record(RecoveryCodeUsed(account.pk, left), by=account.actor, at=at, touched=[account, account.person])
        telling.tell_recovery_code_used(account, left=left, at=at)
    return True
