"""Logs without what people searched for and without secrets in URLs."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

# The query of a URL: a search, an e-mail address, the target of a redirect.
_QUERY = re.compile(r"(/[^\s?]*)\?\S+")
# What follows these in a path lets in whoever reads it.
_TOKEN = re.compile(r"/(invitations|confirm-email|reset/key|confirm)/[^\s?\"'<>]+")


def without_secrets(line: str) -> str:
    """Return a line of a log without the queries and the tokens of its URLs."""
    return _TOKEN.sub(r"/\1/…", _QUERY.sub(r"\1?…", line))


class PrivateFormatter(logging.Formatter):
    """Removes queries and tokens from all that a handler writes, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class ServerLogger(Logger):
    """Gunicorn's logger, which writes whole URLs when a request fails."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self._keep_private(self.error_log, self.error_fmt)
        self._keep_private(self.access_log, self.access_fmt)

    def _keep_private(self, log: logging.Logger, line: str) -> None:
        for handler in log.handlers:
            handler.setFormatter(PrivateFormatter(line, self.datefmt))
