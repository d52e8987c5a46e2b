# Build: docker build -t tidings .   Run: docker run --rm tidings digest https://example.org/rss
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE README.md ./
COPY config config
COPY src src
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
ENTRYPOINT ["node", "src/main.ts"]
