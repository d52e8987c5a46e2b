import { z } from 'zod'
import { checkCron } from '../core/schedule/next-run.ts'
import { feedShape, fetchShape, retentionShape } from './feed-settings.ts'

const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:00')
const words = z.array(z.string().min(1)).default([])

const destination = z
  .strictObject({
    discord: z
      .string()
      .regex(/^\d{1,21}$/, 'is not a Discord channel id')
      .optional()
      .describe('Id of a Discord channel, in quotes'),
    slack: z
      .string()
      .regex(/^[CGD][A-Z0-9]+$/, 'is not a Slack channel id')
      .optional()
      .describe('Id of a Slack channel'),
    webhook: httpUrl.optional().describe('Address that takes each part as JSON, signed'),
    file: z.string().min(1).optional().describe('File that each digest is added to'),
    console: z.literal(true).optional().describe('Standard output of the service'),
  })
  .refine(
    (sides) => Object.keys(sides).length === 1,
    'names not exactly one of discord, slack, webhook, file, console',
  )
  .meta({ minProperties: 1, maxProperties: 1 })

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const quiet = z
  .strictObject({
    from: clockTime.default('00:00').describe('Begin of the quiet hours'),
    to: clockTime.default('00:00').describe('Before `from` it is of the next day'),
    days: z
      .array(z.enum(WEEKDAYS, 'is not one of sun, mon, tue, wed, thu, fri, sat'))
      .default([])
      .describe('Whole days that are quiet'),
  })
  .transform(({ from, to, days }) => ({
    fromMinute: minuteOf(from),
    toMinute: minuteOf(to),
    days: days.map((day) => WEEKDAYS.indexOf(day)),
  }))

const digest = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w-]{1,40}$/, 'is not a short name of letters, digits, - and _')
      .describe('What commands call it'),
    to: z.array(destination).min(1, 'names no destination').describe('Where it goes, one kind each'),
    at: z.array(clockTime).min(1).optional().describe('Times of day in the time zone'),
    cron: z.string().min(1).optional().describe('Cron expression instead of `at`'),
    timezone: z
      .string()
      .refine(isTimeZone, 'is not an IANA time zone')
      .default('UTC')
      .describe('IANA time zone of `at`, `cron` and `quiet`'),
    stories: z.int().min(1).max(50).default(10).describe('Most stories'),
    sentences: z.int().min(0).max(10).default(3).describe('Most sentences of a story'),
    topics: z
      .strictObject({
        include: words.describe(
          'Word queries (AND, OR, NOT, "phrases") or tags of feeds; any of them lets a story in',
        ),
        exclude: words.describe('The same; any of them keeps a story out'),
        mute: words.describe('The same; an article that meets one is never shown, its story stays'),
      })
      .prefault({})
      .describe('Which stories; without `include` all'),
    skip_below: z.int().min(0).default(0).describe('With fewer stories there is no digest'),
    overflow: z
      .enum(['thread', 'next-message', 'post', 'drop'])
      .default('thread')
      .describe(
        'Where the stories go that the first message has no room for; post: one message for each story, a post in a forum',
      ),
    pictures: z
      .boolean()
      .default(false)
      .describe(
        'Show each story with the picture that a feed names for it, on Discord; elsewhere it does nothing (Slack refuses a whole message when one picture cannot be loaded)',
      ),
    quiet: quiet.optional().describe('Nothing is sent in it; what would be due waits for its end'),
  })
  .refine(
    (one) => (one.at === undefined) !== (one.cron === undefined),
    'has not exactly one of `at` and `cron`',
  )
  .superRefine(({ cron, timezone }, context) => {
    const checked = cron === undefined || !isTimeZone(timezone) ? null : checkCron(cron, timezone)
    if (checked?.kind !== 'problem') return
    context.addIssue({ code: 'custom', path: ['cron'], message: `cannot be read: ${checked.problem}` })
  })

const shape = z.strictObject({
  database: z
    .string()
    .regex(/^(?:sqlite:|postgres(?:ql)?:\/\/)/, 'is neither sqlite:PATH nor postgres://…')
    .default('sqlite:data/tidings.db')
    .describe('`sqlite:PATH` or `postgres://…`; DATABASE_URL wins over it'),
  feeds: z.array(feedShape).default([]).describe('What is read'),
  digests: z.array(digest).default([]).describe('What is sent, to whom and when'),
  web: z
    .strictObject({
      port: z.int().min(0).max(65_535).default(8080).describe('Port of the pages'),
      host: z.string().min(1).default('127.0.0.1').describe('Address that the pages are served on'),
      public_url: httpUrl
        .transform((url) => url.replace(/\/+$/, ''))
        .optional()
        .describe('Where people reach the pages, for links in digests'),
      trust_proxy: z
        .boolean()
        .default(false)
        .describe('A proxy in front tells the address of the visitor in X-Forwarded-For'),
      metrics: z
        .enum(['token', 'open', 'off'], 'is not one of token, open, off')
        .default('token')
        .describe('Who may read /metrics: whoever has TIDINGS_ADMIN_TOKEN, everybody, nobody'),
      health_port: z
        .int()
        .min(0)
        .max(65_535)
        .optional()
        .describe(
          'Port of /healthz, /readyz and /metrics of processes without the role web; none by default',
        ),
    })
    .prefault({}),
  retention: retentionShape.prefault({}),
  fetch: fetchShape.prefault({}),
  grouping: z
    .strictObject({
      parts: z
        .enum(['by-language', 'one'], 'is not one of by-language, one')
        .default('by-language')
        .describe(
          'On PostgreSQL: processes with the role group share the languages, or one of them groups all; restart them all with a change',
        ),
    })
    .prefault({}),
  embedding: z
    .strictObject({
      url: httpUrl.describe(
        'Address of an embedding server, as `http://127.0.0.1:11434/api/embed` or `https://…/v1/embeddings`; openings of articles are sent there',
      ),
      model: z.string().min(1).describe('Its model, one of many languages'),
      min_likeness: z
        .number()
        .min(0)
        .max(1)
        .default(0.8)
        .describe('Mean cosine from which stories of two languages are one; it differs by model'),
    })
    .optional()
    .describe('Joins stories across languages; left out: each language has its own stories'),
})

const schema = shape.superRefine(({ feeds, retention }, context) => {
  for (const [at, { retention: own }] of feeds.entries()) {
    if ((own.bodies_days ?? 0) <= retention.bodies_days) continue
    const message = `is longer than retention.bodies_days, ${retention.bodies_days}`
    context.addIssue({ code: 'custom', path: ['feeds', at, 'retention', 'bodies_days'], message })
  }
})

/** The settings file after its checks, every default filled in (DESIGN.md section 4). */
export type Settings = z.infer<typeof schema>

/** What is wrong with a setting: the keys that lead to it and what it is not. */
export interface SettingIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Checks plain data against the shape of the settings; all issues at once. */
export function checkSettings(
  data: unknown,
): { readonly settings: Settings } | { readonly issues: SettingIssue[] } {
  const result = schema.safeParse(data ?? {})
  if (result.success) return { settings: result.data }
  return {
    issues: result.error.issues.flatMap((issue) => {
      const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
      if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known setting' }))
    }),
  }
}

/** The JSON Schema of the settings file, for editors: its shape as people write it, without what only the whole can tell. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** `08:30` as a minute of the day. */
function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
