"""What an operator may set: the environment, read once, refused in a sentence where it makes no sense.

Every variable is declared in ``Configuration`` with its meaning; docs/reference/settings.md is generated from here.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, EnvError

DEMO_OPERATOR = "Demo-Fachstelle Einwanderung (erfunden)|Beispielstraße 1|00000 Musterstadt"
DEMO_CONTACT = "fachstelle@example.org"


# Fewer than 30 days, and a letter would be gone before its return could be told apart from a forged one.
DAYS = {"DUTY_REMIND_DAYS": (0, 60, 7), "DUTY_ESCALATE_DAYS": (0, 90, 7), "LETTERS_KEPT_DAYS": (30, 1825, 365)}


class ConfigurationMistake(Exception):
    """The operator set something that cannot work; the message says what, where and what would."""


def _meant(text: str) -> Any:
    return field(metadata={"meaning": text})


@dataclass(frozen=True, slots=True)
class Configuration:
    demo: bool = _meant("NAHTSTELLE_DEMO: the demo centre: invented content, sign-in by choosing a person.")
    debug: bool = _meant("NAHTSTELLE_DEBUG: Django's error pages. Never on a public machine.")
    home: Path = _meant("NAHTSTELLE_HOME: the folder for the SQLite file, uploads and kept law files.")
    secret_key: str = _meant("NAHTSTELLE_SECRET_KEY: at least 40 random characters; signs sessions and links.")
    base_url: str = _meant("NAHTSTELLE_BASE_URL: the address people reach the site at; links in letters start with it.")
    database: dict[str, Any] = _meant("NAHTSTELLE_DATABASE_URL: sqlite:///path or postgres://user:password@host/name.")
    mail_host: str = _meant("NAHTSTELLE_MAIL_HOST: SMTP server; empty keeps letters in the outbox, visible to staff.")
    mail_port: int = _meant("NAHTSTELLE_MAIL_PORT: its port.")
    mail_user: str = _meant("NAHTSTELLE_MAIL_USER: account at the SMTP server, if it wants one.")
    mail_password: str = _meant("NAHTSTELLE_MAIL_PASSWORD: its password.")
    mail_tls: bool = _meant("NAHTSTELLE_MAIL_TLS: speak STARTTLS.")
    mail_from: str = _meant("NAHTSTELLE_MAIL_FROM: the sender of all letters.")
    worker_in_server: bool = _meant("NAHTSTELLE_WORKER_IN_SERVER: run the worker inside the server (the demo does).")
    site_name: str = _meant("NAHTSTELLE_SITE_NAME: the centre's name as pages and letters show it.")
    operator: str = _meant("NAHTSTELLE_OPERATOR: who runs the site, for the imprint; lines separated by |.")
    contact_mail: str = _meant("NAHTSTELLE_CONTACT_MAIL: where readers write to; the address of MAIL_FROM where empty.")
    duty_remind_days: int = _meant(
        "NAHTSTELLE_DUTY_REMIND_DAYS: days before a duty is due on which its owner is reminded, 0 to 60; 7 where not set."
    )
    duty_escalate_days: int = _meant(
        "NAHTSTELLE_DUTY_ESCALATE_DAYS: days a duty may be overdue before it is brought to the head of the centre, 0 to 90; 7 where not set."
    )
    letters_kept_days: int = _meant(
        "NAHTSTELLE_LETTERS_KEPT_DAYS: days after which letters that left the outbox are removed with their addresses, 30 to 1825; 365 where not set."
    )


def read_configuration(environment: Env | None = None) -> Configuration:
    """The configuration of this process.

    Raises ``ConfigurationMistake`` with one sentence for the operator.
    """
    env = environment or Env()
    _refuse_unknown(os.environ)
    try:
        with env.prefixed("NAHTSTELLE_"):
            demo = env.bool("DEMO", False)
            home = Path(env.str("HOME", "var")).resolve()
            debug = env.bool("DEBUG", False)
            secret_key = env.str("SECRET_KEY", "")
            base_url = env.str("BASE_URL", "http://localhost:8000")
            database_url = env.str("DATABASE_URL", f"sqlite:///{home / 'nahtstelle.sqlite3'}")
            configuration = Configuration(
                demo=demo,
                debug=debug,
                home=home,
                secret_key=_secret(secret_key, home=home, may_invent=demo or debug),
                base_url=_address(base_url),
                database=_database(database_url),
                mail_host=env.str("MAIL_HOST", ""),
                mail_port=env.int("MAIL_PORT", 587),
                mail_user=env.str("MAIL_USER", ""),
                mail_password=env.str("MAIL_PASSWORD", ""),
                mail_tls=env.bool("MAIL_TLS", True),
                mail_from=env.str("MAIL_FROM", "Nahtstelle <nahtstelle@localhost>"),
                worker_in_server=env.bool("WORKER_IN_SERVER", demo),
                site_name=env.str("SITE_NAME", "Nahtstelle"),
                operator=env.str("OPERATOR", DEMO_OPERATOR if demo else ""),
                contact_mail=env.str("CONTACT_MAIL", DEMO_CONTACT if demo else ""),
                duty_remind_days=_days(env, "DUTY_REMIND_DAYS"),
                duty_escalate_days=_days(env, "DUTY_ESCALATE_DAYS"),
                letters_kept_days=_days(env, "LETTERS_KEPT_DAYS"),
            )
    except EnvError as mistake:
        raise ConfigurationMistake(f"A setting cannot be read: {mistake}") from mistake
    if not 0 < configuration.mail_port < 65536:
        raise ConfigurationMistake(
            f"NAHTSTELLE_MAIL_PORT is {configuration.mail_port}; a port lies between 1 and 65535."
        )
    return configuration


def _days(env: Env, name: str) -> int:
    least, most, usual = DAYS[name]
    days: int = env.int(name, usual)
    if not least <= days <= most:
        raise ConfigurationMistake(f"NAHTSTELLE_{name} is {days}; it must be a number of days from {least} to {most}.")
    return days


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigurationMistake(f"NAHTSTELLE_BASE_URL is '{url}'; it must look like https://example.org.")
    return url.rstrip("/")


def _refuse_unknown(names: Iterable[str]) -> None:
    """A misspelt setting would silently do nothing; better to be told."""
    known = {name for name, _meaning in meanings()}
    for name in sorted(names):
        if name.startswith("NAHTSTELLE_") and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else "."
            raise ConfigurationMistake(f"The setting {name} is not known{hint}")


def _secret(key: str, *, home: Path, may_invent: bool) -> str:
    if key:
        if len(key) < 40:
            raise ConfigurationMistake("NAHTSTELLE_SECRET_KEY is shorter than 40 characters; use a longer random one.")
        return key
    if not may_invent:
        raise ConfigurationMistake(
            "NAHTSTELLE_SECRET_KEY is not set. Put at least 40 random characters there; it signs sessions and links."
        )
    # A demo keeps one secret per home, so that a restart does not sign its visitors out.
    kept = home / "secret-key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            kept.write_text(secrets.token_urlsafe(48))
            kept.chmod(0o600)
        return kept.read_text().strip()
    except OSError as trouble:
        raise ConfigurationMistake(f"The folder NAHTSTELLE_HOME ({home}) cannot be written: {trouble}.") from trouble


def _database(url: str) -> dict[str, Any]:
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except Exception as mistake:  # the parser raises several unrelated kinds
        raise ConfigurationMistake(f"NAHTSTELLE_DATABASE_URL cannot be read: {mistake}") from mistake
    engine = database.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        # Measured: WAL with immediate transactions is the only mode in which four writers never met a lock error.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;"
                "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;"
            ),
        }
    elif engine.endswith("postgresql"):
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": False}
        database["CONN_HEALTH_CHECKS"] = True
    else:
        raise ConfigurationMistake("NAHTSTELLE_DATABASE_URL must start with sqlite:// or postgres://.")
    return database


def meanings() -> list[tuple[str, str]]:
    """(variable, meaning) of every setting, for the generated reference."""
    return [(name, meaning) for f in fields(Configuration) for name, meaning in [f.metadata["meaning"].split(": ", 1)]]
