"""What an operator may set, and how nonsense is refused."""

import json
import os
import stat
from pathlib import Path

import pytest
from environs import Env

from nahtstelle.register.duties.actions import ESCALATE_AFTER, REMIND_BEFORE
from nahtstelle.register.notices.actions.letters import KEPT
from nahtstelle.site.configuration import Configuration, ConfigurationMistake, meanings, read_configuration

SECRET = "x" * 40


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("NAHTSTELLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NAHTSTELLE_HOME", str(tmp_path))


def read(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Configuration:
    for name, value in settings.items():
        monkeypatch.setenv(f"NAHTSTELLE_{name}", value)
    return read_configuration()


def refusal(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    with pytest.raises(ConfigurationMistake) as refused:
        read(monkeypatch, **{"SECRET_KEY": SECRET, **settings})
    return str(refused.value)


def test_a_secret_is_all_a_centre_must_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(monkeypatch, SECRET_KEY=SECRET)
    assert (found.demo, found.debug, found.worker_in_server) == (False, False, False)
    assert (found.secret_key, found.home) == (SECRET, tmp_path)
    assert found.database["NAME"] == str(tmp_path / "nahtstelle.sqlite3")
    assert found.base_url == "http://localhost:8000"


def test_no_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, SECRET_KEY="") == (
        "NAHTSTELLE_SECRET_KEY is not set. Put at least 40 random characters there; it signs sessions and links."
    )


def test_a_short_secret_is_refused_even_in_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, SECRET_KEY="x" * 39, DEMO="1") == (
        "NAHTSTELLE_SECRET_KEY is shorter than 40 characters; use a longer random one."
    )


def test_a_demo_keeps_its_own_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = read(monkeypatch, DEMO="1").secret_key
    assert len(first) >= 40
    assert read(monkeypatch).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_homes_have_two_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = read(monkeypatch, DEMO="1", HOME=str(tmp_path / "one")).secret_key
    assert read(monkeypatch, HOME=str(tmp_path / "two")).secret_key != first


def test_a_home_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    monkeypatch.delenv("NAHTSTELLE_SECRET_KEY", raising=False)
    with pytest.raises(ConfigurationMistake) as refused:
        read(monkeypatch, DEMO="1", HOME=str(home))
    assert str(refused.value).startswith(f"The folder NAHTSTELLE_HOME ({home}) cannot be written: ")


def test_a_demo_runs_its_worker_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, DEMO="1").worker_in_server is True
    assert read(monkeypatch, WORKER_IN_SERVER="0").worker_in_server is False


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https:", ""])
def test_an_address_nobody_can_reach_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert refusal(monkeypatch, BASE_URL=address) == (
        f"NAHTSTELLE_BASE_URL is '{address}'; it must look like https://example.org."
    )


def test_an_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, SECRET_KEY=SECRET, BASE_URL="https://example.org/").base_url == "https://example.org"


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_port_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    assert refusal(monkeypatch, MAIL_PORT=port) == f"NAHTSTELLE_MAIL_PORT is {port}; a port lies between 1 and 65535."


def test_days_are_those_of_the_actions_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, SECRET_KEY=SECRET)
    assert (found.duty_remind_days, found.duty_escalate_days, found.letters_kept_days) == (
        REMIND_BEFORE.days, ESCALATE_AFTER.days, KEPT.days,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("DUTY_REMIND_DAYS", 0, 60), ("DUTY_ESCALATE_DAYS", 0, 90), ("LETTERS_KEPT_DAYS", 30, 1825)],
)
def test_days_without_sense_are_refused_and_their_ends_are_not(
    monkeypatch: pytest.MonkeyPatch, name: str, least: int, most: int
) -> None:
    for days in (least, most):
        assert getattr(read(monkeypatch, SECRET_KEY=SECRET, **{name: str(days)}), name.lower()) == days
    for days in (least - 1, most + 1, -3):
        said = refusal(monkeypatch, **{name: str(days)})
        assert said == f"NAHTSTELLE_{name} is {days}; it must be a number of days from {least} to {most}."


