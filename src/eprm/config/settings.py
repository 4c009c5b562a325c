"""Every setting, from the environment only. docs/operations.md lists the variables.

DATABASE_URL       the database, as the application's role (no superuser, no BYPASSRLS)
SECRET_KEY         signs sessions and links; required unless DEBUG is set
ALLOWED_HOSTS      comma-separated host names
PUBLIC_URL         the address people use, for links in mails and for CSRF behind a proxy
FILES_DIR          where received files are kept, content-addressed
EMAIL_URL          smtp://user:password@host:port or smtps://; without it mails are written to FILES_DIR/mail
WEBHOOKS_TO_PRIVATE 1 lets webhooks call private addresses and plain http; for a site inside a company's own network
CONTACT_MAIL       the address people without an account write to, as about a wrong word in their language
SEAL_MAIL          who gets the newest seal of the audit trail each day; somebody outside this house
GROUPS_MAIL        the mail address whose box takes what members write to groups, as groups@host
GROUPS_IMAP        imaps://user:password@host/folder to read that box; without it mails are read from GROUPS_MAILDIR
GROUPS_MAILDIR     a folder of .eml files, by default FILES_DIR/mail-in
OIDC_URL           an OpenID Connect provider to sign in by, with OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME
DEBUG              1 for a developer's tracebacks; never in production
HTTPS              1 where the site is served over TLS: secure cookies and HSTS
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DEBUG") == "1"
HTTPS = os.environ.get("HTTPS") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or ("only-for-development" if DEBUG else "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "eprm.ui.errors.csrf_failed"

INSTALLED_APPS = [
    "eprm.portal",
    "eprm.api",
    "eprm.authorities",
    "eprm.engagement",
    "eprm.returns",
    "eprm.members",
    "eprm.diligence",
    "eprm.events",
    "eprm.surveys",
    "eprm.visits",
    "eprm.groups",
    "eprm.knowledge",
    "eprm.reference",
    "eprm.search",
    "eprm.office",
    "eprm.people",
    "eprm.ui",
    "eprm.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    # Wagtail's search brings "modelsearch" itself, and wagtail_localize its own form of "wagtail.locales".
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "eprm.knowledge.middleware.DeskPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "eprm.ui.middleware.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "eprm.people.middleware.IdentityMiddleware",
    "eprm.office.middleware.SecondFactorMiddleware",
    "eprm.api.auth.TokenMiddleware",
    "eprm.ui.middleware.ErrorPages",
    "eprm.api.middleware.JsonRefusals",
]

ROOT_URLCONF = "eprm.config.urls"
WSGI_APPLICATION = "eprm.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["eprm.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "eprm.ui.forms.Renderer"

DATABASES = {"default": dj_database_url.config(default="postgresql:///eprm", conn_max_age=60, conn_health_checks=True)}
# With JIT on, a list page spent seconds compiling its query (docs/decisions/0002).
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DATABASES["default"]["ATOMIC_REQUESTS"] = True

# What allauth counts against limits at sign-in must be the same for every process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "eprm_cache"}}

AUTH_USER_MODEL = "people.Person"
ORGANISATION_MODEL = "people.Organisation"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "portal:start"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"signup": "eprm.people.forms.SignupForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "EPRM"

# Signing in by an organisation's own identity provider (docs/operations.md). Without OIDC_URL there is no such button.
OIDC_URL = os.environ.get("OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
SOCIALACCOUNT_ADAPTER = "eprm.people.oidc.Adapter"
# An address the provider calls verified is its owner's: that person is signed in, and the two stay connected.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

LANGUAGE_CODE = "en"
LANGUAGES = [
    *(("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))),
    *(("sw", "Kiswahili + English"), ("sw-cd", "Kiswahili + français"), ("pt", "Português + English")),
]
# Languages that are begun, and the one in which readers are told the rest (docs/guides/languages.md).
BEGUN_LANGUAGES = {"sw": "en", "sw-cd": "fr", "pt": "en"}
WAGTAIL_CONTENT_LANGUAGES = [*LANGUAGES[:3], ("sw", _("Swahili")), ("pt", _("Portuguese"))]
FORMAT_MODULE_PATH = "eprm.config.formats"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "EPRM"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
# The editors' desk has no sign-in of its own (`admin/login/` in urls.py): accounts, second factors are allauth's.
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

FILES_DIR = Path(os.environ.get("FILES_DIR", HERE.parent.parent / "var"))
STATIC_URL = "/static/"
STATIC_ROOT = FILES_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "eprm.base.files.WholeFileStorage",
        "OPTIONS": {"location": str(FILES_DIR / "received"), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": os.environ.get("STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
# One received file may be this large; a batch of files is bounded by the number of files (docs/operations.md).
MAX_UPLOAD_BYTES = 30 * 1024 * 1024
MAX_BATCH_FILES = 1000
MAX_BATCH_BYTES = 1024 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_BATCH_FILES
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

if "EMAIL_URL" in os.environ:
    _mail = urlsplit(os.environ["EMAIL_URL"])
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp" and bool(_mail.username)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = FILES_DIR / "mail"
EMAIL_TIMEOUT = 30
WEBHOOKS_TO_PRIVATE = os.environ.get("WEBHOOKS_TO_PRIVATE") == "1"
CONTACT_MAIL = os.environ.get("CONTACT_MAIL", "office@eprm.example")
SEAL_MAIL = os.environ.get("SEAL_MAIL", "")
# Where members answer threads by mail: people's own addresses are made from it by "+" (docs/operations.md).
GROUPS_MAIL = os.environ.get("GROUPS_MAIL", "groups@eprm.example")
GROUPS_IMAP = os.environ.get("GROUPS_IMAP", "")
GROUPS_MAILDIR = Path(os.environ.get("GROUPS_MAILDIR", FILES_DIR / "mail-in"))
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "EPRM <no-reply@eprm.example>")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        # The button "Sign in with ..." is a form whose answer leads to the provider.
        "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else [])],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"eprm": {"level": "INFO"}},
}
