"""Gunicorn's settings: `gunicorn --config python:everydoor.server everydoor.wsgi`."""

logger_class = "everydoor.logs.ServerLogger"
# Method, path, status, bytes and milliseconds; neither query nor IP address nor browser.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)s"
worker_class = "gthread"
control_socket_disable = True
