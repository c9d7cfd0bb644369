"""What an operator may set: the environment, read once, refused in a sentence where it makes no sense.

Every variable is declared in ``Configuration`` with its meaning; docs/reference/settings.md is generated from here.
"""

import json
import os
import re
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

PROVIDER_PARTS = {"key", "name", "issuer", "client_id", "client_secret"}


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
    imap_host: str = _meant(
        "NAHTSTELLE_IMAP_HOST: IMAP server (over TLS) that incoming mail is fetched from; empty fetches none."
    )
    imap_port: int = _meant("NAHTSTELLE_IMAP_PORT: its port.")
    imap_starttls: bool = _meant(
        "NAHTSTELLE_IMAP_STARTTLS: begin in the clear and turn to TLS before signing in (port 143)."
    )
    imap_user: str = _meant("NAHTSTELLE_IMAP_USER: account at the IMAP server.")
    imap_password: str = _meant("NAHTSTELLE_IMAP_PASSWORD: its password.")
    imap_folder: str = _meant("NAHTSTELLE_IMAP_FOLDER: the folder whose mails are taken.")
    imap_done_folder: str = _meant(
        "NAHTSTELLE_IMAP_DONE_FOLDER: the folder they are moved to then; made where missing."
    )
    imap_ca: str = _meant("NAHTSTELLE_IMAP_CA: file of certificates to trust, for a server with a private authority.")
    mail_reply_to: str = _meant(
        "NAHTSTELLE_MAIL_REPLY_TO: address of the mailbox incoming mail is taken from, if mail to name+anything@… arrives "
        "there as well; letters that ask something then have a reply address of their own. Empty gives them none."
    )
    mail_trusted_host: str = _meant(
        "NAHTSTELLE_MAIL_TRUSTED_HOST: the name under which your own mail server writes Authentication-Results; empty "
        "shows every sender as unverified."
    )
    mail_kept_days: int = _meant("NAHTSTELLE_MAIL_KEPT_DAYS: days an incoming mail is kept after it was closed.")
    oidc_providers: list[dict[str, str]] = _meant(
        "NAHTSTELLE_OIDC_PROVIDERS: institutions people may sign in at (OpenID Connect), as a JSON list of objects with "
        "key, name, issuer, client_id and client_secret."
    )
    openalex_url: str = _meant("NAHTSTELLE_OPENALEX_URL: where OpenAlex is asked for literature.")
    openalex_key: str = _meant(
        "NAHTSTELLE_OPENALEX_KEY: key to OpenAlex; without one a search brings 10,000 records at most and is asked as a whole each time."
    )
    crossref_url: str = _meant("NAHTSTELLE_CROSSREF_URL: where Crossref is asked for literature.")
    harvest_pause: float = _meant(
        "NAHTSTELLE_HARVEST_PAUSE: seconds between two questions to one server of literature, 0 to 60; 1 where not set."
    )
    harvest_inside: bool = _meant(
        "NAHTSTELLE_HARVEST_INSIDE: whether OAI-PMH repositories inside private networks may be harvested (a demo may)."
    )
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
                imap_host=env.str("IMAP_HOST", ""),
                imap_port=env.int("IMAP_PORT", 993),
                imap_starttls=env.bool("IMAP_STARTTLS", False),
                imap_user=env.str("IMAP_USER", ""),
                imap_password=env.str("IMAP_PASSWORD", ""),
                imap_folder=env.str("IMAP_FOLDER", "INBOX"),
                imap_done_folder=env.str("IMAP_DONE_FOLDER", "Nahtstelle"),
                imap_ca=env.str("IMAP_CA", ""),
                mail_reply_to=env.str("MAIL_REPLY_TO", "").strip(),
                mail_trusted_host=env.str("MAIL_TRUSTED_HOST", ""),
                mail_kept_days=env.int("MAIL_KEPT_DAYS", 365),
                oidc_providers=_providers(env.str("OIDC_PROVIDERS", ""), may_be_near=demo or debug),
                openalex_url=_asked_address("OPENALEX_URL", env.str("OPENALEX_URL", "https://api.openalex.org")),
                openalex_key=env.str("OPENALEX_KEY", ""),
                crossref_url=_asked_address("CROSSREF_URL", env.str("CROSSREF_URL", "https://api.crossref.org")),
                harvest_pause=_pause(env.float("HARVEST_PAUSE", 1.0)),
                harvest_inside=env.bool("HARVEST_INSIDE", demo or debug),
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
    _check_port("MAIL_PORT", configuration.mail_port)
    _check_mailbox(configuration)
    return configuration


