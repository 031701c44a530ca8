"""The settings: one file, driven by the environment, production by default.

Nothing here opens a door unless the environment says so in words: there is no default secret, debugging is
off, the hosts are listed by name, and HTTPS is expected. `make run` writes what one machine needs into
`var/settings.env` (see `config.machine`); a server sets the same names in its environment, which wins.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config.databases import database_settings
from config.env import Environment, Misconfigured
from config.mail import PORTS, mail_server

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")  # everything that this machine adds to the code

env = Environment(os.environ, file=Path(os.environ.get("SETTINGS_FILE") or VAR_DIR / "settings.env"))

# --- Who may ask, and how -------------------------------------------------------------------------

DEBUG = env.boolean("DEBUG", default=False)
SECURE = env.boolean("SECURE", default=True)  # HTTPS in front; false only for plain HTTP on the own machine
TRUST_PROXY = env.boolean("TRUST_PROXY", default=False)  # only where a proxy sets X-Forwarded-Proto itself

SECRET_KEY = env.secret("SECRET_KEY", remedy="`make run` writes one; a server brings its own.")
if len(SECRET_KEY) < 50:
    raise Misconfigured("SECRET_KEY", "is too short to be safe", "Use at least 50 random characters.")

ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", remedy="List the names of the site, with commas.")
if "*" in ALLOWED_HOSTS:
    raise Misconfigured("ALLOWED_HOSTS", "contains *, which trusts whatever a visitor sends", "List the names.")

HOST = env.text("HOST", default="127.0.0.1")
PORT = env.integer("PORT", default=8000, least=1, most=65535)
PUBLIC_URL = env.url(  # what canonical links, feeds and calendars start with
    "PUBLIC_URL",
    schemes=["https"] if SECURE else ["http", "https"],
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if SECURE else f"http://{HOST}:{PORT}",
).rstrip("/")

CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="")  # shown to the public; empty says that none is set

# --- What the site is made of ---------------------------------------------------------------------

INSTALLED_APPS = [
    "relations",  # first, so that its admin templates and translations win over Django's
    "config.admin.DeskConfig",  # django.contrib.admin, with the desk as its site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # runserver serves files the way the real server does
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "csp",
]

MIDDLEWARE = [
    # Headers first, so that static files and errors carry them as well; a policy for pages only pages carry.
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.isolation_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its output, so that lengths do not give secrets away
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "relations.admin.accounts.gate.gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.unavailable_without_database",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "relations.admin.accounts.views.desk",  # for the pages of signing in alone
            ],
        },
    },
]

# --- Where things are kept ------------------------------------------------------------------------

DATABASES = {
    "default": database_settings(
        env.url(
            "DATABASE_URL",
            schemes=["postgres", "postgresql", "sqlite"],
            default=f"sqlite:///{VAR_DIR}/db.sqlite3",
        ),
        statement_timeout=env.integer("DATABASE_STATEMENT_TIMEOUT", default=5),
        pool_size=env.integer("DATABASE_POOL_SIZE", default=10, least=1),
    )
}

if env.is_set("CACHE_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.url("CACHE_URL", schemes=["redis", "rediss", "unix"]),
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 2000},  # whole pages live here: 300, the default, is soon full
        }
    }

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # what is there for other sites to use has an address of its own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "relations" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.zone("SITE_TIME_ZONE", default="UTC")
FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without a scheme is https; Django 6 does so by itself

# --- Security -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a form with a hundred commitments sends some 2,000

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from the machine itself, over plain HTTP
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = env.boolean("HSTS_PRELOAD", default=False)
# A place on the browsers' preload lists is for the owner of the domain to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None

# Browsers take a cookie named __Host-… over HTTPS only, and from no neighboring subdomain.
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # one cookie less

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Signing in: `relations.admin.accounts`, on allauth -------------------------------------------

# Of whoever may publish, or let others in. Where this is false the desk says so on every page.
REQUIRE_SECOND_FACTOR = env.boolean("REQUIRE_SECOND_FACTOR", default=True)

AUTHENTICATION_BACKENDS = ["relations.admin.accounts.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # how long a one-time link lives

ACCOUNT_ADAPTER = "relations.admin.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by a manager, who knows the person
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = False  # its own stand in the cache, of which each worker has another: ours are in the database
ACCOUNT_FORMS = {
    "login": "relations.admin.accounts.forms.SignInForm",
    "reauthenticate": "relations.admin.accounts.forms.ConfirmForm",
    "change_password": "relations.admin.accounts.forms.ChangePasswordForm",
    "set_password": "relations.admin.accounts.forms.SetPasswordForm",
}

MFA_ADAPTER = "relations.admin.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute either way: clocks of phones differ
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "relations.admin.accounts.forms.CodeForm",
    "reauthenticate": "relations.admin.accounts.forms.ConfirmCodeForm",
    "activate_totp": "relations.admin.accounts.forms.AppForm",
    "authenticate_webauthn": "relations.admin.accounts.forms.UsePasskeyForm",
    "login_webauthn": "relations.admin.accounts.forms.SignInWithPasskeyForm",
    "reauthenticate_webauthn": "relations.admin.accounts.forms.ConfirmWithPasskeyForm",
    "add_webauthn": "relations.admin.accounts.forms.PasskeyForm",
    "edit_webauthn": "relations.admin.accounts.forms.PasskeyNameForm",
}

# --- What it tells the people who run it ----------------------------------------------------------

EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = mail_server(
    env.url("EMAIL_URL", schemes=PORTS, default="smtp+plain://localhost")
)
SENDER = "smtp" if env.is_set("EMAIL_URL") else "console"
EMAIL_BACKEND = env.text("EMAIL_BACKEND", default=f"django.core.mail.backends.{SENDER}.EmailBackend")
EMAIL_TIMEOUT = 5  # seconds, for which a thread waits and no editor
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", default=f"desk@{ALLOWED_HOSTS[0].lstrip('.')}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # a visitor's mistyped address is no news
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},  # robots
    },
}

env.refuse_unknown()
