"""Django's settings, made from the configuration. Nothing here reads the environment itself."""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

import nahtstelle
from nahtstelle.site import clock
from nahtstelle.site.configuration import read_configuration

CONFIGURATION = read_configuration()
PACKAGE = Path(nahtstelle.__file__).parent

DEBUG = CONFIGURATION.debug
SECRET_KEY = CONFIGURATION.secret_key
BASE_URL = CONFIGURATION.base_url
SITE_NAME = CONFIGURATION.site_name
OPERATOR = [line.strip() for line in CONFIGURATION.operator.split("|") if line.strip()]
CONTACT_MAIL = CONFIGURATION.contact_mail or parseaddr(CONFIGURATION.mail_from)[1]
DEMO = CONFIGURATION.demo
if DEMO:
    clock.install()
_host = CONFIGURATION.base_url.split("://", 1)[1].split("/")[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _host]
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.base_url]

INSTALLED_APPS = [
    # from the top floor down
    "nahtstelle.site",
    "nahtstelle.site.topics",
    "nahtstelle.site.pages",
    "nahtstelle.site.barriers",
    "nahtstelle.site.redirects",
    "nahtstelle.site.desk",
    "nahtstelle.site.mailroom",
    "nahtstelle.site.invitations",
    "nahtstelle.site.door",
    "nahtstelle.site.feeds",
    "nahtstelle.site.search",
    "nahtstelle.site.demo",
    "nahtstelle.rooms.outreach",
    "nahtstelle.rooms.outputs",
    "nahtstelle.rooms.law",
    "nahtstelle.rooms.library",
    "nahtstelle.register.notices",
    "nahtstelle.register.duties",
    "nahtstelle.register.intake",
    "nahtstelle.register.programmes",
    "nahtstelle.register.organisations",
    "nahtstelle.register.people",
    "nahtstelle.register.vocabulary",
    "nahtstelle.plumbing.ledger",
    "nahtstelle.plumbing.look",
    "nahtstelle.plumbing.links",
    "nahtstelle.plumbing.kit",
    "nahtstelle.plumbing.files",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nahtstelle.site.kept_pages.KeptPagesMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random length, so that packed secrets cannot be measured
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nahtstelle.site.redirects.answering.RedirectMiddleware",
    "nahtstelle.site.door.middleware.SecondFactorMiddleware",
    "nahtstelle.site.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "nahtstelle.site.urls"
WSGI_APPLICATION = "nahtstelle.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nahtstelle.site.frame.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "nahtstelle.plumbing.look.templatetags.look",
            ],
        },
    }
]

DATABASES = {"default": CONFIGURATION.database}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Some 5 kB each, packed, in every server process.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 6000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
FORMAT_MODULE_PATH = ["nahtstelle.site.formats"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = CONFIGURATION.home / "static"
MEDIA_ROOT = CONFIGURATION.home / "files"
# A server gathers the static files when it starts: named after their content, so that browsers keep them, and packed.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# A law archive of a whole day is about 20 MB packed; anything larger comes in through the command line.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
_secure = CONFIGURATION.base_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
NINJA_NUM_PROXIES = 1 if _secure else 0  # whose address counts for the pace of questions to the API
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nahtstelle.site.pages.errors.csrf_failed"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = CONFIGURATION.mail_host
EMAIL_PORT = CONFIGURATION.mail_port
EMAIL_HOST_USER = CONFIGURATION.mail_user
EMAIL_HOST_PASSWORD = CONFIGURATION.mail_password
EMAIL_USE_TLS = CONFIGURATION.mail_tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
DUTY_REMIND_BEFORE = timedelta(days=CONFIGURATION.duty_remind_days)
DUTY_ESCALATE_AFTER = timedelta(days=CONFIGURATION.duty_escalate_days)
LETTERS_KEPT = timedelta(days=CONFIGURATION.letters_kept_days)
# Incoming mail
IMAP_HOST = CONFIGURATION.imap_host
IMAP_PORT = CONFIGURATION.imap_port
IMAP_STARTTLS = CONFIGURATION.imap_starttls
IMAP_USER = CONFIGURATION.imap_user
IMAP_PASSWORD = CONFIGURATION.imap_password
IMAP_FOLDER = CONFIGURATION.imap_folder
IMAP_DONE_FOLDER = CONFIGURATION.imap_done_folder
IMAP_CA = CONFIGURATION.imap_ca
MAIL_REPLY_TO = CONFIGURATION.mail_reply_to
MAIL_TRUSTED_HOST = CONFIGURATION.mail_trusted_host
MAIL_KEPT_DAYS = CONFIGURATION.mail_kept_days
OPENALEX_URL = CONFIGURATION.openalex_url
OPENALEX_KEY = CONFIGURATION.openalex_key
CROSSREF_URL = CONFIGURATION.crossref_url
HARVEST_PAUSE = timedelta(seconds=CONFIGURATION.harvest_pause)
HARVEST_INSIDE = CONFIGURATION.harvest_inside
HARVEST_TIMEOUT = 30.0  # seconds without a word
MAIL_FILE_MOST = 10 * 1024 * 1024  # bytes of one attachment
OIDC_PROVIDERS = CONFIGURATION.oidc_providers
WORKER_IN_SERVER = CONFIGURATION.worker_in_server

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Ten wrong passwords for one account from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # as the form and Django's signals call it, whatever the account calls it
AXES_USERNAME_CALLABLE = "nahtstelle.site.desk.doors.door_of"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "desk/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is nobody's business

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
