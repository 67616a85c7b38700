# The repository's server as an image: docker build -t itinera-repository .   (docs/operating.md)
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc LICENSE tsconfig.json ./
RUN npm ci --ignore-scripts
COPY shared shared
COPY server server
COPY locales locales
COPY resources resources
COPY scripts/bundle-server.ts scripts/bundle-server.ts
# By its own name: an npm script would take the Node that development brings along.
RUN node scripts/bundle-server.ts /app
WORKDIR /app
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
RUN mkdir /data && chown node:node /data && chmod 700 /data
WORKDIR /app
COPY --from=build /app /app
USER node
VOLUME /data
EXPOSE 8090
# Any answer says that the process serves; a path that it does not know costs it nothing.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:8090/').then(({ status }) => process.exit(status === 404 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/server/main.js"]
CMD ["--data", "/data", "--host", "0.0.0.0", "--port", "8090"]
