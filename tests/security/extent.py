"""How far the walks of this folder go."""

import os

# `make check-security` walks everything; `make test` a part that notices most faults.
WHOLE = "EVERYDOOR_WHOLE_WALK" in os.environ
