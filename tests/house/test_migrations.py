"""The models and their migrations agree, on each database."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.django_db
def test_the_house_passes_its_own_checks(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", databases=["default"], fail_level="WARNING")
