"""Django's settings. Every variable that an operator may set is described in docs/operations/settings.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext

from kirjaamo.config import navigation, sides
from kirjaamo.supervisor import environment

django_stubs_ext.monkeypatch()

# The rooms in use, lowest first; a room is a Django app. A new room is added here and nowhere else.
ROOMS: list[str] = [
    "kirjaamo.kernel",
    "kirjaamo.ui",
    "kirjaamo.norms",
    "kirjaamo.organisation",
    "kirjaamo.subjects",
    "kirjaamo.notices",
    "kirjaamo.tos",
    "kirjaamo.documents",
    "kirjaamo.cases",
    "kirjaamo.retention",
    "kirjaamo.decisions",
    "kirjaamo.catalog",
    "kirjaamo.requests",
    "kirjaamo.face",
    "kirjaamo.contract",
    "kirjaamo.search",
    "kirjaamo.api",
]

# The registers that this authority uses. Each is a Django app of its own.
KIRJAAMO_REGISTERS = [
    "kirjaamo.registers.education.apprenticeships",
    "kirjaamo.registers.education.premises",
    "kirjaamo.registers.education.student_welfare",
    "kirjaamo.registers.leisure.swim_cards",
    "kirjaamo.registers.urban.hitas",
]

PACKAGE = Path(__file__).resolve().parents[1]
MODE = environment.mode()
TESTING = MODE == "test"
DATA_FOLDER = environment.data_folder()

DEBUG = environment.flag("KIRJAAMO_DEBUG", default=False)
SECRET_KEY = environment.secret_key(DATA_FOLDER)
ALLOWED_HOSTS = environment.words("KIRJAAMO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    *ROOMS,
    *KIRJAAMO_REGISTERS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "kirjaamo.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kirjaamo.config.middleware.BodyLimit",
    "kirjaamo.config.middleware.OneReading",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kirjaamo.organisation.sessions.KeepSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kirjaamo.config.sighted.UseNoted",
]

ROOT_URLCONF = "kirjaamo.config.urls"
WSGI_APPLICATION = "kirjaamo.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kirjaamo.ui.shell.shell",
            ],
        },
    }
]

FORM_RENDERER = "kirjaamo.ui.forms.Renderer"

# Database. A web process keeps a pool: as many connections as threads that may hold one, and one to spare.
WEB_THREADS = environment.number("KIRJAAMO_THREADS", 4, least=1)
DATABASES = {"default": environment.database(environment.text("DATABASE_URL", "postgresql:///kirjaamo"))}
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 10,
    "prepare_threshold": 1,  # of statements that are run by `kernel.prepared`; all others are never prepared
    "application_name": environment.text("KIRJAAMO_PROCESS", "kirjaamo"),
    "options": " ".join(
        [
            "-c lock_timeout=10s",
            "-c plan_cache_mode=force_generic_plan",  # what is prepared is planned once
            "-c idle_in_transaction_session_timeout=120s",
            f"-c statement_timeout={environment.number('KIRJAAMO_STATEMENT_TIMEOUT', 0)}s",
        ]
    ),
}
if environment.text("KIRJAAMO_PROCESS") in {"kirjaamo-web", "kirjaamo-public"}:
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": WEB_THREADS + 1,
        "timeout": 10,
        "max_idle": 300,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How the authority looks and what the navigation holds; the name and the colours come from its data pack.
PACK = Path(environment.text("KIRJAAMO_PACK", str(PACKAGE.parent / "authorities" / "helsinki")))
KIRJAAMO_LOOK = navigation.look_of(PACK)
KIRJAAMO_NAVIGATION = navigation.NAVIGATION
KIRJAAMO_ROUTES = navigation.ROUTES

# The models that low field classes point at, so that no import runs upward.
KIRJAAMO_SUBJECT_MODEL = "subjects.Subject"
KIRJAAMO_DOCUMENT_MODEL = "documents.Document"

# Accounts and sign-in.
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["kirjaamo.organisation.accounts.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:  # the hash of a test's password guards nothing, and a good one takes most of a test's time
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# E-mail: without a server (KIRJAAMO_SMTP) none is sent; the demo writes its messages to a folder instead.
KIRJAAMO_ADDRESS = environment.text("KIRJAAMO_ADDRESS", "" if MODE == "production" else "http://localhost:8000").rstrip("/")
MAIL_SERVER = environment.mail_server("KIRJAAMO_SMTP")
KIRJAAMO_SENDS_MAIL = bool(MAIL_SERVER) or MODE != "production"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.get("host", ""), MAIL_SERVER.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.get("user", ""), MAIL_SERVER.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.get("starttls", False), MAIL_SERVER.get("ssl", False)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = environment.text("KIRJAAMO_MAIL_FROM", "kirjaamo@localhost")

# Break-glass: for how many hours a person may read a confidential case after telling why.
KIRJAAMO_EXCEPTION_HOURS = environment.number("KIRJAAMO_EXCEPTION_HOURS", 8, least=1)

# The review of rights: after how many days without signing in a role counts as unused (TiHL 906/2019 § 16 gives no number).
KIRJAAMO_UNUSED_ROLE_DAYS = environment.number("KIRJAAMO_UNUSED_ROLE_DAYS", 90, least=1)

# Languages: Finnish is the source of every text; its addresses have no prefix.
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / room / "locale" for room in ("values", "mechanisms", "registers", "config")]
FORMAT_MODULE_PATH = ["kirjaamo.ui.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True

# Static files carry the hash of their content in the name and may be kept for ever; uploads are never served from a folder.
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("KIRJAAMO_STATIC", str(DATA_FOLDER / "static")))
MEDIA_ROOT = DATA_FOLDER / "files"
HASHED_STATIC = MODE in {"demo", "production"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = MODE in {"development", "test"}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Uploads: refused by the size of the body before anything is stored.
UPLOAD_LIMIT_MB = environment.number("KIRJAAMO_UPLOAD_LIMIT_MB", 25, least=1)
CLAMD = environment.text("KIRJAAMO_CLAMD")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Security. Behind a proxy that ends TLS, KIRJAAMO_HTTPS=1 makes cookies secure and plain addresses redirect.
HTTPS = environment.flag("KIRJAAMO_HTTPS", default=MODE == "production")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "kirjaamo.organisation.sessions"
SESSION_COOKIE_NAME = "kirjaamo_session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * environment.number("KIRJAAMO_SESSION_MINUTES", 8 * 60, least=5)
KIRJAAMO_IDLE_MINUTES = environment.number("KIRJAAMO_IDLE_MINUTES", 60, least=5)
KIRJAAMO_SECOND_FACTOR = environment.words("KIRJAAMO_SECOND_FACTOR", [])
CSRF_COOKIE_NAME = "kirjaamo_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = environment.words("KIRJAAMO_ORIGINS", [])
KIRJAAMO_PROXIES = environment.number("KIRJAAMO_PROXIES", 0)
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "kirjaamo.config.logs.Lines", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("KIRJAAMO_LOG", "WARNING").upper()},
}

# Jobs: each room may bring a `jobs` module.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# The public process: its credential reads the public face and nothing else, and its links to work lead across.
KIRJAAMO_PUBLIC_SIDE = sides.is_public()
KIRJAAMO_WORK_URL = environment.text("KIRJAAMO_WORK_URL")
if KIRJAAMO_PUBLIC_SIDE:
    sides.read_only(DATABASES["default"])
    if environment.text("KIRJAAMO_INTAKE_DATABASE_URL"):
        DATABASES["arrivals"] = sides.intake(environment.text("KIRJAAMO_INTAKE_DATABASE_URL"))
    sides.without_tables(globals())
