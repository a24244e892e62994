"""Everything that may differ between installations is read from the environment, here.

There are two ways to run: production, which is what you get when you say nothing and which
refuses to start until all it needs is set, and the demo (DEMO=yes), where everything has a
default and strangers sign in as demo people.  Saying both is refused.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from . import services
from .environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()

DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
TESTING = env.flag("TESTING")
PRODUCTION = env.flag("PRODUCTION", default=not (DEMO or DEBUG or TESTING))
if PRODUCTION and (DEMO or DEBUG or TESTING):
    raise ImproperlyConfigured("DEMO, DEBUG and TESTING cannot be combined with PRODUCTION.")
if not (PRODUCTION or DEMO or DEBUG or TESTING):
    raise ImproperlyConfigured("PRODUCTION=no says what this is not; set DEMO=yes.")


def required(value: str) -> str | None:
    """Return the default of a name that production must set itself."""
    return None if PRODUCTION else value


VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")
if TESTING:
    VAR_DIR /= "test"  # so that a test never touches the demo's data

SECRET_KEY = env.text("SECRET_KEY", default=required("known to all, so never in production " * 2))
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=None if PRODUCTION else ["*"])
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long.")
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; * would let in any.")

# What stands before a path in the links of a mail.
SITE_URL = env.text(
    "SITE_URL", default=required(f"http://localhost:{env.number('PORT', default=8000)}")
).rstrip("/")

# --- services -------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", default=required(""))
REDIS_URL = env.text("REDIS_URL", default=required(""))
EMBEDDED_POSTGRESQL = not DATABASE_URL
EMBEDDED_VALKEY = not REDIS_URL
DATABASES = {"default": services.database(DATABASE_URL, VAR_DIR)}
# In the database, so that no page needs Valkey.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- e-mail ---------------------------------------------------------------------------------
if PRODUCTION:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.text("EMAIL_HOST"),
                "port": env.number("EMAIL_PORT", default=587),
                "username": env.text("EMAIL_USER", default=""),
                "password": env.text("EMAIL_PASSWORD", default=""),
                "use_tls": env.flag("EMAIL_TLS", default=True),
                "timeout": 10,
            },
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(VAR_DIR / "mail")},
        }
    }
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default=required("forbattringshjulet@example.org"))
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- application ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "foundation",
    "organisation",
    "measures",
    "improvement",
    "programme",
    "reports",
    # after ours: of two catalogues with the same word the first named wins
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a table of ten years is ten times smaller so
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.htmx.login_leaves_the_page",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.language.speak_their_language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.guests.GuestsSeeOneThing",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
                "config.preferences.preferences",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sign-in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = ["organisation.sign_in.SignIn"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "organisation.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the personnel file, not from people

PASSWORD = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORD}.UserAttributeSimilarityValidator"},
    {"NAME": f"{PASSWORD}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORD}.CommonPasswordValidator"},
    {"NAME": f"{PASSWORD}.NumericPasswordValidator"},
]
if TESTING:  # the real one is slow on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- language, place and time ---------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"  # English with Swedish dates and numbers
USE_THOUSAND_SEPARATOR = False  # a year is a number too; amounts and values group themselves
TIME_ZONE = "Europe/Stockholm"

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Developers and tests take static files from where they lie; others from where they are gathered.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nobody asks for the others: half to compress
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG or TESTING
MEDIA_ROOT = VAR_DIR / "files"  # never served as it is: a view decides who may see a file
_storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not (DEBUG or TESTING):
    _storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _storage},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # the fields of a form; files are limited by their forms
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- background work: the row in foundation.Job is the truth, a message only wakes a worker --
CELERY_BROKER_URL = services.redis_url(REDIS_URL, VAR_DIR)
# A page never waits long, and never fails, because Valkey is away.
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
# Taken early: with late acknowledgement a worker dies when Valkey does.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever
CELERY_TASK_TIME_LIMIT = 3600  # the outermost; each kind of work says its own when it registers
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # kB; a large report must not keep what it took
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- numbers about few --------------------------------------------------------------------------
# A result that fewer than these have answered is neither kept nor shown: they could be known by it.
SMALLEST_GROUP = env.number("SMALLEST_GROUP", default=5)

# --- Kolada, the national database of municipal statistics ---------------------------------------
# The tests' own is the discard port: nobody answers there, so no test ever asks the real one.
KOLADA_URL = env.text(
    "KOLADA_URL", default="http://127.0.0.1:9/v3" if TESTING else "https://api.kolada.se/v3"
)
KOLADA_PER_SECOND = max(1, env.number("KOLADA_PER_SECOND", default=5))  # requests, at most

# --- log: to stderr, where whoever runs us collects it ----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django": {"handlers": []},  # the root writes it, once
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # the whole internet knocks
    },
}

# --- safety ---------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
if PRODUCTION:
    # Whoever answers for the name in front of us ends the encryption and says so in this header.
    if env.flag("BEHIND_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^halsa/$"]  # asked from inside, without encryption
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # The preload list takes whole domains: for the owner of kommun.se to decide, not for us.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_AGE = 12 * 3600  # a working day
