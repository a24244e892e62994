# One image for web, worker, beat and migrations; docker-compose.yml says which it is.

FROM python:3.13-slim-trixie AS base
# What WeasyPrint needs of the system, and a font for what our own lacks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/app/.venv
# The packages first: they change less often than our own files.
COPY pyproject.toml uv.lock .python-version ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-default-groups
COPY . .
# Words and static files.  The settings want to know which world they are in; TESTING would gather
# static files without their fingerprints, so this is the demo's, with a database that is not asked.
RUN --mount=type=cache,target=/root/.cache/uv \
    export DEMO=yes DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost \
    && uv run --locked --no-default-groups --group build python manage.py messages --compile \
    && uv run --locked --no-default-groups python manage.py collectstatic --no-input \
    && uv sync --locked --no-default-groups

FROM base
RUN useradd --system --uid 10001 --no-create-home --home-dir /app/var hjulet
COPY --from=build /app /app
RUN mkdir --parents /app/var/files && chown hjulet:hjulet /app/var /app/var/files
# The image is never a demo: saying DEMO=yes to it is refused.
ENV PRODUCTION=yes PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER hjulet
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "scripts/healthcheck"]
# /dev/shm: a worker's sign of life must not wait for a disk.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", \
     "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--max-requests=2000", \
     "--max-requests-jitter=200", "--graceful-timeout=20"]
