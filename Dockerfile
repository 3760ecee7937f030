# syntax=docker/dockerfile:1
# One image for web and workers. The first stage builds everything; the second holds Python,
# the packages and the site, and runs as a user without rights.

FROM python:3.11-slim-bookworm AS build
WORKDIR /everydoor
ENV PYTHONDONTWRITEBYTECODE=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
COPY requirements/ requirements/
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && .venv/bin/uv pip install --no-cache --python .venv/bin/python --require-hashes -r requirements/base.txt \
    && python -m venv /build \
    && .venv/bin/uv pip install --no-cache --python /build/bin/python --require-hashes -r requirements/dev.txt
COPY site/frontend/ site/frontend/
RUN PATH=/build/bin:$PATH npm --prefix site/frontend ci \
    && PATH=/build/bin:$PATH npm --prefix site/frontend run build \
    && rm -rf site/frontend/node_modules
COPY . .
RUN printf '/everydoor/site\n/everydoor\n' > "$(.venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/everydoor.pth" \
    && DJANGO_SETTINGS_MODULE=everydoor.settings.production \
       SECRET_KEY=$(.venv/bin/python -c "import secrets; print(secrets.token_urlsafe(50))") \
       SECOND_FACTOR_KEYS=$(.venv/bin/python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())") \
       DATABASE_URL=postgres://nobody@localhost/none \
       SITE_URL=http://localhost STATIC_ROOT=/everydoor/static \
       .venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
WORKDIR /everydoor
RUN useradd --system --uid 10001 --no-create-home everydoor \
    && install -d -o everydoor -g everydoor /var/lib/everydoor/media
COPY --from=build /everydoor /everydoor
ENV PATH=/everydoor/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=everydoor.settings.production \
    STATIC_ROOT=/everydoor/static \
    EVERYDOOR_VAR=/var/lib/everydoor \
    MEDIA_ROOT=/var/lib/everydoor/media
USER everydoor
VOLUME /var/lib/everydoor/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(web.Request('http://127.0.0.1:8000/readyz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=8)"]
CMD ["gunicorn", "everydoor.wsgi:application", "--config", "python:everydoor.server", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
