# One target per service, and "topics" and "standalone". Built by "npm run images", or by hand:
#   docker build --target standalone --tag todo-cloud-standalone .

# What runs needs Node 24 on Debian and nothing else; what builds needs npm as well.
ARG BASE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553
ARG BUILD_IMAGE=${BASE_IMAGE}

# ---- What is built -----------------------------------------------------------------------------------------------------

# Packages are installed again when one of the manifests has changed, and not when a source has.
FROM ${BUILD_IMAGE} AS sources
COPY . /manifests
RUN cd /manifests && find . -type f ! -name package.json ! -name package-lock.json ! -name package-trees.ts -delete \
 && find . -type d -empty -delete

# All at once, and then taken apart: eight times over it takes eight times as long. npm finds settings and certificates of
# its registry where secrets are, if there are any.
FROM ${BUILD_IMAGE} AS packages
COPY --from=sources /manifests /app
WORKDIR /app
ENV NODE_ENV=production NPM_CONFIG_USERCONFIG=/run/secrets/npmrc
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc --mount=type=secret,id=npm-ca \
    npm ci --omit=dev --no-audit --no-fund --loglevel=error --workspace=backend --workspace=consumers/recurring-task \
      --workspace=consumers/notification --workspace=consumers/audit --workspace=consumers/realtime \
      --workspace=packages/topics --workspace=standalone --workspace=frontend \
 && node scripts/images/package-trees.ts /trees

FROM packages AS web-app
COPY packages/model/src packages/model/src
COPY frontend frontend
RUN npm run build --workspace=frontend --silent

# ---- What every image stands on ----------------------------------------------------------------------------------------

FROM ${BASE_IMAGE} AS shared
# Written down, since containerd takes the group from there; the folders are where volumes go.
RUN echo 'todo:x:10001:10001:Todo Cloud:/app:/usr/sbin/nologin' >>/etc/passwd \
 && echo 'todo:x:10001:' >>/etc/group \
 && mkdir /notes /data && chown 10001:10001 /notes /data && chmod 700 /notes /data
WORKDIR /app
COPY --from=packages /trees/shared/ ./
COPY package.json LICENSE ./
COPY packages/model packages/model
COPY packages/platform packages/platform
ENV NODE_ENV=production HOST=0.0.0.0
USER 10001:10001

FROM shared AS service
ENV APP_PORT=8080 NOTES_DIR=/notes
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.APP_PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# ---- The images, with what differs from version to version last --------------------------------------------------------
# "RUN :" is for buildah before 1.30: it takes labels out of its cache without a look at the values of the arguments in them.

FROM service AS backend
COPY --from=packages /trees/backend/ ./
COPY --from=web-app /app/frontend/dist web/
ENV WEB_ROOT=/app/web
COPY backend backend
VOLUME ["/tmp", "/notes"]
ENTRYPOINT ["node", "backend/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: backend" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM service AS recurring-task
COPY --from=packages /trees/recurring-task/ ./
COPY consumers/recurring-task consumers/recurring-task
VOLUME ["/tmp", "/notes"]
ENTRYPOINT ["node", "consumers/recurring-task/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: recurring-task" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM service AS notification
COPY --from=packages /trees/notification/ ./
COPY consumers/notification consumers/notification
VOLUME ["/tmp", "/notes"]
ENTRYPOINT ["node", "consumers/notification/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: notification" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM service AS audit
COPY --from=packages /trees/audit/ ./
COPY consumers/audit consumers/audit
VOLUME ["/tmp", "/notes"]
ENTRYPOINT ["node", "consumers/audit/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: audit" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM service AS realtime
COPY --from=packages /trees/realtime/ ./
COPY consumers/realtime consumers/realtime
VOLUME ["/tmp", "/notes"]
ENTRYPOINT ["node", "consumers/realtime/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: realtime" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM shared AS topics
COPY --from=packages /trees/topics/ ./
COPY packages/topics packages/topics
VOLUME ["/tmp"]
ENTRYPOINT ["node", "packages/topics/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: topics" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED

FROM shared AS standalone
COPY --from=packages /trees/standalone/ ./
COPY --from=web-app /app/frontend/dist frontend/dist/
COPY backend backend
COPY consumers consumers
COPY standalone standalone
ENV PORT=8080 DATA_DIR=/data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
VOLUME ["/tmp", "/data"]
ENTRYPOINT ["node", "standalone/src/main.ts"]
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
RUN :
LABEL org.opencontainers.image.title="Todo Cloud: standalone" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED
