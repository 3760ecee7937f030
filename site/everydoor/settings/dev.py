"""One machine, no set-up: what `make run` uses."""

from . import env
from .base import *

GALLERY = True
DEBUG = True
SECRET_KEY = "development-only-everydoor"  # noqa: S105  (refused outside debug)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("ALLOWED_HOSTS")]
# Mail of the demonstration stays in the house and is read at /mail/.
MAIL_TRANSPORT = ""
MAIL_READABLE = True
# The demonstration's editors may sign in with a password alone.
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=False)