@pytest.mark.parametrize("nonsense", ["soon", "7 days", "1.5"])
def test_days_that_are_no_number_are_named(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    said = refusal(monkeypatch, LETTERS_KEPT_DAYS=nonsense)
    assert said.startswith("A setting cannot be read: ") and "NAHTSTELLE_LETTERS_KEPT_DAYS" in said


@pytest.mark.parametrize(("name", "value"), [("MAIL_PORT", "smtp"), ("DEMO", "perhaps"), ("MAIL_TLS", "maybe")])
def test_a_value_of_the_wrong_kind_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    said = refusal(monkeypatch, **{name: value})
    assert said.startswith("A setting cannot be read: ")
    assert f"NAHTSTELLE_{name}" in said


@pytest.mark.parametrize("url", ["mysql://host/name", "oracle://host/name"])
def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert refusal(monkeypatch, DATABASE_URL=url) == "NAHTSTELLE_DATABASE_URL must start with sqlite:// or postgres://."


@pytest.mark.parametrize("url", ["nonsense", "postgres://host:port/name", "://"])
def test_an_unreadable_database_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert refusal(monkeypatch, DATABASE_URL=url).startswith("NAHTSTELLE_DATABASE_URL cannot be read: ")


def test_sqlite_is_opened_for_several_writers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = read(monkeypatch, SECRET_KEY=SECRET, DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3").database
    assert database["NAME"] == f"{tmp_path}/other.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "PRAGMA journal_mode=WAL;" in database["OPTIONS"]["init_command"]


def test_postgres_connections_are_kept_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    database = read(
        monkeypatch, SECRET_KEY=SECRET, DATABASE_URL="postgres://ada:pass@db.example.org:5433/centre"
    ).database
    assert {key: database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "ada",
        "PASSWORD": "pass",
        "HOST": "db.example.org",
        "PORT": 5433,
        "NAME": "centre",
    }
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_every_variable_has_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAHTSTELLE_SECRET_KEY", SECRET)
    env = Env()
    read_configuration(env)
    assert sorted(name for name, _meaning in meanings()) == sorted(env.dump())


def test_a_misspelt_setting_is_refused_with_the_likely_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, BASE_ULR="https://example.org") == (
        "The setting NAHTSTELLE_BASE_ULR is not known; did you mean NAHTSTELLE_BASE_URL?"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"IMAP_HOST": "mail.example.org"}, "NAHTSTELLE_IMAP_USER and _PASSWORD are needed"),
        ({"IMAP_PORT": "0"}, "a port lies between"),
        ({"IMAP_DONE_FOLDER": "INBOX"}, "must be two folders"),
        ({"IMAP_CA": "/nowhere/ca.pem"}, "there is no such file"),
        ({"MAIL_KEPT_DAYS": "0"}, "at least one day"),
        ({"MAIL_REPLY_TO": "post+fach@example.org"}, "and no plus"),
        ({"MAIL_REPLY_TO": "post"}, "must be an address"),
        ({"MAIL_REPLY_TO": f"{'p' * 21}@example.org"}, "at most 20"),
    ],
)
def test_a_mailbox_that_cannot_work_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], said: str
) -> None:
    whole = {"IMAP_HOST": "mail.example.org", "IMAP_USER": "post", "IMAP_PASSWORD": "geheim"}
    if "IMAP_HOST" in settings:
        whole = {}
    assert said in refusal(monkeypatch, **{**whole, **settings})


GOOD_PROVIDER = {
    "key": "uni", "name": "Uni", "issuer": "https://login.example.org", "client_id": "n", "client_secret": "s",
}  # fmt: skip


def test_institutions_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, SECRET_KEY=SECRET, OIDC_PROVIDERS=json.dumps([GOOD_PROVIDER]))
    assert found.oidc_providers == [GOOD_PROVIDER]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        (json.dumps(GOOD_PROVIDER), "must be a JSON list"),
        (json.dumps([{**GOOD_PROVIDER, "client_secret": ""}]), "must have exactly these parts"),
        (json.dumps([{"key": "uni"}]), "must have exactly these parts"),
        (json.dumps([{**GOOD_PROVIDER, "key": "Die Uni"}]), "small letters"),
        (json.dumps([{**GOOD_PROVIDER, "issuer": "http://login.example.org"}]), "must begin with https://"),
        (json.dumps([GOOD_PROVIDER, GOOD_PROVIDER]), "the same key"),
    ],
)
def test_institutions_that_cannot_work_are_refused(monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    assert said in refusal(monkeypatch, OIDC_PROVIDERS=text)