def _check_port(name: str, port: int) -> None:
    if not 0 < port < 65536:
        raise ConfigurationMistake(f"NAHTSTELLE_{name} is {port}; a port lies between 1 and 65535.")


def _days(env: Env, name: str) -> int:
    least, most, usual = DAYS[name]
    days: int = env.int(name, usual)
    if not least <= days <= most:
        raise ConfigurationMistake(f"NAHTSTELLE_{name} is {days}; it must be a number of days from {least} to {most}.")
    return days


def _providers(text: str, *, may_be_near: bool) -> list[dict[str, str]]:
    """``may_be_near``: in a demo or while developing the issuer may be on this machine, without https."""
    if not text.strip():
        return []
    try:
        found = json.loads(text)
    except ValueError as mistake:
        raise ConfigurationMistake(f"NAHTSTELLE_OIDC_PROVIDERS is no JSON: {mistake}") from mistake
    if not isinstance(found, list):
        raise ConfigurationMistake("NAHTSTELLE_OIDC_PROVIDERS must be a JSON list, also for one institution.")
    for number, one in enumerate(found, 1):
        _check_provider(one, number, may_be_near=may_be_near)
    keys = [one["key"] for one in found]
    if len(set(keys)) < len(keys):
        raise ConfigurationMistake("Two institutions in NAHTSTELLE_OIDC_PROVIDERS have the same key.")
    return found


def _check_provider(one: Any, number: int, *, may_be_near: bool) -> None:
    where = f"Institution {number} in NAHTSTELLE_OIDC_PROVIDERS"
    if (
        not isinstance(one, dict)
        or set(one) != PROVIDER_PARTS
        or not all(isinstance(v, str) and v for v in one.values())
    ):
        raise ConfigurationMistake(
            f"{where} must have exactly these parts, none empty: {', '.join(sorted(PROVIDER_PARTS))}."
        )
    if not re.fullmatch(r"[a-z0-9-]{1,40}", one["key"]):
        raise ConfigurationMistake(f"{where}: the key '{one['key']}' may hold small letters, digits and dashes only.")
    issuer = urlsplit(one["issuer"])
    near = may_be_near and issuer.scheme == "http" and issuer.hostname in ("localhost", "127.0.0.1")
    if not near and (issuer.scheme != "https" or not issuer.netloc):
        raise ConfigurationMistake(f"{where}: the issuer '{one['issuer']}' must begin with https://.")


def _check_mailbox(configuration: Configuration) -> None:
    if configuration.mail_kept_days < 1:
        raise ConfigurationMistake(
            f"NAHTSTELLE_MAIL_KEPT_DAYS is {configuration.mail_kept_days}; give at least one day."
        )
    if configuration.mail_reply_to and not re.fullmatch(
        r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]{1,190}", configuration.mail_reply_to
    ):
        raise ConfigurationMistake(
            f"NAHTSTELLE_MAIL_REPLY_TO is '{configuration.mail_reply_to}'; it must be an address with at most 20 "
            "letters, digits, dots and dashes before the @, and no plus."
        )
    if not configuration.imap_host:
        return
    if not configuration.imap_user or not configuration.imap_password:
        raise ConfigurationMistake(
            "NAHTSTELLE_IMAP_HOST is set; NAHTSTELLE_IMAP_USER and _PASSWORD are needed with it."
        )
    _check_port("IMAP_PORT", configuration.imap_port)
    if configuration.imap_folder == configuration.imap_done_folder:
        raise ConfigurationMistake("NAHTSTELLE_IMAP_FOLDER and NAHTSTELLE_IMAP_DONE_FOLDER must be two folders.")
    if configuration.imap_ca and not Path(configuration.imap_ca).is_file():
        raise ConfigurationMistake(f"NAHTSTELLE_IMAP_CA is '{configuration.imap_ca}'; there is no such file.")


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigurationMistake(f"NAHTSTELLE_BASE_URL is '{url}'; it must look like https://example.org.")
    return url.rstrip("/")


def _asked_address(name: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ConfigurationMistake(f"NAHTSTELLE_{name} is '{url}'; it must look like https://api.example.org.")
    return url.rstrip("/")


def _pause(seconds: float) -> float:
    if not 0 <= seconds <= 60:
        raise ConfigurationMistake(f"NAHTSTELLE_HARVEST_PAUSE is {seconds:g}; it must lie between 0 and 60 seconds.")
    return seconds


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
