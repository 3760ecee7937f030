"""The demonstration's settings, but mail is sent to the SMTP server of a benchmark."""

from everydoor.settings import env
from everydoor.settings.dev import *  # noqa: F403

MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.number("BENCHMARK_SMTP_PORT", 0, least=1)
