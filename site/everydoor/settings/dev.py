"""Settings of `make run`: one machine, nothing to set up."""

from . import env
from .base import *

GALLERY = True
DEBUG = True
SECRET_KEY = "development-only-everydoor"  # noqa: S105  (refused outside debug)
SECOND_FACTOR_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS1ldmVyeWRvb3Ita2V5cyE="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("ALLOWED_HOSTS")]
# The demonstration sends no mail; it is read at /mail/.
MAIL_TRANSPORT = ""
MAIL_READABLE = True
# Editors of the demonstration may sign in with only a password.
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=False)
