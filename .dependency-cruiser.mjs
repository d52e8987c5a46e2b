// The rooms of the house, in the order data walks through them. A room may look
// back at the rooms before it, never ahead.
const CORE_ROOMS = ['text', 'feed', 'dedup', 'story', 'summary', 'subscription', 'digest', 'schedule']
const forward = CORE_ROOMS.slice(0, -1).map((room, i) => ({
  name: `core-${room}-looks-back-only`,
  severity: 'error',
  comment: `core/${room} runs before ${CORE_ROOMS.slice(i + 1).join(', ')}: it must not know them.`,
  from: { path: `^src/core/${room}/` },
  to: { path: `^src/core/(${CORE_ROOMS.slice(i + 1).join('|')})/` },
}))
const owns = (library, room) => ({
  name: `only-${room.replaceAll(/[/.]/g, '-')}-uses-${library.replaceAll(/[^a-z0-9]/g, '')}`,
  severity: 'error',
  comment: `${library} has one owner: ${room}.`,
  from: { path: '^src', pathNot: `^src/${room}` },
  to: { path: `(^|node_modules/)${library}(/|$)` },
})
// Libraries that only compute: a core room may own one.
const PURE_LIBRARIES = [
  '^(node:)?crypto$',
  'node_modules/natural/lib/natural/',
  'node_modules/(eld|htmlparser2|domhandler|entities|luxon|tldts|croner|re2js|stopwords-iso)/',
]
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or miss a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing needs is furniture.',
      from: { orphan: true, path: '^src', pathNot: ['^src/main[.]ts$', '[.]worker[.]ts$'] },
      to: {},
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core decides; it does not read, write, wait or look at the clock.',
      from: { path: '^src/core/' },
      to: { pathNot: ['^src/core/', ...PURE_LIBRARIES], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-types-are-pure-too',
      severity: 'error',
      comment: 'Even a type of the street ties core to it.',
      from: { path: '^src/core/' },
      to: { path: '^src/(app|adapters|config|cli)/' },
    },
    ...forward,
    {
      name: 'app-knows-core-and-ports',
      severity: 'error',
      comment: 'app orders the work; everything outside comes in through a port.',
      from: { path: '^src/app/' },
      // A hash only computes.
      to: { pathNot: ['^src/core/', '^src/app/', '^(node:)?crypto$'] },
    },
    {
      name: 'ports-are-only-shapes',
      severity: 'error',
      comment: 'A port says what the app needs; it holds no code of the app.',
      from: { path: '^src/app/ports/' },
      to: { pathNot: ['^src/core/', '^src/app/ports/'] },
    },
    {
      name: 'adapters-enter-by-the-port',
      severity: 'error',
      comment: 'An adapter knows the port it fills and core, not who calls it.',
      from: { path: '^src/adapters/' },
      to: { path: '^src/(app/(?!ports/)|config/|cli/|wire|main)' },
    },
    {
      name: 'adapters-do-not-meet',
      severity: 'error',
      comment: 'Neighbours on the street do not share rooms.',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'only-wire-builds',
      severity: 'error',
      comment: 'One place knows rooms and street at once.',
      from: { path: '^src/', pathNot: '^src/(wire[a-z-]*[.]ts|adapters/)' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'only-main-and-wire-know-config',
      severity: 'error',
      comment: 'A room gets its options as values; it does not read settings.',
      from: { path: '^src/', pathNot: '^src/(main|wire[a-z-]*)[.]ts|^src/config/' },
      to: { path: '^src/config/' },
    },
    {
      name: 'cli-prints',
      severity: 'error',
      comment:
        'A command calls what wire hands it; it decides nothing itself, so of core it needs shapes only.',
      from: { path: '^src/cli/' },
      to: { path: '^src/(core|app)/', dependencyTypesNot: ['type-only'] },
    },
    owns('(@discordjs/[a-z-]+|discord-api-types)', 'adapters/discord/'),
    owns('@slack/[a-z-]+', 'adapters/slack/'),
    owns('node-cron', 'adapters/cron/'),
    owns('(pg|kysely|better-sqlite3)', 'adapters/storage/'),
    owns('pg-boss', 'adapters/queue/'),
    owns('undici', 'adapters/fetch/'),
    owns('parse5', 'adapters/extract/'),
    owns('piscina', 'adapters/(extract|storage)/'),
    owns('(ipaddr[.]js|robots-parser|p-queue)', 'adapters/fetch/'),
    owns('(natural|eld)', 'core/text/'),
    owns('(luxon|tldts)', 'core/feed/'),
    owns('croner', 'core/schedule/'),
    owns('re2js', 'core/subscription/'),
    owns('pino', 'adapters/log/'),
    owns('csv-parse', 'adapters/files/'),
    owns('(hono|@hono/node-server|feedsmith|ical-generator|rate-limiter-flexible)', 'adapters/web/'),
    owns('prom-client', 'adapters/metrics/'),
    owns('(zod|yaml)', 'config/'),
    owns('(commander|cli-progress|@clack/prompts)', 'cli/'),
    {
      name: 'natural-by-its-parts',
      severity: 'error',
      comment:
        "The front door of 'natural' opens redis, mongoose and pg (1268 files, 1.3 s, +120 MB). Import natural/lib/natural/<part>/index.js.",
      from: { path: '^src' },
      to: { path: 'node_modules/natural/lib/natural/index[.]js$' },
    },
    {
      name: 'src-does-not-know-test',
      severity: 'error',
      comment: 'The house stands without its scaffolding.',
      from: { path: '^src' },
      to: { path: '^(test|bench)' },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      comment: 'What runs in production is a production dependency.',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      comment: 'A package that package.json does not name may vanish with the next install.',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'Imports lead somewhere.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
