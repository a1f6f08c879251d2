# Built in two steps: one installs, the other only runs. torch comes as the pinned CPU build.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY pyproject.toml constraints.txt ./
COPY config config
COPY knowledge knowledge
COPY retrieval retrieval
COPY bot bot
# EXTRAS=[milvus] for INDEX_URL=http://…
ARG EXTRAS=
RUN /app/.venv/bin/pip install --no-cache-dir -c constraints.txt ".${EXTRAS}"

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 bot && mkdir /data && chown bot:bot /data
COPY --from=build /app/.venv /app/.venv
USER bot
WORKDIR /home/bot
ENV DATA_DIR=/data PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 HF_HUB_OFFLINE=1 LOG_JSON=true
VOLUME /data
# the law texts are brought, and the index is built, into the volume at the first start; without a network the
# bot starts with what the image carries
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
